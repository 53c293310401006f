"""What a set of headlines must be before pupils judge it."""

from datetime import date

from school_safety.assessment.rules import Inspection, Located, ProblemCode

ASKS = ("truth", "genuine")
MODES = ("balanced", "youden")
LEAST_OF_A_KIND = 3
_OPTIONAL = ("source", "technique", "misconception", "feedback")


def check_set(inspection: Inspection) -> None:
    """Note what is wrong with the headlines themselves and with their balance."""
    headlines = inspection.parts("headlines", least=6, most=20, required=("text", "truth"), optional=_OPTIONAL)
    for index, headline in headlines:
        _check_headline(inspection, (index, headline))
    _check_balance(inspection, headlines)
    if inspection.content.get("asks", ASKS[0]) not in ASKS:
        inspection.note(ProblemCode.WRONG_SHAPE, "asks")
    if "archived_on" in inspection.content and not _is_date(inspection.content["archived_on"]):
        inspection.note(ProblemCode.BAD_DATE, "archived_on")


def _check_headline(inspection: Inspection, located: Located) -> None:
    index, headline = located
    path = ("headlines", index)
    inspection.texts(headline, path, "text", "source", "technique", "feedback")
    if not isinstance(headline.get("truth", True), bool):
        inspection.note(ProblemCode.WRONG_SHAPE, *path, "truth")
    if "feedback" not in headline:
        inspection.note(ProblemCode.NO_FEEDBACK, *path)
    if not isinstance(headline.get("misconception", ""), str):
        inspection.note(ProblemCode.WRONG_SHAPE, *path, "misconception")


def _check_balance(inspection: Inspection, headlines: tuple[Located, ...]) -> None:
    """Genuine ones are 40 to 60 % of a set, so that neither trusting nor doubting everything looks good."""
    genuine = sum(headline.get("truth") is True for _, headline in headlines)
    fabricated = len(headlines) - genuine
    if headlines and min(genuine, fabricated) < LEAST_OF_A_KIND:
        inspection.note(ProblemCode.TOO_FEW_OF_A_KIND, "headlines")
    elif headlines and not 40 * len(headlines) <= 100 * genuine <= 60 * len(headlines):
        inspection.note(ProblemCode.UNBALANCED, "headlines")


def _is_date(value: object) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
