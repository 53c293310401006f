"""Lesson folders to plain values: YAML whose every place knows its line, Markdown, pictures; contacts; all together."""

from school_safety.packs.readers.contacts import read_contacts
from school_safety.packs.readers.documents import BadDocument, Document, read_document
from school_safety.packs.readers.folder import Reading, find_folders, read_pack
from school_safety.packs.readers.library import Library, Located, read_library

__all__ = [
    "BadDocument",
    "Document",
    "Library",
    "Located",
    "Reading",
    "find_folders",
    "read_contacts",
    "read_document",
    "read_library",
    "read_pack",
]
