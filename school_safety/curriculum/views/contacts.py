"""The contacts that lessons name: one list, changed by the department, the same everywhere at once."""

from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import actions, queries
from school_safety.curriculum.forms import (
    CONTACT_FIELD_NAMES,
    ContactSearchForm,
    EditContactForm,
    NewContactForm,
    typed_of,
)
from school_safety.curriculum.models import Contact
from school_safety.curriculum.rules import card_from, days_old, is_stale
from school_safety.curriculum.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, format_date, local
from school_safety.kit.paging import Page, offset, page_number
from school_safety.kit.web import render_form

PER_PAGE = 25


@bp.get("/contacts")
@requires(Permission.SEE_CONTACTS)
def contact_index(reach: Reach) -> ResponseReturnValue:
    """Every contact: what it says, whether it is confirmed, how long ago somebody looked."""
    form, today = ContactSearchForm(request.args), clock.today()
    number, session = page_number(request.args.get("page")), db.session()
    rows, total = queries.search_contacts(
        session, form.search(), today=today, limit=PER_PAGE, offset=offset(number, PER_PAGE)
    )
    return render_template(
        "curriculum/contact_index.html",
        form=form,
        page=Page([(queries.card_of(row), _age(row.checked_on, today)) for row in rows], number, total, PER_PAGE),
        naming=queries.list_naming_lessons(session, queries.find_contact_cards(session)),
        today=today,
    )


@bp.get("/contacts/<code>")
@requires(Permission.SEE_CONTACTS, on=queries.load_contact)
def contact_show(contact: Contact) -> ResponseReturnValue:
    """One contact: what it says, which lessons show it, everything it said before."""
    session, today = db.session(), clock.today()
    cards = queries.find_contact_cards(session)
    versions = queries.list_contact_versions(session, contact.id)
    offered = contact.offered
    return render_template(
        "curriculum/contact_show.html",
        card=queries.card_of(contact),
        age=_age(contact.checked_on, today),
        today=today,
        successor=cards[contact.code] if contact.replaced_by_id is not None else None,
        lessons=queries.list_naming_lessons(session, cards)[contact.code],
        versions=[
            (one, _changes(before.content, one.content) if before is not None else [])
            for one, before in zip_longest(versions, versions[1:])
        ],
        offer=_changes(versions[0].content, offered) if offered else [],
    )


@bp.route("/contacts/<code>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTACTS, on=queries.load_contact)
def contact_edit(contact: Contact) -> ResponseReturnValue:
    """Write what a contact says from now on; `?offered=1` begins with what the file offers."""
    start = queries.card_of(contact)
    if request.args.get("offered") and contact.offered:
        start = card_from(contact.code, contact.offered)
    form = EditContactForm(data=typed_of(start, queries.last_contact_number(db.session(), contact.id)))
    _offer(form, contact.code)
    if form.submitted():
        try:
            changed = actions.edit_contact(
                db.session(),
                actor=viewer(),
                contact=contact,
                card=form.card(contact.code),
                seen=form.began_from,
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            saved, same = _("Đã lưu. Mọi trang, tờ in và liên kết hiện thông tin mới ngay."), _("Không có gì thay đổi.")
            flash(saved if changed else same)
            return redirect(url_for(".contact_show", code=contact.code), 303)
    return render_form("curriculum/contact_edit.html", form, card=queries.card_of(contact))


@bp.route("/contacts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_CONTACTS)
def contact_new(reach: Reach) -> ResponseReturnValue:
    """Add a contact, such as the one that takes another's place."""
    form = NewContactForm(data={"checked_on": clock.today()})
    _offer(form)
    if form.submitted():
        try:
            contact = actions.create_contact(
                db.session(), actor=viewer(), card=form.card(form.id.data or ""), today=clock.today(), now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm. Bài học gọi nơi này bằng mã %(code)s.", code=contact.code))
            return redirect(url_for(".contact_show", code=contact.code), 303)
    return render_form("curriculum/contact_new.html", form)


@bp.post("/contacts/<code>/confirm")
@requires(Permission.MANAGE_CONTACTS, on=queries.load_contact)
def contact_confirm(contact: Contact) -> ResponseReturnValue:
    """Note in one click that everything was looked at today and is still right."""
    actions.confirm_contact(db.session(), actor=viewer(), contact=contact, today=clock.today(), now=clock.now())
    flash(_("Đã ghi: kiểm tra hôm nay, mọi thông tin còn đúng."))
    return redirect(url_for(".contact_show", code=contact.code), 303)


def _age(checked_on: date, today: date) -> tuple[int, bool]:
    """Days since somebody looked, and whether that is too long."""
    return days_old(checked_on, today), is_stale(checked_on, today)


def _offer(form: EditContactForm, own: str = "") -> None:
    cards = {contact.code: queries.card_of(contact) for contact in queries.list_contacts(db.reader())}
    form.offer(cards, {code: local(card.name) for code, card in cards.items()}, own)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The fields in which two revisions differ, in the order of the form: name, what it said, what it says."""
    return [
        (str(words), _said(name, before[name]), _said(name, after[name]))
        for name, words in CONTACT_FIELD_NAMES.items()
        if before[name] != after[name]
    ]


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if name == "checked_on":
        return str(format_date(date.fromisoformat(value)))
    return " / ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
