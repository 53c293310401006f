"""What everybody meets on the first page."""
