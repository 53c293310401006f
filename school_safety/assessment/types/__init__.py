"""The table of item types, read from the folders beside this file: a new type is a new folder and nothing else."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from school_safety.assessment.rules import ItemType
from school_safety.assessment.rules.authoring import Description

TEMPLATES = Path(__file__).parent
"""Holds `<type>/pupil.html`, `review.html` and `print.html` of every type."""

_NAMES = sorted(module.name for module in iter_modules([str(TEMPLATES)]))

TYPES: dict[str, ItemType] = {name: import_module(f"{__name__}.{name}").TYPE for name in _NAMES}

DESCRIPTIONS: dict[str, Description] = {
    name: import_module(f"{__name__}.{name}.authoring").DESCRIPTION for name in _NAMES
}
"""What the editor draws for each type."""
