"""No key, score, weight or reason reaches a pupil before the release: every address is asked in every state."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from school_safety.assessment.models import AssessmentRevision
from school_safety.assessment.types import TYPES
from school_safety.classroom import actions, queries
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.classroom.rules import FeedbackRelease
from school_safety.kit import clock
from school_safety.roster.models import Enrolment
from tests.canaries import found_in, planted
from tests.client import Client
from tests.factories.assessment import CONTENTS, a_choice, an_assessment, an_item, an_option
from tests.factories.classroom import (
    CLOSES,
    NOW,
    Room,
    a_room,
    a_viewer,
    an_answer,
    an_assignment,
    an_attempt,
)
from tests.factories.uploads import a_sealed_answer, an_upload, form_of

Store = Callable[[], AbstractContextManager[Session]]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NO_PAGE = {"static"}
OWN_WORDS = {"essay": {"text": "Em sẽ hỏi cô."}, "short": {"text": "em chưa nhớ"}}
"""Answers whose right words would be the pupil's own."""


def a_telling_quiz(session: Session) -> AssessmentRevision:
    """One item of every type with planted words, and one whose answer earns a number that stands nowhere else."""
    items = [an_item(session, type=name, content=planted(name, CONTENTS[name]())) for name in sorted(TYPES)]
    half = an_option("B", weight=0.43217)
    odd = planted("choice", a_choice(options=[an_option("A", key=True), half, an_option("C")]))
    return an_assessment(session, items=[*items, an_item(session, points=17, content=odd)])


def answered(session: Session, given: GroupFacts, room: Room, *, now: Any = NOW, submit: bool = True) -> AttemptFacts:
    """The first pupil's attempt with every item answered, all right but the one that earns an odd number."""
    attempt = an_attempt(session, given, room.pupils[0], now=now)
    contents = queries.get_contents(session, [slot.item_revision_id for slot in attempt.paper.slots])
    for slot in attempt.paper.slots:
        content = contents[slot.item_revision_id]
        value = (
            {"choice": "B"} if slot.points == Fraction(17) else OWN_WORDS.get(slot.type, TYPES[slot.type].key(content))
        )
        an_answer(session, attempt, slot.slot, value, now=now)
    if submit:
        actions.submit_attempt(session, attempt=attempt, now=now)
    return queries.get_attempt(session, attempt.id)


class World:
    """A pupil with an attempt in every state in which nothing may be told."""

    def __init__(self, session: Session) -> None:
        self.room, quiz = a_room(session), a_telling_quiz(session)
        teacher = a_viewer(self.room.teacher)

        def give(release: FeedbackRelease, **own: Any) -> GroupFacts:
            return an_assignment(session, self.room, assessment=quiz, feedback_release=release, **own)

        self.running = give(FeedbackRelease.AT_SUBMIT, minutes=60)
        self.each = give(FeedbackRelease.AFTER_EACH)
        self.later = give(FeedbackRelease.AFTER_CLOSE)
        never = give(FeedbackRelease.NEVER, closes_at=NOW + MINUTE)
        void = give(FeedbackRelease.AT_SUBMIT)
        lapsed = give(FeedbackRelease.AT_SUBMIT, closes_at=NOW + MINUTE)
        unstarted = give(FeedbackRelease.AT_SUBMIT)
        self.at_work = answered(session, self.running, self.room, submit=False)
        self.at_practice = answered(session, self.each, self.room, submit=False)
        self.waiting = answered(session, self.later, self.room)
        self.voided = answered(session, void, self.room)
        actions.void_attempt(session, actor=teacher, attempt=self.voided, reason="Làm hộ bạn", now=NOW)
        own = [answered(session, never, self.room), an_attempt(session, lapsed, self.room.pupils[0])]
        attempts = [self.at_work, self.at_practice, self.waiting, self.voided, *own]
        groups = [self.running, self.each, self.later, never, void, lapsed, unstarted]
        total = queries.map_totals(session, [self.waiting.id])[self.waiting.id]
        self.total = [f"{float(total.earned):.2f}".replace(".", sign) for sign in ".,"]
        enrolment = session.scalars(select(Enrolment).where(Enrolment.person_id == self.room.pupils[0].id)).one()
        assessment = quiz.assessment
        items = queries.map_coded_items(session, [slot.item_revision_id for slot in self.at_work.paper.slots])
        self.slots = [str(slot.slot) for slot in self.at_work.paper.slots]
        self.values: dict[str, list[str]] = {
            "public_id": [
                *(one.public_id for one in attempts),
                *(one.group.public_id for one in groups),
                enrolment.public_id,
            ],
            "public_id of staff": [self.at_work.public_id, self.waiting.public_id, self.running.group.public_id],
            "slot": self.slots,
            "code": ["OS-06-01", assessment.code, next(iter(items.values())).code],
            "person": [self.room.pupils[0].public_id],
            "enrolment": [enrolment.public_id],
            "class_group_id": [str(self.room.class_group.id)],
            "year": ["2026-2027"],
        }


def addresses(app: Flask, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every address that answers a GET, with each of the values in its places; an unknown place gets a 1.

    Every slot of the first attempt is asked, of the others one; staff's pages for the first attempt, class and code.
    """
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGE:
            names = sorted(rule.arguments)
            for chosen in product(*(choices_of(rule, name, values) for name in names)):
                places = dict(zip(names, chosen, strict=True))
                if places.get("slot", 1) == 1 or places["public_id"] in values["public_id"][:1]:
                    yield adapter.build(rule.endpoint, places)


def choices_of(rule: Rule, name: str, values: Mapping[str, Sequence[str]]) -> Sequence[Any]:
    """The values to try in one place of a rule."""
    items = getattr(rule._converters[name], "items", None)
    if items:
        return sorted(items)
    chosen = values.get(name, ["1"])
    if not rule.rule.startswith("/learn"):
        chosen = values.get(f"{name} of staff", chosen)
    return [int(one) for one in chosen] if "int:" + name in rule.rule else chosen


def test_no_page_endpoint_or_file_tells_a_pupil_anything_before_the_release(
    app: Flask, store: Store, client: Client, new_client: Callable[[], Client]
) -> None:
    with store() as session:
        world = World(session)
    with clock.at(NOW + 10 * MINUTE):
        own = client.sign_in(world.room.pupils[0]).browser
        mate = new_client().sign_in(world.room.pupils[1]).browser
        told: dict[str, set[str]] = {}
        seen = set()
        for url in addresses(app, world.values):
            answer = own.get(url)
            text = answer.get_data(as_text=True)
            if answer.status_code == 200:
                seen.add(url)
                text += mate.get(url).get_data(as_text=True)
            found = found_in(text) | {number for number in world.total if number in text}
            if found:
                told[url] = found
        assert told == {}
        pages = [f"/learn/results/{world.waiting.public_id}", f"/learn/attempts/{world.at_work.public_id}/copy"]
        pages += [f"/learn/attempts/{world.at_work.public_id}/items/{number}" for number in world.slots]
        assert seen >= set(pages)
        # And what a device sends is answered without a word about it
        for text in sent(client, world):
            assert not found_in(text)


def sent(client: Client, world: World) -> Iterator[str]:
    """What comes back for every kind of post of a pupil at work."""
    attempt = world.at_work.public_id
    for number in world.slots:
        page = f"/learn/attempts/{attempt}/items/{number}"
        yield client.browser.post(page, data={"csrf_token": client.token, "go": number}).get_data(as_text=True)
        checked = client.browser.post(f"{page}/check", data={"csrf_token": client.token})
        yield checked.get_data(as_text=True)
        yield client.browser.get(page).get_data(as_text=True)
    fields = form_of("choice", {}, {"choice": "B"}, f"q{world.slots[-1]}")
    body = an_upload(attempt, a_sealed_answer(attempt, int(world.slots[-1]), fields, seq=9))
    yield client.send_json("/learn/upload", body).get_data(as_text=True)
    start = f"/learn/assignments/{world.running.group.public_id}/start"
    yield client.browser.post(start, data={"csrf_token": client.token}).get_data(as_text=True)


def test_after_the_release_the_same_words_are_there_so_the_search_can_find_them(store: Store, client: Client) -> None:
    with store() as session:
        world = World(session)
    result = f"/learn/results/{world.waiting.public_id}"
    with clock.at(NOW + 10 * MINUTE):
        client.sign_in(world.room.pupils[0])
        assert not found_in(client.get(result).text)
        practice = f"/learn/attempts/{world.at_practice.public_id}/items/2"
        assert not found_in(client.get(practice).text)
        client.post(f"{practice}/check", {"q2-choice": "B"})
        assert found_in(client.get(practice).text)
        other = f"/learn/attempts/{world.at_practice.public_id}/items/1"
        assert not found_in(client.get(other).text)
    with clock.at(CLOSES + DAY):
        client.sign_in(world.room.pupils[0])
        page = client.get(result).text
    types = {word.split("-")[1] for word in found_in(page) if "-" in word}
    assert types == {name for name, kind in TYPES.items() if kind.scored}
    assert any(number in page for number in world.total)
