"""From clones or a server to an evidence bundle."""
