"""Templates parse and none is left over."""

import re
from pathlib import Path

from flask import Flask

PACKAGE = Path(__file__).resolve().parent.parent.parent / "school_safety"
SAFE = re.compile(r"\|\s*safe\b")


def test_every_template_parses_and_none_uses_safe(app: Flask) -> None:
    for name in app.jinja_env.list_templates(extensions=["html"]):
        source, path, _ = app.jinja_env.loader.get_source(app.jinja_env, name)  # type: ignore[union-attr]  # it has one
        app.jinja_env.parse(source, name, path)
        assert not SAFE.search(source), f"{name}: lesson Markdown goes through its one filter, nothing else is safe"


def test_no_template_is_orphaned(app: Flask) -> None:
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for name in app.jinja_env.list_templates(extensions=["html"]):
        per_type = name.startswith(("types/", "assessment/authoring/"))
        assert per_type or f'"{name}"' in said or f"'{name}'" in said, f"{name} is rendered nowhere: delete it"
