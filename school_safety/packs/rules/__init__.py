"""Every rule of a lesson pack, on plain values: what `flask lessons check` refuses and what it only warns of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from school_safety.assessment.rules import key_place
from school_safety.packs.rules.adapting import (
    OWN_LESSON_PARTS,
    keeps_school_back,
    own_findings,
)
from school_safety.packs.rules.begun import BegunLesson, begin_lesson
from school_safety.packs.rules.denied import check_denied
from school_safety.packs.rules.items import LEAST_BY_USE, check_items, named_ideas
from school_safety.packs.rules.kits import (
    COPIED,
    FORMATS,
    LINK_DAYS,
    SYLLABLES_A_MINUTE,
    FileFormat,
    OutreachChannel,
    Partner,
    Size,
    is_open,
    reading_seconds,
    signed_sms,
    signed_zalo,
    size_of,
    spelt_number,
    spoken_school,
    text_of,
    unaccented,
)
from school_safety.packs.rules.lengths import check_lengths
from school_safety.packs.rules.lesson import (
    PHASES,
    check_contacts,
    check_dates,
    check_flow,
    check_identity,
    check_ids,
    check_media,
    check_prose,
)
from school_safety.packs.rules.measures import Measure, Unit, measure
from school_safety.packs.rules.parts import PART_LABELS, Choices, LessonPart, describe
from school_safety.packs.rules.printing import PrintPart
from school_safety.packs.rules.values import (
    ITEM_FRAME,
    ITEMS,
    LANGUAGES,
    LESSON,
    MEDIA_TYPES,
    OUTREACH,
    PROSE_FILES,
    READING,
    TEACHER,
    UNWRITTEN,
    Contact,
    Finding,
    FindingCode,
    MediaFile,
    Pack,
    Path,
    Severity,
    content_of,
)
from school_safety.packs.rules.words import average_sentence, is_gsm, sentences, sms_fits_one_part, sms_parts, syllables
from school_safety.packs.rules.writing import blank_body, form_of, place_of, with_form

__all__ = [
    "COPIED",
    "FORMATS",
    "ITEMS",
    "ITEM_FRAME",
    "LANGUAGES",
    "LEAST_BY_USE",
    "LESSON",
    "LINK_DAYS",
    "MEDIA_TYPES",
    "OUTREACH",
    "OWN_LESSON_PARTS",
    "PART_LABELS",
    "PHASES",
    "PROSE_FILES",
    "READING",
    "SYLLABLES_A_MINUTE",
    "TEACHER",
    "UNWRITTEN",
    "BegunLesson",
    "Choices",
    "Contact",
    "FileFormat",
    "Finding",
    "FindingCode",
    "LessonPart",
    "Measure",
    "MediaFile",
    "OutreachChannel",
    "Pack",
    "Partner",
    "Path",
    "PrintPart",
    "Severity",
    "Size",
    "Unit",
    "average_sentence",
    "begin_lesson",
    "blank_body",
    "check_pack",
    "content_of",
    "describe",
    "distinct",
    "form_of",
    "is_gsm",
    "is_open",
    "keeps_school_back",
    "key_place",
    "measure",
    "named_ideas",
    "own_findings",
    "place_of",
    "reading_seconds",
    "repeated_codes",
    "sentences",
    "signed_sms",
    "signed_zalo",
    "size_of",
    "sms_fits_one_part",
    "sms_parts",
    "spelt_number",
    "spoken_school",
    "syllables",
    "text_of",
    "unaccented",
    "with_form",
]


def check_pack(pack: Pack, contacts: Mapping[str, Contact], today: date) -> tuple[Finding, ...]:
    """All findings about one pack of right shape, each thing said once."""
    found = chain(
        check_identity(pack),
        check_flow(pack),
        check_ids(pack),
        check_contacts(pack, contacts, today),
        check_dates(pack, today),
        check_media(pack),
        check_prose(pack),
        check_lengths(pack),
        check_items(pack),
        check_denied(pack),
    )
    return distinct(found)


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that say the same of the same place."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.code, finding.file, finding.path, finding.line, str(finding.params)), finding)
    return tuple(seen.values())


def repeated_codes(packs: Sequence[Pack]) -> tuple[tuple[Pack, Finding], ...]:
    """Packs whose lesson code, or items whose id, an earlier pack has already taken."""
    lessons: set[str] = set()
    items: set[str] = set()
    found: list[tuple[Pack, Finding]] = []
    for pack in packs:
        if pack.code in lessons:
            found.append((pack, Finding(FindingCode.DUPLICATE_ID, LESSON, ("code",))))
        for index, item in enumerate(pack.items):
            if item["id"] in items:
                found.append((pack, Finding(FindingCode.DUPLICATE_ID, ITEMS, (index, "id"))))
        lessons.add(pack.code)
        items |= {item["id"] for item in pack.items}
    return tuple(found)
