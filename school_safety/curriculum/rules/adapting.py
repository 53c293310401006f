"""The code of a school's own adaptation of a lesson."""

MOST_CODE = 20

_MARK = "-S"


def adaptation_code(code: str, school_id: int) -> str:
    """`OS-06-01` adapted by school 12 is `OS-06-01-S12`; ValueError when that is too long for a code."""
    made = f"{code}{_MARK}{school_id}"
    if len(made) > MOST_CODE:
        raise ValueError(f"{made} is longer than {MOST_CODE} signs")
    return made


def original_code(code: str) -> str:
    """The code that an adaptation's code was made from; any other code as it is."""
    before, mark, school = code.rpartition(_MARK)
    return before if mark and school.isdecimal() else code
