"""Tests of the classroom on real databases and through its pages."""
