"""Read repositories and organisations; the only unit that touches disk, git or network."""
