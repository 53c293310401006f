"""Lesson packs on a real database."""
