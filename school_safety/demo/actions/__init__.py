"""Making the demo province, stage by stage, in one transaction."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from school_safety.access.policy import Role
from school_safety.curriculum import queries as curriculum
from school_safety.demo.actions.classes import Roster, make_classes
from school_safety.demo.actions.learning import make_learning
from school_safety.demo.actions.people import SignIn, acting, make_staff, open_doors
from school_safety.demo.actions.places import make_places
from school_safety.demo.actions.plans import make_plans
from school_safety.demo.actions.programmes import make_programmes
from school_safety.demo.rules import DEMO_SCHOOL, Namer, planned_schools
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.registry import queries as registry
from school_safety.registry.rules import Tree

GROUPS, PUPILS, SCHOOLS = 400, 15_000, 30

__all__ = ["GROUPS", "PUPILS", "SCHOOLS", "Options", "SignIn", "is_empty", "seed_province"]

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What decides every value of the demo but the secrets."""

    schools: int
    pupils: int
    seed: int
    year_starts: int
    today: date
    files_root: Path
    external_url: str

    @property
    def groups(self) -> int:
        """Class groups, as many for each school as in the full province."""
        return max(GROUPS, GROUPS * self.schools // SCHOOLS) if self.pupils >= GROUPS else max(40, self.pupils // 10)


def is_empty(session: Session) -> bool:
    """True when the database holds no province yet."""
    return registry.find_root(session, Tree.AREA) is None


def seed_province(session: Session, options: Options, progress: Progress) -> list[SignIn]:
    """Fill an empty database; returns one way in per role. Raises Refused where anything else is stored."""
    if not is_empty(session):
        raise Refused("not_empty")
    if curriculum.find_published(session, "OS-06-01") is None:
        raise Refused("no_lessons")
    plans = planned_schools(options.schools)
    places = make_places(session, plans, options.year_starts, options.today)
    progress("places", 1)
    hired = date(options.year_starts - 1, 8, 1)
    staff = make_staff(session, plans, places.committees, Namer(random.Random(options.seed)), hired)  # noqa: S311  # invented names
    progress("people", 1)
    roster = Roster(options.today)
    namer = Namer(random.Random(options.seed + 1))  # noqa: S311  # invented names
    for step in make_classes(
        session, plans, places, staff, namer, groups=options.groups, pupils=options.pupils, today=options.today
    ):
        if isinstance(step, Roster):
            roster = step
        else:
            progress("pupils", step)
    make_plans(session, acting(session, staff.officer, options.today))
    for _ in make_programmes(session, plans, places, staff, roster, today=options.today, files_root=options.files_root):
        progress("programmes", 1)
    doors = open_doors(session, staff)
    teacher = acting(session, staff.schools[DEMO_SCHOOL].teachers[0], options.today)
    pupil = make_learning(
        session,
        roster,
        teacher,
        source=random.Random(options.seed + 2),  # noqa: S311  # invented answers
        now=_noon(options.today),
        external_url=options.external_url,
    )
    progress("learning", 1)
    return sorted([pupil, *doors], key=lambda door: list(Role).index(Role(door.role)))


def _noon(day: date) -> datetime:
    """The present moment when the demo is for today; else the noon of the day it is for."""
    return clock.now() if day == clock.today() else clock.at_local(day, datetime.min.time().replace(hour=12))
