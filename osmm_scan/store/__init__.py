"""Keep scans: evidence bundles as files."""
