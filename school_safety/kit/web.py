"""The shell around every view: one commit, security headers, a nonce, static addresses, and forms that answer 422."""

import re
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, ValidationError

from school_safety.kit import db, files, i18n
from school_safety.kit.templates import Environment

if TYPE_CHECKING:
    from config.settings import Settings
    from school_safety.kit.forms import Form

YEAR = 365 * 24 * 3600

csrf = CSRFProtect()


View = TypeVar("View", bound=Callable[..., Any])

LARGEST_ID = 2**31 - 1
"""What a column of ids can hold on both databases."""


class IdConverter(IntegerConverter):
    """The `int` of our addresses: a number that no row can have is a page that is not there."""

    def to_python(self, value: str) -> int:
        """The id; raises ValidationError (404) beyond the largest."""
        number: int = super().to_python(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


MOST_BYTES, MOST_UPLOAD_BYTES = 12 * 1024 * 1024, 48 * 1024 * 1024
"""The largest request of all, and of a view that takes files: so much is read that a file over its own, smaller limit
is refused beside its field."""


def takes_files(view: View) -> View:
    """Mark a view whose form has a file: whatever a phone or scanner makes arrives, and is judged by the form."""
    view.takes_files = True  # type: ignore[attr-defined]  # a mark on the function
    return view


def _allow_files() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = MOST_UPLOAD_BYTES


class Shell(Flask):
    """Flask, with the rule of the house: a write whose answer is below 400 is committed, all else is rolled back."""

    jinja_environment = Environment
    jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}  # noqa: RUF012  # as Flask declares it

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then finish the unit of work before the answer leaves."""
        try:
            answer = self.make_response(super().dispatch_request())
        except BaseException:
            db.unit().finish(commit=False)
            raise
        db.unit().finish(commit=answer.status_code < 400 and request.method not in db.SAFE_METHODS)
        return answer


def render_form(template: str, form: "Form", **context: Any) -> ResponseReturnValue:
    """Render a page with a form: 200 when it is fresh, 422 when something in it was refused."""
    page = render_template(template, form=form, **context)
    return (page, 422) if form.is_refused else page


def download(data: bytes, filename: str, media_type: str) -> Response:
    """Send a file that we made as an attachment; the name may hold Vietnamese letters (RFC 6266)."""
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = attachment(filename)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def attachment(filename: str) -> str:
    """The header value of a download: a plain name for old clients, the true one beside it (RFC 6266, RFC 8187)."""
    letters = unicodedata.normalize("NFKD", filename.replace("Đ", "D").replace("đ", "d"))
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "", letters)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def csp_nonce() -> str:
    """The nonce of this answer; every script element carries it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def csrf_input() -> Markup:
    """The hidden token of a form without a form object."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def _security_headers(answer: Response) -> Response:
    nonce = g.get("csp_nonce")
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    answer.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src {script}; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.vary.add("Cookie")
    if request.is_secure:
        answer.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return answer


def _remember_language(answer: Response) -> Response:
    chosen = request.args.get("lang")
    if chosen in i18n.LANGUAGES:
        answer.set_cookie(i18n.COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure, httponly=True)
    return answer


def language_url(language: str) -> str:
    """This page in another language."""
    if request.endpoint is None or request.method not in db.SAFE_METHODS:
        return f"/?lang={language}"
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{url_for(request.endpoint, **(request.view_args or {}))}?{urlencode([*asked, ('lang', language)])}"


def register(app: Shell, settings: "Settings") -> None:
    """Cookies, limits, CSRF, headers and the globals that every template may use."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session: an hour on a quiz page must not spoil the form
        WTF_CSRF_SSL_STRICT=False,  # the Referer is no proof; the token is
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        TESTING=settings.testing,
    )
    if settings.proxy_count:
        hops = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's way
    app.url_map.converters["int"] = IdConverter
    app.before_request(_allow_files)  # before the token is read, which reads the whole form
    csrf.init_app(app)
    app.teardown_request(db.release)
    app.after_request(_security_headers)
    app.after_request(_remember_language)
    app.jinja_env.globals.update(
        csp_nonce=csp_nonce,
        csrf=csrf_input,
        csrf_token=generate_csrf,
        language_url=language_url,
        MOST_FILE_BYTES=files.MAX_BYTES,
        has_endpoint=lambda name: name in app.view_functions,
    )


def mount_templates(app: Flask, prefix: str, folder: Path) -> None:
    """Let templates below `folder` be found as `prefix/…` beside the application's own."""
    own = app.jinja_env.loader
    if own is None:
        raise RuntimeError("the application has no template loader")
    app.jinja_env.loader = ChoiceLoader([PrefixLoader({prefix: FileSystemLoader(folder)}), own])
