"""What a save does to what is stored: replay, conflict, order, lateness."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.classroom.rules import Save, SaveOutcome, Stored, ack_id, body_hash, judge_save, minute_of

A, B = body_hash({"choice": "A"}), body_hash({"choice": "B"})
ON_TIME = Stored(seq=3, client_uuid="u3", body_hash=A, late=False)
LATE = Stored(seq=5, client_uuid="u5", body_hash=B, late=True)


@pytest.mark.parametrize(
    ("save", "stored", "late", "outcome"),
    [
        pytest.param(Save(1, "u1", A), [], False, SaveOutcome.STORE, id="the first answer"),
        pytest.param(Save(4, "u4", B), [ON_TIME], False, SaveOutcome.STORE, id="a newer sequence wins"),
        pytest.param(Save(3, "u3", A), [ON_TIME], False, SaveOutcome.REPLAY, id="the same save again"),
        pytest.param(Save(3, "u3", B), [ON_TIME], False, SaveOutcome.CONFLICT, id="same uuid, other answer"),
        pytest.param(Save(4, "u3", A), [ON_TIME], False, SaveOutcome.CONFLICT, id="same uuid, other number"),
        pytest.param(Save(2, "u2", B), [ON_TIME], False, SaveOutcome.SUPERSEDED, id="an older sequence"),
        pytest.param(Save(3, "x3", B), [ON_TIME], False, SaveOutcome.SUPERSEDED, id="same number from elsewhere"),
        pytest.param(Save(4, "u4", B), [ON_TIME], True, SaveOutcome.STORE, id="newer but late: kept beside"),
        pytest.param(Save(2, "u2", B), [ON_TIME], True, SaveOutcome.SUPERSEDED, id="late and older"),
        pytest.param(Save(3, "u3", A), [ON_TIME], True, SaveOutcome.REPLAY, id="a replay after the deadline"),
        pytest.param(Save(4, "u4", A), [ON_TIME, LATE], False, SaveOutcome.STORE, id="in time again, after extension"),
        pytest.param(Save(5, "u5", B), [ON_TIME, LATE], False, SaveOutcome.REPLAY, id="replay of the late one"),
        pytest.param(Save(5, "x5", A), [ON_TIME, LATE], True, SaveOutcome.SUPERSEDED, id="late, no newer"),
    ],
)
def test_a_save_is_judged_by_uuid_first_and_sequence_second(
    save: Save, stored: list[Stored], late: bool, outcome: SaveOutcome
) -> None:
    assert judge_save(save, stored, late=late) is outcome


saves = st.builds(Save, seq=st.integers(1, 6), client_uuid=st.sampled_from("abcdef"), body_hash=st.sampled_from([A, B]))


@given(st.lists(saves, max_size=30))
def test_whatever_arrives_in_whatever_order_the_sequence_never_goes_back_and_replays_change_nothing(
    arrivals: list[Save],
) -> None:
    stored: Stored | None = None
    for save in arrivals:
        rows = [stored] if stored else []
        outcome = judge_save(save, rows, late=False)
        if outcome is SaveOutcome.STORE:
            assert stored is None or save.seq > stored.seq
            stored = Stored(save.seq, save.client_uuid, save.body_hash, late=False)
        assert stored is not None
        again = judge_save(Save(stored.seq, stored.client_uuid, stored.body_hash), [stored], late=False)
        assert again is SaveOutcome.REPLAY


def test_the_acknowledgement_is_the_same_for_the_same_save_and_differs_in_every_part() -> None:
    save = Save(3, "u3", A)
    others = [
        ack_id("other", 1, save),
        ack_id("attempt", 2, save),
        ack_id("attempt", 1, Save(4, "u3", A)),
        ack_id("attempt", 1, Save(3, "u4", A)),
        ack_id("attempt", 1, Save(3, "u3", B)),
    ]
    assert ack_id("attempt", 1, save) == ack_id("attempt", 1, Save(3, "u3", A))
    assert len({ack_id("attempt", 1, save), *others}) == 6


def test_the_hash_of_an_answer_does_not_depend_on_the_order_of_its_keys() -> None:
    assert body_hash({"a": 1, "b": "ệ"}) == body_hash({"b": "ệ", "a": 1})
    assert body_hash(None) != body_hash({})


def test_only_the_minute_of_a_save_is_kept() -> None:
    moment = datetime(2026, 11, 26, 3, 24, 7, 123, tzinfo=UTC)
    assert minute_of(moment) == datetime(2026, 11, 26, 3, 24, tzinfo=UTC)
