"""Messages, stories, pages of settings and small webs in an attempt: answered without script, handed in, reviewed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.classroom.models import Response
from school_safety.kit import clock
from tests.client import Client
from tests.factories.assessment import CONTENTS
from tests.factories.classroom import NOW, a_quiz, a_room, an_assignment

Store = Callable[[], AbstractContextManager[Session]]
OUR_WORDS = frozenset({"feedback", "risk", "rubric"})


def told_afterwards(part: Any, key: str = "") -> Iterator[str]:
    """The sentences of a content that are for afterwards."""
    if isinstance(part, dict):
        if "why" in part and "act" in part:
            yield from (part["why"]["vi"], part["act"]["vi"])
        for name, value in part.items():
            if name in OUR_WORDS:
                yield from (one["vi"] for one in _texts(value))
            else:
                yield from told_afterwards(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from told_afterwards(value, key)


def _texts(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and "vi" in value:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def begin(store: Store, client: Client, code: str) -> str:
    """A pupil sits at an assignment with one item of this type; the address of the attempt."""
    with store() as session:
        room = a_room(session)
        group = an_assignment(session, room, assessment=a_quiz(session, types=[code])).group.public_id
    client.sign_in(room.pupils[0])
    begun = client.post(f"/learn/assignments/{group}/start")
    return str(begun.headers["Location"]).removesuffix("/items/1")


def stored(store: Store) -> list[Any]:
    """The answers on the server."""
    with store() as session:
        return [one.value for one in session.scalars(select(Response).order_by(Response.slot))]


ANSWERS: dict[str, tuple[list[dict[str, Any]], tuple[str, ...], str]] = {
    "hotspot": (
        [{"q1-verdict": "phish", "q1-flags": ["link", "fee"], "q1-action": "ask", "go": "next"}],
        ("Em đã nhận ra", "Em bỏ sót chỗ này", "Chỗ này không đáng ngờ", "Tự gõ địa chỉ bưu cục em biết."),
        "0,70/1 điểm",
    ),
    "branch": (
        [{"q1-take": "n1:b"}, {"q1-path": ["n1:b"], "q1-take": "n3:a"}],
        ("Đường em đã đi", "Đường an toàn nhất", "Kết cục e2.", "gọi 111"),
        "0,75/1 điểm",
    ),
    "settings": (
        [{"q1-settings": "1", "q1-who": "friends", "q1-updates": "on", "go": "next"}],
        ("Em đã đổi từ “Bật” thành “Tắt”.", "Em để nguyên “Bật”.", "Vì sao mục “Chia sẻ vị trí” quan trọng."),
        "1/1 điểm",
    ),
    "lateral": (
        [{"q1-opened": ["p3"], "q1-evidence": ["s4", "s1"], "q1-verdict": "no", "go": "next"}],
        ("Bằng chứng em đã tìm ra", "Em bỏ sót bằng chứng này", "Em đã xem trang độc lập trước khi kết luận"),
        "",
    ),
}


@pytest.mark.parametrize("code", ANSWERS)
def test_a_scene_is_answered_by_plain_posts_handed_in_and_reviewed(store: Store, client: Client, code: str) -> None:
    posts, told, points = ANSWERS[code]
    with clock.at(NOW):
        attempt = begin(store, client, code)
        for fields in posts:
            shown = client.get(f"{attempt}/items/1").text
            early = [words for words in told_afterwards(CONTENTS[code]()) if words in shown]
            assert not early, f"told before the release: {early}"
            client.post(f"{attempt}/items/1", fields)
        client.post(f"{attempt}/submit")
        result = client.get(attempt.replace("attempts", "results")).text
    for words in told:
        assert words in result
    assert points in result


def test_a_story_goes_on_where_the_pupil_stands_and_the_way_back_is_offered(store: Store, client: Client) -> None:
    with clock.at(NOW):
        page = f"{begin(store, client, 'branch')}/items/1"
        after = client.follow(client.post(page, {"q1-take": "n1:a"})).text
        assert after.count('class="talk-turn"') == 2 and "Em chọn cách a để đi đến n2</p>" in after
        assert "data-branch-stray hidden" in after
        back = client.follow(client.post(page, {"q1-path": ["n1:a"], "q1-take": "n1:b"})).text
        assert "data-branch-stray>" in back and 'name="q1-path" value="n1:a"' in back
        # When the browser's own way back shows the first page again, and another choice is made there
        client.post(page, {"q1-take": "n1:c"})
        # When a step is posted that cannot be taken from where the pupil has been
        refused = client.post(page, {"q1-path": ["n1:a"], "q1-take": "n3:a"})
    assert refused.status_code == 422
    assert stored(store) == [{"path": [{"n": "n1", "c": choice} for choice in "abc"]}]


def test_a_page_of_settings_left_as_it_was_is_not_answered(store: Store, client: Client) -> None:
    with clock.at(NOW):
        page = f"{begin(store, client, 'settings')}/items/1"
        untouched = {"q1-settings": "1", "q1-location": "on", "q1-who": "all", "q1-updates": "on", "go": "next"}
        asked = client.follow(client.post(page, untouched)).text
    assert "Em còn bỏ trống" in asked
