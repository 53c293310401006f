"""A lesson as a lesson plan: the value behind its page, and the paper that PDF and Word file print."""

from school_safety.curriculum.report.paper import ACTIVITY_WORDS, plan_paper
from school_safety.curriculum.report.plan import Activity, Aim, LessonPlan, Misconception, Taught, make_plan
from school_safety.curriculum.report.taught import taught_by

__all__ = [
    "ACTIVITY_WORDS",
    "Activity",
    "Aim",
    "LessonPlan",
    "Misconception",
    "Taught",
    "make_plan",
    "plan_paper",
    "taught_by",
]
