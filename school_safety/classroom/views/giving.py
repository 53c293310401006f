"""What a teacher gives: the list, a new assignment with its preview, a later close, a reopening for one pupil."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.classroom import actions, queries, report
from school_safety.classroom.forms import PURPOSE_WORDS, ExtendWindowForm, PublishAssignmentForm, ReopenForm
from school_safety.classroom.queries import GroupFacts, PupilOfGroup
from school_safety.classroom.report import Offer
from school_safety.classroom.rules import WindowState, shows_keys_between
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db, paging
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, format_datetime, local, ngettext
from school_safety.kit.paging import Page
from school_safety.kit.web import render_form

ONLY_READING = ""
EVENING = time(21)


@bp.get("/assignments")
@requires(Permission.SEE_RESULTS)
def assignment_index(reach: Reach) -> ResponseReturnValue:
    """What was given to the classes in reach, by the state of the window."""
    now, search, number = clock.now(), request.args.get("q", "").strip(), paging.page_number(request.args.get("page"))
    counts = queries.count_given(db.session(), reach, search=search, now=now)
    asked = request.args.get("state", "")
    state = WindowState(asked) if asked in list(WindowState) else WindowState.OPEN
    rows = queries.list_given(
        db.session(),
        reach,
        state=state,
        search=search,
        now=now,
        limit=paging.PER_PAGE,
        offset=paging.offset(number),
    )
    page = Page(rows, number, counts[state])
    return render_template("classroom/assignment_index.html", page=page, counts=counts, state=state, search=search)


@bp.route("/assignments/new", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def assignment_new(reach: Reach) -> ResponseReturnValue:
    """Give a lesson with its questions; `act=preview` shows the paper first."""
    lesson_code, assessment_code = request.args.get("lesson"), request.args.get("assessment")
    if not lesson_code and not assessment_code:
        lessons, chosen = queries.list_lessons(db.session(), school_id=viewer().school_id), request.args.get("class")
        return render_template("classroom/assignment_choose.html", lessons=lessons, chosen=chosen)
    offer = report.offer_of(
        db.session(),
        reach,
        lesson_code=lesson_code,
        assessment_code=assessment_code,
        school_id=viewer().school_id,
        today=clock.today(),
    )
    form = _publish_form(offer)
    preview = None
    if form.submitted():
        if request.form.get("act") == "preview":
            preview = _preview(form)
        else:
            try:
                assignment = _publish(form, offer)
            except Refused as refused:
                form.refuse(refused)
            else:
                count = len(assignment.groups)
                flash(ngettext("Đã giao bài cho %(num)s lớp.", "Đã giao bài cho %(num)s lớp.", count))
                return redirect(url_for(".assignment_show", public_id=assignment.groups[0].public_id), 303)
    return render_form("classroom/assignment_new.html", form, offer=offer, preview=preview)


def _publish_form(offer: Offer) -> PublishAssignmentForm:
    now = clock.now()
    evening = clock.at_local(clock.today() + timedelta(days=7), EVENING)
    form = PublishAssignmentForm(data=None if request.method == "POST" else {"opens_at": now, "closes_at": evening})
    form.classes.choices = [SelectChoice(str(one.id), _class_words(offer, one)) for one in offer.classes]
    questions = [SelectChoice(str(one.revision_id), _assessment_words(one)) for one in offer.assessments]
    if offer.lesson is not None:
        questions.append(SelectChoice(ONLY_READING, _("Chỉ đọc bài, không có câu hỏi")))
    form.assessment.choices = questions
    if request.method == "GET":
        form.assessment.data, form.classes.data = questions[0].value, request.args.getlist("class")
    return form


def _class_words(offer: Offer, chosen: queries.ClassChoice) -> str:
    pupils = ngettext("%(num)s học sinh", "%(num)s học sinh", chosen.pupils)
    school = f", {chosen.school_name}" if len({one.school_id for one in offer.classes}) > 1 else ""
    return f"{chosen.name} ({pupils}{school})"


def _assessment_words(chosen: queries.AssessmentChoice) -> str:
    items = ngettext("%(num)s câu", "%(num)s câu", chosen.items)
    return f"{local(chosen.title)} ({items}, {PURPOSE_WORDS[chosen.purpose]})"


def _preview(form: PublishAssignmentForm) -> tuple[Any, ...]:
    chosen = form.assessment.data
    return report.preview_of(db.session(), int(chosen)) if chosen else ()


def _publish(form: PublishAssignmentForm, offer: Offer) -> Any:
    chosen = form.assessment.data
    attempts = form.attempts_allowed.data or 0
    if chosen and shows_keys_between(form.feedback_release.data, attempts) and not form.keys_seen.data:
        raise Refused("keys_before_second", "feedback_release")
    return actions.publish_assignment(
        db.session(),
        actor=viewer(),
        classes=offer.chosen_classes(form.classes.data or []),
        lesson=offer.lesson,
        assessment=queries.get_assessment_revision(db.session(), int(chosen)) if chosen else None,
        terms=actions.Terms(
            opens_at=form.opens_at.data,
            closes_at=form.closes_at.data,
            minutes=form.minutes.data,
            attempts_allowed=attempts,
            attempt_policy=form.attempt_policy.data,
            feedback_release=form.feedback_release.data,
            shuffle=form.shuffle.data,
            delay_minutes=form.delay_minutes,
        ),
        now=clock.now(),
    )


@bp.route("/assignments/<public_id>/extend", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_group)
def assignment_extend(given: GroupFacts) -> ResponseReturnValue:
    """Move the close of one class later."""
    form = ExtendWindowForm(data=None if request.method == "POST" else {"closes_at": _a_day_later(given)})
    if form.submitted():
        try:
            actions.extend_window(
                db.session(), actor=viewer(), given=given, closes_at=form.closes_at.data, now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Hạn nộp của lớp nay là %(moment)s.", moment=format_datetime(given.window.closes_at)))
            return redirect(url_for(".assignment_show", public_id=given.group.public_id), 303)
    return render_form("classroom/assignment_extend.html", form, given=given)


def _a_day_later(given: GroupFacts) -> datetime:
    return max(given.window.closes_at, clock.now()) + timedelta(days=1)


@bp.route("/assignments/<public_id>/pupils/<person>/reopen", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_pupil_of_group)
def assignment_reopen(target: PupilOfGroup) -> ResponseReturnValue:
    """Let one pupil work later than the class."""
    given, group_id = target.given, target.given.group.public_id
    form = ReopenForm(data=None if request.method == "POST" else {"closes_at": _a_day_later(given)})
    if form.submitted():
        try:
            actions.reopen_for_pupil(
                db.session(),
                actor=viewer(),
                target=target,
                closes_at=form.closes_at.data,
                one_more=form.one_more.data,
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            words = _(
                "Đã mở lại cho %(name)s đến %(moment)s.",
                name=target.person.full_name,
                moment=format_datetime(form.closes_at.data),
            )
            undo = url_for(".reopening_withdraw", public_id=group_id, person=target.person.public_id)
            flash({"words": words, "undo": undo})  # type: ignore[arg-type]  # the flash component takes an undo
            return redirect(url_for(".assignment_show", public_id=group_id), 303)
    return render_form("classroom/assignment_reopen.html", form, given=given, person=target.person)


@bp.post("/assignments/<public_id>/pupils/<person>/withdraw")
@requires(Permission.ASSIGN, on=queries.load_pupil_of_group)
def reopening_withdraw(target: PupilOfGroup) -> ResponseReturnValue:
    """Undo a reopening."""
    try:
        actions.withdraw_reopening(db.session(), actor=viewer(), target=target, now=clock.now())
    except Refused:
        flash(_("Em này hiện không được mở lại riêng."), "warn")
    else:
        flash(_("Đã thôi mở lại cho %(name)s.", name=target.person.full_name))
    return redirect(url_for(".assignment_show", public_id=target.given.group.public_id), 303)
