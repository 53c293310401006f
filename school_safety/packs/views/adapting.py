"""A school's own version of a lesson: begin, look at the lineage and the differences, use, leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import actions, queries
from school_safety.curriculum.forms import ADAPTING_WORDS
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import Adaptation, body_of
from school_safety.curriculum.rules import Difference, LessonBody, compare_lessons
from school_safety.kit import clock, db, files
from school_safety.kit.db import Session
from school_safety.kit.errors import NotAllowed, Refused
from school_safety.kit.i18n import LazyString, _, _l
from school_safety.packs.actions import adaptation_findings, publish_adaptation
from school_safety.packs.forms import words_of
from school_safety.packs.rules import (
    OWN_LESSON_PARTS,
    PART_LABELS,
    Finding,
    LessonPart,
    keeps_school_back,
    place_of,
)
from school_safety.packs.views.blueprint import bp

BEFORE, ORIGINAL = "before", "original"


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """What the checker says of a draft: the part to mend, the words, and whether it keeps the draft back."""

    part: LessonPart
    place: Mapping[str, str]
    words: str
    blocks: bool


@bp.post("/lessons/<code>/adapt")
@requires(Permission.ADAPT_LESSONS)
def lesson_adapt(reach: Reach, code: str) -> ResponseReturnValue:
    """Begin the school's own version of a lesson of the province, or go to the one that there is."""
    session, school_id = db.session(), own_school_id()
    original = queries.get_lesson(session, code.upper())
    own = queries.find_adaptation(session, original_id=original.lesson_id, school_id=school_id)
    if own is None:
        draft = actions.start_adaptation(session, actor=viewer(), original=original, school_id=school_id)
        own = draft.lesson
        flash(_("Đã tạo bản nháp của trường từ bản gốc. Chọn phần cần sửa."))
    return redirect(url_for(".adaptation_show", code=own.code), 303)


@bp.get("/lessons/<code>/own")
@requires(Permission.READ_LIBRARY)
def adaptation_show(reach: Reach, code: str) -> ResponseReturnValue:
    """The lineage: the draft, what differs from the original or from before, every revision with who and when."""
    adaptation, session = own_adaptation(code, db.session()), db.session()
    shown = _shown(adaptation, session)
    found = adaptation_findings(session, adaptation, root=files.folder(), today=clock.today())
    return render_template(
        "packs/adaptation_show.html",
        adaptation=adaptation,
        shown=shown,
        against=_against(),
        changes=_changes(adaptation, shown, session),
        steps=queries.list_steps(session, adaptation.lesson.id),
        findings=[_told(one, body_of(adaptation.own)) for one in found],
        parts=[(part, PART_LABELS[part]) for part in OWN_LESSON_PARTS],
    )


def _told(finding: Finding, body: LessonBody) -> ToldFinding:
    part = place_of(finding, body)[0] or LessonPart.NAME
    return ToldFinding(part, PART_LABELS[part], words_of(finding), keeps_school_back(finding))


def own_school_id() -> int:
    """The school whose version it is; raises NotAllowed for people of no school."""
    school_id = viewer().school_id
    if school_id is None:
        raise NotAllowed
    return school_id


def own_adaptation(code: str, session: Session) -> Adaptation:
    """The version of the viewer's school; raises NotFound for that of another."""
    return queries.get_adaptation(session, code.upper(), school_id=viewer().school_id)


def _shown(adaptation: Adaptation, session: Session) -> LessonRevision:
    number = request.args.get("number", type=int)
    if number is None or (adaptation.draft is not None and adaptation.draft.number == number):
        return adaptation.own
    return queries.get_own_revision(session, adaptation.lesson.id, number)


def _against() -> str:
    return BEFORE if request.args.get("with") == BEFORE else ORIGINAL


def _changes(adaptation: Adaptation, shown: LessonRevision, session: Session) -> tuple[Difference, ...] | None:
    """What the shown revision says otherwise; None where there is nothing to compare it with."""
    if _against() == BEFORE:
        other = queries.find_before(session, shown)
    else:
        other = queries.get_revision(session, shown.original_id) if shown.original_id is not None else None
    return compare_lessons(body_of(other), body_of(shown)) if other is not None else None


@bp.post("/lessons/<code>/own/begin")
@requires(Permission.ADAPT_LESSONS)
def adaptation_begin(reach: Reach, code: str) -> ResponseReturnValue:
    """Begin the school's next revision from its newest one."""
    adaptation = own_adaptation(code, db.session())
    act = partial(actions.start_revision, db.session(), actor=viewer(), lesson=adaptation.lesson)
    return _done(code, act, _l("Đã tạo bản nháp mới. Chọn phần cần sửa."))


@bp.post("/lessons/<code>/own/publish")
@requires(Permission.ADAPT_LESSONS)
def adaptation_publish(reach: Reach, code: str) -> ResponseReturnValue:
    """Let the school use its draft."""
    act = partial(
        publish_adaptation,
        db.session(),
        actor=viewer(),
        adaptation=own_adaptation(code, db.session()),
        seen=request.form.get("seen", ""),
        root=files.folder(),
        now=clock.now(),
        today=clock.today(),
    )
    return _done(code, act, _l("Cả trường dùng được bản này từ bây giờ. Lớp đã được giao bài vẫn giữ bản cũ."))


@bp.post("/lessons/<code>/own/discard")
@requires(Permission.ADAPT_LESSONS)
def adaptation_discard(reach: Reach, code: str) -> ResponseReturnValue:
    """Throw the school's draft away."""
    adaptation, seen = own_adaptation(code, db.session()), request.form.get("seen", "")
    original = adaptation.lesson.original_code
    try:
        gone = actions.discard_draft(db.session(), actor=viewer(), lesson=adaptation.lesson, seen=seen)
    except Refused as refused:
        flash(str(ADAPTING_WORDS[refused.code]) % refused.params, "bad")
        return redirect(url_for(".adaptation_show", code=code), 303)
    flash(_("Đã bỏ bản nháp."))
    home = url_for("curriculum.lesson_show", code=original) if gone else url_for(".adaptation_show", code=code)
    return redirect(home, 303)


@bp.post("/lessons/<code>/own/retire")
@requires(Permission.ADAPT_LESSONS)
def adaptation_retire(reach: Reach, code: str) -> ResponseReturnValue:
    """Go back to the original."""
    adaptation = own_adaptation(code, db.session())
    act = partial(actions.retire_lesson, db.session(), actor=viewer(), lesson=adaptation.lesson)
    return _done(code, act, _l("Trường quay lại dùng bản gốc. Lớp đã được giao bài vẫn giữ bản của trường."))


def _done(code: str, act: Callable[[], Any], words: LazyString) -> ResponseReturnValue:
    """Do it and say so, or say why not; the lineage is shown again."""
    try:
        act()
    except Refused as refused:
        flash(str(ADAPTING_WORDS[refused.code]) % refused.params, "bad")
    else:
        flash(words)
    return redirect(url_for(".adaptation_show", code=code), 303)
