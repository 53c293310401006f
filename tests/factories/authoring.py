"""What a browser sends for the form of an item's content."""

from collections import defaultdict
from typing import Any

from school_safety.assessment.rules.authoring import Description


def posted(description: Description, content: Any) -> dict[str, list[str]]:
    """The names and values of the form's fields, as they stand in the page."""
    fields: dict[str, list[str]] = defaultdict(list)
    for name, value in description.write(content):
        fields[name].append(value)
    return dict(fields)
