"""Pupils' cards: new PINs and tokens for the chosen pupils, one card again, a closed door opened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.roster import queries
from school_safety.roster.actions.sign_in import door_key, end_sessions, forget_failures
from school_safety.roster.models import Card
from school_safety.roster.queries.cards import CardHolder, CardSheet
from school_safety.roster.rules.accounts import DoorKind
from school_safety.roster.rules.cards import MAX_CARDS_AT_ONCE, door_of

NONE_CHOSEN = "none_chosen"
TOO_MANY_CHOSEN = "too_many_chosen"
NOT_IN_CLASS = "not_in_class"


@dataclass(frozen=True, slots=True)
class FreshCard:
    """A new card before it is printed; its secrets exist here and on paper only."""

    holder: CardHolder
    token: str = field(repr=False)
    pin: str = field(repr=False)
    pin_hash: str = field(repr=False)


def choose_holders(holders: Sequence[CardHolder], chosen: Sequence[str]) -> list[CardHolder]:
    """The chosen pupils (public ids of enrolments) in list order; raises Refused for none, too many or strangers."""
    wanted = set(chosen)
    found = [holder for holder in holders if holder.enrolment_public_id in wanted]
    if not wanted:
        raise Refused(NONE_CHOSEN, "pupils")
    if len(found) != len(wanted):
        raise Refused(NOT_IN_CLASS, "pupils")
    if len(found) > MAX_CARDS_AT_ONCE:
        raise Refused(TOO_MANY_CHOSEN, "pupils", most=MAX_CARDS_AT_ONCE)
    return found


def make_cards(holders: Sequence[CardHolder]) -> list[FreshCard]:
    """New tokens and PINs with their hashes; slow, touches no database."""
    pins = [secrets.pin() for _ in holders]
    hashes = secrets.hash_pins(pins)
    return [
        FreshCard(holder, secrets.token(bits=128), pin, pin_hash)
        for holder, pin, pin_hash in zip(holders, pins, hashes, strict=True)
    ]


def issue_cards(
    session: Session, *, actor: Viewer | None, sheet: CardSheet, cards: Sequence[FreshCard], now: datetime
) -> None:
    """Make these the only living cards of their pupils: older ones and their sessions end, closed doors open."""
    by_enrolment = {card.holder.enrolment_id: card for card in cards}
    for old in queries.list_living_cards(session, list(by_enrolment)):
        old.revoked_at = now
        end_sessions(session, now=now, enrolment_id=old.enrolment_id)
    session.flush()
    for enrolment_id, card in by_enrolment.items():
        session.add(
            Card(
                enrolment_id=enrolment_id,
                token_hash=secrets.digest(card.token),
                pin_hash=card.pin_hash,
                issued_at=now,
                issued_by=actor.person_id if actor is not None else None,
            )
        )
        forget_failures(session, door=_door(sheet, card.holder))
    session.flush()
    record_audit(
        session,
        actor=actor,
        verb="card.issued",
        object_type="class_group",
        object_id=sheet.class_group_id,
        data={"enrolments": sorted(by_enrolment)},
    )


def clear_lock(session: Session, *, actor: Viewer, sheet: CardSheet, holder: CardHolder) -> None:
    """Open a pupil's door again after too many wrong PINs."""
    forget_failures(session, door=_door(sheet, holder))
    record_audit(
        session,
        actor=actor,
        verb="card.unlocked",
        object_type="class_group",
        object_id=sheet.class_group_id,
        data={"enrolment": holder.enrolment_id},
    )


def closed_doors(reader: Session, sheet: CardSheet, holders: Sequence[CardHolder]) -> dict[int, datetime]:
    """Until when each pupil's door is closed, by enrolment; open doors are left out."""
    keys = {_door(sheet, holder): holder.enrolment_id for holder in holders}
    tries = queries.list_tries(reader, keys)
    return {keys[key]: tried.blocked_until for key, tried in tries.items() if tried.blocked_until is not None}


def _door(sheet: CardSheet, holder: CardHolder) -> str:
    return door_key(DoorKind.PUPIL, door_of(sheet.class_code, holder.list_number))
