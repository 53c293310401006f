"""The story as a graph: what can still be earned from each node, and a pupil's way through it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from typing import Any

from school_safety.assessment.rules import BadAnswer, Content, by_id, exact

Node = Mapping[str, Any]
Choice = Mapping[str, Any]
Step = Mapping[str, str]
"""One step of a pupil: `{"n": node, "c": choice}`."""

OUTCOME = "outcome"
MOST_PICKS = 100
"""How many steps, going back included, one answer may hold."""


def choices_of(node: Node) -> Sequence[Choice]:
    """The choices at a node; none at an end."""
    found: Sequence[Choice] = node.get("choices", ())
    return found


def choice_of(node: Node, choice_id: str) -> Choice:
    """One choice of a node; raises BadAnswer where the node has none of that id."""
    found = next((choice for choice in choices_of(node) if choice["id"] == choice_id), None)
    if found is None:
        raise BadAnswer("impossible step")
    return found


def replay(content: Content, picks: Iterable[Step]) -> str:
    """The node where these steps lead; raises BadAnswer at one that cannot be taken.

    A step is taken at the node reached last, or at one passed before: that is going back.
    """
    nodes = by_id(content["nodes"])
    at, passed = content["start"], {content["start"]}
    for pick in picks:
        if pick["n"] not in passed:
            raise BadAnswer("impossible step")
        at = choice_of(nodes[pick["n"]], pick["c"])["to"]
        passed.add(at)
    return str(at)


def new_steps(stored: Sequence[Step], posted: Sequence[Step]) -> Sequence[Step]:
    """The steps of a page that go on from the stored ones.

    A page that knows of all stored steps goes on after them. Of another one, such as a second device's, what it has
    sent before is told from what is new, so that its whole way is not added again with every step.
    """
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(stored, posted, strict=False)))
    rest = posted[shared:]
    if shared == len(stored):
        return rest
    known = range(len(stored) - len(rest) + 1)
    if any(stored[at : at + len(rest)] == rest for at in known):
        return ()
    overlap = next(size for size in range(len(rest), -1, -1) if stored[len(stored) - size :] == rest[:size])
    return rest[overlap:]


@dataclass(frozen=True, slots=True)
class Turn:
    """One step on a way: the node, the choice taken there (None: where the pupil stands now)."""

    node: Node
    choice: Choice | None


def counted(content: Content, picks: Sequence[Step]) -> tuple[Turn, ...]:
    """The way that counts: from the start, at every node the choice that was taken there first."""
    first: dict[str, str] = {}
    for pick in picks:
        first.setdefault(pick["n"], pick["c"])
    return _way(content, first)


def tried(content: Content, picks: Sequence[Step]) -> tuple[Turn, ...]:
    """What the pupil also chose after going back, in order, each choice once: none of it counts."""
    nodes = by_id(content["nodes"])
    on_way = {(turn.node["id"], turn.choice["id"]) for turn in counted(content, picks) if turn.choice is not None}
    others = dict.fromkeys((pick["n"], pick["c"]) for pick in picks if (pick["n"], pick["c"]) not in on_way)
    return tuple(Turn(nodes[node], choice_of(nodes[node], choice)) for node, choice in others)


def walked(content: Content, picks: Sequence[Step]) -> tuple[Turn, ...]:
    """The way to where the pupil stands now: at every node on it the choice that was taken there last.

    What was chosen further on before going back is not on it any more.
    """
    last: dict[str, str] = {}
    for pick in picks:
        if pick["n"] in last:
            kept = list(last)[: list(last).index(pick["n"])]
            last = {name: last[name] for name in kept}
        last[pick["n"]] = pick["c"]
    return _way(content, last)


def _way(content: Content, taken: Mapping[str, str]) -> tuple[Turn, ...]:
    nodes = by_id(content["nodes"])
    at, turns = content["start"], []
    while at in taken:
        choice = choice_of(nodes[at], taken[at])
        turns.append(Turn(nodes[at], choice))
        at = choice["to"]
    return (*turns, Turn(nodes[at], None))


class Worth:
    """What a story can earn: the best total, and the mean over blind choices, from every node on.

    In the mode `outcome` only the value of the end counts; otherwise the scores of the choices add up.
    """

    def __init__(self, content: Content) -> None:
        """Work it out for a story without circles."""
        self.by_outcome = content.get("mode") == OUTCOME
        self._nodes = by_id(content["nodes"])
        self._best: dict[str, Fraction] = {}
        self._mean: dict[str, Fraction] = {}
        self._visit(content["start"])
        self.start = content["start"]

    def _visit(self, name: str) -> None:
        if name in self._best:
            return
        node = self._nodes[name]
        choices = choices_of(node)
        for choice in choices:
            self._visit(choice["to"])
        if choices:
            gains = [self.gain(choice) for choice in choices]
            means = [self.own(choice) + self._mean[choice["to"]] for choice in choices]
            self._best[name], self._mean[name] = max(gains), sum(means, Fraction(0)) / len(means)
        else:
            self._best[name] = self._mean[name] = self.value(node)

    def own(self, choice: Choice) -> Fraction:
        """What a choice earns by itself."""
        return Fraction(0) if self.by_outcome else Fraction(choice["score"])

    def value(self, node: Node) -> Fraction:
        """What reaching a node earns by itself: only ends do, and only in the mode `outcome`."""
        end = node.get("end", {})
        return (exact(end.get("value", 0)) or Fraction(0)) if self.by_outcome else Fraction(0)

    def gain(self, choice: Choice) -> Fraction:
        """The most that can be earned by this choice and everything after it."""
        return self.own(choice) + self._best[choice["to"]]

    @property
    def most(self) -> Fraction:
        """The most that can be earned on any way from start to end."""
        return self._best[self.start]

    @property
    def mean(self) -> Fraction:
        """What blind choices earn on average."""
        return self._mean[self.start]

    def judge(self, node: Node, choice: Choice) -> Fraction:
        """How good a choice is beside the others at its node, in [0, 1]; 1 when no other leads to more."""
        if self.gain(choice) == self._best[node["id"]]:
            return Fraction(1)
        if self.by_outcome:
            return self.gain(choice) / self._best[node["id"]]
        top = max(self.own(other) for other in choices_of(node))
        return self.own(choice) / top if top else Fraction(0)

    def safest(self) -> list[dict[str, str]]:
        """The steps of the way that earns most; of equal ones the author's first."""
        at, picks = self.start, []
        while choices := choices_of(self._nodes[at]):
            best = max(choices, key=self.gain)
            picks.append({"n": at, "c": best["id"]})
            at = best["to"]
        return picks
