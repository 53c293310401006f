"""Pages of the item bank, of writing items and of assessments."""

from school_safety.assessment.views import assessments, bank, composing, filters, reviewing, writing
from school_safety.assessment.views.blueprint import bp

__all__ = ["assessments", "bank", "bp", "composing", "filters", "reviewing", "writing"]
