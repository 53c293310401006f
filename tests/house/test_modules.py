"""Shape of the house: file names, sizes, purity."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "school_safety"
DOMAINS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py") if path.parent.name != "kit")
FILES = {
    *("rules", "models", "readers", "queries", "actions", "report", "forms", "pdf", "sheets", "views", "api", "cli"),
    *("jobs", "__init__", "__pycache__"),
}
MORE = {"access": {"policy", "guard"}, "assessment": {"types"}}
MODULES = sorted(path for path in [*PACKAGE.rglob("*.py"), *(ROOT / "config").glob("*.py")])
MOST_LINES, MOST_FUNCTION_LINES = 300, 40


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.name)
def test_a_domain_holds_only_the_files_of_the_house(domain: Path) -> None:
    strangers = {path.stem for path in domain.iterdir()} - FILES - MORE.get(domain.name, set())
    assert not strangers, f"put {strangers} of {domain.name} into one of {sorted(FILES)}, or change the house first"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_short(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES, "split it by subject into a folder of the same name"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_FUNCTION_LINES, f"{node.name} has {length} lines: take a part out"


def test_rules_and_the_policy_load_without_flask_or_sql() -> None:
    pure = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in MODULES
        if path.stem == "policy" or "rules" in path.relative_to(PACKAGE if PACKAGE in path.parents else ROOT).parts
        or path.stem == "rules"
    ]  # fmt: skip
    heavy = ("flask", "sqlalchemy", "wtforms", "reportlab")
    program = f"import sys; [__import__(name) for name in {pure!r}]; print([m for m in {heavy!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_but_the_settings_reads_the_environment(module: Path) -> None:
    reads = "os.environ" in (text := module.read_text(encoding="utf-8")) or "getenv(" in text
    assert not reads or module.name == "settings.py"
