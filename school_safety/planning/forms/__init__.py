"""Forms of planning; import from the module of the subject."""
