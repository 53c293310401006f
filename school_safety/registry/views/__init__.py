"""Pages of the registry."""

from school_safety.registry.views import deeds, imports, schools, units
from school_safety.registry.views.blueprint import bp

__all__ = ["bp", "deeds", "imports", "schools", "units"]
