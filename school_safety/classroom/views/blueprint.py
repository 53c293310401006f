"""The blueprint of the classroom."""

from flask import Blueprint

bp = Blueprint("classroom", __name__)
