"""The table of item types, read from the folders beside this file: a new type is a new folder and nothing else."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from school_safety.assessment.rules import ItemType

TEMPLATES = Path(__file__).parent
"""Holds `<type>/pupil.html`, `review.html` and `print.html` of every type."""


def _found() -> dict[str, ItemType]:
    names = sorted(module.name for module in iter_modules([str(TEMPLATES)]))
    return {name: import_module(f"{__name__}.{name}").TYPE for name in names}


TYPES: dict[str, ItemType] = _found()
