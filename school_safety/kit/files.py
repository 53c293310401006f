"""Uploaded files: checked by content, images made anew without metadata, kept under their hash, swept when orphaned."""

import hashlib
import io
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from flask import Response, current_app
from PIL import Image, ImageOps
from werkzeug.datastructures import FileStorage

from school_safety.kit.errors import NotFound, Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE = 2_000
MAX_PIXELS = 50_000_000
ORPHAN_AGE = 24 * 3600
"""Seconds after which a file that no row names may be swept: longer than any request between storing and commit."""

PDF = "application/pdf"
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", PDF: "pdf"}
_BROKEN_IMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, MemoryError)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileProblem(StrEnum):
    """Why an uploaded file is not taken."""

    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    KIND_NOT_ALLOWED = "file_kind_not_allowed"
    BROKEN = "file_broken"
    TOO_MANY_PIXELS = "file_too_many_pixels"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked file, not yet stored: its final bytes, their hash and what they are."""

    data: bytes
    sha256: str
    media_type: str

    @property
    def size(self) -> int:
        """Bytes as stored."""
        return len(self.data)


def read_upload(stream: BinaryIO, field: str = "file") -> Prepared:
    """Read an upload and prepare it, never holding more than the limit; raises Refused(FileProblem, field)."""
    return prepare(stream.read(MAX_BYTES + 1), field)


def read_table_file(sent: FileStorage) -> bytes:
    """The bytes of an uploaded table, one more than the limit at most, so that its reader can refuse what is larger."""
    with sent.stream as stream:
        data: bytes = stream.read(MAX_BYTES + 1)
    return data


def prepare(data: bytes, field: str = "file") -> Prepared:
    """Check bytes by their content and re-encode images; raises Refused(FileProblem, field)."""
    if not data:
        raise Refused(FileProblem.EMPTY, field)
    if len(data) > MAX_BYTES:
        raise Refused(FileProblem.TOO_LARGE, field)
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-2048:]:
            raise Refused(FileProblem.BROKEN, field)
        return _prepared(data, PDF)
    if not _looks_like_image(data):
        raise Refused(FileProblem.KIND_NOT_ALLOWED, field)
    return _prepared(*_encoded_again(data, field))


def _prepared(data: bytes, media_type: str) -> Prepared:
    return Prepared(data, hashlib.sha256(data).hexdigest(), media_type)


def _looks_like_image(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _encoded_again(data: bytes, field: str) -> tuple[bytes, str]:
    """The first frame, upright, at most MAX_SIDE long, without EXIF, profiles or comments."""
    try:
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as opened:
            kind = str(opened.format)
            if opened.width * opened.height > MAX_PIXELS:
                raise Refused(FileProblem.TOO_MANY_PIXELS, field)
            opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
            upright = ImageOps.exif_transpose(opened)
            picture = upright.convert("RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(FileProblem.TOO_MANY_PIXELS, field) from error
    except _BROKEN_IMAGE as error:
        raise Refused(FileProblem.BROKEN, field) from error
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, kind, **({"quality": 85} if kind != "PNG" else {"optimize": True}))
    return out.getvalue(), _FORMATS[kind]


# ---- The store ----


def folder() -> Path:
    """Where the current application keeps its files."""
    return Path(current_app.extensions["settings"].data_dir) / "files"


def path_of(root: Path, sha256: str) -> Path:
    """The path of a stored file; NotFound for anything that is not a hash."""
    if not _SHA256.fullmatch(sha256):
        raise NotFound
    return root / sha256[:2] / sha256


def store(root: Path, prepared: Prepared) -> None:
    """Keep the bytes under their hash; returns when the disk has them. Call before the commit that names them."""
    path = path_of(root, prepared.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        os.utime(path)
        return
    fresh = path.with_name(f"{uuid.uuid4().hex}.part")
    with fresh.open("xb") as file:
        file.write(prepared.data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    for changed in (path.parent, root):
        _sync(changed)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(root: Path, sha256: str) -> bytes:
    """The bytes of a stored file; NotFound when it is gone."""
    path = path_of(root, sha256)
    if not path.is_file():
        raise NotFound
    return path.read_bytes()


def attachment(root: Path, sha256: str, *, media_type: str, name: str) -> Response:
    """The file as a download that no browser runs or guesses about; NotFound when it is gone."""
    answer = Response(read(root, sha256), mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def remove(root: Path, sha256: str) -> None:
    """Delete a stored file (its retention is over); nothing happens when it is gone already."""
    path_of(root, sha256).unlink(missing_ok=True)


def sweep(root: Path, is_named: Callable[[str], bool], *, older_than: float = ORPHAN_AGE) -> int:
    """Delete old files that no row names, and halves of broken uploads; returns how many. `older_than` in seconds."""
    before = time.time() - older_than
    removed = 0
    for path in _files(root):
        if path.stat().st_mtime < before and not (_SHA256.fullmatch(path.name) and is_named(path.name)):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _files(root: Path) -> Iterator[Path]:
    return (path for path in root.glob("??/*") if path.is_file())
