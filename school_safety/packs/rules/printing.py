"""The parts of a lesson that a teacher prints in one go."""

from enum import StrEnum


class PrintPart(StrEnum):
    """What can be in the one file, in the order in which it stands there."""

    PLAN = "plan"
    NOTES = "notes"
    HANDOUT = "handout"
    PICTURES = "pictures"
    QUIZ = "quiz"
    KEYS = "keys"
    LEAFLET = "leaflet"
