"""Planning on real databases and in the browserless client."""
