"""The pages of the classroom: giving, a class's progress, a pupil's learning and answers."""

from school_safety.classroom.views import answers, device, giving, learning, marking, progress, uploads
from school_safety.classroom.views.blueprint import bp

__all__ = ["answers", "bp", "device", "giving", "learning", "marking", "progress", "uploads"]
