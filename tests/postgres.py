"""A PostgreSQL cluster of the tests' own: a socket in a temporary folder, an unprivileged user, ended at the end."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def find_programs() -> Path | None:
    """The folder of the newest installed PostgreSQL server; None when there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return Path(found[-1]).parent if found else None


def _as_server(command: list[str], folder: Path) -> None:
    prefix = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start(programs: Path, folder: Path, *, durable: bool) -> None:
    """Start the cluster in this folder, also after a crash. Raises CalledProcessError."""
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 -c fsync={'on' if durable else 'off'}"
    control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", "-o", options, "-l", str(folder / "log")]
    _as_server([*control, "start"], folder)


@contextmanager
def cluster(programs: Path, *, durable: bool = False) -> Iterator[str]:
    """A running cluster; yields the address of its maintenance database. `durable` keeps fsync on (benchmarks)."""
    folder = Path(tempfile.mkdtemp(prefix="school-safety-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    _as_server(
        [str(programs / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"], folder
    )
    start(programs, folder, durable=durable)
    try:
        yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
    finally:
        _as_server([str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)
