"""Adding up: points of a paper as exact fractions, the 10-point scale, which attempt counts, counts per item."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from school_safety.assessment.rules import State
from school_safety.classroom.rules.papers import Paper


class AttemptPolicy(StrEnum):
    """Which of several attempts gives the result."""

    FIRST = "first"
    LAST = "last"
    BEST = "best"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Total:
    """Earned and possible points, exact."""

    earned: Fraction
    maximum: Fraction

    @property
    def share(self) -> Fraction:
        """Earned of possible, in [0, 1]; 0 for an empty paper."""
        return self.earned / self.maximum if self.maximum else Fraction(0)

    @property
    def ten(self) -> Decimal:
        """On the scale of 10, one decimal, halves up (Thông tư 22/2021/TT-BGDĐT: chữ số thập phân thứ nhất)."""
        return ten_point(self.share)


@dataclass(frozen=True, slots=True)
class Tally:
    """One item over finished attempts: counts of `n`, and the mean fraction of those judged (None without any).

    `unmarked` wait for a person and are not in the mean. `omitted` was passed over, `unreached` lies after the last
    answer that the pupil gave: neither is wrong.
    """

    n: int
    right: int
    partial: int
    wrong: int
    omitted: int
    mean: Fraction | None
    unmarked: int = 0
    unreached: int = 0


def ten_point(share: Fraction) -> Decimal:
    """A share in [0, 1] on the scale of 10: one decimal, exact halves rounded up.

    In whole numbers, because a decimal division could itself round onto a half that is not there.
    """
    tenths = share * 100
    rounded = (2 * tenths.numerator + tenths.denominator) // (2 * tenths.denominator)
    return Decimal(rounded).scaleb(-1)


def add_up(paper: Paper, fractions: Mapping[int, Fraction]) -> Total:
    """The total of one attempt; `fractions` per slot in [0, 1], a missing slot earned nothing."""
    earned = sum((slot.points * fractions.get(slot.slot, Fraction(0)) for slot in paper.slots), Fraction(0))
    return Total(earned, paper.maximum)


def counting_total(policy: AttemptPolicy, totals: Sequence[Total]) -> Total | None:
    """The result of a pupil from the totals of the submitted attempts in order; None when there is none.

    Attempts are compared by their shares, because one on paper may have fewer items; an average is the mean share of
    the points of the last attempt.
    """
    if not totals:
        return None
    if policy is AttemptPolicy.FIRST:
        return totals[0]
    if policy is AttemptPolicy.LAST:
        return totals[-1]
    if policy is AttemptPolicy.BEST:
        return max(totals, key=lambda total: total.share)
    share = sum((total.share for total in totals), Fraction(0)) / len(totals)
    return Total(share * totals[-1].maximum, totals[-1].maximum)


def counting_index(policy: AttemptPolicy, totals: Sequence[Total]) -> int | None:
    """The attempt whose answers stand for the pupil in counts per item; for an average the last one."""
    if not totals:
        return None
    if policy is AttemptPolicy.FIRST:
        return 0
    if policy is AttemptPolicy.BEST:
        return max(range(len(totals)), key=lambda index: totals[index].share)
    return len(totals) - 1


def unreached(order: Sequence[int], answered: Collection[int]) -> frozenset[int]:
    """The slots after the last one that was answered, in the order in which the pupil met them."""
    last = max((place for place, slot in enumerate(order) if slot in answered), default=-1)
    return frozenset(order[last + 1 :])


def tally(marks: Iterable[tuple[State, Fraction, bool]]) -> Tally:
    """Counts of one item over the finished attempts given: the state, the fraction, and whether it was reached.

    Not reached and left empty are apart from wrong; both earn nothing, so both are in the mean.
    """
    counted: Counter[State] = Counter()
    earned, beyond = Fraction(0), 0
    for mark, fraction, reached in marks:
        counted[mark] += 1
        beyond += mark is State.GAVEUP and not reached
        earned += fraction if mark is not State.UNMARKED else 0
    n, unmarked = counted.total(), counted[State.UNMARKED]
    return Tally(
        n=n,
        right=counted[State.RIGHT],
        partial=counted[State.PARTIAL],
        wrong=counted[State.WRONG],
        omitted=counted[State.GAVEUP] - beyond,
        mean=earned / (n - unmarked) if n > unmarked else None,
        unmarked=unmarked,
        unreached=beyond,
    )
