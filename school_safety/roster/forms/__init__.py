"""Forms of the roster; import from the module of the subject."""
