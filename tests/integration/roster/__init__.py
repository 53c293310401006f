"""Tests of the roster on a real database."""
