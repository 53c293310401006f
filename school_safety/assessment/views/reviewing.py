"""A second pair of eyes for every draft, publishing, and looking again at what has been in use for long."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment import actions, queries
from school_safety.assessment.forms import STATE_NAMES, WRITING_WORDS, ReturnForm, ReviewDueForm
from school_safety.assessment.models import Item
from school_safety.assessment.types import TYPES
from school_safety.assessment.views.bank import PER_PAGE, meet
from school_safety.assessment.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import LazyString, _, _l
from school_safety.kit.paging import Page, offset, page_number
from school_safety.kit.web import render_form

SOON = timedelta(days=60)
A_YEAR = timedelta(days=365)
LATEST = timedelta(days=3 * 365)

NOT_A_DAY = _l("Ngày rà soát lại phải sau hôm nay và trong vòng ba năm. Hãy chọn ngày khác.")


@bp.get("/items/reviews")
@requires(Permission.WRITE_ITEMS)
def item_reviews(reach: Reach) -> ResponseReturnValue:
    """What waits: drafts for a second pair of eyes, and items in use whose day has come."""
    number, today = page_number(request.args.get("page")), clock.today()
    rows, total = queries.list_due(db.reader(), until=today + SOON, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    return render_template(
        "assessment/item_reviews.html",
        drafts=queries.list_open(db.reader()),
        outdated=queries.list_outdated_items(db.reader()),
        page=Page(rows, number, total, PER_PAGE),
        today=today,
        next_due=today + A_YEAR,
        states=STATE_NAMES,
    )


@bp.route("/items/<code>/draft", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_draft(item: Item) -> ResponseReturnValue:
    """A draft as the pupil will meet it; trying it scores the answer and keeps nothing."""
    draft = queries.get_open_item(db.session(), item)
    if TYPES[draft.item.type].check(draft.item.content):
        flash(
            _("Bản nháp chưa viết xong nên chưa xem thử được. Bấm “Lưu và xem thử” để biết còn thiếu chỗ nào."), "warn"
        )
        return redirect(url_for(".item_edit", code=item.code), 303)
    return meet(
        draft.item,
        draft=draft,
        is_own=draft.written_by == viewer().person_id,
        versions=queries.list_versions(db.session(), item.id),
        is_open=True,
        next_due=clock.today() + A_YEAR,
    )


@bp.post("/items/<code>/review")
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_review(item: Item) -> ResponseReturnValue:
    """Agree to a draft."""
    act = partial(actions.review_item, db.session(), actor=viewer(), item=item, seen=request.form.get("seen", ""))
    page = url_for(".item_draft", code=item.code)
    return _done(act, _l("Đã rà soát. Câu này sẵn sàng đưa vào ngân hàng."), page, page)


@bp.route("/items/<code>/return", methods=["GET", "POST"])
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_return(item: Item) -> ResponseReturnValue:
    """Send a draft back to its author with a note."""
    draft, form = queries.get_open_item(db.session(), item), ReturnForm()
    if request.method == "GET":
        form.seen.data = draft.content_hash
    if form.submitted():
        note, seen = form.note.data or "", form.seen.data or ""
        try:
            actions.return_item(db.session(), actor=viewer(), item=item, seen=seen, note=note)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã trả lại bản nháp. Người viết thấy ghi chú ở bản nháp và trong mục Rà soát."))
            return redirect(url_for(".item_reviews"), 303)
    return render_form("assessment/item_return.html", form, draft=draft)


@bp.post("/items/<code>/publish")
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_publish(item: Item) -> ResponseReturnValue:
    """Put a reviewed draft into use."""
    act = partial(
        actions.publish_item,
        db.session(),
        actor=viewer(),
        item=item,
        seen=request.form.get("seen", ""),
        review_due=clock.today() + A_YEAR,
    )
    words = _l("Đã đưa vào ngân hàng. Bài đã giao cho lớp giữ bản cũ; sửa sau này sẽ thành bản mới.")
    return _done(act, words, url_for(".item_show", code=item.code), url_for(".item_draft", code=item.code))


@bp.post("/items/<code>/discard")
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_discard(item: Item) -> ResponseReturnValue:
    """Throw a draft away."""
    try:
        gone = actions.discard_draft(db.session(), actor=viewer(), item=item, seen=request.form.get("seen", ""))
    except Refused as refused:
        flash(WRITING_WORDS[refused.code], "bad")
        return redirect(url_for(".item_draft", code=item.code), 303)
    flash(_("Đã bỏ bản nháp."))
    return redirect(url_for(".item_reviews") if gone else url_for(".item_show", code=item.code), 303)


@bp.post("/items/<code>/retire")
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_retire(item: Item) -> ResponseReturnValue:
    """Take an item out of the bank."""
    act = partial(actions.retire_item, db.session(), actor=viewer(), item=item)
    page = url_for(".item_show", code=item.code)
    return _done(act, _l("Câu này đã thôi dùng. Bài đã giao có câu này vẫn giữ nguyên."), page, page)


@bp.post("/items/<code>/confirm")
@requires(Permission.WRITE_ITEMS, on=queries.load_item)
def item_confirm(item: Item) -> ResponseReturnValue:
    """Say that an item is still right, and when to look again."""
    due = _due(ReviewDueForm(), clock.today())
    if due is None:
        flash(NOT_A_DAY, "bad")
        return redirect(url_for(".item_reviews"), 303)
    act = partial(actions.confirm_item, db.session(), actor=viewer(), item=item, review_due=due)
    page = url_for(".item_reviews")
    return _done(act, _l("Đã xác nhận câu này còn đúng."), page, page)


def _due(form: ReviewDueForm, today: date) -> date | None:
    day: date | None = form.review_due.data if form.submitted() else None
    return day if day is not None and today < day <= today + LATEST else None


def _done(act: Callable[[], Any], words: LazyString, to: str, back: str) -> ResponseReturnValue:
    """Do it and say so, or say why not and go back."""
    try:
        act()
    except Refused as refused:
        flash(WRITING_WORDS[refused.code], "bad")
        return redirect(back, 303)
    flash(words)
    return redirect(to, 303)
