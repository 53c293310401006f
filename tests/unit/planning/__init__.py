"""The rules of planning."""
