"""Frozen objects behind planning's pages and papers, and the words of its codes."""
