"""Pages of the roster."""

from school_safety.roster.views import accounts, cards, classes, imports, invitations, own_account, sign_in, staff_links
from school_safety.roster.views.blueprint import bp
from school_safety.roster.views.sign_in import load_viewer

__all__ = [
    "accounts",
    "bp",
    "cards",
    "classes",
    "imports",
    "invitations",
    "load_viewer",
    "own_account",
    "sign_in",
    "staff_links",
]
