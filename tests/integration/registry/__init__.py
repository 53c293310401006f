"""The registry on a real database."""
