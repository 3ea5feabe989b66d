"""From evidence to an assessment, a report and an exit code."""
