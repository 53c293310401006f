"""Coverage: which schools count, at which grade of evidence, and what that says of the targets."""
