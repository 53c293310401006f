"""What a file changes: its cleaned rows against what is there, decided on plain values."""

from enum import StrEnum


class ImportKind(StrEnum):
    """What an uploaded file holds."""

    REGISTRY = "registry"
    STAFF = "staff"
    CLASS_LIST = "class_list"
