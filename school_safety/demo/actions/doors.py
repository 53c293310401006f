"""The ways into the demo, kept beside its database, readable by the owner alone."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from school_safety.demo.actions.people import SignIn


def path_of(data_dir: Path) -> Path:
    """Where the ways in are kept."""
    return data_dir / "demo-sign-ins.json"


def is_demo(data_dir: Path) -> bool:
    """True where the demo province was made."""
    return path_of(data_dir).exists()


def keep(data_dir: Path, doors: Sequence[SignIn]) -> None:
    """Write them down."""
    path = path_of(data_dir)
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(door) for door in doors], ensure_ascii=False), encoding="utf-8")
