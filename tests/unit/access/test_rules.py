"""The chain of the audit log: any change of it is found."""

from typing import Any

import pytest

from school_safety.access.rules import START, SealedRow, first_broken, seal_hash


def chain(length: int) -> list[SealedRow]:
    rows, previous = [], START
    for number in range(1, length + 1):
        event: dict[str, Any] = {"id": number, "verb": "delivery.recorded", "data": {"delivery": number}}
        previous = seal_hash(previous, number, event)
        rows.append(SealedRow(number, previous, event))
    return rows


def test_a_whole_chain_holds() -> None:
    rows = chain(5)
    assert first_broken(rows) is None
    assert first_broken(rows, last_anchor=(5, rows[-1].hash)) is None
    assert first_broken([]) is None


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        pytest.param(lambda rows: rows[2].event.update(verb="delivery.withdrawn"), 3, id="one value changed"),
        pytest.param(lambda rows: rows.pop(1), 2, id="a seal deleted"),
        pytest.param(lambda rows: rows.__setitem__(3, SealedRow(4, rows[3].hash, None)), 4, id="an event deleted"),
        pytest.param(lambda rows: rows.insert(0, rows.pop(1)), 1, id="two swapped"),
        pytest.param(lambda rows: rows.__delitem__(slice(3, None)), 5, id="the tail cut off"),
    ],
)
def test_damage_is_found_at_the_first_row_that_does_not_hold(damage: Any, found: int) -> None:
    rows = chain(5)
    anchor = (5, rows[-1].hash)
    damage(rows)
    assert first_broken(rows, last_anchor=anchor) == found
