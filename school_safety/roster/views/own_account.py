"""One's own account: name, language, password, and where one is signed in."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import signed_in, viewer
from school_safety.kit import clock, db, i18n, secrets
from school_safety.kit.errors import NotAllowed, NotFound, Refused
from school_safety.kit.i18n import _, ngettext
from school_safety.kit.web import render_form
from school_safety.roster import actions, queries
from school_safety.roster.forms.accounts import LanguageForm, OwnNameForm
from school_safety.roster.forms.sign_in import ChangePasswordForm
from school_safety.roster.rules.accounts import is_session_alive, password_problem
from school_safety.roster.views.blueprint import bp

YEAR_SECONDS = 365 * 24 * 3600


@bp.get("/account")
@signed_in
def account_show() -> ResponseReturnValue:
    """Name, address, language and living sessions of the own account."""
    return _page()


def _page(*, name: OwnNameForm | None = None, language: LanguageForm | None = None) -> ResponseReturnValue:
    who, now = viewer(), clock.now()
    account = actions.own_account(db.reader(), who)
    sessions = [
        row
        for row in queries.list_open_sessions(db.reader(), now=now, account_id=account.id)
        if is_session_alive(
            row.kind,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
            held_until=row.held_until,
            now=now,
        )
    ]
    page = render_template(
        "roster/account_show.html",
        account=account,
        sessions=sessions,
        name_form=name or OwnNameForm(formdata=None, full_name=who.name),
        language_form=language or LanguageForm(formdata=None, language=account.language),
    )
    return page, 422 if name is not None or language is not None else 200


@bp.post("/account/name")
@signed_in
def account_rename() -> ResponseReturnValue:
    """Correct one's own name; a pupil's name is the school's to correct."""
    who, form = viewer(), OwnNameForm()
    if who.account_id is None:
        raise NotAllowed
    if form.submitted():
        try:
            actions.rename_person(db.session(), actor=who, person_id=who.person_id, full_name=form.full_name.data or "")
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu họ và tên."))
            return redirect(url_for("roster.account_show"), 303)
    return _page(name=form)


@bp.post("/account/language")
@signed_in
def account_language() -> ResponseReturnValue:
    """Keep the language for this account, and for this device."""
    form = LanguageForm()
    if not form.submitted():
        return _page(language=form)
    actions.choose_language(db.session(), actor=viewer(), language=form.language.data)
    answer = make_response(redirect(url_for("roster.account_show"), 303))
    answer.set_cookie(
        i18n.COOKIE, form.language.data, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=True
    )
    return answer


@bp.post("/account/school")
@signed_in
def account_school() -> ResponseReturnValue:
    """Look at another of one's own schools, from its first page."""
    actions.choose_school(db.session(), actor=viewer(), code=request.form.get("school", "")[:40])
    return redirect(url_for("home.index"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in(before_password_change=True)  # type: ignore[untyped-decorator]  # with or without brackets
def password_change() -> ResponseReturnValue:
    """Choose a new password; all other sessions end. Where somebody else set it, nothing else opens before this."""
    who, form = viewer(), ChangePasswordForm()
    account = actions.own_account(db.reader(), who)
    if form.submitted() and _is_acceptable(form, account.password_hash, (who.name, account.email)):
        password_hash = secrets.hash_password(form.password.data or "")
        ended = actions.change_password(db.session(), actor=who, password_hash=password_hash, now=clock.now())
        words = _("Đã đổi mật khẩu.")
        if ended:
            words += " " + ngettext("Đã đăng xuất %(num)s nơi khác.", "Đã đăng xuất %(num)s nơi khác.", ended)
        flash(words)
        return redirect(url_for("home.index"), 303)
    return render_form("roster/account_password.html", form, must_change=who.must_change_password, email=account.email)


def _is_acceptable(form: ChangePasswordForm, stored: str | None, personal: tuple[str, str]) -> bool:
    """Whether the change is proved and the new password accepted; else the words stand beside the field."""
    if not secrets.verify_password(stored, form.current.data or ""):
        form.refuse(Refused("wrong_password", "current"))
        return False
    if form.password.data != form.repeated.data:
        form.refuse(Refused("passwords_differ", "repeated"))
        return False
    is_same = form.password.data == form.current.data
    problem = password_problem(form.password.data or "", personal=personal, is_same=is_same)
    if problem is not None:
        form.refuse(Refused(problem, "password"))
    return problem is None


@bp.post("/account/sessions/<int:session_id>/end")
@signed_in
def session_end(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions on another device."""
    if not actions.end_own_session(db.session(), actor=viewer(), session_id=session_id, now=clock.now()):
        raise NotFound
    flash(_("Đã đăng xuất nơi đó."))
    return redirect(url_for("roster.account_show"), 303)


@bp.post("/account/sessions/end-others")
@signed_in
def session_end_others() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    who = viewer()
    ended = actions.end_sessions(db.session(), now=clock.now(), person_id=who.person_id, but=who.session_id)
    flash(ngettext("Đã đăng xuất %(num)s nơi khác.", "Đã đăng xuất %(num)s nơi khác.", ended))
    return redirect(url_for("roster.account_show"), 303)
