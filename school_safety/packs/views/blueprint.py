"""The blueprint of the pages about a lesson as a whole."""

from flask import Blueprint

bp = Blueprint("packs", __name__)
