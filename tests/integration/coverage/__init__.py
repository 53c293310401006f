"""Coverage on a real database."""
