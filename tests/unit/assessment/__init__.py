"""Scoring and composing on plain values."""
