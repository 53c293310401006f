"""Pages of the item bank and of assessments."""

from school_safety.assessment.views import assessments, bank, composing
from school_safety.assessment.views.blueprint import bp

__all__ = ["assessments", "bank", "bp", "composing"]
