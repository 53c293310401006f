"""The blueprint that every page of planning hangs on."""

from flask import Blueprint

bp = Blueprint("planning", __name__)
