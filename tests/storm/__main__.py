"""`make storm`: raises the storm on both databases and in browsers, then counts. Exit 1 when a count is off."""

import argparse
import json
import tempfile
import time
from pathlib import Path

from tests.bench.database import durable_cluster
from tests.storm.weather import Storm, raise_storm


def main() -> int:
    """Read what was asked for, raise the storms, print one JSON line each."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument(
        "--attempts", type=int, default=1000, help="simulated attempts on PostgreSQL; a tenth of them on SQLite"
    )
    parser.add_argument("--browsers", type=int, default=20, help="attempts in real browsers, on the embedded database")
    parser.add_argument("--seed", type=int, default=1, help="of the devices' dice; the kills fall as they fall")
    asked = parser.parse_args()
    calm = True
    with tempfile.TemporaryDirectory(prefix="school-safety-storm-") as folder, durable_cluster() as cluster:
        storms = {
            "postgresql": Storm(
                attempts=asked.attempts, seed=asked.seed, cluster=cluster, one_in=1000, database_every=30.0
            ),
            "sqlite": Storm(attempts=asked.attempts // 10, seed=asked.seed, cluster=None),
            "browsers": Storm(attempts=0, browsers=asked.browsers, seed=asked.seed, cluster=None, one_in=150),
        }
        if cluster is None:
            del storms["postgresql"]
            print(json.dumps({"skipped": "PostgreSQL is not installed: apt-get install postgresql"}))
        for name, storm in storms.items():
            began = time.monotonic()
            said = raise_storm(storm, Path(folder) / name)
            line = {"storm": name, "seconds": round(time.monotonic() - began), **said}
            print(json.dumps(line, ensure_ascii=False), flush=True)
            calm = calm and not said["wrong"]
    return 0 if calm else 1


if __name__ == "__main__":
    raise SystemExit(main())
