"""Pages of planning."""

from school_safety.planning.views import (
    activities,
    deliveries,
    evidence,
    plans,
    prefilled,
    programmes,
    public,
    publishing,
    templates,
    told,
    verification,
)
from school_safety.planning.views.blueprint import bp

__all__ = [
    "activities",
    "bp",
    "deliveries",
    "evidence",
    "plans",
    "prefilled",
    "programmes",
    "public",
    "publishing",
    "templates",
    "told",
    "verification",
]
