"""What items and assessments are for."""

from enum import StrEnum


class Use(StrEnum):
    """What an item of the bank is meant for: practice, one of two parallel forms, both forms (anchor), or a booster."""

    PRACTICE = "practice"
    FORM_A = "form_a"
    FORM_B = "form_b"
    ANCHOR = "anchor"
    BOOSTER = "booster"


class Purpose(StrEnum):
    """Why an assessment is given."""

    PRACTICE = "practice"
    PRE = "pre"
    POST = "post"
    DELAYED = "delayed"
    BOOSTER = "booster"
    GRADED = "graded"
