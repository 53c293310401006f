"""The pages of the classroom: giving, a class's progress, a pupil's learning and answers."""

from school_safety.classroom.views import (
    accommodations,
    answers,
    device,
    giving,
    late,
    learning,
    marking,
    path,
    printing,
    progress,
    regrading,
    second,
    surveys,
    uploads,
)
from school_safety.classroom.views.blueprint import bp

__all__ = [
    "accommodations",
    "answers",
    "bp",
    "device",
    "giving",
    "late",
    "learning",
    "marking",
    "path",
    "printing",
    "progress",
    "regrading",
    "second",
    "surveys",
    "uploads",
]
