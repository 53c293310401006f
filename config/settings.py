"""The settings of one installation: read from the environment once, checked together, frozen."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class SettingsError(ValueError):
    """One or more settings are missing or wrong; the message lists all of them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations.

    Attributes:
        database_url: SQLAlchemy address; SQLite (embedded) or `postgresql+psycopg://`.
        data_dir: folder of uploaded files, the embedded database and the anchors of the audit log.
        secret_key: signs cookies and links; at least 32 characters.
        pepper: mixed into the hashes of PINs and pupils' codes; never stored beside them.
        external_url: the address people use, without a slash at the end; the only host in links we print.
        trusted_hosts: host names that requests may name.
        proxy_count: reverse proxies in front (X-Forwarded-* is believed from exactly so many).
        https: the outside address is HTTPS: cookies become `Secure`, HSTS is sent.
        metrics_token: bearer token for `/metrics` from elsewhere than loopback; empty means loopback only.
        log_level: lowest level written to the structured log.
        testing: tests only; turns nothing off but makes errors propagate.
    """

    database_url: str
    data_dir: Path
    secret_key: str
    pepper: str
    external_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = DEVELOPMENT_HOSTS
    proxy_count: int = 0
    https: bool = False
    metrics_token: str = ""
    log_level: str = "INFO"
    testing: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment; raises SettingsError naming every key that is wrong."""
        source = os.environ if env is None else env
        data_dir = Path(source.get("DATA_DIR") or ROOT / "data").resolve()
        host, port = source.get("HOST", "127.0.0.1"), source.get("PORT", "8000")
        external_url = source.get("EXTERNAL_URL", f"http://{host}:{port}").rstrip("/")
        settings = cls(
            database_url=source.get("DATABASE_URL") or f"sqlite:///{data_dir / 'school-safety.db'}",
            data_dir=data_dir,
            secret_key=source.get("SECRET_KEY") or _kept_secret(data_dir, "secret-key"),
            pepper=source.get("PEPPER") or _kept_secret(data_dir, "pepper"),
            external_url=external_url,
            trusted_hosts=_hosts(source.get("TRUSTED_HOSTS", ""), external_url),
            proxy_count=_whole(source.get("PROXY_COUNT", "0")),
            https=external_url.startswith("https://"),
            metrics_token=source.get("METRICS_TOKEN", ""),
            log_level=source.get("LOG_LEVEL", "INFO").upper(),
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Raise SettingsError listing all that is wrong with these settings."""
        wrong = []
        if not self.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
            wrong.append("DATABASE_URL: must start with sqlite:/// or postgresql+psycopg://")
        if len(self.secret_key) < 32:
            wrong.append("SECRET_KEY: at least 32 characters")
        if len(self.pepper) < 32:
            wrong.append("PEPPER: at least 32 characters")
        if not self.external_url.startswith(("http://", "https://")):
            wrong.append("EXTERNAL_URL: must start with http:// or https://")
        if self.proxy_count < 0:
            wrong.append("PROXY_COUNT: a whole number, 0 or more")
        if self.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            wrong.append("LOG_LEVEL: DEBUG, INFO, WARNING or ERROR")
        if wrong:
            raise SettingsError("; ".join(wrong))


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else -1


def _hosts(listed: str, external_url: str) -> tuple[str, ...]:
    named = [host.strip() for host in listed.split(",") if host.strip()]
    outside = external_url.split("://", 1)[-1].rsplit(":", 1)[0]
    return tuple(dict.fromkeys([*named, outside, *DEVELOPMENT_HOSTS]))


def _kept_secret(data_dir: Path, name: str) -> str:
    """A secret made at the first start and kept in DATA_DIR, readable by the owner alone."""
    path = data_dir / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # the first of several starting processes wins
        fresh.unlink()
    return path.read_text().strip()


@dataclass(frozen=True, slots=True)
class Server:
    """Where the web server listens and with how many processes; `shared_memory` keeps its heartbeat off the disk."""

    host: str
    port: int
    workers: int
    shared_memory: str | None


def server_from_env(env: Mapping[str, str] | None = None) -> Server:
    """Read HOST, PORT and WEB_CONCURRENCY; raises SettingsError."""
    source = os.environ if env is None else env
    port, workers = _whole(source.get("PORT", "8000")), _whole(source.get("WEB_CONCURRENCY", "2"))
    if not 0 < port < 65536 or workers < 1:
        raise SettingsError("PORT: 1 to 65535; WEB_CONCURRENCY: 1 or more")
    shared = "/dev/shm"  # noqa: S108  # the heartbeat file of gunicorn, not data
    return Server(source.get("HOST", "127.0.0.1"), port, workers, shared if os.path.isdir(shared) else None)
