"""What holds for every item type in the table."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.assessment.rules import BadAnswer, Content, ProblemCode, Score, State, best_marks
from school_safety.assessment.types import TEMPLATES, TYPES
from tests.factories.assessment import CONTENTS

types = pytest.mark.parametrize("code", sorted(TYPES))
scored_types = pytest.mark.parametrize("code", sorted(code for code in TYPES if TYPES[code].scored))
shuffled_types = pytest.mark.parametrize(
    "code", ["branch", "choice", "gap", "grid", "headlines", "match", "multi", "order"]
)


class Form:
    """A posted form as the item types read it."""

    def __init__(self, **values: str | list[str]) -> None:
        self.values = {name.replace("__", "-"): value for name, value in values.items()}

    def get(self, key: str, /) -> str | None:
        """The first value."""
        value = self.values.get(key)
        return value[0] if isinstance(value, list) else value

    def getlist(self, key: str, /) -> list[str]:
        """All values."""
        value = self.values.get(key, [])
        return [value] if isinstance(value, str) else list(value)


def marked_best(code: str, content: Content, response: dict[str, Any]) -> Score:
    """The score of an answer for whose words a person gave everything."""
    return TYPES[code].marked(content, response, best_marks(TYPES[code].rubric(content)))


def test_the_table_holds_one_type_for_every_folder() -> None:
    folders = {folder.name for folder in TEMPLATES.iterdir() if folder.is_dir() and not folder.name.startswith("_")}
    assert set(TYPES) == folders == set(CONTENTS)
    assert all(item_type.code == name for name, item_type in TYPES.items())


@types
def test_every_type_brings_its_templates(code: str) -> None:
    for page in ("pupil.html", "review.html", "print.html", "print_key.html", "label.html"):
        assert (TEMPLATES / code / page).is_file(), f"types/{code}/{page} is missing"


@types
def test_a_sound_content_has_no_problem(code: str) -> None:
    assert TYPES[code].check(CONTENTS[code]()) == ()


@scored_types
def test_the_key_earns_everything_and_shows_no_misconception(code: str) -> None:
    item_type, content = TYPES[code], CONTENTS[code]()
    key = item_type.key(content)
    score = marked_best(code, content, key)
    assert (score.fraction, score.state) == (1, State.RIGHT)
    assert all(part.state is State.RIGHT for part in score.parts)
    assert item_type.misconceptions(content, key) == frozenset()
    assert item_type.accept(content, key) == key


@types
def test_an_empty_form_is_no_answer_and_no_answer_is_given_up_and_earns_nothing(code: str) -> None:
    item_type, content = TYPES[code], CONTENTS[code]()
    assert item_type.parse(content, Form(), "q1") is None
    assert item_type.accept(content, None) is None
    score = item_type.score(content, None)
    assert (score.fraction, score.parts, score.state) == (0, (), State.GAVEUP)
    assert item_type.misconceptions(content, None) == frozenset()
    assert item_type.answer_text(content, None) == {"vi": "", "en": ""}
    assert not any(note.state is State.RIGHT and note.chosen for note in item_type.feedback(content, None).notes)


@scored_types
def test_the_key_has_words_in_both_languages(code: str) -> None:
    content = CONTENTS[code]()
    text = TYPES[code].answer_text(content, TYPES[code].key(content))
    assert text["vi"]
    assert text["en"]


@scored_types
def test_an_answer_that_waits_for_a_marker_is_provisional_and_every_other_is_judged_at_once(code: str) -> None:
    item_type, content = TYPES[code], CONTENTS[code]()
    key = item_type.key(content)
    waits = bool(item_type.rubric(content) and item_type.written(key))
    assert (item_type.score(content, key).state is State.UNMARKED) == waits
    assert item_type.marked(content, key, None) == item_type.score(content, key)
    assert item_type.marked(content, None, None).state is State.GAVEUP


@types
@pytest.mark.parametrize("value", [[], "A", 7, {}, {"other": 1}, {"choice": "A", "more": 1}], ids=repr)
def test_an_answer_of_a_wrong_shape_is_refused(code: str, value: object) -> None:
    with pytest.raises(BadAnswer):
        TYPES[code].accept(CONTENTS[code](), value if code != "choice" or value != {"choice": "A"} else None)


@types
def test_a_content_without_a_stem_or_with_an_unknown_field_is_refused(code: str) -> None:
    content = CONTENTS[code]()
    del content["stem"]
    content["colour"] = "red"
    found = {(problem.code, problem.path) for problem in TYPES[code].check(content)}
    assert (ProblemCode.MISSING_FIELD, ("stem",)) in found
    assert (ProblemCode.UNKNOWN_FIELD, ("colour",)) in found


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
FIELDS = [
    *("stem", "feedback", "options", "mode", "mapping", "default", "lower", "upper", "tell_count", "answer", "unsure"),
    *("misconception", "stems", "categories", "steps", "headlines", "confidence", "archived_on", "feedback_true"),
    *("columns", "rows", "text", "gaps", "accept", "ignore_diacritics", "case_sensitive", "words", "rubric", "model"),
    *("open", "screen", "flags", "verdict", "verdict_misconception", "actions", "weights", "start", "nodes"),
    *("settings", "pages", "verdicts", "evidence", "why"),
]


@types
@given(content=st.dictionaries(st.sampled_from(FIELDS), json))
def test_checking_never_raises_whatever_the_content(code: str, content: dict[str, Any]) -> None:
    assert TYPES[code].check(content)


@types
@given(changes=st.dictionaries(st.sampled_from(FIELDS), json, max_size=2))
def test_checking_never_raises_on_a_sound_content_with_one_field_spoilt(code: str, changes: dict[str, Any]) -> None:
    assert isinstance(TYPES[code].check({**CONTENTS[code](), **changes}), tuple)


@types
@given(value=json)
def test_an_answer_from_the_client_is_accepted_or_refused_and_never_anything_else(code: str, value: object) -> None:
    content = CONTENTS[code]()
    try:
        response = TYPES[code].accept(content, value)
    except BadAnswer:
        return
    assert 0 <= TYPES[code].score(content, response).fraction <= 1


@types
@given(seed=st.integers())
def test_the_same_seed_gives_the_same_order_of_the_same_parts(code: str, seed: int) -> None:
    content = CONTENTS[code]()
    order = TYPES[code].order_for(content, seed)
    assert order == TYPES[code].order_for(content, str(seed))
    assert len(set(order)) == len(order)
    assert set(order) <= _ids(content)


def _ids(content: Mapping[str, Any]) -> set[str]:
    """The ids of the parts of a content, and of the options of its gaps."""
    lists = [parts for name, parts in content.items() if isinstance(parts, list)]
    ids = {part["id"] for parts in lists for part in parts if "id" in part}
    ids |= {f"{gap['id']}-{option['id']}" for gap in content.get("gaps", ()) for option in gap["options"]}
    return ids | {f"{node['id']}:{one['id']}" for node in content.get("nodes", ()) for one in node.get("choices", ())}


@shuffled_types
def test_different_pupils_see_different_orders(code: str) -> None:
    content = CONTENTS[code]()
    orders = {TYPES[code].order_for(content, seed) for seed in range(50)}
    assert len(orders) > 5
    assert all(len(order) == len(TYPES[code].order_for(content, 0)) for order in orders)


@types
def test_blind_guessing_is_worth_a_share_or_is_not_known(code: str) -> None:
    guess = TYPES[code].guess(CONTENTS[code]())
    expected: dict[str, Fraction | None] = {
        "choice": Fraction(1, 4),
        "multi": None,
        "truefalse": Fraction(1, 2),
        "match": Fraction(1, 3),
        "order": Fraction(1, 2),
        "headlines": Fraction(1, 2),
        "grid": Fraction(1, 3),
        "gap": Fraction(3, 8),
        "short": Fraction(0),
        "essay": None,
        "survey": None,
        "hotspot": None,
        "branch": Fraction(11, 24),
        "settings": None,
        "lateral": None,
    }
    assert guess == expected[code]


@types
def test_a_named_misconception_is_shown_by_some_answer(code: str) -> None:
    content = CONTENTS[code]()
    wrong: dict[str, Any] = {
        "choice": {"choice": "B"},
        "multi": {"choices": ["A", "B"]},
        "truefalse": {"value": True},
        "match": {"pairs": {"s1": "safe"}},
        "order": {"order": list("fedcba")},
        "headlines": {"judg": {"f1": "true", "t1": "false"}},
        "grid": {"rows": {"r1": "safe", "r2": "ask"}},
        "gap": {"gaps": {"g1": "b"}},
        "short": {"text": "Tên và ngày sinh của em"},
        "essay": {"text": "Em không biết."},
        "survey": {"choice": "never"},
        "hotspot": {"flags": [], "verdict": "genuine"},
        "branch": {"path": [{"n": "n1", "c": "c"}]},
        "settings": {"state": {"location": "on", "who": "friends", "updates": "on"}},
        "lateral": {"opened": [], "evidence": [], "verdict": "yes"},
    }
    shown = TYPES[code].misconceptions(content, wrong[code])
    assert shown == (frozenset() if code in ("order", "essay", "survey") else {"M1"})
    assert shown <= TYPES[code].named_misconceptions(content)
