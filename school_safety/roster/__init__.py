"""People and how they come in; class groups, who is in them and who teaches them."""
