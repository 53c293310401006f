"""What the pages of the classroom show, each as one frozen object."""

from school_safety.classroom.report.attempts import PupilAttempts, attempts_of_pupil
from school_safety.classroom.report.blank import BlankAttempt, blank_attempt
from school_safety.classroom.report.late import LateLine, late_lines
from school_safety.classroom.report.marking import MarkingQueue, MarkLine, MarkPage, mark_page, marking_queue
from school_safety.classroom.report.offer import Offer, offer_of, preview_of
from school_safety.classroom.report.own import (
    ItemPage,
    OwnResult,
    ResultLine,
    attempt_for_teacher,
    item_page,
    next_step,
    own_result,
    own_results,
    steps_of,
    stored_answer,
)
from school_safety.classroom.report.printing import Grid, Sheet, grid_of, sheet_of
from school_safety.classroom.report.progress import ClassProgress, ItemLine, PupilLine, class_progress
from school_safety.classroom.report.today import Thing, Today, thing_of_group, today_of

__all__ = [
    "BlankAttempt",
    "ClassProgress",
    "Grid",
    "ItemLine",
    "ItemPage",
    "LateLine",
    "MarkLine",
    "MarkPage",
    "MarkingQueue",
    "Offer",
    "OwnResult",
    "PupilAttempts",
    "PupilLine",
    "ResultLine",
    "Sheet",
    "Thing",
    "Today",
    "attempt_for_teacher",
    "attempts_of_pupil",
    "blank_attempt",
    "class_progress",
    "grid_of",
    "item_page",
    "late_lines",
    "mark_page",
    "marking_queue",
    "next_step",
    "offer_of",
    "own_result",
    "own_results",
    "preview_of",
    "sheet_of",
    "steps_of",
    "stored_answer",
    "thing_of_group",
    "today_of",
]
