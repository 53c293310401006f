"""The blueprint that every page of the roster hangs on."""

from flask import Blueprint

bp = Blueprint("roster", __name__)
