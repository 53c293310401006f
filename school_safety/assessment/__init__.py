"""Items and their revisions, assessments composed of them, and the scoring of answers."""
