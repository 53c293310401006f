"""The editor of a lesson's parts, for every page that lets somebody write a draft; it knows no permission."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from school_safety.access.guard import viewer
from school_safety.assessment.rules.authoring import Draft, acted, draw
from school_safety.curriculum.actions import save_draft
from school_safety.curriculum.models import Lesson, LessonRevision
from school_safety.curriculum.queries import OpenLesson, body_of, find_contact_cards, get_open_lesson, lock_lesson
from school_safety.curriculum.rules import LessonBody, content_hash
from school_safety.kit import clock, db, files, markdown
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import LazyString, _, language
from school_safety.kit.web import render_form
from school_safety.packs.actions import content_with, draft_findings
from school_safety.packs.forms import DRAFT_WORDS, LessonPartForm, words_of
from school_safety.packs.readers import words_by_block
from school_safety.packs.rules import (
    PART_LABELS,
    Choices,
    Finding,
    LessonPart,
    Severity,
    describe,
    form_of,
    measure,
    place_of,
    with_form,
)

SAVE = "save"
PROSE = (LessonPart.READING, LessonPart.TEACHER)


def _as_typed(before: LessonBody, typed: LessonBody) -> LessonBody:
    return typed


def _is_warning(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes here sees: the lesson, the parts that may be written, and where the pages are."""

    lesson: Lesson
    parts: tuple[LessonPart, ...]
    home: str
    page_of: Callable[[LessonPart], str]
    crumbs: Sequence[tuple[str | LazyString, str | None]] = ()
    upload: str | None = None
    """Where a new picture is sent to; None where pictures are not for changing."""
    settle: Callable[[LessonBody, LessonBody], LessonBody] = _as_typed
    """What becomes of the lesson when a part is typed anew: from the draft as it was and as it was typed."""
    is_advice: Callable[[Finding], bool] = _is_warning
    """Which findings are only worth a look here."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding at its place in the form of a part."""

    code: str
    path: tuple[str | int, ...]
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the checker says of a draft, by the part in which it can be mended."""

    errors: Mapping[LessonPart, int] = field(default_factory=dict)
    warnings: Sequence[tuple[LessonPart | None, str]] = ()
    others: Sequence[str] = ()
    """Errors that no part of the editor can mend: they lie in the lesson's items."""

    @property
    def total(self) -> int:
        """How many places keep the draft from being proposed."""
        return sum(self.errors.values()) + len(self.others)


def sum_up(revision: LessonRevision, findings: Sequence[Finding], item_codes: Sequence[str] = ()) -> Summary:
    """The findings counted by part; `item_codes` are the codes of the items that were checked, in their order."""
    body = body_of(revision)
    errors: dict[LessonPart, int] = {}
    warnings: list[tuple[LessonPart | None, str]] = []
    others: list[str] = []
    for finding in findings:
        part, _path = place_of(finding, body)
        if finding.severity is Severity.WARNING:
            warnings.append((part, words_of(finding)))
        elif part is not None:
            errors[part] = errors.get(part, 0) + 1
        else:
            others.append(_said_of_items(finding, item_codes))
    return Summary(errors, warnings, others)


def _said_of_items(finding: Finding, item_codes: Sequence[str]) -> str:
    words = _words(finding)
    index = finding.path[0] if finding.path else None
    return f"{item_codes[index]}: {words}" if isinstance(index, int) and index < len(item_codes) else words


def _words(finding: Finding) -> str:
    template = str(DRAFT_WORDS[finding.code]) if finding.params else words_of(finding)
    return template % finding.params if finding.params else template


def part_token(body: LessonBody, part: LessonPart) -> str:
    """What a page remembers of the part that it was drawn from."""
    return content_hash(form_of(part, body))


def edit_part(desk: Desk, part: LessonPart) -> ResponseReturnValue:
    """The page of one part: draw it, let its rows grow and shrink, save it as it is and say what is wrong."""
    if part not in desk.parts:
        raise NotFound
    session = db.session()
    if request.method == "POST":
        lock_lesson(session, desk.lesson.id)
    opened = get_open_lesson(session, desk.lesson)
    revision = opened.revision
    body, description = body_of(revision), describe(part, _contacts(part))
    form, act, place = LessonPartForm(), request.form.get("act", ""), ""
    if request.method == "POST":
        draft, place = acted(description, description.read(request.form.to_dict(flat=False)), act)
    else:
        form.seen.data, draft = part_token(body, part), form_of(part, body)
    if act == SAVE and form.submitted():
        try:
            return _save(desk, part, opened, draft, form.seen.data or "")
        except Refused as refused:
            form.refuse(refused)
    return _page(desk, part, revision, draft, form, place)


def _save(desk: Desk, part: LessonPart, opened: OpenLesson, draft: Draft, seen: str) -> ResponseReturnValue:
    revision = opened.revision
    body = body_of(revision)
    if part_token(body, part) != seen:
        raise Refused("changed_meanwhile")
    content = content_with(revision, desk.settle(body, with_form(part, body, draft)))
    if content.hash == revision.content_hash and not opened.is_overtaken:
        flash(_("Không có gì khác trước nên không cần lưu."))
        return redirect(desk.page_of(part), 303)
    save_draft(db.session(), actor=viewer(), lesson=desk.lesson, content=content, seen=revision.content_hash)
    flash(_("Đã lưu phần này."))
    return redirect(desk.page_of(part), 303)


def _page(
    desk: Desk, part: LessonPart, revision: LessonRevision, draft: Draft, form: LessonPartForm, place: str
) -> ResponseReturnValue:
    body = body_of(revision)
    fresh = request.method == "GET"
    findings = draft_findings(db.session(), revision, root=files.folder(), today=clock.today()) if fresh else ()
    faults, warnings, words = _told(desk, part, findings, body)
    typed = with_form(part, body, draft)
    texts = (typed.reading if part is LessonPart.READING else typed.teacher) if part in PROSE else {}
    index = desk.parts.index(part)
    return render_form(
        "packs/lesson_part.html",
        form,
        desk=desk,
        part=part,
        labels=PART_LABELS,
        revision=revision,
        drawing=draw(describe(part, _contacts(part)), draft, faults),
        place=place,
        problem_words=words,
        warnings=warnings,
        measures=measure(part, typed, words_by_block(texts)),
        preview=_preview(texts, revision),
        pictures=_pictures(revision),
        before=desk.parts[index - 1] if index else None,
        after=desk.parts[index + 1] if index + 1 < len(desk.parts) else None,
    )


def _told(
    desk: Desk, part: LessonPart, findings: Sequence[Finding], body: LessonBody
) -> tuple[list[Placed], list[str], dict[str, str | LazyString]]:
    """The errors of this part at their places, its warnings, and the words for every code, with lines of texts."""
    words: dict[str, str | LazyString] = dict(DRAFT_WORDS)
    faults, warnings = [], []
    for finding in findings:
        home, path = place_of(finding, body)
        if home is not part:
            continue
        if desk.is_advice(finding):
            warnings.append(words_of(finding))
            continue
        code = finding.code
        if finding.line is not None and finding.line > 1:
            code = f"{finding.code}@{finding.line}"
            words[code] = _("Dòng %(line)s:", line=finding.line) + f" {DRAFT_WORDS[finding.code]}"
        faults.append(Placed(code, path, finding.params))
    return faults, warnings, words


def _preview(texts: Mapping[str, str], revision: LessonRevision) -> Markup | None:
    text = texts.get(language()) or texts.get("vi") or ""
    return markdown.render(text, top=3, media_url=_pictures(revision).get) if text else None


def _pictures(revision: LessonRevision) -> dict[str, str]:
    return {one.file: url_for("curriculum.media_show", sha256=one.sha256) for one in revision.media}


def _contacts(part: LessonPart) -> Choices:
    if part is not LessonPart.SOURCES:
        return ()
    cards = find_contact_cards(db.session())
    return tuple((name, dict(card.name)) for name, card in cards.items() if card.id == name)
