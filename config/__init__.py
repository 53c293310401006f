"""Settings of an installation and the data files that describe it."""
