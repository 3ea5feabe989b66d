"""Files of attestations and FINOS checklists: found, read, written."""
