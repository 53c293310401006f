"""Files that nobody names go after a day; files of evidence and lessons stay."""

import os

from flask import Flask

from school_safety.kit import files
from school_safety.planning.jobs import sweep_files
from tests.factories import planning as make
from tests.integration.planning.test_pages import Store


def test_only_old_files_that_no_evidence_names_are_swept(app: Flask, store: Store) -> None:
    with app.app_context(), store() as session:
        kept, orphan = make.a_file(), make.a_file()
        make.an_evidence(session, file=kept)
        for prepared in (kept, orphan):
            files.store(files.folder(), prepared)
            os.utime(files.path_of(files.folder(), prepared.sha256), (0, 0))
        assert sweep_files(session, {}) == 1
        assert files.read(files.folder(), kept.sha256)
