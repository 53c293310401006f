"""Versions of a lesson, such as 1.2.0: which is higher, and which comes next."""

import re

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def version_key(version: str) -> tuple[int, int, int]:
    """What versions are compared by; anything else than three numbers is lower than every version."""
    match = _VERSION.fullmatch(version)
    return (int(match[1]), int(match[2]), int(match[3])) if match else (-1, -1, -1)


def next_version(version: str) -> str:
    """The version of the next revision: 1.2.3 is followed by 1.3.0, what is no version by 1.0.0."""
    major, minor, _ = version_key(version)
    return f"{major}.{minor + 1}.0" if major >= 0 else "1.0.0"
