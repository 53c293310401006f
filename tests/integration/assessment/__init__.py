"""The bank and assessments on real databases and through the pages."""
