"""The English catalogue against the texts in the code: complete, no stranger in it, placeholders alike.

`python -m tests.translations` says what is wrong (exit 1); `--update` adds new texts, empty, and drops old ones.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "school_safety"
ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("translations/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

Ids = str | tuple[str, ...]


def texts_in_code() -> Catalog:
    """Every text that gettext will be asked for."""
    found = Catalog(locale="en", charset="utf-8")
    for path, line, message, _, _ in extract_from_dir(PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS):  # type: ignore[arg-type]  # None means the first argument
        found.add(message, locations=[(str(path), line)])
    return found


def english() -> Catalog:
    """The catalogue as it is stored."""
    if not ENGLISH.exists():
        return Catalog(locale="en", charset="utf-8")
    with ENGLISH.open("rb") as stored:
        return read_po(stored, locale="en")


def problems() -> list[str]:
    """What is missing, old, or has other placeholders."""
    wanted, stored = {m.id: m for m in texts_in_code() if m.id}, {m.id: m for m in english() if m.id}
    wrong = [f"no English for {text!r} ({_place(wanted[text])})" for text in wanted if not _is_said(stored.get(text))]
    wrong += [f"no longer in the code: {text!r}" for text in stored if text not in wanted]
    wrong += [f"other placeholders in the English of {text!r}" for text, m in stored.items() if not _is_faithful(m)]
    return sorted(wrong)


def _place(message: Message) -> str:
    return ", ".join(f"{path}:{line}" for path, line in message.locations[:2])


def _said(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _is_said(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_said(message))


def _is_faithful(message: Message) -> bool:
    first = message.id if isinstance(message.id, str) else message.id[0]
    asked = set(PLACEHOLDER.findall(first))
    counted = not isinstance(message.id, str)
    return all(
        set(PLACEHOLDER.findall(said)) | ({"num"} & asked if counted else set()) == asked
        for said in _said(message)
        if said
    )


def update() -> None:
    """Write the catalogue anew: texts of the code in their order of the alphabet, with the English there is."""
    stored = {m.id: m for m in english() if m.id}
    fresh = Catalog(locale="en", charset="utf-8", project="school-safety", fuzzy=False, header_comment="# English.")
    for message in texts_in_code():
        if message.id:
            known = stored.get(message.id)
            fresh.add(message.id, known.string if known is not None else None)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, fresh, no_location=True, sort_output=True, width=0, omit_header=False)


def main() -> int:
    """The command."""
    if "--update" in sys.argv:
        update()
    wrong = problems()
    for line in wrong:
        print(line)
    print(f"{len(wrong)} to mend in {ENGLISH.name}" if wrong else "translations: ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
