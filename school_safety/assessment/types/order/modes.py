"""The nine ways to score an ordering (Moodle question/type/ordering/question.php:53-69, 4.4), as exact shares.

Every function takes `positions`: for each place of the answer the right place (from 0) of the step standing there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial

Positions = Sequence[int]


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to score: the share of an answer in [0, 1], and the mean share of a blind guess over n steps."""

    share: Callable[[Positions], Fraction]
    guess: Callable[[int], Fraction | None]


def exact(positions: Positions) -> Fraction:
    """All or nothing."""
    return Fraction(int(list(positions) == sorted(positions)))


def absolute(positions: Positions) -> Fraction:
    """Steps standing at their right place / steps."""
    return Fraction(sum(place == right for place, right in enumerate(positions)), len(positions))


def relative(positions: Positions) -> Fraction:
    """Each step earns n - 1 less its distance from the right place."""
    n = len(positions)
    earned = sum(n - 1 - abs(place - right) for place, right in enumerate(positions))
    return Fraction(earned, n * (n - 1))


def _right_neighbours(positions: Positions) -> int:
    return sum(after == before + 1 for before, after in pairwise(positions))


def next_without_last(positions: Positions) -> Fraction:
    """Steps directly followed by their right follower / steps that have one."""
    return Fraction(_right_neighbours(positions), len(positions) - 1)


def next_with_last(positions: Positions) -> Fraction:
    """As above; the last step also earns by standing last."""
    n = len(positions)
    return Fraction(_right_neighbours(positions) + int(positions[-1] == n - 1), n)


def one_prev_next(positions: Positions) -> Fraction:
    """Right direct neighbours on both sides of every step; the edges count as neighbours."""
    n = len(positions)
    edges = int(positions[0] == 0) + int(positions[-1] == n - 1)
    return Fraction(2 * _right_neighbours(positions) + edges, 2 * n)


def all_prev_next(positions: Positions) -> Fraction:
    """Pairs standing in the right order / all pairs: (Kendall's tau + 1) / 2."""
    n = len(positions)
    concordant = sum(positions[i] < positions[j] for i in range(n) for j in range(i + 1, n))
    return Fraction(2 * concordant, n * (n - 1))


def longest_ordered(positions: Positions) -> frozenset[int]:
    """The places of the leftmost longest run of steps that are in order among themselves, gaps allowed.

    Empty when no two steps are in order. Its complement is the least set of steps that must move.
    """
    best: list[list[int]] = []
    for place, right in enumerate(positions):
        before = [run for run in best if positions[run[-1]] < right]
        best.append([*max(before, key=len, default=[]), place])
    longest = max(best, key=len)
    return frozenset(longest if len(longest) > 1 else ())


def longest(positions: Positions) -> Fraction:
    """The longest ordered subset / steps; a single step is worth nothing."""
    return Fraction(len(longest_ordered(positions)), len(positions))


def longest_contiguous(positions: Positions) -> Fraction:
    """As above, but only steps that follow one another directly in the right order."""
    length: dict[int, int] = {}
    for right in positions:
        length[right] = length.get(right - 1, 0) + 1
    best = max(length.values())
    return Fraction(best if best > 1 else 0, len(positions))


def _one_in_n(n: int) -> Fraction:
    return Fraction(1, n)


MODES: dict[str, Mode] = {
    "all_prev_next": Mode(all_prev_next, lambda n: Fraction(1, 2)),
    "exact": Mode(exact, lambda n: Fraction(1, factorial(n))),
    "absolute": Mode(absolute, _one_in_n),
    "relative": Mode(relative, lambda n: Fraction(2 * n - 1, 3 * n)),
    "next": Mode(next_without_last, _one_in_n),
    "next_with_last": Mode(next_with_last, _one_in_n),
    "one_prev_next": Mode(one_prev_next, _one_in_n),
    "longest": Mode(longest, lambda n: None),
    "longest_contiguous": Mode(longest_contiguous, lambda n: None),
}
"""Each mode by its name in packs."""
