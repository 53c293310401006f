"""`make storm`: raises the storm on both databases and in browsers, then counts. Exit 1 when a count is off."""

import argparse
import json
import tempfile
from pathlib import Path

from tests.bench.database import durable_cluster
from tests.storm.weather import Storm, raise_storm


def main() -> int:
    """Read what was asked for, raise the storms, print one JSON line each."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("--attempts", type=int, default=1000, help="simulated attempts on each database")
    parser.add_argument("--seed", type=int, default=1, help="of the devices' dice; the kills fall as they fall")
    asked = parser.parse_args()
    calm = True
    with tempfile.TemporaryDirectory(prefix="school-safety-storm-") as folder, durable_cluster() as cluster:
        for name in ("postgresql", "sqlite"):
            if name == "postgresql" and cluster is None:
                print(json.dumps({"skipped": "PostgreSQL is not installed: apt-get install postgresql"}))
                continue
            storm = Storm(attempts=asked.attempts, seed=asked.seed, cluster=cluster if name == "postgresql" else None)
            said = raise_storm(storm, Path(folder) / name)
            print(json.dumps({"database": name, **said}, ensure_ascii=False), flush=True)
            calm = calm and not said["wrong"]
    return 0 if calm else 1


if __name__ == "__main__":
    raise SystemExit(main())
