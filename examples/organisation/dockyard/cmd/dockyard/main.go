// Command dockyard plans where containers stand.
package main

import "github.com/meridian-freight/dockyard/internal/yard"

func main() { yard.Serve() }
