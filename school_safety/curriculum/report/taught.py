"""Who will teach a lesson: what a plan can say of the person who is signed in."""

from collections.abc import Collection
from datetime import date

from school_safety.access.policy import Viewer
from school_safety.curriculum.report.plan import Taught
from school_safety.kit.db import Session
from school_safety.registry.queries import find_current_year
from school_safety.roster.queries.taught import list_taught


def taught_by(session: Session, viewer: Viewer, *, grades: Collection[int], today: date) -> Taught:
    """School, name, class groups of these grades and subjects of a member of a school's staff; empty for others."""
    year = find_current_year(session, today)
    if viewer.school_id is None:
        return Taught()
    rows = list_taught(session, person_id=viewer.person_id, school_id=viewer.school_id, year_id=year.id) if year else []
    here = [row for row in rows if row.grade in grades]
    return Taught(
        school=viewer.school_name or "",
        teacher=viewer.name,
        class_groups=tuple(dict.fromkeys(row.name for row in here)),
        subjects=tuple(dict.fromkeys(row.subject for row in here if row.subject)),
    )
