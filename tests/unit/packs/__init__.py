"""Lesson packs, without a database."""
