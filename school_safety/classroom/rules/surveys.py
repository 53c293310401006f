"""Answers that nobody judges, as counts of a class: never of one pupil, and of no group so small that it names one."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from school_safety.assessment.rules import Content, Response, Text

FEWEST_SHOWN = 10
"""Of fewer answers than this nothing but their number is shown: a smaller group would name its members."""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """One option and how many chose it; `count` is None where too few have answered, which is not nothing."""

    id: str
    text: Text
    count: int | None


@dataclass(frozen=True, slots=True)
class SurveyCount:
    """One question over the pupils who handed in: how many answered, of how many; `texts` in an order of no name."""

    answered: int
    asked: int
    options: tuple[OptionCount, ...]
    texts: tuple[str, ...]
    open: bool

    @property
    def suppressed(self) -> bool:
        """True where too few have answered for anything to be shown."""
        return self.answered < FEWEST_SHOWN

    def share(self, option: OptionCount) -> Fraction | None:
        """Which part of those who answered chose the option."""
        return Fraction(option.count, self.answered) if option.count is not None else None


def count_survey(content: Content, answers: Iterable[Response | None]) -> SurveyCount:
    """The counts of one question; the order of open answers follows from their words alone."""
    every = list(answers)
    given = [answer for answer in every if answer is not None]
    enough = len(given) >= FEWEST_SHOWN
    chosen = Counter(answer["choice"] for answer in given if "choice" in answer)
    options = tuple(
        OptionCount(option["id"], option["text"], chosen[option["id"]] if enough else None)
        for option in content.get("options", ())
    )
    texts = sorted((answer["text"] for answer in given if "text" in answer and enough), key=_shuffled)
    return SurveyCount(len(given), len(every), options, tuple(texts), open=content.get("open") is True)


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
