"""Describing the content of an item by fields, so that one editor serves every type."""

from school_safety.assessment.rules.authoring.acts import acted
from school_safety.assessment.rules.authoring.description import Description, Draft
from school_safety.assessment.rules.authoring.drawing import Drawing, Node, PartNode, Told, draw
from school_safety.assessment.rules.authoring.fields import (
    ROOT,
    ByPart,
    Day,
    Field,
    Flag,
    Group,
    Idea,
    Line,
    Number,
    Parts,
    Pick,
    PickPart,
    PickParts,
    Posted,
    Words,
    said,
)

__all__ = [
    "ROOT",
    "ByPart",
    "Day",
    "Description",
    "Draft",
    "Drawing",
    "Field",
    "Flag",
    "Group",
    "Idea",
    "Line",
    "Node",
    "Number",
    "PartNode",
    "Parts",
    "Pick",
    "PickPart",
    "PickParts",
    "Posted",
    "Told",
    "Words",
    "acted",
    "draw",
    "said",
]
