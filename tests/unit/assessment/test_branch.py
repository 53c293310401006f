"""Stories that branch: items.md 4.11."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, ProblemCode, State
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.branch.story import MOST_PICKS, Worth, counted, tried, walked
from tests.factories.scene_items import a_branch
from tests.factories.words import words
from tests.unit.assessment.test_every_type import Form

BRANCH = TYPES["branch"]


def path(*steps: str) -> dict[str, Any]:
    """An answer from steps written as in the form, `n1:a`."""
    return {"path": [dict(zip("nc", step.split(":"), strict=True)) for step in steps]}


@pytest.mark.parametrize(
    ("steps", "by_path", "by_outcome"),
    [
        (("n1:a", "n2:a"), Fraction(1), Fraction(1)),
        (("n1:b", "n3:a"), Fraction(3, 4), Fraction(1, 2)),
        (("n1:a", "n2:b", "n3:b"), Fraction(1, 2), Fraction(0)),
        (("n1:c",), Fraction(0), Fraction(0)),
        (("n1:a",), Fraction(1, 2), Fraction(0)),
        (("n1:c", "n1:a", "n2:a"), Fraction(0), Fraction(0)),
        (("n1:a", "n1:b", "n1:a", "n2:a"), Fraction(1), Fraction(1)),
        (("n1:a", "n2:b", "n2:a"), Fraction(1, 2), Fraction(0)),
    ],
    ids=str,
)
def test_the_first_choice_at_each_place_counts_by_its_score_or_by_its_end(
    steps: tuple[str, ...], by_path: Fraction, by_outcome: Fraction
) -> None:
    assert BRANCH.score(a_branch(), path(*steps)).fraction == by_path
    assert BRANCH.score(a_branch(mode="outcome"), path(*steps)).fraction == by_outcome


def test_blind_choices_earn_their_mean() -> None:
    assert BRANCH.guess(a_branch()) == Fraction(11, 24)
    # n3 is worth 1/4 on average, n2 (1 + 1/4) / 2, n1 a third of 5/8 + 1/4 + 0
    assert BRANCH.guess(a_branch(mode="outcome")) == Fraction(7, 24)


@pytest.mark.parametrize(
    "steps",
    [("n2:a",), ("n1:a", "n3:a"), ("n1:z",), ("e1:a",), ("n1:c", "e3:a"), ("n9:a",), ("n1:a",) * (MOST_PICKS + 1)],
    ids=lambda steps: str(steps[:3]),
)
def test_steps_that_nobody_can_take_are_refused(steps: tuple[str, ...]) -> None:
    with pytest.raises(BadAnswer):
        BRANCH.accept(a_branch(), path(*steps))


@pytest.mark.parametrize("value", [["n1"], [{"n": "n1"}], [{"n": 1, "c": "a"}], "n1:a"], ids=str)
def test_steps_of_another_shape_are_refused(value: object) -> None:
    with pytest.raises(BadAnswer):
        BRANCH.accept(a_branch(), {"path": value})


def test_the_button_that_was_pressed_comes_after_the_steps_of_the_hidden_fields() -> None:
    form = Form(q2__path=["n1:a"], q2__take="n2:b")
    assert BRANCH.parse(a_branch(), form, "q2") == path("n1:a", "n2:b")


def test_after_going_back_the_page_shows_the_new_way_and_the_score_keeps_the_first() -> None:
    picks = path("n1:b", "n3:b", "n1:a")["path"]
    assert [turn.node["id"] for turn in walked(a_branch(), picks)] == ["n1", "n2"]
    assert [turn.node["id"] for turn in counted(a_branch(), picks)] == ["n1", "n3", "e3"]


def test_the_review_has_a_note_for_every_counted_choice_and_the_safest_way_beside_it() -> None:
    notes = BRANCH.feedback(a_branch(), path("n1:b", "n3:b")).notes
    assert [(note.id, note.state) for note in notes] == [("n1", State.PARTIAL), ("n3", State.WRONG)]
    assert BRANCH.key(a_branch()) == path("n1:a", "n2:a")
    safest = BRANCH.scene(a_branch(), None, BRANCH.order_for(a_branch(), 1))["safest"]
    assert [turn.node["id"] for turn in safest] == ["n1", "n2", "e1"]


# ---- Stories of any shape ----


@st.composite
def stories(draw: st.DrawFn) -> dict[str, Any]:
    """Sound stories: places in a row, every choice leads further on, the last places are ends."""
    length, ends = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    names = [f"n{at}" for at in range(length)] + [f"e{at}" for at in range(ends)]
    nodes: list[dict[str, Any]] = []
    for at in range(length):
        targets = [names[at + 1], *draw(st.lists(st.sampled_from(names[at + 1 :]), min_size=1, max_size=3))]
        choices = [
            {"id": f"c{n}", "text": words("Đi"), "to": to, "score": draw(st.integers(0, 3)), "feedback": words("Vì")}
            for n, to in enumerate(targets)
        ]
        nodes.append({"id": names[at], "says": [{"text": words("Lời")}], "choices": choices})
    reached = {"n0"} | {choice["to"] for node in nodes for choice in node["choices"]}
    closing = {"text": words("Hết"), "help": words("Gọi 111")}
    nodes += [
        {"id": name, "says": [{"text": words("Hết")}], "end": closing} for name in names[length:] if name in reached
    ]
    nodes[0]["choices"][0]["score"] = draw(st.integers(1, 3))
    return a_branch(start="n0", nodes=nodes)


@st.composite
def walks(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A story and a pupil's steps through it, going back now and then."""
    content = draw(stories())
    nodes = {node["id"]: node for node in content["nodes"]}
    passed, steps = [content["start"]], []
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.sampled_from([name for name in passed if "choices" in nodes[name]]))
        choice = draw(st.sampled_from(nodes[at]["choices"]))
        steps.append(f"{at}:{choice['id']}")
        passed.append(choice["to"])
    return content, path(*steps)


@given(story=stories())
def test_a_sound_story_has_no_problem_and_its_safest_way_earns_everything(story: dict[str, Any]) -> None:
    assert BRANCH.check(story) == ()
    assert BRANCH.score(story, BRANCH.accept(story, BRANCH.key(story))).fraction == 1
    assert 0 <= BRANCH.guess(story) <= 1  # type: ignore[operator]  # a branch's guess is known


@given(walk=walks())
def test_no_way_earns_more_than_everything_and_going_back_changes_nothing(
    walk: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    story, response = walk
    stored = BRANCH.accept(story, response)
    if stored is None:
        return
    score = BRANCH.score(story, stored)
    assert 0 <= score.fraction <= 1
    way = counted(story, stored["path"])
    straight = path(*(f"{turn.node['id']}:{turn.choice['id']}" for turn in way if turn.choice))
    assert BRANCH.score(story, straight) == score
    earned = sum(turn.choice["score"] for turn in way if turn.choice)
    assert score.fraction == Fraction(earned) / Worth(story).most
    first = stored["path"][0]
    assert BRANCH.score(story, {"path": [*stored["path"], first]}) == score


@given(walk=walks(), again=st.integers(0, 12))
def test_an_older_page_posted_again_takes_nothing_back(walk: tuple[dict[str, Any], dict[str, Any]], again: int) -> None:
    story, response = walk
    stored = BRANCH.accept(story, response)
    older = BRANCH.accept(story, {"path": response["path"][:again]})
    kept = BRANCH.continued(stored, older)
    assert kept == stored
    fresh = BRANCH.continued(stored, BRANCH.key(story))
    assert BRANCH.accept(story, fresh) == fresh
    assert stored is None or fresh is None or fresh["path"][: len(stored["path"])] == stored["path"]


@given(walk=walks(), sent=st.lists(st.integers(0, 12), max_size=8))
def test_whatever_arrives_in_whatever_order_the_first_choice_at_a_place_stays_and_replays_change_nothing(
    walk: tuple[dict[str, Any], dict[str, Any]], sent: list[int]
) -> None:
    story, response = walk
    best = BRANCH.key(story)["path"]
    pages = [BRANCH.accept(story, {"path": (best if cut % 2 else response["path"])[:cut]}) for cut in sent]
    stored = None
    for page in pages:
        before = stored
        stored = BRANCH.continued(stored, page)
        assert BRANCH.accept(story, stored) == stored
        assert before is None or stored is None or stored["path"][: len(before["path"])] == before["path"]
        assert BRANCH.continued(stored, page) == stored
    way = counted(story, stored["path"]) if stored else ()
    first: dict[str, str] = {}
    for page in pages:
        for pick in page["path"] if page else ():
            first.setdefault(pick["n"], pick["c"])
    assert [(turn.node["id"], turn.choice["id"]) for turn in way if turn.choice] == [
        (turn.node["id"], first[turn.node["id"]]) for turn in way if turn.choice
    ]


def test_what_was_chosen_after_going_back_is_told_beside_the_way_that_counts() -> None:
    picks = path("n1:c", "n1:a", "n2:a", "n1:a", "n2:b")["path"]
    beside = [(turn.node["id"], turn.choice["id"]) for turn in tried(a_branch(), picks) if turn.choice]
    assert beside == [("n1", "a"), ("n2", "a"), ("n2", "b")]
    assert tried(a_branch(), path("n1:a", "n2:a")["path"]) == ()


def test_a_second_device_that_knows_nothing_of_the_first_does_not_add_its_whole_way_with_every_step() -> None:
    stored = path("n1:b", "n3:a")
    for posted in (path("n1:a"), path("n1:a", "n2:b"), path("n1:a", "n2:b"), path("n1:a", "n2:b", "n3:a")):
        stored = BRANCH.continued(stored, posted)  # type: ignore[assignment]  # there is an answer
    assert stored == path("n1:b", "n3:a", "n1:a", "n2:b", "n3:a")


# ---- Checking ----


def _bent(node: int, **changes: Any) -> dict[str, Any]:
    content = a_branch()
    content["nodes"][node] = {**content["nodes"][node], **changes}
    return content


def _to(target: str) -> list[dict[str, Any]]:
    return [{**choice, "to": target} for choice in a_branch()["nodes"][2]["choices"]]


def _long(steps: int) -> dict[str, Any]:
    template = a_branch()["nodes"]
    nodes = [
        {**template[0], "id": f"n{at}", "choices": [{**one, "to": f"n{at + 1}"} for one in template[1]["choices"]]}
        for at in range(steps)
    ]
    return a_branch(start="n0", nodes=[*nodes, {**template[3], "id": f"n{steps}"}])


def _half_worth(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same story in which no end is worth more than one half."""
    return [{**node, "end": {**node["end"], "value": 0.5}} if "end" in node else node for node in nodes]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (a_branch(start="n9"), (ProblemCode.UNKNOWN_ID, ("start",))),
        (a_branch(start="n3"), (ProblemCode.UNREACHABLE, ("nodes", 0))),
        (_bent(2, choices=_to("n1")), (ProblemCode.CYCLE, ("nodes", 0))),
        (_bent(2, choices=_to("n9")), (ProblemCode.UNKNOWN_ID, ("nodes", 2, "choices", 0, "to"))),
        (_bent(2, choices=_to("e3")[:1]), (ProblemCode.TOO_FEW_PARTS, ("nodes", 2, "choices"))),
        (_bent(3, end=None), (ProblemCode.WRONG_SHAPE, ("nodes", 3, "end"))),
        (_bent(3, end={"text": words("Hết")}), (ProblemCode.MISSING_FIELD, ("nodes", 3, "end", "help"))),
        (_bent(3, choices=_to("e3")), (ProblemCode.END_OR_CHOICES, ("nodes", 3))),
        (_bent(1, says=[]), (ProblemCode.TOO_FEW_PARTS, ("nodes", 1, "says"))),
        (_bent(1, says=["Lời"]), (ProblemCode.WRONG_SHAPE, ("nodes", 1, "says", 0))),
        (
            _bent(1, choices=[{**one, "score": -1} for one in _to("e1")]),
            (ProblemCode.BAD_WEIGHT, ("nodes", 1, "choices", 0, "score")),
        ),
        (_long(13), (ProblemCode.TOO_MANY_STEPS, ("nodes",))),
        (
            a_branch(mode="outcome", nodes=_half_worth(a_branch()["nodes"])),
            (ProblemCode.NO_KEY, ("nodes",)),
        ),
        (a_branch(mode="luck"), (ProblemCode.UNKNOWN_MODE, ("mode",))),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_an_unsound_story_is_refused_with_the_place_of_the_fault(content: dict[str, Any], problem: object) -> None:
    assert problem in [(found.code, found.path) for found in BRANCH.check(content)]


def test_twelve_steps_are_allowed_and_a_story_in_which_nothing_can_be_earned_is_not() -> None:
    assert BRANCH.check(_long(12)) == ()
    content = a_branch()
    for node in content["nodes"]:
        for choice in node.get("choices", ()):
            choice["score"] = 0
    assert (ProblemCode.BAD_BOUNDS, ("nodes",)) in [(found.code, found.path) for found in BRANCH.check(content)]
