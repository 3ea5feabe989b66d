"""Turn the evidence of an estate into signals: named measures whose fields are intervals."""
