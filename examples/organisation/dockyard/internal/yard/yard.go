// Package yard holds the plan.
package yard

// Serve answers until it is stopped.
func Serve() {}
