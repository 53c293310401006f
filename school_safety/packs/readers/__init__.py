"""Lesson folders to plain values: YAML whose every place knows its line, Markdown, pictures; contacts; all together."""

from school_safety.packs.readers.contacts import checked_contacts, read_contacts
from school_safety.packs.readers.documents import BadDocument, Document, read_document
from school_safety.packs.readers.drafts import read_draft, words_by_block
from school_safety.packs.readers.folder import Reading, find_folders, read_pack
from school_safety.packs.readers.library import Library, Located, read_library
from school_safety.packs.readers.media import read_media

__all__ = [
    "BadDocument",
    "Document",
    "Library",
    "Located",
    "Reading",
    "checked_contacts",
    "find_folders",
    "read_contacts",
    "read_document",
    "read_draft",
    "read_library",
    "read_media",
    "read_pack",
    "words_by_block",
]
