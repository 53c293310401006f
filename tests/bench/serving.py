"""The product as it is served: gunicorn with config/gunicorn.py and the worker, on a free port, with its own data."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.settings import ROOT, Settings

KEYS = {"secret_key": "s" * 40, "pepper": "p" * 40}
START_SECONDS = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running product: its address, its processes, the settings under which it runs."""

    url: str
    settings: Settings
    web: int

    @property
    def log(self) -> str:
        """The end of what the server has logged."""
        return (self.settings.data_dir / "server.log").read_text()[-4000:]

    def flask(self, *arguments: str) -> str:
        """Run a `flask …` command on the same data; returns what it prints."""
        return flask(self.settings, *arguments)

    def cpu_seconds(self) -> float:
        """Processor time of the web server and its workers so far, in seconds."""
        return cpu_seconds(tree(self.web))


def flask(settings: Settings, *arguments: str) -> str:
    """Run a `flask …` command under these settings; returns what it prints. Raises RuntimeError when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *arguments],
        cwd=ROOT,
        env=environment(settings, port=8000, workers=1),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"flask {' '.join(arguments)}: {done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def serving(
    settings: Settings, *, workers: int = 2, jobs: bool = True, application: str = "app:app", **more: str
) -> Iterator[Server]:
    """Serve a migrated database under these settings and `more` environment; ends what it started, by id."""
    port = free_port()
    env = {**environment(settings, port=port, workers=workers), **more}
    started: list[subprocess.Popen[bytes]] = []
    path = settings.data_dir / "server.log"
    with path.open("wb") as log:
        try:
            web = [
                sys.executable,
                "-m",
                "gunicorn",
                "--config",
                "config/gunicorn.py",
                "--max-requests",
                "0",
                application,
            ]
            started.append(subprocess.Popen(web, cwd=ROOT, env=env, stdout=log, stderr=log))
            if jobs:
                work = [sys.executable, "-m", "flask", "--app", "app", "jobs", "work"]
                started.append(subprocess.Popen(work, cwd=ROOT, env=env, stdout=log, stderr=log))
            url = f"http://127.0.0.1:{port}"
            try:
                _wait_for(f"{url}/healthz", started[0])
            except TimeoutError:
                raise RuntimeError(f"the server did not start:\n{path.read_text()[-4000:]}") from None
            yield Server(url, settings, started[0].pid)
        finally:
            _end(started)


def environment(settings: Settings, *, port: int, workers: int) -> dict[str, str]:
    """The environment under which commands and servers see exactly these settings."""
    return {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
        "PEPPER": settings.pepper,
        "LOG_LEVEL": settings.log_level,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
        "EXTERNAL_URL": f"http://127.0.0.1:{port}",
        "PYTHONWARNINGS": "default",
    }


def settings_of(url: str, folder: Path) -> Settings:
    """Settings of a bench or browser run: known keys, errors logged."""
    return Settings(database_url=url, data_dir=folder, log_level="ERROR", **KEYS)


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, web: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and web.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own loopback address
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError(url)


def _end(started: Iterable[subprocess.Popen[bytes]]) -> None:
    processes = list(started)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# ---- What processes cost ----


def tree(root: int) -> set[int]:
    """A process and everything below it."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                parents[int(entry)] = int(_stat(int(entry))[1])
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time of these processes and of the children they have buried, in seconds (10 ms steps)."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            total += sum(int(value) for value in _stat(pid)[11:15])
    return total / TICKS


def peak_memory(pid: int) -> int:
    """The most memory a process has held, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
