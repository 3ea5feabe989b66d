"""Judge signals by the rules: three-valued expressions, grades, levels, readiness, assessment."""
