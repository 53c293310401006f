"""The front door and the health of the process."""

import hmac

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from school_safety.access.guard import optional_viewer, public, signed_in, viewer
from school_safety.home.report import build_today
from school_safety.kit import clock, commands, db, metrics
from school_safety.kit.errors import NotFound

bp = Blueprint("home", __name__)

LOOPBACK = {"127.0.0.1", "::1"}


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Send everybody to their own first page."""
    who = optional_viewer()
    if who is None:
        return redirect(url_for("roster.sign_in"), 303)
    if who.is_pupil:
        return redirect(url_for("classroom.learn_index"), 303)
    return redirect(url_for("home.today"), 303)


@bp.get("/today")
@signed_in
def today() -> ResponseReturnValue:
    """The staff's first page: what waits, the own school or the own area, what is open."""
    who = viewer()
    if who.is_pupil:
        return redirect(url_for("classroom.learn_index"), 303)
    report = build_today(db.session(), viewer=who, today=clock.today(), now=clock.now())
    return render_template("home/today.html", report=report)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """The database answers and is at the newest migration; 503 otherwise."""
    ready = commands.is_current(db.database())
    return jsonify(status="ready" if ready else "migrations are missing"), 200 if ready else 503


@bp.get("/metrics")
@public
def metrics_show() -> ResponseReturnValue:
    """Counts for Prometheus: from loopback, or with the token."""
    token = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if request.remote_addr not in LOOPBACK and not (token and hmac.compare_digest(given, token)):
        raise NotFound
    return Response(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
