"""osmm-scan: infer open source maturity from repositories and prove it with cited evidence."""

__version__ = "0.1.0"
