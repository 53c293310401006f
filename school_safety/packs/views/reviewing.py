"""A draft of a lesson on its way into force: what is still wrong, a second pair of eyes, and what waits for whom."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import actions as curriculum
from school_safety.curriculum.models import Lesson
from school_safety.curriculum.queries import (
    find_contact_cards,
    find_newest_frozen,
    find_open_revision,
    get_open_lesson,
    list_due,
    list_open,
    list_retired,
    list_versions,
    load_lesson,
)
from school_safety.curriculum.rules import FRESH_DAYS
from school_safety.kit import clock, db, files
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import LazyString, _l
from school_safety.kit.paging import Page, offset, page_number
from school_safety.kit.web import render_form
from school_safety.packs.actions import draft_findings, list_pack_items, propose_sound, publish_sound
from school_safety.packs.forms import LESSON_WRITING_WORDS, ReturnLessonForm
from school_safety.packs.rules import PART_LABELS
from school_safety.packs.views.blueprint import bp
from school_safety.packs.views.editing import sum_up
from school_safety.packs.views.writing import desk_of

SOON = timedelta(days=60)
PER_PAGE = 20

Act = Callable[[], Any]


@bp.get("/lessons/reviews")
@requires(Permission.WRITE_LESSONS)
def lesson_reviews(reach: Reach) -> ResponseReturnValue:
    """What waits: drafts for a second person, drafts that came back, lessons whose day has come, old contacts."""
    number, today = page_number(request.args.get("page")), clock.today()
    rows, total = list_due(db.reader(), until=today + SOON, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    oldest = today - timedelta(days=FRESH_DAYS)
    cards = find_contact_cards(db.reader())
    return render_template(
        "packs/lesson_reviews.html",
        drafts=list_open(db.reader()),
        retired=list_retired(db.reader()),
        page=Page([(row, date.fromisoformat(row.content["review_due"])) for row in rows], number, total, PER_PAGE),
        today=today,
        stale=[card for name, card in cards.items() if card.id == name and card.checked_on < oldest],
    )


@bp.get("/lessons/<code>/draft")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_draft(lesson: Lesson) -> ResponseReturnValue:
    """The draft: its parts, what is still wrong in each, and what to do with it next."""
    return _draft_page(lesson, ReturnLessonForm(formdata=None))


def _draft_page(lesson: Lesson, form: ReturnLessonForm) -> ResponseReturnValue:
    session = db.reader()
    draft = get_open_lesson(session, lesson)
    findings = draft_findings(session, draft.revision, root=files.folder(), today=clock.today())
    item_codes = [item["id"] for item in list_pack_items(session, lesson.original_code)]
    return render_form(
        "packs/lesson_draft.html",
        form,
        desk=desk_of(lesson),
        draft=draft,
        labels=PART_LABELS,
        summary=sum_up(draft.revision, findings, item_codes),
        is_own=draft.revision.written_by == viewer().person_id,
        versions=list_versions(session, lesson.id),
    )


@bp.post("/lessons/<code>/draft/propose")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_propose(lesson: Lesson) -> ResponseReturnValue:
    """Send a draft to a second person."""
    act = partial(propose_sound, root=files.folder(), today=clock.today(), now=clock.now())
    return _done(lesson, act, _l("Đã gửi rà soát. Một biên tập viên khác sẽ xem và đồng ý, hoặc trả lại kèm ghi chú."))


@bp.post("/lessons/<code>/draft/confirm")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_confirm(lesson: Lesson) -> ResponseReturnValue:
    """Agree to a draft."""
    return _done(lesson, curriculum.confirm_draft, _l("Đã đồng ý. Bản này sẵn sàng ban hành."))


@bp.post("/lessons/<code>/draft/return")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_return(lesson: Lesson) -> ResponseReturnValue:
    """Send a draft back with a note."""
    form = ReturnLessonForm()
    if not form.submitted():
        return _draft_page(lesson, form)
    act = partial(curriculum.return_draft, note=form.note.data or "")
    return _done(lesson, act, _l("Đã trả lại kèm ghi chú."))


@bp.post("/lessons/<code>/draft/publish")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_publish(lesson: Lesson) -> ResponseReturnValue:
    """Put a reviewed draft in force."""
    act = partial(publish_sound, root=files.folder(), today=clock.today(), now=clock.now())
    words = _l("Đã ban hành. Lớp đã được giao bài giữ bản cũ; từ nay giao bài sẽ là bản này.")
    return _done(lesson, act, words, to=url_for("curriculum.lesson_show", code=lesson.code))


@bp.post("/lessons/<code>/draft/discard")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_discard(lesson: Lesson) -> ResponseReturnValue:
    """Throw a draft away."""
    return _done(lesson, curriculum.discard_draft, _l("Đã bỏ bản nháp."), to=url_for(".lesson_reviews"))


def _done(lesson: Lesson, act: Callable[..., Any], words: LazyString, to: str = "") -> ResponseReturnValue:
    """Do it to the draft that the page showed and say so, or say why not and go back."""
    page = url_for(".lesson_draft", code=lesson.code)
    try:
        act(db.session(), actor=viewer(), lesson=lesson, seen=request.form.get("seen", ""))
    except Refused as refused:
        flash(str(LESSON_WRITING_WORDS[refused.code]) % refused.params, "bad")
        return redirect(page, 303)
    except NotFound:
        flash(LESSON_WRITING_WORDS["nothing_open"], "bad")
        return redirect(url_for(".lesson_reviews"), 303)
    flash(words)
    return redirect(to or page, 303)


@bp.route("/lessons/<code>/retire", methods=["GET", "POST"])
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_retire(lesson: Lesson) -> ResponseReturnValue:
    """Take a lesson out of the library, once asked and once confirmed."""
    if request.method == "GET":
        revision = find_newest_frozen(db.session(), lesson.id)
        if revision is None:
            raise NotFound
        is_open = find_open_revision(db.session(), lesson.id) is not None
        return render_template("packs/lesson_retire.html", revision=revision, is_open=is_open)
    try:
        curriculum.retire_lesson(db.session(), actor=viewer(), lesson=lesson)
    except Refused as refused:
        flash(LESSON_WRITING_WORDS[refused.code], "bad")
    else:
        flash(_l("Bài đã ra khỏi thư viện. Lớp đã được giao bài vẫn đọc và làm bài như trước."))
    return redirect(url_for(".lesson_reviews"), 303)
