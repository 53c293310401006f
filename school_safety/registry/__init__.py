"""Units in their two trees, schools with their dated placements, what became of them, and the school years."""
