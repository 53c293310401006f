"""A short storm on each database: nothing acknowledged is lost, nothing foreign or double is stored, scores agree."""

from pathlib import Path

import pytest

from tests import postgres
from tests.bench.database import durable_cluster
from tests.storm.weather import Storm, raise_storm


@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_no_acknowledged_answer_is_lost_while_networks_are_cut_and_processes_killed(
    database: str, tmp_path: Path
) -> None:
    if database == "postgresql" and postgres.find_programs() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with durable_cluster() as cluster:
        ours = cluster if database == "postgresql" else None
        storm = Storm(attempts=6, seed=7, cluster=ours, at_once=6, one_in=60, database_every=4.0, seconds=120.0)
        said = raise_storm(storm, tmp_path / database)
    assert said["wrong"] == []
    assert (said["attempts"], said["submissions"], said["receipts"]) == (6, 6, 6)
    assert sum(said["workers_killed"].values()) > 0
    assert said["audit"] == "ok"
