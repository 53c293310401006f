"""A school's programme of the year: declaration, beginning the document, its words, its page and its paper."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import download, render_form
from school_safety.planning import actions, pdf, queries
from school_safety.planning.forms.programmes import DRAFT_WORDS, MarkForm, NumberForm, ProgrammeForm
from school_safety.planning.models import Answer
from school_safety.planning.queries import Draft, SchoolYear
from school_safety.planning.report import words
from school_safety.planning.report.basis import basis_lines
from school_safety.planning.report.programme import ProgrammeReport, published_report, report_of
from school_safety.planning.rules import judge
from school_safety.planning.views.blueprint import bp
from school_safety.registry.models import Unit


@bp.get("/schools/<code>/programme")
@bp.get("/schools/<code>/programme/<year>")
@requires(Permission.SEE_PROGRAMME, on=queries.load_school_year)
def programme_show(here: SchoolYear) -> ResponseReturnValue:
    """Where the school stands in both strands, the published programme, and what is to be done next."""
    return show(here, NumberForm(formdata=None), MarkForm(formdata=None))


def show(here: SchoolYear, number_form: NumberForm, mark_form: MarkForm) -> ResponseReturnValue:
    """The programme's page, with the two forms that may have been refused."""
    session = db.session()
    programme = here.programme
    revisions = queries.list_revisions(session, programme.id) if programme else []
    published = queries.find_public(session, here.school.code, here.year.code) if revisions else None
    standings = queries.find_standings(session, school_id=here.school.school_id, year=here.year)
    refused = mark_form if mark_form.is_refused else number_form
    return render_form(
        "planning/programme_show.html",
        refused,
        here=here,
        standings=standings,
        judgements={strand: judge(facts, here.school.grades) for strand, facts in standings.items()},
        report=published_report(published, queries.find_document_number(session, published.revision.id))
        if published
        else None,
        revisions=revisions,
        marks=queries.list_marks(session, published.revision.id) if published else [],
        previous=queries.find_previous(session, here.school.school_id, here.year),
        has_changes=_has_changes(here),
        number_form=number_form,
        mark_form=mark_form,
        words=words,
    )


def _has_changes(here: SchoolYear) -> bool:
    """Whether the draft says something that is not published."""
    if here.programme is None:
        return False
    session = db.session()
    revision = queries.find_revision(session, here.programme.id)
    draft = Draft(here.school, here.year, here.programme)
    content = actions.content_of(draft, queries.list_activities(session, here.programme.id))
    return (
        revision is None
        or revision.content["activities"] != content["activities"]
        or any(revision.content[name] != content[name] for name in ("title", "purpose", "basis"))
    )


@bp.post("/schools/<code>/programme/<year>/declaration")
@requires(Permission.DECLARE, on=queries.load_school_year)
def programme_declare(here: SchoolYear) -> ResponseReturnValue:
    """One click per strand: yes, no, or a yes taken back."""
    try:
        strand, answer = Strand(request.form.get("strand", "")), Answer(request.form.get("answer", ""))
    except ValueError as error:
        raise NotFound from error
    try:
        actions.declare(db.session(), actor=viewer(), here=here, strand=strand, answer=answer, now=clock.now())
    except Refused as refused:
        flash(DRAFT_WORDS[refused.code], "warn")
    else:
        flash(_("%(strand)s: %(answer)s.", strand=words.STRAND_WORDS[strand], answer=words.ANSWER_WORDS[answer]))
    return redirect(url_for("planning.programme_show", code=here.school.code, year=here.year.code), 303)


@bp.post("/schools/<code>/programme/<year>/start")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_school_year)
def programme_start(here: SchoolYear) -> ResponseReturnValue:
    """Begin the document of the year: empty, or as a copy of the last one."""
    session, now = db.session(), clock.now()
    try:
        if request.form.get("how") == "copy":
            actions.copy_programme(session, actor=viewer(), here=here, now=now)
        else:
            values = actions.ProgrammeValues(title="", purpose="", basis=[])
            actions.start_programme(session, actor=viewer(), here=here, values=values, now=now)
    except Refused as refused:
        flash(DRAFT_WORDS[refused.code], "warn")
        return redirect(url_for("planning.programme_show", code=here.school.code, year=here.year.code), 303)
    return redirect(url_for("planning.programme_edit", code=here.school.code, year=here.year.code), 303)


@bp.route("/schools/<code>/programme/<year>/draft", methods=["GET", "POST"])
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def programme_edit(draft: Draft) -> ResponseReturnValue:
    """The first step of drafting: the words of the document around its activities."""
    programme = draft.programme
    title = programme.title or _("Tuyên truyền, giáo dục an toàn trên mạng và đọc tin")
    targets = queries.list_targets_in_force(db.session(), clock.today())
    basis = "\n".join(programme.basis or basis_lines(target.plan for target in targets))
    form = ProgrammeForm(data={"title": title, "purpose": programme.purpose, "basis": basis})
    if form.submitted():
        values = actions.ProgrammeValues(form.title.data or "", form.purpose.data or "", form.basis.lines)
        actions.edit_programme(db.session(), actor=viewer(), draft=draft, values=values, now=clock.now())
        flash(_("Đã lưu phần thông tin."))
        return redirect(url_for("planning.activity_index", code=draft.school.code, year=draft.year.code), 303)
    return render_form("planning/programme_edit.html", form, draft=draft)


@bp.get("/schools/<code>/programme/<year>/plan.pdf")
@requires(Permission.SEE_PROGRAMME, on=queries.load_draft, slow=True)
def programme_print(draft: Draft) -> ResponseReturnValue:
    """The official plan as a draft for the clerk: the last published revision, one by number, or the draft itself."""
    session = db.reader()
    report = _report_to_print(draft, request.args.get("revision", ""))
    authority = session.get_one(Unit, draft.school.authority_unit_id)
    commune = session.get_one(Unit, draft.school.area_unit_id)
    place = commune.name.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Thị trấn ")
    data = pdf.draw_programme(report, superior=authority.name, place=place)
    return download(data, f"ke-hoach-{draft.school.code}-{draft.year.code}.pdf", "application/pdf")


def _report_to_print(draft: Draft, wanted: str) -> ProgrammeReport:
    session = db.reader()
    revision = queries.find_revision(session, draft.programme.id, int(wanted) if wanted.isdecimal() else None)
    if wanted.isdecimal() and revision is None:
        raise NotFound
    if revision is None or wanted == "draft":
        content = actions.content_of(draft, queries.list_activities(session, draft.programme.id))
        return report_of(draft.school, content)
    published = queries.Published(draft.school, draft.year, draft.programme, revision)
    return published_report(published, queries.find_document_number(session, revision.id))
