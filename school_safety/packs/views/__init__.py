"""Pages about a lesson as a whole: its questions, the pupil's sheet, what goes out to families and partners."""

from school_safety.packs.views import (
    adapting,
    lessons,
    links,
    originals,
    outreach,
    own_parts,
    printing,
    reviewing,
    writing,
)
from school_safety.packs.views.blueprint import bp

__all__ = [
    "adapting",
    "bp",
    "lessons",
    "links",
    "originals",
    "outreach",
    "own_parts",
    "printing",
    "reviewing",
    "writing",
]
