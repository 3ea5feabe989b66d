"""Every module here is a report format: NAME, SUFFIX and render(assessment, options)."""
