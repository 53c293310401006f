"""What the demo province is made of, as plain values: places, schools, how far each has come, and invented names."""

from school_safety.demo.rules.names import Namer, PupilName, email_of
from school_safety.demo.rules.province import (
    COMMUNES,
    DEMO_SCHOOL,
    PROVINCE,
    SchoolPlan,
    Standing,
    class_counts,
    class_sizes,
    planned_schools,
)

__all__ = [
    "COMMUNES",
    "DEMO_SCHOOL",
    "PROVINCE",
    "Namer",
    "PupilName",
    "SchoolPlan",
    "Standing",
    "class_counts",
    "class_sizes",
    "email_of",
    "planned_schools",
]
