"""Makers of stored things for tests: one module a domain, every argument optional."""
