"""The library on a real database."""
