"""The item bank: search it, and meet one item as a pupil does."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment import queries
from school_safety.assessment.forms import STATE_NAMES, USE_WORDS
from school_safety.assessment.models import OPEN, ItemState
from school_safety.assessment.report import prefix_of, show_item, with_reasons
from school_safety.assessment.rules import BadAnswer, Use
from school_safety.assessment.types import TYPES
from school_safety.assessment.views.blueprint import bp
from school_safety.curriculum.rules import Strand
from school_safety.kit import db
from school_safety.kit.errors import Refused
from school_safety.kit.paging import Page, offset, page_number

PER_PAGE = 25
PREVIEW_SEED = "preview"
Code = TypeVar("Code", bound=StrEnum)


def one_of(codes: type[Code], text: str | None) -> Code | None:
    """The code that a query string names, or None."""
    return next((code for code in codes if code == text), None)


def bank_filters() -> dict[str, str]:
    """What the bank is narrowed to, as it stands in the address."""
    return {name: request.args.get(name, "") for name in ("q", "lesson", "strand", "type", "use", "objective", "state")}


def bank_page(filters: dict[str, str]) -> Page[queries.BankItem]:
    """The items of the bank that the filters leave, one page of them; only who writes items asks for other states."""
    state = one_of(ItemState, filters["state"]) if viewer().may(Permission.WRITE_ITEMS) else None
    number = page_number(request.args.get("page"))
    rows, total = queries.list_items(
        db.reader(),
        words=filters["q"],
        lesson_code=filters["lesson"] or None,
        strand=one_of(Strand, filters["strand"]),
        type_code=filters["type"] if filters["type"] in TYPES else None,
        use=one_of(Use, filters["use"]),
        objective=filters["objective"] or None,
        state=state or ItemState.PUBLISHED,
        limit=PER_PAGE,
        offset=offset(number, PER_PAGE),
    )
    return Page(rows, number, total, PER_PAGE)


def filter_context() -> dict[str, Any]:
    """What the filter form offers."""
    return {
        "lessons": queries.list_lessons(db.reader()),
        "types": list(TYPES),
        "use_words": USE_WORDS,
        "states": STATE_NAMES,
    }


@bp.get("/items")
@requires(Permission.READ_LIBRARY)
def item_index(reach: Reach) -> ResponseReturnValue:
    """Find items."""
    filters = bank_filters()
    return render_template("assessment/item_index.html", page=bank_page(filters), filters=filters, **filter_context())


@bp.route("/items/<code>", methods=["GET", "POST"])
@requires(Permission.READ_LIBRARY)
def item_show(reach: Reach, code: str) -> ResponseReturnValue:
    """One item as the pupil meets it; trying it scores the answer and keeps nothing."""
    found = queries.get_item(db.reader(), code)
    versions = queries.list_versions(db.reader(), found.item_id) if viewer().may(Permission.WRITE_ITEMS) else []
    is_open = any(version.state in OPEN for version in versions)
    return meet(found, versions=versions, is_open=is_open)


def meet(found: queries.BankItem, **context: Any) -> str:
    """The page on which an item is met as the pupil meets it, tried, and looked at with its reasons and on paper."""
    response = None
    if request.method == "POST":
        try:
            response = TYPES[found.type].parse(found.content, request.form, prefix_of(1))
        except BadAnswer as error:
            raise Refused("bad_answer") from error
    shown = show_item(found.type, found.content, seed=PREVIEW_SEED, points=found.points, response=response)
    view = "review" if "check" in request.form else one_of_views(request.args.get("view"))
    if view == "key":
        shown = with_reasons(shown)
    words = {"use_words": USE_WORDS, "states": STATE_NAMES}
    return render_template("assessment/item_show.html", found=found, item=shown, view=view, **words, **context)


def one_of_views(text: str | None) -> str:
    """How an item is looked at: as a pupil, with its reasons, or on paper."""
    return text if text in ("key", "print") else "pupil"
