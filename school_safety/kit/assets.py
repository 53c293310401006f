"""Our own static files: one style sheet out of four, compressed once, addressed by the hash of their content."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, make_response, request

from school_safety.kit.errors import NotFound

STATIC = Path(__file__).resolve().parent.parent / "static"
SHEET = "css/site.css"
SHEET_PARTS = ("css/tokens.css", "css/base.css", "css/components.css", "css/print.css")
YEAR = 365 * 24 * 3600
COMPRESSED = ("text/", "image/svg", "application/javascript", "application/json")


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file ready to send."""

    content: bytes
    compressed: bytes | None
    media_type: str
    version: str


def _parts(name: str) -> tuple[Path, ...]:
    """The files that make up an asset; raises NotFound outside the static folder."""
    names = SHEET_PARTS if name == SHEET else (name,)
    paths = tuple((STATIC / part).resolve() for part in names)
    if not all(path.is_relative_to(STATIC) and path.is_file() for path in paths):
        raise NotFound
    return paths


@lru_cache(maxsize=512)
def _load(paths: tuple[Path, ...], modified: tuple[float, ...]) -> Asset:
    content = b"\n".join(path.read_bytes() for path in paths)
    media_type = mimetypes.guess_type(paths[0].name)[0] or "application/octet-stream"
    worth_it = media_type.startswith(COMPRESSED)
    return Asset(
        content=content,
        compressed=gzip.compress(content, 9, mtime=0) if worth_it else None,
        media_type=f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        version=hashlib.sha256(content).hexdigest()[:12],
    )


def find(name: str) -> Asset:
    """The asset of that name as it is now; raises NotFound."""
    paths = _parts(name)
    return _load(paths, tuple(path.stat().st_mtime for path in paths))


def static_url(name: str) -> str:
    """The address of a static file with its content's hash, so that it may be cached for a year."""
    return f"/static/{name}?v={find(name).version}"


def send(filename: str) -> Response:
    """Send a static file, compressed where the browser takes it; for ever when its address carries the hash."""
    asset = find(filename)
    takes_gzip = asset.compressed is not None and request.accept_encodings["gzip"] > 0
    answer = make_response(asset.compressed if takes_gzip and asset.compressed is not None else asset.content)
    answer.headers["Content-Type"] = asset.media_type
    if takes_gzip:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(asset.version)
    lasting = request.args.get("v") == asset.version
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasting else "no-cache"
    answer.make_conditional(request)
    return answer


def register(app: Flask) -> None:
    """Put our sender in the place of Flask's and give templates `static_url`."""
    app.view_functions["static"] = send
    app.jinja_env.globals["static_url"] = static_url
