"""A lesson folder as a whole: read, check, import."""
