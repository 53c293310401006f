"""Our own static files: one style sheet out of five, compressed once, addressed by the hash of their content."""

import gzip
import hashlib
import mimetypes
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, make_response, request

from school_safety.kit.errors import NotFound

STATIC = Path(__file__).resolve().parent.parent / "static"
SHEET = "css/site.css"
BUNDLES = ("js/player",)
"""Folders whose files belong together: their address carries one hash of all, so that imports never mix versions."""
SHEET_PARTS = ("css/tokens.css", "css/base.css", "css/components.css", "css/items.css", "css/print.css")
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


def _bundle(name: str) -> tuple[str, str] | None:
    """The folder and the file of a name inside a bundle."""
    folder, _, file = name.rpartition("/")
    return (folder, file) if folder in BUNDLES else None


def bundle_urls(folder: str) -> str:
    """The addresses of all files of a bundle, with spaces between: for whoever wants to keep them together."""
    return _urls(STATIC, folder, _second())


def _second() -> int:
    """A number that changes every second: what a page says about the files is looked up that often and no more."""
    return int(time.monotonic())


@lru_cache(maxsize=16)
def _urls(static: Path, folder: str, _now: int) -> str:
    version = _version_of(folder)
    return " ".join(f"/static/{folder}@{version}/{name}" for name in sorted(os.listdir(static / folder)))


Stamps = tuple[tuple[str, int], ...]


def _stamps(folder: str) -> Stamps:
    """The files of a folder and of what lies below it, and when each changed."""
    found = []
    for place, _folders, files in os.walk(folder):
        paths = (os.path.join(place, name) for name in files)
        found += [(path, os.stat(path).st_mtime_ns) for path in paths]
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _hash_of(stamps: Stamps) -> str:
    digests = b"".join(hashlib.sha256(Path(path).read_bytes()).digest() for path, _changed in stamps)
    return hashlib.sha256(digests).hexdigest()[:12]


def _version_of(folder: str) -> str:
    """One hash of all files of a bundle, as they are now."""
    return _hash_of(_stamps(f"{STATIC}/{folder}"))


@lru_cache(maxsize=4)
def _pages_version(static: Path) -> str:
    return _hash_of(_stamps(str(static)) + _stamps(str(static.parent / "templates")))


def pages_version() -> str:
    """One hash of the static files and templates that this process began with: the version of its pages."""
    return _pages_version(STATIC)


def static_url(name: str) -> str:
    """The address of a static file with its content's hash, so that it may be cached for a year."""
    return _address(STATIC, name, _second())


@lru_cache(maxsize=512)
def _address(_static: Path, name: str, _now: int) -> str:
    bundle = _bundle(name)
    if bundle is None:
        return f"/static/{name}?v={_known(name).version}"
    folder, file = bundle
    return f"/static/{folder}@{_version_of(folder)}/{file}"


def _known(name: str) -> Asset:
    """The asset of a name of our own: spared the look where its path leads."""
    paths = tuple(STATIC / part for part in (SHEET_PARTS if name == SHEET else (name,)))
    return _load(paths, tuple(os.stat(path).st_mtime for path in paths))


def _asked(filename: str) -> tuple[Asset, bool]:
    """The asset that an address means, and whether the address carries its present hash."""
    place, at, rest = filename.partition("@")
    hashed, _, file = rest.partition("/")
    if at and place in BUNDLES:
        return find(f"{place}/{file}"), hashed == _version_of(place)
    asset = find(filename)
    return asset, request.args.get("v") == asset.version


def send(filename: str) -> Response:
    """Send a static file, compressed where the browser takes it; for ever when its address carries the hash."""
    asset, lasting = _asked(filename)
    takes_gzip = asset.compressed is not None and request.accept_encodings["gzip"] > 0
    answer = make_response(asset.compressed if takes_gzip and asset.compressed is not None else asset.content)
    answer.headers["Content-Type"] = asset.media_type
    if takes_gzip:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(asset.version)
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasting else "no-cache"
    answer.make_conditional(request)
    return answer


def register(app: Flask) -> None:
    """Put our sender in the place of Flask's and give templates `static_url`, `bundle_urls` and `pages_version`."""
    app.view_functions["static"] = send
    app.jinja_env.globals.update(static_url=static_url, bundle_urls=bundle_urls, pages_version=pages_version)
