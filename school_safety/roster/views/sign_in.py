"""The front doors: pupils by class code or card, staff by e-mail and password, and the way out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from school_safety.access.guard import optional_viewer, public
from school_safety.access.policy import Viewer
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused, TooMany
from school_safety.kit.forms import Form
from school_safety.kit.i18n import _, format_time
from school_safety.roster import actions, queries
from school_safety.roster.actions.sign_in import WRONG_PAIR, Proof
from school_safety.roster.forms.sign_in import PupilSignInForm, StaffSignInForm
from school_safety.roster.rules.accounts import PAUSE, is_last_seen_due, normal_email
from school_safety.roster.rules.cards import normal_class_code, normal_list_number, normal_pin
from school_safety.roster.views.blueprint import bp


def load_viewer(session: db.Session, token: str) -> Viewer | None:
    """The viewer behind a session token; notes every five minutes at most that the session is in use."""
    found = queries.find_living_session(session, token)
    if found is None:
        return None
    now = clock.now()
    if is_last_seen_due(found.last_seen_at, now):
        db.beside(lambda writer: actions.touch_session(writer, session_id=found.id, now=now))
    return found.viewer


# ---- Two doors on one page ----


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The page with both doors; a try names the door it came through."""
    if request.method == "POST":
        return _by_class_code() if request.form.get("door") == "pupil" else _by_password()
    return _doors()


def _by_class_code() -> ResponseReturnValue:
    form = PupilSignInForm()
    if not form.submitted():
        return _doors(pupil=form)
    code, number = normal_class_code(form.class_code.data or ""), normal_list_number(form.list_number.data or "")
    pin = normal_pin(form.pin.data or "")
    for name, value in (("class_code", code), ("list_number", number), ("pin", pin)):
        if value is None:
            form.refuse(Refused(f"{name}_shape", name))
    if code is None or number is None or pin is None:
        return _doors(pupil=form)
    now = clock.now()
    return _try_door(
        form,
        lambda: actions.prove_pin(db.reader(), class_code=code, list_number=number, pin=pin, now=now),
        lambda: _doors(pupil=form),
        now,
        shared=bool(form.shared.data),
    )


def _by_password() -> ResponseReturnValue:
    form = StaffSignInForm()
    if not form.submitted():
        return _doors(staff=form)
    now, email, password = clock.now(), normal_email(form.email.data or ""), form.password.data or ""
    return _try_door(
        form,
        lambda: actions.prove_password(db.reader(), email=email, password=password, now=now),
        lambda: _doors(staff=form),
        now,
    )


def _doors(*, pupil: PupilSignInForm | None = None, staff: StaffSignInForm | None = None) -> ResponseReturnValue:
    page = render_template(
        "roster/sign_in.html",
        pupil=pupil or PupilSignInForm(formdata=None),
        staff=staff or StaffSignInForm(formdata=None),
        staff_tried=staff is not None,
        inside=optional_viewer(),
    )
    return page, 422 if pupil is not None or staff is not None else 200


# ---- The card ----


@bp.route("/k", methods=["GET", "POST"])
@public
def card_sign_in() -> ResponseReturnValue:
    """Where a card's QR leads: a module posts the token that stands behind the `#`, so that no log ever sees it."""
    form = PupilSignInForm(formdata=None)
    if request.method == "GET":
        return render_template("roster/card_sign_in.html", form=form)
    token, now = request.form.get("token", "")[:100], clock.now()
    return _try_door(
        form,
        lambda: actions.prove_card(db.reader(), token=token, now=now),
        lambda: (render_template("roster/card_sign_in.html", form=form), 422),
        now,
    )


# ---- What every door does ----


def _try_door(
    form: Form,
    prove: Callable[[], Proof],
    page: Callable[[], ResponseReturnValue],
    now: datetime,
    *,
    shared: bool = True,
) -> ResponseReturnValue:
    """Prove first (slow, without a lock), then enter; a wrong try is counted although its request is refused."""
    try:
        proof = prove()
        if proof.refusal == WRONG_PAIR:
            db.after_rollback(lambda session: actions.count_failure(session, door=proof.door, now=now))
        token = actions.enter(db.session(), proof=proof, now=now) if proof.refusal is None else None
    except TooMany as closed:
        return _closed(form, closed, page, now)
    if token is None:
        form.refuse(_refusal(proof, now))
        return page()
    return welcome(token, now, shared=shared)


def _refusal(proof: Proof, now: datetime) -> Refused:
    if proof.refusal == WRONG_PAIR and proof.tries_left == 0:
        return Refused("closed", at=format_time(now + PAUSE + timedelta(seconds=59)))
    return Refused(proof.refusal or WRONG_PAIR, tries=proof.tries_left)


def _closed(form: Form, closed: TooMany, page: Callable[[], ResponseReturnValue], now: datetime) -> ResponseReturnValue:
    """429 with the time at which the door opens again."""
    at = now + timedelta(seconds=closed.retry_after + 59)
    form.refuse(Refused("closed", at=format_time(at)))
    answer = make_response(page())
    answer.status_code = 429
    answer.headers["Retry-After"] = str(closed.retry_after)
    return answer


def welcome(token: str, now: datetime, *, shared: bool = True) -> ResponseReturnValue:
    """A new session under a new id; the one that this browser had before ends. Only ever to the own first page."""
    _end_session_of_cookie(now)
    cookie.clear()
    cookie.permanent = not shared
    who = queries.load_viewer(db.session(), token)
    login_user(who)
    return redirect(url_for("classroom.learn_index" if who is not None and who.is_pupil else "home.index"), 303)


def _end_session_of_cookie(now: datetime) -> None:
    before = optional_viewer()
    if before is not None:
        actions.leave(db.session(), token=before.session_token, now=now)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session on the server; unsent answers on the device stay (`cache` only, never `storage`)."""
    _end_session_of_cookie(clock.now())
    logout_user()
    cookie.clear()
    flash(_("Đã đăng xuất."))
    answer = make_response(redirect(url_for("roster.sign_in"), 303))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
