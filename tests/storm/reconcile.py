"""Holds the clients' journals against the database: `python -m tests.storm.reconcile DATABASE_URL JOURNAL…`.

Knows nothing of the storm but what both have written. Prints one JSON object; exit 1 when anything is wrong.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from school_safety.assessment.report import prefix_of
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.models import Attempt, Response, ResponseScore, Result, Submission
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.queries.attempts import attempt_statement
from school_safety.classroom.rules import add_up, effective_answers, score_paper
from school_safety.kit.db import Database
from tests.storm import journal

Key = tuple[str, int]


@dataclass
class Witness:
    """What the clients swear: answers sent, answers acknowledged, receipts seen; by attempt and slot."""

    sent: dict[Key, dict[str, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    acknowledged: dict[Key, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    receipts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    submitted: set[str] = field(default_factory=set)

    def hear(self, events: Iterable[dict[str, Any]]) -> None:
        """Take in one journal."""
        for one in events:
            if one["event"] == "sent":
                self.sent[one["attempt"], one["slot"]][one["uuid"]] = one
            elif one["event"] == "acknowledged":
                self.acknowledged[one["attempt"], one["slot"]].append(one)
            elif one["event"] == "submitted":
                self.submitted.add(one["attempt"])
            elif one["event"] == "receipt":
                self.receipts[one["attempt"]].add(one["receipt"])


def reconcile(session: Session, witness: Witness) -> Iterator[str]:
    """Everything that does not agree, in words."""
    attempts = {facts.public_id: facts for facts in _attempts(session)}
    stored = _stored(session)
    yield from _attempts_alone(session)
    for key, acks in witness.acknowledged.items():
        yield from _lost(key, acks, stored.get(key, []))
    for key, rows in stored.items():
        yield from _foreign(attempts[key[0]], key[1], rows, witness.sent.get(key, {}))
    receipts = {row.public_id: row.receipt for row in session.execute(_RECEIPTS)}
    for attempt in witness.submitted - receipts.keys():
        yield f"{attempt}: was said to be handed in, but is not"
    for attempt, seen in witness.receipts.items():
        if seen != {receipts.get(attempt)}:
            yield f"{attempt}: receipts {sorted(seen)} were shown, {receipts.get(attempt)} is stored"
    for attempt in receipts:
        yield from _scores(session, attempts[attempt])


_RECEIPTS = select(Attempt.public_id, Submission.receipt).join(Submission, Submission.attempt_id == Attempt.id)


def _attempts(session: Session) -> list[AttemptFacts]:
    return [AttemptFacts(*row) for row in session.execute(attempt_statement())]


def _stored(session: Session) -> dict[Key, list[Response]]:
    found: dict[Key, list[Response]] = defaultdict(list)
    for public_id, response in session.execute(
        select(Attempt.public_id, Response).join(Response, Response.attempt_id == Attempt.id)
    ):
        found[public_id, response.slot].append(response)
    return found


def _attempts_alone(session: Session) -> Iterator[str]:
    people = Counter(session.scalars(select(Attempt.person_id)))
    yield from (f"person {person}: {count} attempts" for person, count in people.items() if count > 1)


def _lost(key: Key, acks: list[dict[str, Any]], rows: list[Response]) -> Iterator[str]:
    for ack in acks:
        kept = [row for row in rows if row.late == ack["late"]]
        if not kept or kept[0].seq < ack["seq"]:
            yield f"{key}: number {ack['seq']} was acknowledged, stored is {[row.seq for row in kept]}"
        elif kept[0].seq == ack["seq"] and kept[0].client_uuid != ack["uuid"]:
            yield f"{key}: number {ack['seq']} is another save's"


def _foreign(attempt: AttemptFacts, slot: int, rows: list[Response], sent: dict[str, dict[str, Any]]) -> Iterator[str]:
    place = attempt.paper.slot(slot)
    for row in rows:
        said = sent.get(row.client_uuid)
        if said is None or place is None:
            yield f"{attempt.public_id}, {slot}: nobody sent {row.client_uuid}"
            continue
        fields = MultiDict([(name, text) for name, text in said["fields"]])
        if TYPES[place.type].parse(_content(place.item_revision_id), fields, prefix_of(slot)) != row.value:
            yield f"{attempt.public_id}, {slot}: stored is {row.value}, sent was {said['fields']}"


_CONTENTS: dict[int, Any] = {}


def _content(item_revision_id: int) -> Any:
    return _CONTENTS[item_revision_id]


def _scores(session: Session, attempt: AttemptFacts) -> Iterator[str]:
    answers = effective_answers(map(queries.answer_of, queries.list_responses(session, [attempt.id])))
    scores = score_paper(attempt.paper, _CONTENTS, answers)
    rows = session.scalars(select(ResponseScore).where(ResponseScore.attempt_id == attempt.id))
    stored = {row.slot: Fraction(row.fraction, row.fraction_of) for row in rows}
    if stored != {slot: score.fraction for slot, score in scores.items()}:
        yield f"{attempt.public_id}: scores {stored} are stored, the answers are worth {scores}"
    result = session.get_one(Result, attempt.id)
    worth = add_up(attempt.paper, {slot: score.fraction for slot, score in scores.items()}).earned
    if Fraction(result.earned, result.earned_of) != worth:
        yield f"{attempt.public_id}: {result.earned}/{result.earned_of} is stored, the answers are worth {worth}"


def main() -> int:
    """Read the journals, hold them against the database, say what was found."""
    database, witness = Database(sys.argv[1]), Witness()
    for path in sys.argv[2:]:
        witness.hear(journal.read(Path(path)))
    with database.reading() as session:
        wanted = {slot.item_revision_id for facts in _attempts(session) for slot in facts.paper.slots}
        _CONTENTS.update(queries.get_contents(session, wanted))
        wrong = list(reconcile(session, witness))
        attempts = len(_attempts(session))
    said = {
        "attempts": attempts,
        "answers_sent": sum(map(len, witness.sent.values())),
        "acknowledgements": sum(map(len, witness.acknowledged.values())),
        "submissions": len(witness.submitted),
        "receipts": len(witness.receipts),
        "wrong": wrong,
    }
    print(json.dumps(said, ensure_ascii=False))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
