"""Pages of the registry."""

from school_safety.registry.views import imports, schools, units
from school_safety.registry.views.blueprint import bp

__all__ = ["bp", "imports", "schools", "units"]
