"""The lesson plan that a teacher hands in, as PDF and as Word file."""

from flask import request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum import queries
from school_safety.curriculum.report import make_plan, plan_paper, taught_by
from school_safety.curriculum.views.blueprint import bp
from school_safety.kit import clock, db, docx, pdf
from school_safety.kit.i18n import LANGUAGES, _, language, speaking
from school_safety.kit.web import download

WRITERS = {"pdf": (pdf.paper_pdf, "application/pdf"), "docx": (docx.paper_docx, docx.MEDIA_TYPE)}


@bp.get("/lessons/<code>/plan.<any(pdf, docx):file_format>")
@requires(Permission.READ_LIBRARY)
def lesson_plan(reach: Reach, code: str, file_format: str) -> ResponseReturnValue:
    """The plan with the viewer's name, school and class groups; `?text=en` in English, `?revision=2` an earlier one."""
    who, session = viewer(), db.session()
    number = request.args.get("revision", type=int)
    revision = queries.get_lesson(session, code.upper(), number, school_id=who.school_id)
    plan = make_plan(
        revision,
        language=_text_language(),
        cards=queries.find_contact_cards(session),
        taught=taught_by(session, who, grades=revision.content["grades"], today=clock.today()),
    )
    with speaking(plan.language):
        paper, name = plan_paper(plan), _("Kế hoạch bài dạy")
    write, media_type = WRITERS[file_format]
    return download(write(paper), f"{plan.code} {name} - {plan.title}.{file_format}", media_type)


def _text_language() -> str:
    wanted = request.args.get("text", "")
    return wanted if wanted in LANGUAGES else language()
