"""Class lists and staff lists, as schools' own systems export them, to plain rows with located problems."""

from school_safety.roster.readers.class_lists import ClassList, Original, PupilRow, original_of, read_class_list
from school_safety.roster.readers.columns import Dropped
from school_safety.roster.readers.staff import StaffList, StaffRow, read_staff_list

__all__ = [
    "ClassList",
    "Dropped",
    "Original",
    "PupilRow",
    "StaffList",
    "StaffRow",
    "original_of",
    "read_class_list",
    "read_staff_list",
]
