"""Assignments, attempts, answers, results and live progress of a class."""
