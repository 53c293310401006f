"""Pages of the library, and what templates of every domain may say of a lesson."""

from school_safety.curriculum.views import adapting, contacts, filters, lessons, plans
from school_safety.curriculum.views.blueprint import bp

__all__ = ["adapting", "bp", "contacts", "filters", "lessons", "plans"]
