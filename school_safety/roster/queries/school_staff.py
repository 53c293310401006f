"""The staff of a school who may teach a class group, and accounts by address for staff lists."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.roster.models import Account, Membership, Person


def list_school_staff(session: Session, school_id: int, on: date) -> list[tuple[int, str]]:
    """The teachers, coordinators and principals of a school on a day: (person id, name) by given name."""
    held = and_(Membership.valid_from <= on, or_(Membership.valid_to.is_(None), Membership.valid_to > on))
    statement = (
        select(Person.id, Person.full_name, Person.name_key)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.school_id == school_id, held, Person.erased_at.is_(None))
        .where(Membership.role.in_([Role.TEACHER, Role.COORDINATOR, Role.PRINCIPAL]))
        .distinct()
        .order_by(Person.name_key, Person.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def list_accounts_by_email(session: Session, emails: Sequence[str]) -> dict[str, tuple[Account, Person]]:
    """Accounts with their people by normal e-mail address."""
    statement = (
        select(Account, Person).join(Person, Person.id == Account.person_id).where(Account.email.in_(list(emails)))
    )
    return {row[0].email: (row[0], row[1]) for row in session.execute(statement)}
