"""The blueprint that every page of the registry hangs on."""

from flask import Blueprint

bp = Blueprint("registry", __name__)
