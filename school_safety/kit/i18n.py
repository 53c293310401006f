"""Language: gettext with Vietnamese message ids, English complete; dates and numbers as Vietnam writes them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, get_translations, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from school_safety.kit import clock
from school_safety.kit.text import fold, name_key, nfc, search_key, sort_key

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "lang"

_ = gettext
_l = lazy_gettext

__all__ = [
    "COOKIE",
    "LANGUAGES",
    "LazyString",
    "_",
    "_l",
    "fold",
    "format_date",
    "format_datetime",
    "format_day",
    "format_number",
    "format_share",
    "format_time",
    "gettext",
    "language",
    "lazy_gettext",
    "local",
    "name_key",
    "nfc",
    "ngettext",
    "register",
    "search_key",
    "sort_key",
    "speaking",
]


def language() -> str:
    """The language of this page or job: `vi` or `en`."""
    if not g:
        return "vi"
    found: str | None = g.get("language")
    if found is None:
        locale = get_locale()
        found = g.language = locale.language if locale is not None and locale.language in LANGUAGES else "vi"
    return found


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside, in templates too, is in this language: for a file in another one than the page."""
    kept = {name: g.pop(name, None) for name in ("catalogue", "language")}
    try:
        with force_locale(language):
            yield
    finally:
        for name, before in kept.items():
            setattr(g, name, before)


def local(texts: Mapping[str, str] | str | None) -> str:
    """The text of a bilingual value in the reader's language; Vietnamese where the other is missing.

    What is in one language only, such as an older lesson's claims, is a plain string and is shown as it is.
    """
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    return texts.get(language()) or texts.get("vi") or ""


def format_date(day: date | datetime | None) -> str:
    """`27/11/2026`; a moment is shown on the Vietnamese clock; nothing for None."""
    if day is None:
        return ""
    return (clock.local(day) if isinstance(day, datetime) else day).strftime("%d/%m/%Y")


def format_time(moment: datetime | None) -> str:
    """`21:00` on the Vietnamese clock."""
    return "" if moment is None else clock.local(moment).strftime("%H:%M")


def format_datetime(moment: datetime | None) -> str:
    """`21:00 27/11/2026` on the Vietnamese clock."""
    return "" if moment is None else f"{format_time(moment)} {format_date(moment)}"


_DAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def format_day(moment: date | datetime | None) -> str:
    """`thứ Sáu, 27/11/2026`."""
    if moment is None:
        return ""
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment
    return f"{_DAYS[language()][day.weekday()]}, {format_date(day)}"


def format_number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """Vietnamese style: `1.234,5`; English pages show `1,234.5`. Rounded half up."""
    if value is None:
        return ""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def format_share(numerator: int, denominator: int, decimals: int = 1) -> str:
    """`80,0%` without a space; empty when there is nothing to divide by."""
    if denominator == 0:
        return ""
    return format_number(Decimal(100 * numerator) / Decimal(denominator), decimals) + "%"


def select_language() -> str:
    """The visitor's choice: `?lang=`, else the cookie, else the account's language, else Vietnamese."""
    if not has_request_context():
        return "vi"
    for chosen in (request.args.get("lang"), request.cookies.get(COOKIE), g.get("account_language")):
        if chosen in LANGUAGES:
            return cast(str, chosen)
    return "vi"


def _said(text: str, /, **values: object) -> Markup:
    """`_` of templates: Babel's own asks for the language anew at each of a page's hundred texts, this one once."""
    said = _catalogue().ugettext(text)
    return Markup(said) % values if values or "%" in said else Markup(said)  # noqa: S704  # our catalogue, no input


def _said_of_many(one: str, many: str, number: int, /, **values: object) -> Markup:
    """`ngettext` of templates; `%(num)s` is the number."""
    return Markup(_catalogue().ungettext(one, many, number)) % {"num": number, **values}  # noqa: S704  # as above


def _catalogue() -> Translations:
    found: Translations | None = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found


def register(app: Flask) -> None:
    """Set up Babel and the template filters of this module."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "vi")
    Babel(app, locale_selector=select_language, default_translation_directories="translations")
    app.jinja_env.globals.update({"_": _said, "gettext": _said, "ngettext": _said_of_many})
    app.jinja_env.filters.update(
        date=format_date,
        time=format_time,
        datetime=format_datetime,
        day=format_day,
        number=format_number,
        local=local,
    )
    app.jinja_env.globals.update(language=language, LANGUAGES=LANGUAGES, format_share=format_share)
