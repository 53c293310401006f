"""Which published activity a part of an outreach kit belongs to."""

import pytest

from school_safety.planning.rules import best_activity

ACTIVITIES = (
    {"id": 1, "channel": "leaflet", "lessons": ["ML-06-03"]},
    {"id": 2, "channel": "led", "lessons": ["OS-06-01"]},
    {"id": 3, "channel": "leaflet", "lessons": ["OS-06-01"]},
    {"id": 4, "channel": None, "lessons": ["OS-06-01"]},
    {"id": 5, "channel": "class_meeting", "lessons": ["OS-06-01"]},
)


@pytest.mark.parametrize(
    ("channel", "lesson", "found"),
    [
        ("leaflet", "OS-06-01", 3),
        ("leaflet", "ML-06-03", 1),
        ("leaflet", "OS-11-01", 1),
        ("sms", "OS-06-01", None),
        ("", "OS-06-01", None),
        ("online_quiz", "OS-06-01", 5),
        ("online_quiz", "OS-11-01", None),
    ],
    ids=[
        "channel and lesson",
        "the other lesson",
        "channel alone",
        "no such channel",
        "no channel",
        "taught in school",
        "taught, in no plan",
    ],
)
def test_the_activity_on_the_channel_with_the_lesson_comes_first(channel: str, lesson: str, found: int | None) -> None:
    assert best_activity(ACTIVITIES, channel=channel, lesson=lesson, alike={"online_quiz", "class_meeting"}) == found
