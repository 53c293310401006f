"""What a lesson must hold together: its codes, its flow, its references, its dates, its pictures, its prose."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from school_safety.curriculum.rules import FRESH_DAYS, STRAND_FOLDERS, STRAND_PREFIXES, Strand, element_mask, strands_of
from school_safety.packs.rules.values import LESSON, Contact, Finding, FindingCode, MediaFile, Pack, Path

PHASES = ("opening", "explore", "practise", "apply")

_CODE = re.compile(r"(OS|ML)-(\d\d)-(\d\d)")
_REMOTE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def check_identity(pack: Pack) -> Iterator[Finding]:
    """The code agrees with the strand, the grades, the elements and the folder."""
    lesson = pack.lesson
    strand = Strand(lesson["strand"])
    expected = f"{STRAND_FOLDERS[strand]}/{pack.code.lower()}"
    if pack.folder != expected:
        yield Finding(FindingCode.WRONG_FOLDER, LESSON, ("code",), params={"expected": expected})
    match = _CODE.fullmatch(pack.code)
    if match is None or match[1] != STRAND_PREFIXES[strand] or int(match[2]) not in lesson["grades"]:
        yield Finding(FindingCode.CODE_MISMATCH, LESSON, ("code",))
    if strand not in strands_of(element_mask(lesson["elements"])):
        yield Finding(FindingCode.FOREIGN_ELEMENTS, LESSON, ("elements",))


def check_flow(pack: Pack) -> Iterator[Finding]:
    """The four activities in their order, their minutes adding up to the lesson's."""
    flow = pack.lesson["flow"]
    if tuple(activity["phase"] for activity in flow) != PHASES:
        yield Finding(FindingCode.FLOW_PHASES, LESSON, ("flow",))
    total = sum(activity["minutes"] for activity in flow)
    if total != pack.lesson["minutes"]:
        params = {"found": total, "limit": pack.lesson["minutes"]}
        yield Finding(FindingCode.MINUTES_SUM, LESSON, ("flow",), params=params)


def check_ids(pack: Pack) -> Iterator[Finding]:
    """No id stands for two things."""
    for name in ("objectives", "misconceptions"):
        for index in _repeated([part["id"] for part in pack.lesson[name]]):
            yield Finding(FindingCode.DUPLICATE_ID, LESSON, (name, index, "id"))
    for index in _repeated([medium["file"] for medium in pack.lesson["media"]]):
        yield Finding(FindingCode.DUPLICATE_ID, LESSON, ("media", index, "file"))


def _repeated(ids: Sequence[str]) -> list[int]:
    counts = Counter(ids)
    return [index for index, one in enumerate(ids) if counts[one] > 1 and one in ids[:index]]


def check_contacts(pack: Pack, contacts: Mapping[str, Contact], today: date) -> Iterator[Finding]:
    """Contacts exist, are confirmed, and somebody has looked at them in the last 180 days."""
    for index, name in enumerate(pack.lesson["contacts"]):
        path: Path = ("contacts", index)
        contact = contacts.get(name)
        if contact is None:
            yield Finding(FindingCode.UNKNOWN_CONTACT, LESSON, path, params={"name": name})
            continue
        if not contact.confirmed:
            yield Finding(FindingCode.UNCONFIRMED_CONTACT, LESSON, path, params={"name": name})
        if (today - contact.checked_on).days > FRESH_DAYS:
            params = {"name": name, "days": (today - contact.checked_on).days}
            yield Finding(FindingCode.STALE_CONTACT, LESSON, path, params=params)


def check_dates(pack: Pack, today: date) -> Iterator[Finding]:
    """The last review is not older than 180 days and the next is not overdue."""
    reviewed, due = (date.fromisoformat(pack.lesson[name]) for name in ("reviewed_on", "review_due"))
    if due <= reviewed:
        yield Finding(FindingCode.REVIEW_DATES, LESSON, ("review_due",))
    if (today - reviewed).days > FRESH_DAYS:
        params = {"days": (today - reviewed).days}
        yield Finding(FindingCode.STALE_REVIEW, LESSON, ("reviewed_on",), params=params)
    if due < today:
        yield Finding(FindingCode.REVIEW_OVERDUE, LESSON, ("review_due",))


def check_media(pack: Pack) -> Iterator[Finding]:
    """Every picture is listed with its words, exists, is an SVG or PNG by its bytes, and cannot do harm."""
    listed = {medium["file"]: index for index, medium in enumerate(pack.lesson["media"])}
    for file, index in listed.items():
        medium = pack.media.get(file)
        if medium is None:
            yield Finding(FindingCode.MISSING_MEDIA, LESSON, ("media", index, "file"), params={"name": file})
        else:
            yield from _harm(file, medium)
    for file in sorted(pack.media.keys() - listed.keys()):
        yield Finding(FindingCode.UNLISTED_MEDIA, file, line=1)
    for source, outline in pack.outlines.items():
        for image in outline.images:
            if image.target not in listed:
                params = {"name": image.target}
                yield Finding(FindingCode.MISSING_MEDIA, source, line=image.line, params=params)


def _harm(file: str, medium: MediaFile) -> Iterator[Finding]:
    if medium.kind is None or medium.kind != file.rpartition(".")[2].lower():
        yield Finding(FindingCode.BAD_MEDIA, file, line=1)
    for line in medium.unsafe_lines:
        yield Finding(FindingCode.UNSAFE_MEDIA, file, line=line)


def check_prose(pack: Pack) -> Iterator[Finding]:
    """Markdown is neither empty nor holds raw HTML, remote links or boxes that nobody knows."""
    for file, outline in pack.outlines.items():
        if not outline.blocks:
            yield Finding(FindingCode.EMPTY_TEXT, file, line=1)
        yield from _outline(outline, file, ())
    for file, path, outline in pack.text_outlines:
        yield from _outline(outline, file, path)


def _outline(outline: Any, file: str, path: Path) -> Iterator[Finding]:
    def at(code: FindingCode, line: int, **params: str) -> Finding:
        return Finding(code, file, path, None if path else line, params)

    for line in outline.html_lines:
        yield at(FindingCode.RAW_HTML, line)
    for pointer in (*outline.links, *outline.images):
        if _REMOTE.match(pointer.target):
            yield at(FindingCode.REMOTE_LINK, pointer.line, name=pointer.target)
    for line in outline.unknown_boxes:
        yield at(FindingCode.UNKNOWN_BOX, line)
