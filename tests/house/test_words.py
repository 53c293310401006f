"""Every code of a refusal has words; the catalogue holds them in English."""

import enum
import importlib
import pkgutil
from types import ModuleType

import pytest

import school_safety
from tests import translations


def _modules() -> list[ModuleType]:
    return [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(school_safety.__path__, "school_safety.")
    ]


MODULES = _modules()
PROBLEMS = sorted(
    {
        found
        for module in MODULES
        for name, found in vars(module).items()
        if isinstance(found, type) and issubclass(found, enum.StrEnum) and "Problem" in name
    },
    key=lambda found: f"{found.__module__}.{found.__name__}",
)


def _worded() -> set[str]:
    """The codes that some table of words knows: `WORDS` of a form, or a module's dictionary in capitals."""
    tables = [table for module in MODULES for name, table in vars(module).items() if name.isupper()]
    forms = [found for module in MODULES for found in vars(module).values() if isinstance(found, type)]
    tables += [form.WORDS for form in forms if hasattr(form, "WORDS")]
    return {str(code) for table in tables if isinstance(table, dict) for code in table if isinstance(code, str)}


WORDED = _worded()


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda found: f"{found.__module__}.{found.__name__}")
def test_every_code_of_a_refusal_has_words(problem: type[enum.StrEnum]) -> None:
    silent = [code.value for code in problem if code.value not in WORDED]
    assert not silent, f"say in a WORDS table what {silent} means and what to do"


def test_the_english_catalogue_is_complete_and_faithful() -> None:
    assert translations.problems() == []
