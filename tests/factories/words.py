"""The words that contents of items need whatever they ask."""

from typing import Any


def words(vi: str, en: str | None = None) -> dict[str, str]:
    """A sentence in both languages."""
    return {"vi": vi, "en": en or f"{vi} (en)"}


def frame(**own: Any) -> dict[str, Any]:
    """A content with its stem and its general feedback."""
    return {"stem": words("Em chọn gì?"), "feedback": words("Nhớ kỹ điều này."), **own}
