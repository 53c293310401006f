"""Tools without a word of the domain in them: database, errors, forms, clock, text, files, secrets, web shell."""
