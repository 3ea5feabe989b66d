package yard

import "testing"

func TestServe(t *testing.T) { Serve() }
