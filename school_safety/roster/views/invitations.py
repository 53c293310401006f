"""One-time links: the code is read from paper or from behind the `#`, then its owner chooses a password."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import public
from school_safety.kit import clock, db, secrets
from school_safety.kit.errors import Refused
from school_safety.kit.web import render_form
from school_safety.roster import actions, queries
from school_safety.roster.forms.sign_in import AcceptInvitationForm, InvitationCodeForm
from school_safety.roster.models import Account
from school_safety.roster.rules.accounts import normal_link_code, password_problem
from school_safety.roster.views.blueprint import bp
from school_safety.roster.views.sign_in import welcome


@bp.route("/invitation", methods=["GET", "POST"])
@public
def invitation_show() -> ResponseReturnValue:
    """Ask for the code; with a good one show where to choose a password. Nothing is used up yet."""
    form = InvitationCodeForm()
    if not form.submitted():
        return render_form("roster/invitation_show.html", form)
    code = normal_link_code(form.code.data or "")
    try:
        invitation = actions.check_invitation(db.reader(), code=code, now=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return render_form("roster/invitation_show.html", form)
    accept = AcceptInvitationForm(formdata=None, code=code)
    return render_template("roster/invitation_accept.html", form=accept, account=invitation.account)


@bp.route("/invitation/accept", methods=["POST"])
@public
def invitation_accept() -> ResponseReturnValue:
    """Set the chosen password, use the code up, and come in."""
    form, now = AcceptInvitationForm(), clock.now()
    code = normal_link_code(request.form.get("code", ""))
    try:
        account = actions.check_invitation(db.reader(), code=code, now=now).account
    except Refused as refused:
        return _back_to_code(refused)
    if not form.submitted() or not _is_acceptable(form, account):
        return render_form("roster/invitation_accept.html", form, account=account)
    password_hash = secrets.hash_password(form.password.data or "")
    try:
        accepted = actions.accept_invitation(db.session(), code=code, password_hash=password_hash, now=now)
    except Refused as refused:
        return _back_to_code(refused)
    token = actions.open_session(db.session(), person=queries.get_person(db.session(), accepted.person_id), now=now)
    return welcome(token, now)


def _is_acceptable(form: AcceptInvitationForm, account: Account) -> bool:
    """Whether both fields agree on a password that the rules accept; else the words stand beside the field."""
    if form.password.data != form.repeated.data:
        form.refuse(Refused("passwords_differ", "repeated"))
        return False
    problem = password_problem(form.password.data or "", personal=(account.person.full_name, account.email))
    if problem is not None:
        form.refuse(Refused(problem, "password"))
    return problem is None


def _back_to_code(refused: Refused) -> ResponseReturnValue:
    form = InvitationCodeForm(formdata=None)
    form.refuse(refused)
    return render_form("roster/invitation_show.html", form)
