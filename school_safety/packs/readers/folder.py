"""One lesson folder to plain values, every problem with its file and line."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from school_safety.kit.markdown import Outline, outline
from school_safety.packs.readers.documents import BadDocument, Document, read_document, texts_of
from school_safety.packs.readers.media import read_media
from school_safety.packs.readers.shapes import shape_findings
from school_safety.packs.rules import (
    ITEMS,
    LANGUAGES,
    LESSON,
    OUTREACH,
    PROSE_FILES,
    UNWRITTEN,
    Finding,
    FindingCode,
    MediaFile,
    Pack,
    Path,
)

YAML_FILES = (LESSON, ITEMS, OUTREACH)
FILES = (*YAML_FILES, *PROSE_FILES)
MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds: a pack when every file has its shape, else only findings; lines for both; picture bytes."""

    folder: FilePath
    pack: Pack | None
    findings: tuple[Finding, ...]
    documents: Mapping[str, Document]
    media: Mapping[str, bytes]

    def line(self, finding: Finding) -> int:
        """The line of the file on which a finding stands."""
        if finding.line is not None:
            return finding.line
        document = self.documents.get(finding.file)
        return document.line(finding.path) if document else 1


def find_folders(paths: Iterable[FilePath]) -> list[FilePath]:
    """The lesson folders at or under the given paths, each once, in order of their names."""
    found = {
        file.parent
        for path in paths
        for file in (path.rglob("*") if path.is_dir() else ())
        if file.name in FILES and file.is_file()
    }
    return sorted(found)


def read_pack(folder: FilePath) -> Reading:
    """Read one lesson folder; never raises for what is in it."""
    texts, findings = _texts(folder)
    documents: dict[str, Document] = {}
    for file in YAML_FILES:
        if file in texts:
            findings += _document(file, texts[file], documents)
    media = _media(folder)
    whole = not findings and len(texts) == len(FILES)
    pack = _pack(folder, texts, documents, {name: read_media(data) for name, data in media.items()}) if whole else None
    return Reading(folder, pack, tuple(findings), documents, media)


def _texts(folder: FilePath) -> tuple[dict[str, str], list[Finding]]:
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for file in FILES:
        if not (folder / file).is_file():
            findings.append(Finding(FindingCode.MISSING_FILE, file, line=1))
            continue
        try:
            texts[file] = (folder / file).read_bytes().decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            findings.append(Finding(FindingCode.NOT_UTF8, file, line=1))
    findings += _strangers(folder)
    for file, text in texts.items():
        findings += _lines(file, text)
    return texts, findings


def _strangers(folder: FilePath) -> Iterator[Finding]:
    for entry in sorted(folder.iterdir()):
        if entry.name not in FILES and not (entry.name == MEDIA and entry.is_dir()):
            yield Finding(FindingCode.UNEXPECTED_FILE, entry.name, line=1)


def _lines(file: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            yield Finding(FindingCode.NOT_NFC, file, line=number)
        if any(words in line for words in UNWRITTEN):
            yield Finding(FindingCode.UNWRITTEN, file, line=number)


def _document(file: str, text: str, documents: dict[str, Document]) -> list[Finding]:
    try:
        document = read_document(text)
    except BadDocument as error:
        return [Finding(error.code, file, line=error.line, params={"reason": error.reason})]
    documents[file] = document
    return list(shape_findings(file, document.value))


def _media(folder: FilePath) -> dict[str, bytes]:
    files = (folder / MEDIA).iterdir() if (folder / MEDIA).is_dir() else ()
    return {f"{MEDIA}/{file.name}": file.read_bytes() for file in sorted(files) if file.is_file()}


def _pack(
    folder: FilePath, texts: Mapping[str, str], documents: Mapping[str, Document], media: Mapping[str, MediaFile]
) -> Pack:
    resolved = folder.resolve()
    return Pack(
        folder=f"{resolved.parent.name}/{resolved.name}",
        lesson=documents[LESSON].value,
        items=documents[ITEMS].value,
        outreach=documents[OUTREACH].value,
        prose={file: texts[file].strip() for file in PROSE_FILES},
        outlines={file: outline(texts[file]) for file in PROSE_FILES},
        text_outlines=tuple(_text_outlines(documents)),
        media=media,
    )


def _text_outlines(documents: Mapping[str, Document]) -> Iterator[tuple[str, Path, Outline]]:
    for file in YAML_FILES:
        for path, text in texts_of(documents[file].value):
            if path and path[-1] in LANGUAGES:
                yield file, path, outline(text)
