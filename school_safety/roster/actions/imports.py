"""Class lists between the look and the confirmation: kept as cleaned rows, written if nothing changed meanwhile."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from school_safety.access.policy import Viewer
from school_safety.kit import db
from school_safety.kit.db import Session
from school_safety.kit.sheets import CellProblem
from school_safety.registry.actions import DRAFT_GONE, check_draft, finish_draft
from school_safety.registry.models import ImportDraft
from school_safety.roster import queries
from school_safety.roster.actions.class_lists import Imported, import_class_list, plan_import
from school_safety.roster.readers import ClassList, Dropped, Original, PupilRow


def confirm_class_list(
    session: Session, *, actor: Viewer, draft: ImportDraft, seen: str, end_missing: bool, today: date, now: datetime
) -> Imported:
    """Write a class list that was looked at; raises Refused, or Conflict when it would now do something else."""
    listing = class_list_from(draft.content)
    school, year, group = queries.get_draft_scope(session, draft)
    plan = plan_import(session, listing=listing, school=school, year=year, only=group)
    check_draft(draft, now=now, seen=seen, planned=plan.fingerprint)
    with db.refusing(session, DRAFT_GONE):
        imported = import_class_list(
            session, actor=actor, plan=plan, school=school, year=year, end_missing=end_missing, today=today
        )
    finish_draft(session, draft, now=now, result=asdict(imported))
    return imported


def class_list_content(listing: ClassList) -> dict[str, Any]:
    """A class list as plain JSON: cleaned rows and what is said about them."""
    rows = [{**asdict(row), "birth_date": row.birth_date.isoformat()} for row in listing.rows]
    return {**asdict(listing), "rows": rows}


def class_list_from(content: dict[str, Any]) -> ClassList:
    """The class list that `class_list_content` wrote; an emptied one has no rows."""
    rows = content.get("rows", ())
    return ClassList(
        rows=tuple(PupilRow(**{**row, "birth_date": date.fromisoformat(row["birth_date"])}) for row in rows),
        problems=tuple(CellProblem(**problem) for problem in content.get("problems", ())),
        dropped=tuple(Dropped(kind) for kind in content.get("dropped", ())),
        unknown_columns=tuple(content.get("unknown_columns", ())),
        skipped=tuple((sheet, row) for sheet, row in content.get("skipped", ())),
        renumbered=tuple(content.get("renumbered", ())),
        rejected=tuple((group, name) for group, name in content.get("rejected", ())),
        originals=tuple(Original(**one) for one in content.get("originals", ())),
    )
