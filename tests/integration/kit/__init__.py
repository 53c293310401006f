"""Tests of the kit on a real database."""
