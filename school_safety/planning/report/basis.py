"""The plans behind a programme as the lines of its printed basis."""

from collections.abc import Iterable

from school_safety.planning.models import Plan

KINDS = {"/KH": "Kế hoạch", "/QĐ": "Quyết định", "/NQ": "Nghị quyết"}
"""What a document's symbol says it is, in the language of the printed basis."""


def basis_lines(plans: Iterable[Plan]) -> list[str]:
    """Each plan as a “Căn cứ” line, once."""
    return list(dict.fromkeys(_line(plan) for plan in plans))


def _line(plan: Plan) -> str:
    kind = next((kind for symbol, kind in KINDS.items() if symbol in plan.number), "Văn bản")
    return f"Căn cứ {kind} số {plan.number} ngày {plan.signed_on:%d/%m/%Y} của {plan.issuer}: {plan.title}"
