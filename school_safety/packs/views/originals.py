"""A newer original beside a school's own version: look at what changed, take it over or keep the school's."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import actions
from school_safety.curriculum.forms import OriginalForm, original_form, part_words
from school_safety.curriculum.queries import Adaptation, versions_of
from school_safety.curriculum.rules import (
    Difference,
    Fate,
    Versions,
    compare_lessons,
    conflicts,
    fates,
    parts_of,
    with_parts,
)
from school_safety.kit import db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.packs.views.adapting import own_adaptation
from school_safety.packs.views.blueprint import bp

TAKE, KEEP = "take", "keep"


@bp.route("/lessons/<code>/own/original", methods=["GET", "POST"])
@requires(Permission.ADAPT_LESSONS)
def adaptation_original(reach: Reach, code: str) -> ResponseReturnValue:
    """What is new in the original; take it over, with a choice where both changed, or keep the school's version."""
    adaptation = own_adaptation(code, db.session())
    if not adaptation.has_newer_original or adaptation.original is None:
        flash(_("Bản của trường đã theo bản gốc mới nhất."))
        return redirect(url_for(".adaptation_show", code=code), 303)
    versions = versions_of(adaptation)
    form = original_form(conflicts(versions))()
    if request.method == "GET":
        form.seen.data = str(adaptation.original.number)
    if request.form.get("act") == KEEP or form.submitted():
        try:
            return _answered(code, adaptation, form)
        except Refused as refused:
            form.refuse(refused)
    return render_form(
        "packs/adaptation_original.html",
        form,
        adaptation=adaptation,
        changes=compare_lessons(versions.began, versions.today),
        kept=_named(versions, Fate.OWN_CHANGED),
        joined=_named(versions, Fate.JOINED),
        both=[(name, *_sides(versions, name)) for name in conflicts(versions)],
    )


def _answered(code: str, adaptation: Adaptation, form: OriginalForm) -> ResponseReturnValue:
    sent = form.seen.data or ""
    seen = int(sent) if sent.isdecimal() else 0
    if request.form.get("act") == KEEP:
        actions.keep_own_lesson(db.session(), actor=viewer(), adaptation=adaptation, seen=seen)
        flash(_("Trường giữ bản của mình. Lần sửa này của bản gốc không được hỏi lại."))
    else:
        actions.take_original_over(db.session(), actor=viewer(), adaptation=adaptation, seen=seen, choices=form.choices)
        flash(_("Đã tạo bản nháp theo bản gốc mới. Hãy xem lại rồi cho trường dùng."))
    return redirect(url_for(".adaptation_show", code=code), 303)


def _named(versions: Versions, wanted: Fate) -> list[str]:
    return [part_words(name) for name, fate in fates(versions).items() if fate is wanted]


def _sides(versions: Versions, part: str) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """What the school and what the original made of one part since the school began."""
    before = versions.began
    own = with_parts(before, {part: parts_of(versions.own)[part]})
    original = with_parts(before, {part: parts_of(versions.today)[part]})
    return compare_lessons(before, own), compare_lessons(before, original)
