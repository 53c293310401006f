"""Tests of the rules of the classroom."""
