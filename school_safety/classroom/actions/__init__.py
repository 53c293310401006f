"""Every write of the classroom."""

from school_safety.classroom.actions.accommodations import (
    accommodate_class,
    accommodate_pupil,
    withdraw_accommodation,
)
from school_safety.classroom.actions.attempts import (
    Acknowledgement,
    check_answer,
    hold_session,
    save_answer,
    save_form_answer,
    start_attempt,
    submit_attempt,
)
from school_safety.classroom.actions.closing import close_forgotten, decide_late, erase_person, void_attempt
from school_safety.classroom.actions.giving import (
    CLOSE_JOB,
    Terms,
    close_again,
    extend_window,
    publish_assignment,
    reopen_for_pupil,
    withdraw_reopening,
)
from school_safety.classroom.actions.marking import mark_again, mark_answer
from school_safety.classroom.actions.printing import Entered, enter_paper
from school_safety.classroom.actions.regrading import regrade, swap_question
from school_safety.classroom.actions.uploads import SentAnswer, take_answers

__all__ = [
    "CLOSE_JOB",
    "Acknowledgement",
    "Entered",
    "SentAnswer",
    "Terms",
    "accommodate_class",
    "accommodate_pupil",
    "check_answer",
    "close_again",
    "close_forgotten",
    "decide_late",
    "enter_paper",
    "erase_person",
    "extend_window",
    "hold_session",
    "mark_again",
    "mark_answer",
    "publish_assignment",
    "regrade",
    "reopen_for_pupil",
    "save_answer",
    "save_form_answer",
    "start_attempt",
    "submit_attempt",
    "swap_question",
    "take_answers",
    "void_attempt",
    "withdraw_accommodation",
    "withdraw_reopening",
]
