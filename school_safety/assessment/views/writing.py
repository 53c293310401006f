"""The editor of items: one page for every type, drawn from the type's own description."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment import actions, queries
from school_safety.assessment.actions import Written
from school_safety.assessment.forms import PROBLEM_WORDS, ItemForm
from school_safety.assessment.models import Item
from school_safety.assessment.queries import BankItem, LessonSources
from school_safety.assessment.rules import Problem, Use
from school_safety.assessment.rules.authoring import Draft, acted, draw
from school_safety.assessment.types import DESCRIPTIONS, TYPES
from school_safety.assessment.views.bank import filter_context
from school_safety.assessment.views.blueprint import bp
from school_safety.kit import db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form

SAVE, KEEP = "save", "keep"


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before the editor: the item if it exists already, its lesson, its type and what it began from."""

    item: Item | None
    sources: LessonSources
    type: str
    found: BankItem | None = None
    seen: str = ""
    note: str | None = None


@bp.route("/items/new", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS)
def item_new(reach: Reach) -> ResponseReturnValue:
    """Choose the lesson and the type, then write."""
    lesson, type_code = request.args.get("lesson", ""), request.args.get("type", "")
    sources = queries.find_lesson_sources(db.reader(), lesson)
    if sources is None or type_code not in TYPES:
        known = filter_context()
        if sources is not None:
            known["lessons"] = {sources.code: sources.title} | known["lessons"]
        return render_template("assessment/item_new.html", lesson=lesson, chosen=type_code, **known)
    return _write(Desk(None, sources, type_code))


@bp.route("/items/<code>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_edit(item: Item) -> ResponseReturnValue:
    """Go on with the draft of an item, or begin a new revision from the one in use."""
    sources = queries.find_lesson_sources(db.session(), item.lesson_code)
    if sources is None:
        raise NotFound
    if queries.find_open_revision(db.session(), item.id) is None:
        found = queries.get_item(db.session(), item.code)
        return _write(Desk(item, sources, found.type, found))
    draft = queries.get_open_item(db.session(), item)
    return _write(Desk(item, sources, draft.item.type, draft.item, draft.content_hash, draft.returned_note))


def _write(desk: Desk) -> ResponseReturnValue:
    description, found = DESCRIPTIONS[desk.type], desk.found
    head = {"objective": found.objective, "use": str(found.use), "points": found.points} if found else {}
    form = ItemForm(**head)
    form.offer(desk.sources.objectives)
    act, place = request.form.get("act", ""), ""
    if request.method == "POST":
        draft, place = acted(description, description.read(request.form.to_dict(flat=False)), act)
    else:
        form.seen.data = desk.seen
        draft = dict(found.content) if found else description.blank()
    if act in (SAVE, KEEP) and form.submitted():
        try:
            return _saved(desk, form, draft, act)
        except Refused as refused:
            form.refuse(refused)
    return render_form(
        "assessment/item_edit.html",
        form,
        desk=desk,
        drawing=draw(description, draft, _problems(desk, draft) if act == SAVE else (), desk.sources.ideas),
        place=place,
        problem_words=PROBLEM_WORDS,
    )


def _problems(desk: Desk, draft: Draft) -> tuple[Problem, ...]:
    code = desk.item.code if desk.item else None
    return queries.list_problems(db.reader(), desk.sources.code, code, desk.type, draft)


def _saved(desk: Desk, form: ItemForm, draft: Draft, act: str) -> ResponseReturnValue:
    written = Written(desk.type, Use(form.use.data), form.objective.data, form.points.data or 0, draft)
    sources, session, sound = desk.sources, db.session(), act == SAVE
    if desk.item is None:
        item = actions.create_item(
            session,
            actor=viewer(),
            lesson_code=sources.code,
            strand=sources.strand,
            written=written,
            sound=sound,
        )
    else:
        item = desk.item
        actions.save_item(session, actor=viewer(), item=item, written=written, seen=form.seen.data or "", sound=sound)
    if sound:
        flash(_("Đã lưu bản nháp. Hãy làm thử, rồi nhờ một biên tập viên khác rà soát."))
        return redirect(url_for(".item_draft", code=item.code), 303)
    flash(_("Đã lưu dở. Câu này nằm trong mục “Đang viết”, lúc nào viết tiếp cũng được."))
    return redirect(url_for(".item_edit", code=item.code), 303)
