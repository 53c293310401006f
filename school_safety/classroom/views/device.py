"""What a pupil's device needs to work without a network: the pages of an attempt, the worker, the rescue page."""

import gzip
import json

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import public, requires
from school_safety.access.policy import Permission
from school_safety.classroom import queries, report
from school_safety.classroom.queries import AttemptFacts
from school_safety.classroom.report import BlankAttempt
from school_safety.classroom.report.blank import AFTER, BEFORE, BEFORE_POSITION, POSITION, SLOT
from school_safety.classroom.rules import AttemptState
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import assets, clock, db
from school_safety.kit.errors import NotFound

CUT, ITEM = "<!-- next item -->", "<!-- item -->"


@bp.get("/learn/attempts/<public_id>/copy")
@requires(Permission.TAKE, on=queries.load_attempt)
def attempt_copy(attempt: AttemptFacts) -> ResponseReturnValue:
    """Every page of a running attempt for the device's own copy: no name, no key, no answer in it."""
    now = clock.now()
    if attempt.state(now) is not AttemptState.IN_PROGRESS:
        raise NotFound
    blank = report.blank_attempt(db.session(), attempt, now=now)
    items = _item_pages(attempt, blank)
    submit = render_template(
        "classroom/attempt_submit.html", attempt=attempt, steps=blank.steps, remaining=None, kept=True
    )
    pages = {
        **items,
        url_for(".attempt_submit", public_id=attempt.public_id): submit,
        url_for(".attempt_resume", public_id=attempt.public_id): next(iter(items.values()), submit),
    }
    return _compressed({"pages": pages, "numbers": blank.numbers})


def _item_pages(attempt: AttemptFacts, blank: BlankAttempt) -> dict[str, str]:
    """The page of each item that may still be answered, by its path: one drawing of the frame, one of the items."""
    parts = render_template("classroom/item_parts.html", items=blank.items).split(CUT)
    frames: dict[tuple[bool, bool], str] = {}
    last = len(blank.steps)
    pages = {}
    for step, part in zip(blank.steps, parts, strict=False):
        if step.checked:
            continue
        kind = step.position == 1, step.position == last
        if kind not in frames:
            page = blank.frame(step.position)
            frames[kind] = render_template("classroom/attempt_item.html", page=page, attempt=attempt, kept=True)
        path = url_for(".attempt_item", public_id=attempt.public_id, slot=step.slot)
        pages[path] = _placed(frames[kind], blank, step.position).replace(ITEM, part)
    return pages


def _placed(frame: str, blank: BlankAttempt, position: int) -> str:
    """A frame with the numbers of one place."""
    slots = [step.slot for step in blank.steps]
    slot = slots[position - 1]
    numbers = {
        SLOT: slot,
        POSITION: position,
        BEFORE: slots[position - 2],
        BEFORE_POSITION: position - 1,
        AFTER: slots[position % len(slots)],
    }
    for number, own in numbers.items():
        frame = frame.replace(str(number), str(own))
    return frame.replace(f'name="go" value="{slot}"', f'name="go" value="{slot}" aria-current="step"', 1)


def _compressed(body: object) -> Response:
    """JSON, small on the wire: the pages of an attempt are nearly the same."""
    data = json.dumps(body, ensure_ascii=False).encode()
    takes_gzip = request.accept_encodings["gzip"] > 0
    answer = make_response(gzip.compress(data, 6, mtime=0) if takes_gzip else data)
    answer.headers["Content-Type"] = "application/json"
    answer.vary.add("Accept-Encoding")
    if takes_gzip:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@bp.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker, at the root so that it serves every page; another version of the pages is another worker."""
    script = assets.find("js/worker.js").content.decode()
    answer = make_response(f"// {assets.pages_version()}\n{script}")
    answer.headers["Content-Type"] = "text/javascript; charset=utf-8"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/rescue")
@public
def rescue() -> ResponseReturnValue:
    """What still waits on this device: send it, take it away as a sealed file, bring such a file in."""
    return render_template("classroom/rescue.html")
