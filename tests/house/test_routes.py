"""Every address declares who may enter, and the list of them is kept."""

import re
from pathlib import Path

from flask import Flask

from school_safety.access.guard import Access

LIST = Path(__file__).parent / "routes.txt"
UNTYPED = re.compile(r"<(\w+)>")


def routes(app: Flask) -> list[str]:
    lines = []
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        said = access.describe() if isinstance(access, Access) else "NOT DECLARED"
        lines.append(f"{methods} {rule.rule} {rule.endpoint}: {said}")
    return sorted(lines)


def test_every_route_declares_access_and_equals_the_list(app: Flask) -> None:
    now = routes(app)
    assert not [line for line in now if line.endswith("NOT DECLARED")]
    kept = LIST.read_text(encoding="utf-8").splitlines()
    hint = "if this is meant: flask audit routes > tests/house/routes.txt"
    assert {"gone": sorted(set(kept) - set(now)), "new": sorted(set(now) - set(kept))} == {"gone": [], "new": []}, hint


def test_a_view_that_declares_nothing_is_refused_for_everybody(app_to_change: Flask) -> None:
    app_to_change.add_url_rule("/undeclared", "undeclared", lambda: "open")
    assert app_to_change.test_client().get("/undeclared").status_code == 403
