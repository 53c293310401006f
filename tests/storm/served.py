"""The product as the storm serves it: the same application, which kills its own process now and then.

The places are those where a lost answer would hide: before and after the write, the commit and the reply. `STORM_FILE`
names the file that keeps the tally, `STORM_ONE_IN` how seldom each place kills.
"""

import os
import random
import signal
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, event

from config.settings import Settings
from school_safety.factory import create_app

PLACES = ("before_write", "after_write", "before_commit", "after_commit", "before_reply", "after_reply")
WRITES = ("INSERT INTO response", "INSERT INTO submission", "INSERT INTO attempt")


class Failpoints:
    """Kills this process (SIGKILL, no clean-up) at one place in so many passes."""

    def __init__(self) -> None:
        self.one_in = int(os.environ["STORM_ONE_IN"])
        self.tally = os.open(os.environ["STORM_FILE"], os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        self.dice = random.SystemRandom()  # the same place in every worker's dice would kill all at once

    def at(self, place: str) -> None:
        """Die here, or go on."""
        if self.one_in and not self.dice.randrange(self.one_in):
            os.write(self.tally, f"{place}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, engine: Engine) -> None:
        """Around every write of an answer, an attempt or a submission, and around every commit."""

        def before(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if statement.startswith(WRITES):
                self.at("before_write")

        def after(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if statement.startswith(WRITES):
                self.at("after_write")

        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)
        commit = engine.dialect.do_commit

        def committing(connection: Any) -> None:
            self.at("before_commit")
            commit(connection)
            self.at("after_commit")

        engine.dialect.do_commit = committing  # type: ignore[method-assign]  # there is no event after a commit

    def around(self, application: Any) -> Any:
        """Around the reply to everything that pupils send."""

        def wrapped(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            body = application(environ, start_response)
            if environ["REQUEST_METHOD"] != "POST":
                yield from body
                return
            self.at("before_reply")
            try:
                yield from body
            finally:
                if hasattr(body, "close"):
                    body.close()
            self.at("after_reply")

        return wrapped


app = create_app(Settings.from_env())
failpoints = Failpoints()
failpoints.watch(app.extensions["database"].write_engine)
app.wsgi_app = failpoints.around(app.wsgi_app)  # type: ignore[method-assign]  # Flask's way
