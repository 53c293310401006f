"""Figures as they are printed: one JSON line each, with the budget they are held against."""

import json
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from config.settings import ROOT

RESULTS = ROOT / "bench-results.jsonl"


@dataclass
class Figures:
    """Collects and prints; appends to bench-results.jsonl."""

    path: Path = RESULTS
    missed: list[str] = field(default_factory=list)
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    revision: str = field(default_factory=lambda: _revision())

    def put(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        most: float | None = None,
        least: float | None = None,
        raw: float | None = None,
        **beside: Any,
    ) -> None:
        """One figure; `most` or `least` is the budget, `raw` the raw limit that it is also given as a share of."""
        ok = (most is None or value <= most) and (least is None or value >= least)
        budget = f"<= {most:g}" if most is not None else f">= {least:g}" if least is not None else None
        line: dict[str, Any] = {"name": name, "value": _short(value), "unit": unit, "budget": budget, "ok": ok}
        if raw:
            line["share_of_raw"] = _short(value / raw)
        line |= {key: _short(value) if isinstance(value, float) else value for key, value in beside.items()}
        if not ok:
            self.missed.append(name)
        print(json.dumps(line, ensure_ascii=False), flush=True)
        with self.path.open("a") as results:
            results.write(
                json.dumps({**line, "at": self.started, "revision": self.revision}, ensure_ascii=False) + "\n"
            )

    def skip(self, name: str, reason: str) -> None:
        """A figure that could not be taken, and why."""
        print(json.dumps({"name": name, "skipped": reason}, ensure_ascii=False), flush=True)


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def middle(values: list[float]) -> float:
    """The median."""
    return median(values)


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _revision() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"
