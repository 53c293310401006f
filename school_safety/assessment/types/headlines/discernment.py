"""Telling true from false, as counts and as signal detection.

A hit is a false headline called false, a false alarm a true one called false. d' and c use the log-linear correction
(x + 0.5) / (n + 1), n being the judged ones of that kind. They describe a class or a school, never one pupil.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Discernment:
    """Counts over a set: `hits` of `fabricated`, `false_alarms` of `genuine`; those left out are in neither count."""

    fabricated: int
    hits: int
    misses: int
    genuine: int
    false_alarms: int
    trusted: int

    @property
    def balanced(self) -> Fraction:
        """Half the share of true ones called true plus half the share of false ones called false; all-false is 1/2."""
        return _HALF * (Fraction(self.trusted, self.genuine) + Fraction(self.hits, self.fabricated))

    @property
    def youden(self) -> Fraction:
        """Hit rate less false-alarm rate, not below 0."""
        return max(Fraction(0), Fraction(self.hits, self.fabricated) - Fraction(self.false_alarms, self.genuine))

    @property
    def d_prime(self) -> float | None:
        """z(hit rate) - z(false-alarm rate); None before both kinds were judged."""
        rates = self._z_rates()
        return None if rates is None else rates[0] - rates[1]

    @property
    def criterion(self) -> float | None:
        """-(z(H) + z(F)) / 2: below 0 leans to calling things false, above 0 to trusting; None as for d'."""
        rates = self._z_rates()
        return None if rates is None else -(rates[0] + rates[1]) / 2

    def _z_rates(self) -> tuple[float, float] | None:
        judged_false, judged_true = self.hits + self.misses, self.false_alarms + self.trusted
        if not judged_false or not judged_true:
            return None
        normal = NormalDist()
        return (
            normal.inv_cdf((self.hits + 0.5) / (judged_false + 1)),
            normal.inv_cdf((self.false_alarms + 0.5) / (judged_true + 1)),
        )

    def __add__(self, other: "Discernment") -> "Discernment":
        """The counts of both together, as for the pupils of a class."""
        return Discernment(
            self.fabricated + other.fabricated,
            self.hits + other.hits,
            self.misses + other.misses,
            self.genuine + other.genuine,
            self.false_alarms + other.false_alarms,
            self.trusted + other.trusted,
        )


def discern(judgements: Iterable[tuple[bool, str | None]]) -> Discernment:
    """Count pairs of (is it true, what was said: `"true"`, `"false"` or None)."""
    pairs = list(judgements)
    false_ones = [said for truth, said in pairs if not truth]
    true_ones = [said for truth, said in pairs if truth]
    return Discernment(
        fabricated=len(false_ones),
        hits=false_ones.count("false"),
        misses=false_ones.count("true"),
        genuine=len(true_ones),
        false_alarms=true_ones.count("false"),
        trusted=true_ones.count("true"),
    )
