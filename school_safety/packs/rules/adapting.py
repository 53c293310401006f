"""What of a lesson a school writes itself, and which findings keep its own version back."""

from collections.abc import Iterable

from school_safety.curriculum.rules import LessonBody
from school_safety.packs.rules.parts import LessonPart
from school_safety.packs.rules.values import Finding, FindingCode, Severity
from school_safety.packs.rules.writing import place_of

OWN_LESSON_PARTS = (
    LessonPart.NAME,
    LessonPart.READING,
    LessonPart.VOCABULARY,
    LessonPart.FLOW,
    LessonPart.TEACHER,
    LessonPart.OUTREACH,
)
"""The pages of the editor that a school has; everything else stays the original's."""

ADVICE = frozenset({FindingCode.TOO_SHORT, FindingCode.LONG_SENTENCES, FindingCode.TRANSLATION_LENGTH})
"""What the library asks of every lesson, but a teacher who knows the class may decide otherwise."""


def own_findings(findings: Iterable[Finding], body: LessonBody) -> tuple[Finding, ...]:
    """Those of the findings that the school can mend itself; what is wrong in the original, the province mends."""
    return tuple(one for one in findings if place_of(one, body)[0] in OWN_LESSON_PARTS)


def keeps_school_back(finding: Finding) -> bool:
    """Whether a school's version cannot come into force with this: names, numbers, HTML, links, overlong files…"""
    long_reading = finding.code == FindingCode.TOO_LONG and finding.file.startswith(LessonPart.READING.value)
    return finding.severity is Severity.ERROR and finding.code not in ADVICE and not long_reading
