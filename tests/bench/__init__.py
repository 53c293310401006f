"""Figures: what the product costs, beside the raw database in the same run; never asserted by time in tests."""
