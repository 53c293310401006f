"""Decisions about people and classes on plain values; import from the module of the subject."""
