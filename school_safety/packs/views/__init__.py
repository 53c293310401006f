"""Pages about a lesson as a whole: its questions, the pupil's sheet, what goes out to families and partners."""

from school_safety.packs.views import lessons, links, outreach
from school_safety.packs.views.blueprint import bp

__all__ = ["bp", "lessons", "links", "outreach"]
