"""The evidence grades of a strand of one school in one year: what is known, and the grade and reason it gives."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from school_safety.curriculum.rules import Strand, covers_strand
from school_safety.planning.rules.drafting import Check


class Grade(IntEnum):
    """The evidence ladder; each grade from G1 up includes the ones below it."""

    UNKNOWN = -1
    G0 = 0
    G1 = 1
    G2 = 2
    G3 = 3
    G4 = 4

    @property
    def code(self) -> str:
        """The stable name used in files: `unknown`, `G0` to `G4`."""
        return "unknown" if self is Grade.UNKNOWN else self.name


class Reason(StrEnum):
    """Why a strand stands at its grade and not one higher."""

    NOT_DECLARED = "not_declared"
    DECLARED_NO = "declared_no"
    WITHDRAWN = "withdrawn"
    NOT_PUBLISHED = "not_published"
    RETURNED = "returned"
    INCOMPLETE = "incomplete"
    MISSING_ELEMENTS = "missing_elements"
    MISSING_GRADES = "missing_grades"
    NO_EVIDENCED_DELIVERY = "no_evidenced_delivery"
    NONE_ACCEPTED = "none_accepted"
    VERIFIED = "verified"


class MarkKind(StrEnum):
    """What a supervisor may say about a published revision; only a return, and taking it back, change a grade."""

    ACKNOWLEDGED = "acknowledged"
    COMMENTED = "commented"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class StrandFacts:
    """What the grade of one strand is computed from: the standing row of today, or the dated facts of another day.

    Attributes:
        declared: yes, no, or None where the school has said nothing.
        withdrawn: the last declaration took back an earlier yes (then `declared` is False).
        revision: number of the published revision, None before the first.
        elements: mask of the content elements that the revision's activities carry (a=1 … d=8).
        grades: mask of the grades reached by an activity of this strand (bit `1 << grade`).
        complete: check (ii) holds for every activity that bears on the strand.
        returned: the failing check that the supervisor named for this revision.
        recorded: deliveries of the strand in the year that were not withdrawn.
        evidenced: those with head-count ≥ 1 and at least one evidence not rejected.
        accepted: those of the evidenced ones that another unit accepted.
    """

    school_id: int
    year_id: int
    strand: Strand
    declared: bool | None = None
    withdrawn: bool = False
    revision: int | None = None
    elements: int = 0
    grades: int = 0
    complete: bool = False
    returned: Check | None = None
    recorded: int = 0
    evidenced: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade and the reason why it is not the next one."""

    grade: Grade
    reason: Reason


def no_facts(school_id: int, year_id: int, strand: Strand) -> StrandFacts:
    """The facts of a school that has neither declared nor published anything."""
    return StrandFacts(school_id, year_id, strand)


def strand_grade(facts: StrandFacts, levels: int) -> Grade:
    """The evidence grade (coverage.md §4.4) of a strand in a school that teaches the grades of the mask `levels`."""
    return judge(facts, levels).grade


def judge(facts: StrandFacts, levels: int) -> Judgement:
    """The grade of a strand and why it is not higher; `levels` is the mask of grades of the school's placement."""
    if facts.declared is None:
        return Judgement(Grade.UNKNOWN, Reason.NOT_DECLARED)
    if not facts.declared:
        return Judgement(Grade.G0, Reason.WITHDRAWN if facts.withdrawn else Reason.DECLARED_NO)
    missing = _programme_lacks(facts, levels)
    if missing is not None:
        return Judgement(Grade.G1, missing)
    if facts.evidenced == 0:
        return Judgement(Grade.G2, Reason.NO_EVIDENCED_DELIVERY)
    if facts.accepted == 0:
        return Judgement(Grade.G3, Reason.NONE_ACCEPTED)
    return Judgement(Grade.G4, Reason.VERIFIED)


def _programme_lacks(facts: StrandFacts, levels: int) -> Reason | None:
    """The first of the checks (i) to (iv) that the published revision fails, in that order, a return before them."""
    if facts.revision is None:
        return Reason.NOT_PUBLISHED
    if facts.returned is not None:
        return Reason.RETURNED
    if not facts.complete:
        return Reason.INCOMPLETE
    if not covers_strand(facts.elements, facts.strand):
        return Reason.MISSING_ELEMENTS
    if levels & ~facts.grades:
        return Reason.MISSING_GRADES
    return None
