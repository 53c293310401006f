"""The blueprint that the pages of this domain register with."""

from flask import Blueprint

bp = Blueprint("curriculum", __name__)
