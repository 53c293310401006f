"""Who may do what, and where: one pure table, values only.

A *standing* is a role at a place of the authority tree; a *reach* is what the standings that hold a permission add up
to. `Reach.includes` has a twin in SQL, `access.queries.within`; a test keeps the two equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """Why somebody is here."""

    PUPIL = "pupil"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    PRINCIPAL = "principal"
    COMMUNE_OFFICER = "commune_officer"
    OFFICER = "officer"
    ADMIN = "admin"
    EDITOR = "editor"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One thing that can be allowed."""

    SEE_REGISTRY = "see_registry"
    MANAGE_REGISTRY = "manage_registry"
    SEE_STAFF = "see_staff"
    MANAGE_STAFF = "manage_staff"
    SEE_ROSTER = "see_roster"
    IMPORT_ROSTER = "import_roster"
    MANAGE_ROSTER = "manage_roster"
    ISSUE_CARDS = "issue_cards"
    READ_LIBRARY = "read_library"
    SHARE_OUTREACH = "share_outreach"
    ADAPT_LESSONS = "adapt_lessons"
    COMPOSE_ASSESSMENT = "compose_assessment"
    WRITE_ITEMS = "write_items"
    WRITE_LESSONS = "write_lessons"
    SEE_CONTACTS = "see_contacts"
    MANAGE_CONTACTS = "manage_contacts"
    ASSIGN = "assign"
    SEE_RESULTS = "see_results"
    MARK = "mark"
    READ_ASSIGNED = "read_assigned"
    TAKE = "take"
    SEE_OWN_RESULTS = "see_own_results"
    SEE_PLANS = "see_plans"
    MANAGE_PLANS = "manage_plans"
    SEE_PROGRAMME = "see_programme"
    DECLARE = "declare"
    DRAFT_PROGRAMME = "draft_programme"
    PUBLISH_PROGRAMME = "publish_programme"
    RECORD_DELIVERY = "record_delivery"
    TELL_DELIVERY = "tell_delivery"
    SEE_EVIDENCE = "see_evidence"
    SUPERVISE = "supervise"
    VERIFY = "verify"
    SEE_COVERAGE = "see_coverage"
    SEE_AUDIT = "see_audit"
    HANDLE_PRIVACY = "handle_privacy"


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.PUPIL: frozenset({P.READ_ASSIGNED, P.TAKE, P.SEE_OWN_RESULTS}),
    Role.TEACHER: frozenset(
        {
            *(P.SEE_ROSTER, P.IMPORT_ROSTER, P.ISSUE_CARDS, P.READ_LIBRARY, P.COMPOSE_ASSESSMENT, P.ASSIGN),
            *(P.SEE_RESULTS, P.MARK, P.SHARE_OUTREACH, P.ADAPT_LESSONS, P.TELL_DELIVERY),
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            *(P.SEE_STAFF, P.MANAGE_STAFF, P.SEE_ROSTER, P.IMPORT_ROSTER, P.MANAGE_ROSTER, P.ISSUE_CARDS),
            *(P.READ_LIBRARY, P.COMPOSE_ASSESSMENT, P.ASSIGN, P.SEE_RESULTS, P.MARK, P.HANDLE_PRIVACY),
            *(P.SEE_PLANS, P.SEE_PROGRAMME, P.DECLARE, P.DRAFT_PROGRAMME, P.RECORD_DELIVERY, P.SEE_EVIDENCE),
            *(P.SEE_COVERAGE, P.SHARE_OUTREACH, P.ADAPT_LESSONS),
        }
    ),
    Role.PRINCIPAL: frozenset(
        {
            *(P.SEE_STAFF, P.SEE_ROSTER, P.READ_LIBRARY, P.SEE_RESULTS, P.SEE_PLANS, P.SEE_PROGRAMME, P.DECLARE),
            *(P.DRAFT_PROGRAMME, P.PUBLISH_PROGRAMME, P.RECORD_DELIVERY, P.SEE_EVIDENCE, P.SEE_COVERAGE),
            P.SHARE_OUTREACH,
        }
    ),
    Role.COMMUNE_OFFICER: frozenset(
        {
            *(P.SEE_REGISTRY, P.READ_LIBRARY, P.SEE_PLANS, P.SEE_PROGRAMME, P.SEE_EVIDENCE, P.SUPERVISE, P.VERIFY),
            P.SEE_COVERAGE,
        }
    ),
    Role.OFFICER: frozenset(
        {
            *(P.SEE_REGISTRY, P.READ_LIBRARY, P.SEE_PLANS, P.MANAGE_PLANS, P.SEE_PROGRAMME, P.SEE_EVIDENCE),
            *(P.SUPERVISE, P.VERIFY, P.SEE_COVERAGE),
        }
    ),
    Role.ADMIN: frozenset(
        {
            *(P.SEE_REGISTRY, P.MANAGE_REGISTRY, P.SEE_STAFF, P.MANAGE_STAFF, P.READ_LIBRARY, P.SEE_PLANS),
            *(P.MANAGE_PLANS, P.SEE_PROGRAMME, P.SEE_COVERAGE, P.SEE_AUDIT, P.SEE_CONTACTS, P.MANAGE_CONTACTS),
        }
    ),
    Role.EDITOR: frozenset({P.READ_LIBRARY, P.COMPOSE_ASSESSMENT, P.WRITE_ITEMS, P.WRITE_LESSONS, P.SEE_CONTACTS}),
    Role.AUDITOR: frozenset(
        {P.SEE_REGISTRY, P.SEE_PLANS, P.SEE_PROGRAMME, P.SEE_EVIDENCE, P.SEE_COVERAGE, P.SEE_AUDIT}
    ),
}

CLASS_ROLES = frozenset({Role.TEACHER})
"""Roles that reach class groups, not a branch of the tree."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object lives: a node of the authority tree, a class group, a person; any may be None."""

    path: str | None = None
    class_group_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A role and where it holds: a branch (`path`), class groups, or the own person."""

    role: Role
    path: str | None = None
    class_group_ids: frozenset[int] = frozenset()
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that one permission opens to one viewer."""

    paths: tuple[str, ...] = ()
    class_group_ids: frozenset[int] = frozenset()
    person_id: int | None = None

    def includes(self, place: Place) -> bool:
        """True when the place lies in one of the branches, is one of the class groups, or is the own person."""
        return (
            (place.path is not None and any(place.path.startswith(path) for path in self.paths))
            or (place.class_group_id is not None and place.class_group_id in self.class_group_ids)
            or (place.person_id is not None and place.person_id == self.person_id)
        )

    @property
    def is_empty(self) -> bool:
        """True when nothing at all is in reach."""
        return not (self.paths or self.class_group_ids or self.person_id is not None)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: a plain value, made anew for every request from the session row.

    `session_token` is the opaque token of the server-side session; `school_id` and `school_code` are set for people of
    a school: who belongs to several has chosen the one that they look at, and `schools` (code, name) are all of them.
    Flask-Login reads the `is_…` properties and `get_id`.
    """

    person_id: int
    name: str
    standings: tuple[Standing, ...]
    session_id: int
    session_token: str = field(repr=False, default="")
    account_id: int | None = None
    language: str | None = None
    must_change_password: bool = False
    school_id: int | None = None
    school_code: str | None = None
    school_name: str | None = None
    schools: tuple[tuple[str, str], ...] = ()
    enrolment_id: int | None = None
    class_group_id: int | None = None
    class_name: str | None = None
    list_number: int | None = None
    post: str | None = None

    @property
    def is_authenticated(self) -> bool:
        """A viewer exists only with a living session."""
        return True

    @property
    def is_active(self) -> bool:
        """Disabled accounts have no living session."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """Never: visitors without a session are not viewers."""
        return False

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie: the session token."""
        return self.session_token

    @property
    def is_pupil(self) -> bool:
        """True for somebody signed in by card."""
        return self.has_role(Role.PUPIL)

    def has_role(self, role: Role) -> bool:
        """True when the viewer holds this role anywhere."""
        return any(standing.role is role for standing in self.standings)

    def may(self, permission: Permission) -> bool:
        """True when some standing grants the permission somewhere."""
        return any(permission in GRANTS[standing.role] for standing in self.standings)

    def reach(self, permission: Permission) -> Reach:
        """What the permission opens: the union over the standings that grant it.

        A pupil's class group opens what is given to the class (READ_ASSIGNED); everything else of a pupil is the own
        person alone.
        """
        granting = (standing for standing in self.standings if permission in GRANTS[standing.role])
        return _union(_narrowed(standing, permission) for standing in granting)


def _narrowed(standing: Standing, permission: Permission) -> Standing:
    if standing.role is not Role.PUPIL or permission is Permission.READ_ASSIGNED:
        return standing
    return replace(standing, class_group_ids=frozenset())


def _union(standings: Iterable[Standing]) -> Reach:
    paths: set[str] = set()
    class_groups: set[int] = set()
    person_id = None
    for standing in standings:
        if standing.path is not None:
            paths.add(standing.path)
        class_groups |= standing.class_group_ids
        person_id = standing.person_id if standing.person_id is not None else person_id
    return Reach(tuple(sorted(paths)), frozenset(class_groups), person_id)
