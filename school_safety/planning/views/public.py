"""What everybody may read: a school's published programme, and the very bytes its hash covers."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import public
from school_safety.kit import db
from school_safety.planning import queries
from school_safety.planning.queries import Published
from school_safety.planning.report import words
from school_safety.planning.report.programme import published_report
from school_safety.planning.rules import canonical_json
from school_safety.planning.views.blueprint import bp


@bp.get("/p/<code>/<year>")
@public
def programme_public(code: str, year: str) -> ResponseReturnValue:
    """The published programme: units and posts, never persons, hash and time; `?revision=` shows an earlier one."""
    published = _published(code, year)
    numbered = queries.find_document_number(db.session(), published.revision.id)
    return render_template(
        "planning/programme_public.html",
        published=published,
        report=published_report(published, numbered),
        last=queries.find_public(db.session(), code, year).revision.number,
        served=[part.strand for part in published.revision.strands if part.served],
        words=words,
    )


@bp.get("/p/<code>/<year>/content.json")
@public
def programme_content(code: str, year: str) -> ResponseReturnValue:
    """The canonical JSON of a revision: its SHA-256 is the content hash."""
    published = _published(code, year)
    return Response(canonical_json(published.revision.content), mimetype="application/json")


def _published(code: str, year: str) -> Published:
    wanted = request.args.get("revision", "")
    return queries.find_public(db.session(), code, year, int(wanted) if wanted.isdecimal() else None)
