"""Cards of a class group: choose pupils, print; one card again; a closed door opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import download, render_form
from school_safety.roster import actions, queries
from school_safety.roster.actions.cards import FreshCard
from school_safety.roster.forms.cards import IssueCardsForm
from school_safety.roster.pdf import PrintedCard, draw_cards
from school_safety.roster.queries import load_card_sheet
from school_safety.roster.queries.cards import CardSheet
from school_safety.roster.views.blueprint import bp

CARDS_URL = "/schools/<code>/classes/<int:class_group_id>/cards"


@bp.get(CARDS_URL)
@requires(Permission.ISSUE_CARDS, on=load_card_sheet)
def card_index(sheet: CardSheet) -> ResponseReturnValue:
    """Who has a card and whose door is closed; those without a card are chosen already."""
    form = IssueCardsForm(formdata=None)
    return _page(sheet, form)


@bp.post(CARDS_URL)
@requires(Permission.ISSUE_CARDS, on=load_card_sheet, slow=True)
def card_issue(sheet: CardSheet) -> ResponseReturnValue:
    """Give the chosen pupils new PINs and tokens, and answer with their cards: the secrets exist on this paper only."""
    form = IssueCardsForm()
    if not form.submitted():
        return _page(sheet, form)
    try:
        holders = actions.choose_holders(
            queries.list_card_holders(db.reader(), sheet.class_group_id), form.pupils.data or []
        )
    except Refused as refused:
        form.refuse(refused)
        return _page(sheet, form)
    cards = actions.make_cards(holders)
    data = _draw(sheet, cards)
    actions.issue_cards(db.session(), actor=viewer(), sheet=sheet, cards=cards, now=clock.now())
    return download(data, f"the-{sheet.class_name}.pdf", "application/pdf")


@bp.post(f"{CARDS_URL}/unlock")
@requires(Permission.ISSUE_CARDS, on=load_card_sheet)
def card_unlock(sheet: CardSheet) -> ResponseReturnValue:
    """Let a pupil try again at once after too many wrong PINs."""
    wanted = request.form.get("pupil", "")
    holders = queries.list_card_holders(db.session(), sheet.class_group_id)
    holder = next((one for one in holders if one.enrolment_public_id == wanted), None)
    if holder is None:
        raise NotFound
    actions.clear_lock(db.session(), actor=viewer(), sheet=sheet, holder=holder)
    flash(_("%(name)s có thể thử PIN lại ngay.", name=holder.name))
    return redirect(url_for("roster.card_index", code=sheet.school_code, class_group_id=sheet.class_group_id), 303)


@dataclass(frozen=True, slots=True)
class _Row:
    """One pupil on the page."""

    public_id: str
    list_number: int
    name: str
    issued_at: object
    closed_until: object


def _page(sheet: CardSheet, form: IssueCardsForm) -> ResponseReturnValue:
    holders, now = queries.list_card_holders(db.reader(), sheet.class_group_id), clock.now()
    closed = actions.closed_doors(db.reader(), sheet, holders)
    rows = []
    for holder in holders:
        until = closed.get(holder.enrolment_id)
        shut = until if until is not None and until > now else None
        rows.append(_Row(holder.enrolment_public_id, holder.list_number, holder.name, holder.issued_at, shut))
    chosen = form.pupils.data if form.is_submitted() else [row.public_id for row in rows if row.issued_at is None]
    return render_form("roster/card_index.html", form, sheet=sheet, rows=rows, chosen=set(chosen or []))


def _draw(sheet: CardSheet, cards: Sequence[FreshCard]) -> bytes:
    outside = current_app.extensions["settings"].external_url
    printed = [
        PrintedCard(
            card.holder.name,
            card.holder.list_number,
            card.pin,
            f"{outside}{url_for('roster.card_sign_in')}#{card.token}",
        )
        for card in cards
    ]
    return draw_cards(
        printed,
        school=sheet.school_name,
        class_name=sheet.class_name,
        class_code=sheet.class_code,
        address=outside.split("://", 1)[-1],
    )
