"""The registry's rules on plain values."""
