"""Decisions about accounts and sign-in on plain values: e-mails, passwords, throttles, links, lifetimes of sessions."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from school_safety.roster.rules.common_passwords import COMMON_PASSWORDS

MIN_PASSWORD = 8
MAX_PASSWORD = 128
MAX_EMAIL = 254

TRIES = 5
"""Wrong tries at one door before it closes for a while."""
PAUSE = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(minutes=30)
"""Wrong tries older than this no longer count."""

INVITATION_LIFE = timedelta(days=14)
LAST_SEEN_STEP = timedelta(minutes=5)
"""A session's last-seen minute is written at most this often."""


class DoorKind(StrEnum):
    """Through which door a session came in."""

    STAFF = "staff"
    PUPIL = "pupil"


class InvitationKind(StrEnum):
    """Why a one-time link was made."""

    INVITATION = "invitation"
    RESET = "reset"


class EmailProblem(StrEnum):
    """Why an e-mail address is refused."""

    MISSING = "email_missing"
    TOO_LONG = "email_too_long"
    MALFORMED = "email_malformed"


class PasswordProblem(StrEnum):
    """Why a new password is refused."""

    TOO_SHORT = "password_too_short"
    TOO_LONG = "password_too_long"
    COMMON = "password_common"
    PERSONAL = "password_personal"
    UNCHANGED = "password_unchanged"


class LinkProblem(StrEnum):
    """Why a one-time link no longer opens anything."""

    UNKNOWN = "link_unknown"
    USED = "link_used"
    EXPIRED = "link_expired"
    REPLACED = "link_replaced"


# ---- E-mail ----

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_EMAIL = re.compile(r"[a-z0-9._%+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z]{2,24}")


def normal_email(text: str) -> str:
    """The one form in which addresses are compared and stored: NFKC, case-folded, trimmed, nothing invisible."""
    if len(text) > 4 * MAX_EMAIL:
        return text[: 4 * MAX_EMAIL]
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold().strip()


def email_problem(normal: str) -> EmailProblem | None:
    """What is wrong with an address in its normal form, or None; length is looked at before the pattern."""
    if not normal:
        return EmailProblem.MISSING
    if len(normal) > MAX_EMAIL:
        return EmailProblem.TOO_LONG
    return None if _EMAIL.fullmatch(normal) else EmailProblem.MALFORMED


# ---- Passwords ----

_BETWEEN = re.compile(r"[\s.·-]+")


def normal_link_code(text: str) -> str:
    """A typed one-time code in capitals without spaces and dashes."""
    return _BETWEEN.sub("", text[:80]).upper()


def spaced_link_code(code: str) -> str:
    """A one-time code as it is printed: groups of five."""
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


def password_problem(password: str, *, personal: Iterable[str] = (), is_same: bool = False) -> PasswordProblem | None:
    """Why a new password is refused, or None: 8 to 128 characters, not a common one, not made of the owner's own words.

    `personal` holds the owner's name and address; `is_same` says that it equals the password it would replace.
    No rule about kinds of characters (NIST SP 800-63B 3.1.1.2, ASVS 6.2.5).
    """
    if len(password) < MIN_PASSWORD:
        return PasswordProblem.TOO_SHORT
    if len(password) > MAX_PASSWORD:
        return PasswordProblem.TOO_LONG
    if is_same:
        return PasswordProblem.UNCHANGED
    bare = _bare(password)
    if bare in COMMON_PASSWORDS or len(set(bare)) < 3 or bare.rstrip("0123456789") in COMMON_PASSWORDS:
        return PasswordProblem.COMMON
    if bare.strip("0123456789") in {_bare(part) for word in personal for part in _parts(word)}:
        return PasswordProblem.PERSONAL
    return None


def _bare(text: str) -> str:
    """Letters and digits without marks or case, so that 'Mật khẩu 1' is as common as 'matkhau1'."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(character for character in decomposed if character.isalnum())


def _parts(word: str) -> Iterable[str]:
    yield word
    yield word.split("@")[0]


# ---- Throttle ----


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries counted at one door so far."""

    failures: int = 0
    last_failed_at: datetime | None = None
    blocked_until: datetime | None = None


def seconds_to_wait(tries: Tries, now: datetime) -> int:
    """How long the door stays closed, in whole seconds rounded up; 0 when it is open."""
    if tries.blocked_until is None or tries.blocked_until <= now:
        return 0
    left = tries.blocked_until - now
    return left // timedelta(seconds=1) + bool(left % timedelta(seconds=1))


def after_failure(tries: Tries, now: datetime) -> Tries:
    """The count after one more wrong try; the fifth closes the door for five minutes, then counting begins anew."""
    was_closed = tries.blocked_until is not None and tries.blocked_until <= now
    is_old = tries.last_failed_at is None or now - tries.last_failed_at >= FORGOTTEN_AFTER
    failures = 1 if was_closed or is_old else tries.failures + 1
    return Tries(failures, now, now + PAUSE if failures >= TRIES else None)


def tries_left(tries: Tries) -> int:
    """Tries that remain before the door closes."""
    return max(TRIES - tries.failures, 0)


# ---- One-time links ----


def link_problem(
    *, used_at: datetime | None, revoked_at: datetime | None, expires_at: datetime, is_bound: bool, now: datetime
) -> LinkProblem | None:
    """Why a link no longer opens, or None; `is_bound` is false when the password changed since the link was made."""
    if used_at is not None:
        return LinkProblem.USED
    if revoked_at is not None or not is_bound:
        return LinkProblem.REPLACED
    if expires_at <= now:
        return LinkProblem.EXPIRED
    return None


# ---- Sessions ----


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives, at most and without being used."""

    absolute: timedelta
    idle: timedelta


LIMITS: dict[DoorKind, SessionLimits] = {
    DoorKind.STAFF: SessionLimits(absolute=timedelta(hours=12), idle=timedelta(hours=2)),
    DoorKind.PUPIL: SessionLimits(absolute=timedelta(hours=4), idle=timedelta(hours=1)),
}


def is_session_alive(
    kind: DoorKind,
    *,
    last_seen_at: datetime,
    expires_at: datetime,
    ended_at: datetime | None,
    held_until: datetime | None,
    now: datetime,
) -> bool:
    """Whether a session still counts: not ended, not too old, and neither idle nor held by an open attempt."""
    if ended_at is not None or now >= expires_at:
        return False
    if held_until is not None and now < held_until:
        return True
    return now - last_seen_at < LIMITS[kind].idle


def is_last_seen_due(last_seen_at: datetime, now: datetime) -> bool:
    """Whether it is time to write the session's last-seen minute again."""
    return now - last_seen_at >= LAST_SEEN_STEP
