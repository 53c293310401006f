"""Coverage on plain values."""
