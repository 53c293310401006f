"""Reads what a year's programme is drafted from, `config/programme-template.toml`."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from school_safety.curriculum.rules import Strand, element_mask, grade_mask
from school_safety.planning.rules import (
    CHANNELS,
    Audience,
    Holidays,
    Leading,
    LineKind,
    ProgrammeTemplate,
    Recurrence,
    Regular,
    Schedule,
    Slot,
    UsefulDay,
    Words,
    YearlyDay,
)

PATH = Path(__file__).resolve().parent.parent.parent / "config" / "programme-template.toml"
ORDINALS = ("first", "second", "third", "fourth")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
Entry = Mapping[str, Any]


class TemplateError(ValueError):
    """The template file is not what this version of the code understands; the message names the place."""


@cache
def load_template() -> ProgrammeTemplate:
    """The template in force. Raises TemplateError."""
    return read_template(PATH.read_text(encoding="utf-8"))


def read_template(text: str) -> ProgrammeTemplate:
    """The template that the text holds. Raises TemplateError."""
    try:
        data = tomllib.loads(text)
        return ProgrammeTemplate(
            title=str(data["title"]),
            purpose=str(data["purpose"]).strip(),
            youth={level: str(data["youth"][level]) for level in ("lower", "upper", "both")},
            strands={strand: _words(data["strand"][strand]) for strand in Strand},
            holidays=_holidays(data["holidays"], data["lunar"]),
            lesson_title=_words(data["lesson"]["title"]),
            booster_title=_words(data["booster"]["title"]),
            booster=_leading(data["booster"]),
            talk_title=_words(data["talk"]["title"]),
            talk=_leading(data["talk"]),
            slots=tuple(_slot(entry) for entry in data["slot"]),
            days=tuple(_day(entry) for entry in data["day"]),
            regulars=tuple(_regular(entry) for entry in data["regular"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise TemplateError(f"{PATH.name}: {error}") from error


def _words(entry: Entry) -> Words:
    return {"vi": str(entry["vi"]), "en": str(entry["en"])}


def _leading(entry: Entry) -> Leading:
    if entry["channel"] not in CHANNELS:
        raise ValueError(f"channel {entry['channel']}")
    return Leading(entry["channel"], str(entry["lead_unit"]), tuple(map(str, entry["coordinating_units"])))


def _holidays(entry: Entry, lunar: list[Entry]) -> Holidays:
    return Holidays(
        fixed=tuple(_yearly(text) for text in entry["fixed"]),
        tet={_date(each["tet"]).year: _date(each["tet"]) for each in lunar},
        hung_kings={_date(each["hung_kings"]).year: _date(each["hung_kings"]) for each in lunar},
        break_before=int(entry["break_before"]),
        break_after=int(entry["break_after"]),
    )


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value} is no date")
    return value


def _yearly(text: str, days: int = 1) -> YearlyDay:
    """A day from `10-24`, or from `second tuesday of february`."""
    words = text.split()
    if len(words) == 1:
        month, day = map(int, text.split("-"))
        return YearlyDay(month, day, days=days)
    nth, weekday, _, month_name = words
    return YearlyDay(
        month=MONTHS.index(month_name) + 1, nth=ORDINALS.index(nth) + 1, weekday=WEEKDAYS.index(weekday), days=days
    )


def _slot(entry: Entry) -> Slot:
    return Slot(
        code=str(entry["code"]),
        name=_words(entry["name"]),
        leading=_leading(entry),
        everybody=grade_mask(entry["everybody"]),
        some=grade_mask(entry["some"]),
        subjects=tuple(map(str, entry["subjects"])),
    )


def _day(entry: Entry) -> UsefulDay:
    return UsefulDay(
        code=str(entry["code"]),
        when=_yearly(entry["on"], int(entry["days"])),
        name=_words(entry["name"]),
        title=_words(entry["title"]),
        leading=_leading(entry),
        elements=element_mask(entry["elements"]),
        chosen=bool(entry["chosen"]),
        source=str(entry["source"]),
    )


def _regular(entry: Entry) -> Regular:
    audience = {Audience(each) for each in entry["audience"]}
    schedule = Schedule(entry["schedule"])
    return Regular(
        code=str(entry["code"]),
        kind=LineKind(entry["kind"]),
        title=_words(entry["title"]),
        leading=_leading(entry),
        schedule=schedule,
        recurrence=Recurrence(entry["recurrence"]) if schedule is Schedule.RECURRING else None,
        term=int(entry["term"]),
        week=int(entry["week"]),
        weekday=int(entry["weekday"]) - 1,
        pupils=Audience.PUPILS in audience,
        parents=Audience.PARENTS in audience,
        staff=Audience.STAFF in audience,
        elements=element_mask(entry["elements"]),
        kits=bool(entry["kits"]),
        chosen=bool(entry["chosen"]),
    )
