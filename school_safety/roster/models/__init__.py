"""Tables of the roster: people and their ways in, class groups and who is in them."""

from school_safety.roster.models.classes import ClassGroup, Enrolment, Teaching
from school_safety.roster.models.people import (
    Account,
    Card,
    Invitation,
    Membership,
    Person,
    SignInSession,
    SignInThrottle,
)

__all__ = [
    "Account",
    "Card",
    "ClassGroup",
    "Enrolment",
    "Invitation",
    "Membership",
    "Person",
    "SignInSession",
    "SignInThrottle",
    "Teaching",
]
