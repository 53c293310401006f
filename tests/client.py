"""The test client: signs people in, sends the CSRF token by itself, checks every page it fetches."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from school_safety.kit import clock
from school_safety.roster import actions as roster
from school_safety.roster.models import Person
from tests.pages import check_page

RAW_TOKEN = "a" * 40


class Client:
    """A browser without scripts. `get`, `post`, `send_json`; `text(answer)`; `sign_in(person)`, `sign_out()`."""

    def __init__(self, app: Flask, language: str = "vi") -> None:
        self.app = app
        self.browser = app.test_client()
        self.language = language
        with self.browser.session_transaction() as cookie:
            cookie["csrf_token"] = RAW_TOKEN

    @property
    def token(self) -> str:
        """A CSRF token that this visitor's session accepts."""
        return str(URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(RAW_TOKEN))  # type: ignore[arg-type]  # a str here

    def sign_in(self, person: Person, **options: Any) -> "Client":
        """Give this visitor a living session of the person; returns self."""
        with self.app.app_context(), self.app.extensions["database"].writing() as session:
            token = roster.open_session(session, person=session.get_one(Person, person.id), now=clock.now(), **options)
        with self.browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie["csrf_token"] = RAW_TOKEN
        return self

    def get(self, url: str, **options: Any) -> TestResponse:
        """Fetch a page."""
        return self._checked(self.browser.get(url, **options), url)

    def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with its token."""
        return self._checked(self.browser.post(url, data={"csrf_token": self.token, **(data or {})}, **options), url)

    def send_file(self, url: str, data: bytes, fields: dict[str, str] | None = None) -> TestResponse:
        """Send a form whose `file` may be large, as one body in memory; refused forms are checked like any page."""
        parts = {"csrf_token": self.token, **(fields or {})}
        lines = [
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{it}\r\n' for name, it in parts.items()
        ]
        lines.append('--edge\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n')
        body = "".join(lines).encode() + data + b"\r\n--edge--\r\n"
        return self._checked(self.browser.post(url, data=body, content_type="multipart/form-data; boundary=edge"), url)

    def send_json(self, url: str, body: Any, method: str = "POST", **options: Any) -> TestResponse:
        """Send JSON with the token in the header."""
        headers = {"X-CSRFToken": self.token, "Accept": "application/json", **options.pop("headers", {})}
        return self.browser.open(url, method=method, json=body, headers=headers, **options)

    def follow(self, answer: TestResponse) -> TestResponse:
        """Go where a 303 points."""
        assert answer.status_code == 303, f"{answer.status_code} instead of 303: {answer.get_data(as_text=True)[:2000]}"
        target = urlsplit(answer.headers["Location"])
        return self.get(target.path + (f"?{target.query}" if target.query else ""))

    def _checked(self, answer: TestResponse, where: str) -> TestResponse:
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 304, 308):
            check_page(answer.get_data(as_text=True), answer.headers.get("Content-Security-Policy", ""), where)
        return answer
