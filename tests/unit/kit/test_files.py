"""Uploads are judged by content, images lose their metadata, files are kept under their hash."""

import hashlib
import io
import os
import zlib
from pathlib import Path

import pytest
from PIL import Image

from school_safety.kit import files
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.files import FileProblem

MINIMAL_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n0\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#0b5f6c").save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        files.prepare(data)
    assert refused.value.field == "file"
    return refused.value.code


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_keeps_its_kind_and_is_named_by_the_hash_of_what_is_stored(kind: str, media_type: str) -> None:
    prepared = files.prepare(picture(kind))
    assert prepared.media_type == media_type
    assert prepared.sha256 == hashlib.sha256(prepared.data).hexdigest()
    assert prepared.size == len(prepared.data)
    assert opened(prepared.data).size == (60, 40)


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của em An"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (9.0, 36.0, 0.0)
    prepared = files.prepare(picture(exif=exif.tobytes(), comment=b"lop 6A1"))
    image = opened(prepared.data)
    assert image.size == (40, 60)
    assert not image.getexif()
    assert b"lop 6A1" not in prepared.data and "Máy".encode() not in prepared.data


def test_a_large_picture_is_made_at_most_2000_pixels_long() -> None:
    assert opened(files.prepare(picture(size=(4000, 1000))).data).size == (2000, 500)


def test_a_transparent_png_stays_transparent_and_an_animation_keeps_its_first_frame() -> None:
    assert opened(files.prepare(picture("PNG", mode="RGBA")).data).mode == "RGBA"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("#000000", "#ffffff")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(opened(files.prepare(out.getvalue()).data), "n_frames", 1) == 1


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""
    header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 64)), (b"IEND", b"")]
    body = [len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4) for name, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", FileProblem.EMPTY, id="empty"),
        pytest.param(b"%PDF-" + b"0" * files.MAX_BYTES, FileProblem.TOO_LARGE, id="over 10 MB"),
        pytest.param(b"<svg onload='alert(1)'/>", FileProblem.KIND_NOT_ALLOWED, id="svg"),
        pytest.param(b"GIF89a" + b"\x00" * 40, FileProblem.KIND_NOT_ALLOWED, id="gif"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 40, FileProblem.KIND_NOT_ALLOWED, id="office file"),
        pytest.param(b"\xff\xd8\xff" + b"<script>" * 9, FileProblem.BROKEN, id="a script that begins like a JPEG"),
        pytest.param(picture()[:300], FileProblem.BROKEN, id="half a JPEG"),
        pytest.param(MINIMAL_PDF[:30], FileProblem.BROKEN, id="half a PDF"),
        pytest.param(png_claiming(60_000, 60_000), FileProblem.TOO_MANY_PIXELS, id="a pixel flood"),
        pytest.param(png_claiming(9_000, 9_000), FileProblem.TOO_MANY_PIXELS, id="a smaller pixel flood"),
    ],
)
def test_what_is_not_a_sound_picture_or_pdf_is_refused_with_its_reason(data: bytes, problem: FileProblem) -> None:
    assert refusal(data) == problem


def test_a_pdf_is_kept_byte_for_byte() -> None:
    prepared = files.prepare(MINIMAL_PDF)
    assert (prepared.data, prepared.media_type) == (MINIMAL_PDF, "application/pdf")


def test_an_endless_upload_is_read_only_up_to_the_limit() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert size == files.MAX_BYTES + 1
            return b"\xff" * size

    with pytest.raises(Refused, match="file_too_large"):
        files.read_upload(Endless())  # type: ignore[arg-type]  # a raw stream is enough here


def test_the_same_content_is_stored_once_and_read_back(tmp_path: Path) -> None:
    prepared = files.prepare(MINIMAL_PDF)
    files.store(tmp_path, prepared)
    files.store(tmp_path, prepared)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [prepared.sha256]
    assert files.read(tmp_path, prepared.sha256) == MINIMAL_PDF


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, ""])
def test_only_a_hash_can_be_asked_for(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        files.read(tmp_path, name)


def test_a_removed_file_is_not_found_and_removing_twice_is_no_error(tmp_path: Path) -> None:
    prepared = files.prepare(MINIMAL_PDF)
    files.store(tmp_path, prepared)
    files.remove(tmp_path, prepared.sha256)
    files.remove(tmp_path, prepared.sha256)
    with pytest.raises(NotFound):
        files.read(tmp_path, prepared.sha256)


def test_sweeping_takes_old_orphans_and_halves_but_nothing_named_and_nothing_fresh(tmp_path: Path) -> None:
    named, orphan, fresh = (files.prepare(picture(size=(size, 9))) for size in (9, 10, 11))
    for prepared in (named, orphan, fresh):
        files.store(tmp_path, prepared)
    half = files.path_of(tmp_path, orphan.sha256).with_name("x.part")
    half.write_bytes(b"half")
    for path in (half, *(files.path_of(tmp_path, one.sha256) for one in (named, orphan))):
        os.utime(path, (0, 0))
    assert files.sweep(tmp_path, lambda sha256: sha256 == named.sha256) == 2
    assert files.read(tmp_path, named.sha256) and files.read(tmp_path, fresh.sha256)
    with pytest.raises(NotFound):
        files.read(tmp_path, orphan.sha256)


def test_storing_again_makes_an_old_file_young_so_that_the_sweeper_leaves_it(tmp_path: Path) -> None:
    prepared = files.prepare(MINIMAL_PDF)
    files.store(tmp_path, prepared)
    os.utime(files.path_of(tmp_path, prepared.sha256), (0, 0))
    files.store(tmp_path, prepared)
    assert files.sweep(tmp_path, lambda _: False) == 0
