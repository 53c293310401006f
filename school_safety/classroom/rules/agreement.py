"""A tenth of the written answers is marked twice: which ones, how far two markers agree, and what counts.

What counts is decided by one rule: a second person's blind mark never counts by itself; where the two differ, they
talk, and the mark given after that counts like every newest mark.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from school_safety.assessment.rules import Marks, Rubric

FEWEST_JUDGEMENTS = 10
"""Of fewer pairs no agreement is reckoned: it would be chance."""

ROUGH_BELOW = 30
"""Of fewer pairs than this it is rough."""

Pair = tuple[Fraction, Fraction]
Disagreement = Callable[[Fraction, Fraction], Fraction]


@dataclass(frozen=True, slots=True)
class MarkOfAnswer:
    """One mark of one answer, as it was given; a higher `id` is a later one."""

    id: int
    criteria: Marks
    marked_by: int
    blind: bool


@dataclass(frozen=True, slots=True)
class TwoMarks:
    """What the first and the second person gave for one answer; None: not yet. `settled`: marked again after both."""

    first: Marks | None
    second: Marks | None
    settled: bool

    @property
    def differ(self) -> bool:
        """True where both have marked and not given the same."""
        return self.first is not None and self.second is not None and dict(self.first) != dict(self.second)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two markers agree over so many answers, a judgement for each criterion; None: too few, or no spread."""

    answers: int
    judgements: int
    exact: Fraction | None
    quadratic: Fraction | None
    linear: Fraction | None

    @property
    def rough(self) -> bool:
        """Whether there are enough judgements for a figure, but not for a steady one."""
        return FEWEST_JUDGEMENTS <= self.judgements < ROUGH_BELOW


def second_sample(seed: str, answers: Collection[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """The tenth of the answers (attempt, slot) that is marked twice, at least one; by chance, the same each time."""
    size = -(-len(answers) // 10)
    return frozenset(sorted(answers, key=lambda answer: _draw(seed, *answer))[:size])


def _draw(*parts: object) -> bytes:
    return hashlib.sha256("\x1f".join(map(str, ("second", *parts))).encode()).digest()


def two_marks(given: Iterable[MarkOfAnswer]) -> TwoMarks:
    """The two independent marks of one answer, of all that it was given.

    The second is the newest blind one; the first the last one that another person gave before it, else the first after.
    """
    marks = sorted(given, key=lambda mark: mark.id)
    blind = next((mark for mark in reversed(marks) if mark.blind), None)
    plain = [mark for mark in marks if not mark.blind]
    if blind is None:
        return TwoMarks(plain[-1].criteria if plain else None, None, settled=False)
    others = [mark for mark in plain if mark.marked_by != blind.marked_by]
    before = [mark for mark in others if mark.id < blind.id]
    first = before[-1] if before else next(iter(others), None)
    settled = first is not None and any(mark.id > max(first.id, blind.id) for mark in plain)
    return TwoMarks(first.criteria if first else None, blind.criteria, settled)


def agreement(answers: Sequence[tuple[Rubric, TwoMarks]]) -> Agreement:
    """Exact agreement and weighted kappa over every criterion of the answers that both have marked."""
    both = [(rubric, two) for rubric, two in answers if two.first is not None and two.second is not None]
    pairs = [
        (Fraction(two.first[one.id], one.most), Fraction(two.second[one.id], one.most))
        for rubric, two in both
        for one in rubric
        if two.first is not None and two.second is not None
    ]
    enough = len(pairs) >= FEWEST_JUDGEMENTS
    return Agreement(
        answers=len(both),
        judgements=len(pairs),
        exact=Fraction(sum(one == other for one, other in pairs), len(pairs)) if enough else None,
        quadratic=weighted_kappa(pairs, squared) if enough else None,
        linear=weighted_kappa(pairs, distance) if enough else None,
    )


def squared(one: Fraction, other: Fraction) -> Fraction:
    """The disagreement of quadratic weights."""
    return (one - other) ** 2


def distance(one: Fraction, other: Fraction) -> Fraction:
    """The disagreement of linear weights."""
    return abs(one - other)


def weighted_kappa(pairs: Sequence[Pair], disagreement: Disagreement) -> Fraction | None:
    """Cohen's weighted kappa, 1 - observed / expected disagreement (Psychological Bulletin 70 (1968) 213-220).

    None where chance alone would never disagree, so that nothing can be said.
    """
    observed = sum((disagreement(one, other) for one, other in pairs), Fraction(0)) / max(len(pairs), 1)
    crossed = (disagreement(one, other) for one, _ in pairs for _, other in pairs)
    expected = sum(crossed, Fraction(0)) / max(len(pairs) ** 2, 1)
    return 1 - observed / expected if expected else None
