"""The demo province, made once and copied for each story that changes it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from school_safety.demo.actions.doors import path_of
from tests.bench.serving import Server, flask, serving, settings_of

SCHOOL = "MS-HOAMAI"
PUPILS = "800"


@dataclass(frozen=True)
class Door:
    """How one role of the demo enters."""

    name: str
    address: str
    secret: str


class Province:
    """A served demo province."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.url = server.url

    @cached_property
    def doors(self) -> dict[str, Door]:
        """The printed ways in, by role."""
        listed = json.loads(path_of(self.server.settings.data_dir).read_text(encoding="utf-8"))
        return {one["role"]: Door(one["name"], one["address"], one["secret"]) for one in listed}

    @property
    def card(self) -> str:
        """The path with the token that the QR of the demo pupil's card holds."""
        return "/k#" + self.doors["pupil"].address.partition("#")[2]

    @cached_property
    def year(self) -> str:
        """The school year of the demo."""
        return str(json.loads(self.server.flask("coverage", "show", "--format", "json"))["year"])

    def figures(self, **options: str) -> dict[str, dict[str, object]]:
        """`flask coverage show --format json`, each indicator's first entry by its code."""
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        report = json.loads(self.server.flask("coverage", "show", "--format", "json", *flags))
        entries: dict[str, dict[str, object]] = {}
        for entry in report["indicators"]:
            entries.setdefault(entry["code"], entry)
        return entries


def make(folder: Path) -> None:
    """Migrate, load the lessons and seed the demo into a folder."""
    folder.mkdir(parents=True)
    settings = settings_of(f"sqlite:///{folder / 'school-safety.db'}", folder)
    for command in (("db", "upgrade"), ("lessons", "import"), ("demo", "seed", "--pupils", PUPILS)):
        flask(settings, *command)


@contextmanager
def served_copy(template: Path, folder: Path) -> Iterator[Province]:
    """A copy of the made province, served."""
    shutil.copytree(template, folder)
    with serving(settings_of(f"sqlite:///{folder / 'school-safety.db'}", folder)) as server:
        yield Province(server)
