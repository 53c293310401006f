"""Describing the content of an item by fields, so that one editor serves every type."""

from school_safety.assessment.rules.authoring.acts import acted
from school_safety.assessment.rules.authoring.description import Description, Draft
from school_safety.assessment.rules.authoring.drawing import Drawing, Fault, Node, PartNode, Told, draw
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
from school_safety.assessment.rules.authoring.values import Listed, Picture, Ticks

__all__ = [
    "ROOT",
    "ByPart",
    "Day",
    "Description",
    "Draft",
    "Drawing",
    "Fault",
    "Field",
    "Flag",
    "Group",
    "Idea",
    "Line",
    "Listed",
    "Node",
    "Number",
    "PartNode",
    "Parts",
    "Pick",
    "PickPart",
    "PickParts",
    "Picture",
    "Posted",
    "Ticks",
    "Told",
    "Words",
    "acted",
    "draw",
    "said",
]
