"""The last steps: review, telling the principal, publishing; then the clerk's number and the supervisor's mark."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _, format_time
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.fields import whole
from school_safety.planning.forms.programmes import DRAFT_WORDS, MarkForm, NumberForm, PublishForm
from school_safety.planning.models import SupervisorMark
from school_safety.planning.queries import Draft, Published, SchoolYear
from school_safety.planning.report import words
from school_safety.planning.report.checks import problem_words
from school_safety.planning.report.programme import published_report
from school_safety.planning.rules import Check, DraftingProblem, MarkKind, short_hash
from school_safety.planning.views.activities import desk_of
from school_safety.planning.views.blueprint import bp
from school_safety.planning.views.programmes import show


@bp.get("/schools/<code>/programme/<year>/review")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def programme_review(draft: Draft) -> ResponseReturnValue:
    """The whole draft as it would be published, the checks, and the next step."""
    return _review(draft, PublishForm(formdata=None))


def _review(draft: Draft, form: PublishForm) -> ResponseReturnValue:
    form.edition.data = str(draft.programme.edition)
    form.edition.raw_data = None
    revision = queries.find_revision(db.session(), draft.programme.id)
    return render_form(
        "planning/programme_review.html",
        form,
        draft=draft,
        desk=desk_of(draft),
        served_before={part.strand for part in revision.strands if part.served} if revision else set(),
        words=words,
    )


@bp.post("/schools/<code>/programme/<year>/tell")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def programme_tell(draft: Draft) -> ResponseReturnValue:
    """Báo hiệu trưởng: a task on the principal's home page."""
    try:
        actions.tell_principal(db.session(), actor=viewer(), draft=draft, now=clock.now())
    except Refused as refused:
        flash(DRAFT_WORDS[refused.code], "warn")
    else:
        flash(_("Đã báo hiệu trưởng. Việc chờ công bố hiện ở trang Hôm nay của hiệu trưởng."))
    return redirect(url_for("planning.programme_review", code=draft.school.code, year=draft.year.code), 303)


@bp.post("/schools/<code>/programme/<year>/publish")
@requires(Permission.PUBLISH_PROGRAMME, on=queries.load_draft)
def programme_publish(draft: Draft) -> ResponseReturnValue:
    """One click: freeze, open the public page, declare the strands that are served."""
    form = PublishForm()
    if form.submitted():
        try:
            revision = actions.publish_programme(
                db.session(), actor=viewer(), draft=draft, edition=whole(form.edition.data), now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
            if refused.code == DraftingProblem.CHECKS_FAIL:
                desk = desk_of(draft)
                form.form_errors += [problem_words(each, desk.numbers) for each in desk.problems if each.strands]
        else:
            code, at = short_hash(revision.content_hash), format_time(revision.published_at)
            flash(_("Đã công bố chương trình. Trang công khai mở lúc %(at)s, mã nội dung %(code)s.", at=at, code=code))
            return redirect(url_for("planning.programme_show", code=draft.school.code, year=draft.year.code), 303)
    return _review(draft, form)


@bp.get("/schools/<code>/programme/<year>/revisions/<int:number>")
@requires(Permission.SEE_PROGRAMME, on=queries.load_revision)
def revision_show(published: Published) -> ResponseReturnValue:
    """A revision as it was published, whether or not another followed."""
    session = db.session()
    return render_template(
        "planning/revision_show.html",
        published=published,
        report=published_report(published, queries.find_document_number(session, published.revision.id)),
        marks=queries.list_marks(session, published.revision.id),
        words=words,
    )


@bp.post("/schools/<code>/programme/<year>/number")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def programme_number(draft: Draft) -> ResponseReturnValue:
    """The number and date from the clerk, outside the content hash."""
    form = NumberForm()
    published = _last(draft)
    if form.submitted():
        try:
            actions.number_document(
                db.session(),
                actor=viewer(),
                published=published,
                number=form.number.data or "",
                signed_on=form.signed_on.data,
                now=clock.now(),
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã ghi số và ngày của văn bản. Mã nội dung không đổi."))
            return _to_programme(draft)
    return show(SchoolYear(draft.school, draft.year, draft.programme), form, MarkForm(formdata=None))


@bp.post("/schools/<code>/programme/<year>/marks")
@requires(Permission.SUPERVISE, on=queries.load_draft)
def programme_mark(draft: Draft) -> ResponseReturnValue:
    """The supervisor acknowledges, comments, or returns naming the failing check."""
    form = MarkForm()
    published = _last(draft)
    if form.submitted():
        kind = MarkKind(form.kind.data)
        try:
            actions.mark_programme(
                db.session(),
                actor=viewer(),
                published=published,
                kind=kind,
                comment=form.comment.data or "",
                strand=Strand(form.strand.data) if form.strand.data else None,
                failing=Check(form.failing.data) if form.failing.data else None,
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã ghi ý kiến: %(kind)s.", kind=words.MARK_WORDS[kind]))
            return _to_programme(draft)
    return show(SchoolYear(draft.school, draft.year, draft.programme), NumberForm(formdata=None), form)


@bp.post("/schools/<code>/programme/<year>/marks/<int:mark_id>/take-back")
@requires(Permission.SUPERVISE, on=queries.load_mark)
def programme_return_take_back(loaded: tuple[Published, SupervisorMark]) -> ResponseReturnValue:
    """The supervisor takes a return back; what was said stays on the page."""
    published, mark = loaded
    try:
        actions.take_back_return(db.session(), actor=viewer(), published=published, mark=mark, now=clock.now())
    except Refused as refused:
        flash(DRAFT_WORDS[refused.code], "warn")
    else:
        flash(_("Đã thu hồi việc trả lại. Bậc của trường được tính lại ngay."))
    return redirect(
        url_for("planning.programme_show", code=published.school.code, year=published.year.code, _anchor="marks"), 303
    )


def _last(draft: Draft) -> Published:
    revision = queries.find_revision(db.session(), draft.programme.id)
    if revision is None:
        raise NotFound
    return Published(draft.school, draft.year, draft.programme, revision)


def _to_programme(draft: Draft) -> ResponseReturnValue:
    return redirect(url_for("planning.programme_show", code=draft.school.code, year=draft.year.code), 303)
