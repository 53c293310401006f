"""Lesson folders put in force; kits taken, and public links made, opened and closed."""

from school_safety.packs.actions.importing import Imported, import_library, lesson_content
from school_safety.packs.actions.outreach import count_opening, make_link, record_download, revoke_link

__all__ = [
    "Imported",
    "count_opening",
    "import_library",
    "lesson_content",
    "make_link",
    "record_download",
    "revoke_link",
]
