"""Writing the audit log, and sealing it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from school_safety.access import queries
from school_safety.access.policy import Viewer
from school_safety.access.rules import START, first_broken, seal_hash
from school_safety.kit import clock
from school_safety.kit.db import Session

ANCHORS = "audit-anchors.txt"


def record_audit(
    session: Session,
    *,
    actor: Viewer | None,
    verb: str,
    object_type: str | None = None,
    object_id: int | str | None = None,
    place: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Add one row to the audit log in the caller's transaction: ids and codes only, never names or free text.

    `actor` None means the system itself (worker, command line).
    """
    values = {
        "at": clock.now(),
        "verb": verb,
        "actor_id": actor.person_id if actor is not None else None,
        "object_type": object_type,
        "object_id": str(object_id) if object_id is not None else None,
        "place": place,
        "data": data or {},
    }
    session.execute(queries.ADD_EVENT, values)


def seal_events(session: Session) -> tuple[int, str] | None:
    """Chain every unsealed event; returns the new root (number, hash), or None when there was nothing to seal."""
    last = queries.get_last_seal(session)
    number, previous = (last.number, last.hash) if last is not None else (0, START)
    seals = []
    for event in queries.list_unsealed(session):
        number += 1
        previous = seal_hash(previous, number, queries.event_content(event))
        seals.append({"number": number, "audit_id": event.id, "hash": previous})
    if not seals:
        return None
    session.execute(queries.ADD_SEALS, seals)
    return number, previous


def keep_anchor(data_dir: Path, root: tuple[int, str]) -> None:
    """Append the root to the anchors file, which lives outside the database."""
    with (data_dir / ANCHORS).open("a", encoding="ascii") as anchors:
        anchors.write(f"{root[0]} {root[1]}\n")


def last_anchor(data_dir: Path) -> tuple[int, str] | None:
    """The last root in the anchors file; None when there is none yet."""
    path = data_dir / ANCHORS
    lines = path.read_text(encoding="ascii").split("\n") if path.exists() else []
    for line in reversed(lines):
        number, _, root = line.partition(" ")
        if number.isdigit() and len(root) == 64:
            return int(number), root
    return None


def verify_chain(session: Session, data_dir: Path) -> int | None:
    """The number of the first seal that does not hold, also against the last anchor; None when all is well."""
    with closing(queries.iterate_seals(session)) as seals:
        return first_broken(seals, last_anchor=last_anchor(data_dir))
