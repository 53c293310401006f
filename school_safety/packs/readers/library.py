"""Many lesson folders at once, every finding with the file and line on which it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from school_safety.packs.readers.folder import Reading, find_folders, read_pack
from school_safety.packs.rules import Contact, Finding, Severity, check_pack, repeated_codes


@dataclass(frozen=True, slots=True)
class Located:
    """A finding where an editor can click on it."""

    file: Path
    line: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Library:
    """The folders that were read, and all that is wrong or old in them, by file and line."""

    readings: tuple[Reading, ...]
    located: tuple[Located, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something keeps these lessons out."""
        return any(one.finding.severity is Severity.ERROR for one in self.located)


def read_library(paths: Iterable[Path], contacts: Mapping[str, Contact], today: date) -> Library:
    """Read and check every lesson folder at or under the paths."""
    readings = tuple(read_pack(folder) for folder in find_folders(paths))
    located = [one for reading in readings for one in _located(reading, contacts, today)]
    packs = [reading.pack for reading in readings if reading.pack is not None]
    homes = {id(reading.pack): reading for reading in readings}
    located += [_place(homes[id(pack)], finding) for pack, finding in repeated_codes(packs)]
    return Library(readings, tuple(sorted(located, key=lambda one: (one.file, one.line, one.finding.code))))


def _located(reading: Reading, contacts: Mapping[str, Contact], today: date) -> Iterator[Located]:
    found = (*reading.findings, *(check_pack(reading.pack, contacts, today) if reading.pack is not None else ()))
    return (_place(reading, finding) for finding in found)


def _place(reading: Reading, finding: Finding) -> Located:
    return Located(reading.folder / finding.file, reading.line(finding), finding)
