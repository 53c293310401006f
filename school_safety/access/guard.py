"""The guard at every door: load, check reach, hand over. A view without a declaration is refused for everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user

from school_safety.access.actions import record_audit
from school_safety.access.policy import Permission, Place, Viewer
from school_safety.kit import db
from school_safety.kit.db import Session
from school_safety.kit.errors import NotAllowed, NotFound

View = TypeVar("View", bound=Callable[..., Any])


Loader = Callable[..., tuple[Any, Place]]
"""`loader(session, **ids)` finds the object a URL names, and where it lives; raises NotFound."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares; `describe()` is the line in the list of routes."""

    kind: str
    permission: Permission | None = None
    loader: str | None = None

    def describe(self) -> str:
        """`public`, `signed_in`, `permission` or `permission on loader`."""
        if self.permission is None:
            return self.kind
        return str(self.permission) + (f" on {self.loader}" if self.loader else "")


def viewer() -> Viewer:
    """The person who is looking; only inside views that are not public. Raises NotAllowed without one."""
    if not current_user.is_authenticated:
        raise NotAllowed
    return cast(Viewer, current_user._get_current_object())  # the proxy must not leak into actions


def optional_viewer() -> Viewer | None:
    """The person who is looking, if somebody is signed in (public pages)."""
    return viewer() if current_user.is_authenticated else None


def public(view: View) -> View:
    """Anybody may come in."""
    view.access = Access("public")  # type: ignore[attr-defined]  # a mark on the function itself
    return view


def signed_in(view: View | None = None, *, before_password_change: bool = False) -> Any:
    """Anybody with a living session may come in; the view itself gives each only their own."""

    def decorate(inner: View) -> View:
        @wraps(inner)
        def guarded(**ids: Any) -> Any:
            refusal = _turn_away(before_password_change)
            return refusal if refusal is not None else inner(**ids)

        guarded.access = Access("signed_in")  # type: ignore[attr-defined]  # a mark on the function itself
        return cast(View, guarded)

    return decorate(view) if view is not None else decorate


def requires(permission: Permission, *, on: Loader | None = None, slow: bool = False) -> Callable[[View], View]:
    """Only viewers with the permission. With `on`, the loaded object must lie in reach and is handed to the view in
    place of the ids; without, the view gets the Reach first. `slow`: the view does slow work before it writes, so the
    object comes from the read session and no lock is held meanwhile.
    """

    def decorate(inner: View) -> View:
        @wraps(inner)
        def guarded(**ids: Any) -> Any:
            refusal = _turn_away()
            if refusal is not None:
                return refusal
            who = viewer()
            if not who.may(permission):
                _note_refusal(who, permission)
                raise NotAllowed
            reach = who.reach(permission)
            if on is None:
                return inner(reach, **ids)
            loaded, place = on(db.reader() if slow else db.session(), **ids)
            if not reach.includes(place):
                _note_refusal(who, permission)
                raise NotFound
            return inner(loaded)

        name = getattr(on, "__name__", None)
        guarded.access = Access("requires", permission, name)  # type: ignore[attr-defined]  # a mark on the function
        return cast(View, guarded)

    return decorate


def _turn_away(before_password_change: bool = False) -> Any:
    """An answer for those who cannot come in yet: to the sign-in page, or to the change of password."""
    if not current_user.is_authenticated:
        if request.method in db.SAFE_METHODS and request.accept_mimetypes.accept_html:
            return redirect(url_for("roster.sign_in"), 303)
        abort(401)
    if viewer().must_change_password and not before_password_change:
        return redirect(url_for("roster.password_change"), 303)
    return None


def _note_refusal(who: Viewer, permission: Permission) -> None:
    data = {"permission": str(permission), "endpoint": request.endpoint}
    db.after_rollback(lambda session: record_audit(session, actor=who, verb="access.refused", data=data))


def _may(permission: str) -> bool:
    """For templates, to hide a link; never to protect."""
    who = optional_viewer()
    return who is not None and who.may(Permission[permission])


def register(app: Flask, load_viewer: Callable[[Session, str], Viewer | None]) -> None:
    """Set up Flask-Login with our session rows, and refuse every view that declares nothing."""
    manager = LoginManager(app)
    manager.session_protection = None  # the token itself is the session; the address of a phone changes

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(token: str) -> Viewer | None:
        found = load_viewer(db.reader(), token)
        if found is not None:
            g.account_language = found.language
        return found

    @app.context_processor
    def who_is_looking() -> dict[str, Any]:
        return {"viewer": optional_viewer()}

    app.jinja_env.globals["may"] = _may

    @app.before_request
    def refuse_the_undeclared() -> None:
        if request.endpoint is None:
            return  # no such page: Flask answers 404 or 405
        view = current_app.view_functions[request.endpoint]
        if not isinstance(getattr(view, "access", None), Access):
            raise NotAllowed
