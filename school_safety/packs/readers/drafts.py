"""A lesson that is written in the web, as the checker reads it: the same shapes and rules as a lesson folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from school_safety.curriculum.rules import STRAND_FOLDERS, LessonBody, Strand
from school_safety.kit.markdown import Outline, outline
from school_safety.packs.readers.documents import texts_of
from school_safety.packs.readers.media import read_media
from school_safety.packs.readers.shapes import shape_findings
from school_safety.packs.rules import (
    ITEMS,
    LANGUAGES,
    LESSON,
    OUTREACH,
    READING,
    TEACHER,
    UNWRITTEN,
    Finding,
    FindingCode,
    Pack,
    Path,
)


def read_draft(
    body: LessonBody, *, items: Sequence[Mapping[str, Any]], media: Mapping[str, bytes]
) -> tuple[Pack | None, tuple[Finding, ...]]:
    """The draft as a pack, and what is wrong with its shape.

    Where only words are missing there is a pack all the same, so that everything else is said too.
    """
    findings = (
        *shape_findings(LESSON, dict(body.lesson)),
        *shape_findings(OUTREACH, dict(body.outreach)),
        *_unwritten(body),
    )
    if any(one.code not in (FindingCode.MISSING_LANGUAGE, FindingCode.UNWRITTEN) for one in findings):
        return None, findings
    prose = _prose(body)
    pack = Pack(
        folder=f"{STRAND_FOLDERS[Strand(body.lesson['strand'])]}/{str(body.lesson['code']).lower()}",
        lesson=body.lesson,
        items=items,
        outreach=body.outreach,
        prose=prose,
        outlines={file: outline(text) for file, text in prose.items()},
        text_outlines=tuple(_outlines({LESSON: body.lesson, ITEMS: list(items), OUTREACH: body.outreach})),
        media={file: read_media(data) for file, data in media.items()},
    )
    return pack, findings


def words_by_block(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The words of a Markdown text in each language as they are read, block by block."""
    return {language: outline(texts.get(language, "")).blocks for language in LANGUAGES}


def _prose(body: LessonBody) -> dict[str, str]:
    return {
        f"{name}.{language}.md": texts.get(language, "").strip()
        for name, texts in ((READING, body.reading), (TEACHER, body.teacher))
        for language in LANGUAGES
    }


def _outlines(documents: Mapping[str, Any]) -> Iterator[tuple[str, Path, Outline]]:
    for file, document in documents.items():
        for path, text in texts_of(document):
            if path and path[-1] in LANGUAGES:
                yield file, path, outline(text)


def _unwritten(body: LessonBody) -> Iterator[Finding]:
    for file, document in ((LESSON, body.lesson), (OUTREACH, body.outreach)):
        for path, text in texts_of(document):
            if _holds(text, UNWRITTEN):
                yield Finding(FindingCode.UNWRITTEN, file, path)
    for file, text in _prose(body).items():
        for number, line in enumerate(text.split("\n"), 1):
            if _holds(line, UNWRITTEN):
                yield Finding(FindingCode.UNWRITTEN, file, line=number)


def _holds(text: str, marks: Iterable[str]) -> bool:
    return any(mark in text for mark in marks)
