"""The notice and the retention table for everybody; requests, export and erasure for the coordinator."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import public, requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import LazyString, _, format_date, ngettext
from school_safety.kit.web import download, render_form
from school_safety.privacy import actions, queries
from school_safety.privacy.forms import (
    AT_ONCE_NAMES,
    BASIS_NAMES,
    KEPT_NAMES,
    KIND_NAMES,
    REQUESTER_NAMES,
    STATE_NAMES,
    UNTIL_NAMES,
    ErasePupilForm,
    RecordRequestForm,
    StepForm,
)
from school_safety.privacy.models import PrivacyRequest
from school_safety.privacy.pdf import draw_export
from school_safety.privacy.rules import (
    NOTICES,
    RETENTION,
    Requester,
    RequestKind,
    RetentionRule,
    answer_due,
    complete_due,
    is_overdue,
    notice_in_force,
)
from school_safety.roster.forms.classes import LEFT_REASONS
from school_safety.roster.queries import load_enrolment
from school_safety.roster.queries.classes import LoadedEnrolment

bp = Blueprint("privacy", __name__)

DAYS_OF_YEAR = 365
CODE_NAMES: dict[str, Mapping[Any, LazyString]] = {
    "kind": KIND_NAMES,
    "requester": REQUESTER_NAMES,
    "state": STATE_NAMES,
    "left_reason": LEFT_REASONS,
}
"""The words of the codes that an export holds, by key."""


# ---- For everybody ----


@bp.get("/privacy")
@public
def notice() -> ResponseReturnValue:
    """What is kept of a pupil, why, who sees it, and how to ask: the version in force."""
    return render_template("privacy/notice.html", notice=notice_in_force(clock.today()), notices=NOTICES)


@bp.get("/privacy/retention")
@public
def retention_index() -> ResponseReturnValue:
    """What is kept, how long, on what basis."""
    rows = [(KEPT_NAMES[rule.kept], _term(rule), BASIS_NAMES[rule.basis]) for rule in RETENTION]
    return render_template("privacy/retention_index.html", rows=rows)


def _term(rule: RetentionRule) -> str:
    """How long, in words: `1 năm từ khi rời trường`, `đến hết năm học`, `lâu dài`."""
    if not rule.term:
        return str(UNTIL_NAMES[rule.after] if rule.term is None else AT_ONCE_NAMES[rule.after])
    if rule.term.days >= DAYS_OF_YEAR:
        length = ngettext("%(num)s năm", "%(num)s năm", rule.term.days // DAYS_OF_YEAR)
    elif rule.term.days:
        length = ngettext("%(num)s ngày", "%(num)s ngày", rule.term.days)
    else:
        length = ngettext("%(num)s giờ", "%(num)s giờ", rule.term.seconds // 3600)
    return f"{length} {UNTIL_NAMES[rule.after]}"


# ---- Requests ----


@bp.get("/privacy/requests")
@requires(Permission.HANDLE_PRIVACY)
def request_index(reach: Reach) -> ResponseReturnValue:
    """Requests of the own school with their due dates, and the way to a pupil's data."""
    return _requests(reach, StepForm(formdata=None))


def _requests(reach: Reach, form: StepForm) -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:100]
    today = clock.today()
    rows = [
        (
            row,
            answer_due(row.received_on),
            complete_due(row.received_on, is_extended=row.is_extended),
            is_overdue(row.state, row.received_on, is_extended=row.is_extended, today=today),
        )
        for row in queries.list_requests(db.session(), reach)
    ]
    return render_form(
        "privacy/request_index.html",
        form,
        rows=rows,
        words=words,
        found=queries.find_pupils(db.session(), reach, words),
        kind_names=KIND_NAMES,
        requester_names=REQUESTER_NAMES,
        state_names=STATE_NAMES,
    )


@bp.post("/privacy/requests/<public_id>/answer")
@requires(Permission.HANDLE_PRIVACY, on=queries.load_request)
def request_answer(found: PrivacyRequest) -> ResponseReturnValue:
    """Note that whoever asked has been answered."""
    return _step(lambda: actions.answer_request(db.session(), actor=viewer(), request=found, now=clock.now()))


@bp.post("/privacy/requests/<public_id>/extend")
@requires(Permission.HANDLE_PRIVACY, on=queries.load_request)
def request_extend(found: PrivacyRequest) -> ResponseReturnValue:
    """Take the one extension."""
    return _step(lambda: actions.extend_request(db.session(), actor=viewer(), request=found))


@bp.post("/privacy/requests/<public_id>/close")
@requires(Permission.HANDLE_PRIVACY, on=queries.load_request)
def request_close(found: PrivacyRequest) -> ResponseReturnValue:
    """Close a request as carried out, or as declined."""
    is_done = request.form.get("outcome") != "declined"
    return _step(
        lambda: actions.close_request(db.session(), actor=viewer(), request=found, is_done=is_done, now=clock.now())
    )


def _step(step: Callable[[], None]) -> ResponseReturnValue:
    form = StepForm(formdata=None)
    try:
        step()
    except Refused as refused:
        form.refuse(refused)
        return _requests(viewer().reach(Permission.HANDLE_PRIVACY), form)
    flash(_("Đã ghi."))
    return redirect(url_for("privacy.request_index"), 303)


# ---- One pupil ----


@bp.get("/privacy/pupils/<public_id>")
@requires(Permission.HANDLE_PRIVACY, on=load_enrolment)
def pupil_show(pupil: LoadedEnrolment) -> ResponseReturnValue:
    """What is kept of one pupil, with export, a new request, and erasure."""
    return _pupil(pupil)


def _pupil(
    pupil: LoadedEnrolment, *, asked: RecordRequestForm | None = None, erase: ErasePupilForm | None = None
) -> ResponseReturnValue:
    data = actions.collect_pupil(db.reader(), pupil.person.id, now=clock.now())
    page = render_template(
        "privacy/pupil_show.html",
        pupil=pupil,
        counts={section: len(data[section]) for section in ("enrolments", "cards", "sign_ins", "attempts", "requests")},
        asked=asked or RecordRequestForm(formdata=None, received_on=clock.today()),
        erase=erase or ErasePupilForm(formdata=None),
    )
    return page, 422 if asked is not None or erase is not None else 200


@bp.post("/privacy/pupils/<public_id>/export")
@requires(Permission.HANDLE_PRIVACY, on=load_enrolment, slow=True)
def pupil_export(pupil: LoadedEnrolment) -> ResponseReturnValue:
    """Everything kept of one pupil as a file: JSON, or PDF to read."""
    now = clock.now()
    data = actions.collect_pupil(db.reader(), pupil.person.id, now=now)
    name = f"hoc-sinh-{pupil.enrolment.public_id}"
    if request.form.get("format") == "pdf":
        file, media, ending = draw_export(data, made_on=format_date(now), names=CODE_NAMES), "application/pdf", "pdf"
    else:
        file = json.dumps(data, ensure_ascii=False, indent=2).encode()
        media, ending = "application/json", "json"
    actions.record_export(db.session(), actor=viewer(), pupil=pupil, form=ending)
    return download(file, f"{name}.{ending}", media)


@bp.post("/privacy/pupils/<public_id>/requests")
@requires(Permission.HANDLE_PRIVACY, on=load_enrolment)
def request_new(pupil: LoadedEnrolment) -> ResponseReturnValue:
    """Write down what was asked about this pupil's data."""
    form = RecordRequestForm()
    if form.submitted() and form.received_on.data is not None:
        try:
            actions.record_request(
                db.session(),
                actor=viewer(),
                pupil=pupil,
                kind=RequestKind(form.kind.data),
                requester=Requester(form.requester.data),
                received_on=form.received_on.data,
                note=form.note.data or "",
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã ghi yêu cầu."))
            return redirect(url_for("privacy.request_index"), 303)
    return _pupil(pupil, asked=form)


@bp.post("/privacy/pupils/<public_id>/erase")
@requires(Permission.HANDLE_PRIVACY, on=load_enrolment)
def pupil_erase(pupil: LoadedEnrolment) -> ResponseReturnValue:
    """Forget one pupil for ever, once the name was typed."""
    form = ErasePupilForm()
    if form.submitted():
        try:
            actions.erase_pupil(
                db.session(), actor=viewer(), pupil=pupil, typed_name=form.typed_name.data or "", now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã xoá dữ liệu của học sinh này. Số liệu chung không đổi."))
            return redirect(url_for("privacy.request_index"), 303)
    return _pupil(pupil, erase=form)
