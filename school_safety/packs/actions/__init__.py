"""Lesson folders put in force, lessons written in the web; kits taken, public links made, opened and closed."""

from school_safety.packs.actions.adapting import (
    adaptation_findings,
    publish_adaptation,
)
from school_safety.packs.actions.checking import draft_findings, has_errors, list_pack_items
from school_safety.packs.actions.importing import Imported, import_library, lesson_content
from school_safety.packs.actions.outreach import count_opening, make_link, record_download, revoke_link
from school_safety.packs.actions.writing import content_with, propose_sound, publish_sound

__all__ = [
    "Imported",
    "adaptation_findings",
    "content_with",
    "count_opening",
    "draft_findings",
    "has_errors",
    "import_library",
    "lesson_content",
    "list_pack_items",
    "make_link",
    "propose_sound",
    "publish_adaptation",
    "publish_sound",
    "record_download",
    "revoke_link",
]
