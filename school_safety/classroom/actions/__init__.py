"""Every write of the classroom."""

from school_safety.classroom.actions.attempts import (
    Acknowledgement,
    check_answer,
    hold_session,
    save_answer,
    save_form_answer,
    start_attempt,
    submit_attempt,
)
from school_safety.classroom.actions.closing import accept_late, close_forgotten, erase_person, void_attempt
from school_safety.classroom.actions.giving import (
    CLOSE_JOB,
    Terms,
    extend_window,
    publish_assignment,
    reopen_for_pupil,
    withdraw_reopening,
)
from school_safety.classroom.actions.uploads import SentAnswer, take_answers

__all__ = [
    "CLOSE_JOB",
    "Acknowledgement",
    "SentAnswer",
    "Terms",
    "accept_late",
    "check_answer",
    "close_forgotten",
    "erase_person",
    "extend_window",
    "hold_session",
    "publish_assignment",
    "reopen_for_pupil",
    "save_answer",
    "save_form_answer",
    "start_attempt",
    "submit_attempt",
    "take_answers",
    "void_attempt",
    "withdraw_reopening",
]
