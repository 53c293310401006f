"""`make bench`: measures everything once, prints JSON lines, says at the end which budgets were missed."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from school_safety.kit import secrets
from tests.bench import answers, pages
from tests.bench.database import durable_cluster
from tests.bench.figures import Figures
from tests.bench.serving import KEYS


def main() -> int:
    """Measure; 0 also when a budget is missed (figures inform, they do not gate), 1 only when measuring failed."""
    secrets.configure(**KEYS)
    figures, began = Figures(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="school-safety-bench-") as folder, durable_cluster() as cluster:
        place = Path(folder)
        answers.measure(figures, place, cluster)
        databases: dict[str, Callable[[str], str]] = {"sqlite": lambda name: f"sqlite:///{place / name}.db"}
        if cluster is not None:
            databases["postgresql"] = cluster.make
        pages.measure(figures, place, databases)
    figures.put("bench.took", time.monotonic() - began, "s", most=360)
    if figures.missed:
        print(f"budgets missed: {', '.join(figures.missed)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
