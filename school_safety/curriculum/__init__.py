"""Strands, objectives, lessons and their frozen revisions, outreach kits."""
