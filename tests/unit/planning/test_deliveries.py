"""What may be recorded as a delivery and as its evidence, what counts, and who may decide and see."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.planning.rules import (
    CHANNELS,
    MAX_HEAD_COUNT,
    Audience,
    Decision,
    DeliveryProblem,
    EvidenceKind,
    EvidenceProblem,
    Track,
    VerificationFact,
    VerificationProblem,
    WorkGroup,
    delivery_problem,
    evidence_problem,
    head_count_problem,
    is_accepted,
    is_evidenced,
    may_see_file,
    track_of,
    verification_problem,
)

STARTS, ENDS, TODAY = date(2026, 9, 5), date(2027, 5, 31), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("taught_on", "problem"),
    [
        pytest.param(date(2026, 11, 20), None, id="today"),
        pytest.param(date(2026, 9, 5), None, id="the first day of the year"),
        pytest.param(date(2026, 11, 21), DeliveryProblem.FUTURE_DATE, id="tomorrow"),
        pytest.param(date(2026, 9, 4), DeliveryProblem.BEFORE_YEAR, id="the day before the year"),
    ],
)
def test_a_delivery_lies_in_the_year_and_not_in_the_future(taught_on: date, problem: DeliveryProblem | None) -> None:
    assert delivery_problem(taught_on, year_starts=STARTS, year_ends=ENDS, today=TODAY) is problem


def test_in_the_summer_the_last_day_of_the_year_is_the_last_one_accepted() -> None:
    def summer(day: date) -> DeliveryProblem | None:
        return delivery_problem(day, year_starts=STARTS, year_ends=ENDS, today=date(2027, 7, 1))

    assert summer(date(2027, 5, 31)) is None
    assert summer(date(2027, 6, 1)) is DeliveryProblem.AFTER_YEAR


@pytest.mark.parametrize(
    ("head_count", "most", "problem"),
    [
        pytest.param(1, None, None, id="one is enough"),
        pytest.param(0, None, DeliveryProblem.NOBODY_PRESENT, id="nobody"),
        pytest.param(-3, 40, DeliveryProblem.NOBODY_PRESENT, id="fewer than nobody"),
        pytest.param(40, 40, None, id="the whole class"),
        pytest.param(41, 40, DeliveryProblem.TOO_MANY_PRESENT, id="more than are enrolled"),
        pytest.param(MAX_HEAD_COUNT, None, None, id="the largest crowd"),
        pytest.param(MAX_HEAD_COUNT + 1, None, DeliveryProblem.TOO_MANY_PRESENT, id="a typing mistake"),
    ],
)
def test_heads_are_counted_within_reason(head_count: int, most: int | None, problem: DeliveryProblem | None) -> None:
    assert head_count_problem(head_count, most) is problem


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        pytest.param(EvidenceKind.PUBLIC_LINK, {"link": "https://thcs.example.vn/tin"}, None, id="a public page"),
        pytest.param(EvidenceKind.PUBLIC_LINK, {"link": None}, EvidenceProblem.LINK_MISSING, id="no link"),
        pytest.param(EvidenceKind.PUBLIC_LINK, {"link": "javascript:x"}, EvidenceProblem.LINK_NOT_WEB, id="a script"),
        pytest.param(EvidenceKind.MINUTES, {"has_file": False}, EvidenceProblem.FILE_MISSING, id="no file"),
        pytest.param(EvidenceKind.PHOTO, {"recognisable": False}, None, id="a photo without faces"),
        pytest.param(EvidenceKind.PHOTO, {"recognisable": True}, None, id="a photo with faces stays in the school"),
        pytest.param(
            EvidenceKind.PHOTO, {"recognisable": None}, EvidenceProblem.RECOGNISABLE_UNANSWERED, id="faces unanswered"
        ),
    ],
)
def test_evidence_is_a_link_or_a_file_with_an_answer_about_faces(
    kind: EvidenceKind, given: dict[str, Any], problem: EvidenceProblem | None
) -> None:
    told: dict[str, Any] = {"has_file": True, "link": None, "recognisable": False, **given}
    assert evidence_problem(kind, **told) is problem


@pytest.mark.parametrize(
    ("recognisable", "belongs", "seen"),
    [(False, False, True), (False, True, True), (True, True, True), (True, False, False)],
)
def test_a_file_with_recognisable_pupils_is_for_their_own_school(recognisable: bool, belongs: bool, seen: bool) -> None:
    assert may_see_file(recognisable=recognisable, belongs=belongs) is seen


@pytest.mark.parametrize(
    ("decision", "reason", "belongs", "evidenced", "problem"),
    [
        pytest.param("accepted", "", False, True, None, id="accepted without a word"),
        pytest.param("accepted", "", False, False, VerificationProblem.NOTHING_TO_ACCEPT, id="nothing to accept"),
        pytest.param("rejected", "Ảnh của năm trước", False, True, None, id="rejected with a reason"),
        pytest.param("rejected", "", False, True, VerificationProblem.REASON_MISSING, id="rejected without a reason"),
        pytest.param("accepted", "", True, True, VerificationProblem.OWN_SCHOOL, id="own school"),
        pytest.param("rejected", "Ảnh cũ", True, True, VerificationProblem.OWN_SCHOOL, id="own school, rejecting"),
    ],
)
def test_another_unit_decides_and_says_why_not(
    decision: str, reason: str, belongs: bool, evidenced: bool, problem: VerificationProblem | None
) -> None:
    found = verification_problem(Decision(decision), reason=reason, belongs=belongs, evidenced=evidenced)
    assert found is problem


REJECTED = VerificationFact(Decision.REJECTED, delivery_id=5, evidence_upto=10)
ACCEPTED = VerificationFact(Decision.ACCEPTED, delivery_id=5, evidence_upto=10)


@pytest.mark.parametrize(
    ("evidence", "last", "counts"),
    [
        pytest.param([], None, False, id="no evidence"),
        pytest.param([3], None, True, id="one piece nobody has looked at"),
        pytest.param([3, 10], REJECTED, False, id="all of it rejected"),
        pytest.param([3, 11], REJECTED, True, id="a new piece after the rejection"),
        pytest.param([3], ACCEPTED, True, id="accepted"),
    ],
)
def test_a_rejection_covers_what_it_looked_at(evidence: list[int], last: VerificationFact | None, counts: bool) -> None:
    assert is_evidenced(30, evidence, last) is counts


def test_evidence_of_a_delivery_without_anybody_does_not_count() -> None:
    assert not is_evidenced(0, [1], None)


def test_an_acceptance_is_of_one_version_only() -> None:
    assert is_accepted(5, ACCEPTED)
    assert not is_accepted(6, ACCEPTED)
    assert not is_accepted(5, REJECTED)
    assert not is_accepted(5, None)


@given(st.lists(st.integers(1, 20)), st.integers(1, 20))
def test_new_evidence_can_only_help(evidence: list[int], another: int) -> None:
    if is_evidenced(1, evidence, REJECTED):
        assert is_evidenced(1, [*evidence, another], REJECTED)


def test_every_channel_offers_evidence_without_faces_before_photos() -> None:
    for code, channel in CHANNELS.items():
        assert channel.code == code
        assert channel.proofs[0] is not EvidenceKind.PHOTO
    assert {channel.work_group for channel in CHANNELS.values()} == set(WorkGroup) - {WorkGroup.INSPECTION}


def test_school_staff_are_the_internal_track() -> None:
    assert {audience: track_of(audience) for audience in Audience} == {
        Audience.PUPILS: Track.PUBLIC,
        Audience.PARENTS: Track.PUBLIC,
        Audience.STAFF: Track.INTERNAL,
    }
