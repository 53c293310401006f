"""What templates of other domains may say of questions."""

from school_safety.assessment.queries import list_outdated_items
from school_safety.assessment.queries.bank import BankItem
from school_safety.assessment.views.blueprint import bp
from school_safety.kit import db


@bp.app_template_filter("outdated_items")
def outdated_items(contact: str) -> list[BankItem]:
    """The questions in use that say what this contact was reached by before."""
    return [one.item for one in list_outdated_items(db.reader()) if contact in {card.id for card in one.contacts}]
