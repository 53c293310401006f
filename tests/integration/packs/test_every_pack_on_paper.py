"""Every lesson that comes with the product on paper: what is drawn from its texts and questions."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.kit import clock
from school_safety.packs.actions import import_library
from school_safety.packs.readers import read_contacts, read_library
from tests.client import Client
from tests.factories.curriculum import LESSONS
from tests.factories.people import a_member
from tests.factories.registry import a_school

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
FOLDERS = sorted(path.parent for path in LESSONS.glob("*/*/lesson.yaml"))
PARTS = ("notes", "handout", "quiz", "keys")
"""Pictures, plans and leaflets have tests of their own."""
FRAME_WORDS = 12
"""What every page says at its head and foot."""


@pytest.fixture(autouse=True)
def morning() -> Any:
    with clock.at(NOW):
        yield


def test_every_lesson_is_printed_and_no_page_is_bare(client: Client, store: Store, tmp_path: Path) -> None:
    library = read_library(FOLDERS, read_contacts(LESSONS.parent / "config" / "contacts.toml"), date(2026, 11, 22))
    with store() as session:
        import_library(session, actor=None, library=library, root=tmp_path / "data" / "files", now=NOW)
        teacher = a_member(session, Role.TEACHER, school=a_school(session))
    client.sign_in(teacher)
    assert len(FOLDERS) == 14
    for folder, language in [*product(FOLDERS, ["vi"]), *product(FOLDERS[::2], ["en"])]:
        answer = client.post(f"/lessons/{folder.name.upper()}/print", data={"parts": list(PARTS), "text": language})
        assert (answer.status_code, answer.content_type) == (200, "application/pdf"), (folder.name, language)
        pages = [page.extract_text().split() for page in PdfReader(io.BytesIO(answer.data)).pages]
        bare = [number for number, words in enumerate(pages, 1) if len(words) <= FRAME_WORDS]
        assert bare == [], (folder.name, language)
