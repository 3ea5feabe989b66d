"""Show what changed between scans, and the course of levels and signals over many of them."""
