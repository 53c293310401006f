"""A year drafted from the template: choosing, looking at the lines, making the draft, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.curriculum.rules import grades_of
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, ngettext
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.programmes import DRAFT_WORDS
from school_safety.planning.forms.templates import LinesForm, WishesForm, lines_form, wishes_form
from school_safety.planning.models import Activity
from school_safety.planning.queries import Draft, SchoolYear
from school_safety.planning.readers import load_template
from school_safety.planning.report import words
from school_safety.planning.report.basis import basis_lines
from school_safety.planning.report.template import months_of, name_of
from school_safety.planning.rules import (
    DraftingProblem,
    Proposal,
    Proposed,
    YearOffer,
    draft_problems,
    keys_planned,
    propose_year,
    served_strands,
)
from school_safety.planning.views.blueprint import bp


@bp.get("/schools/<code>/programme/<year>/template")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_school_year)
def programme_template(here: SchoolYear) -> ResponseReturnValue:
    """What the school chooses: lessons and where they are taught, the calendar, useful days, training and outreach."""
    return _choose(here, wishes_form(_offer(here), request.args))


@bp.route("/schools/<code>/programme/<year>/template/preview", methods=["GET", "POST"])
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_school_year)
def programme_template_preview(here: SchoolYear) -> ResponseReturnValue:
    """The proposed year by month and grade; each line can be left out or moved, then one click makes the draft."""
    chosen = request.form if request.method == "POST" else request.args
    if not chosen:
        return redirect(url_for("planning.programme_template", code=here.school.code, year=here.year.code), 303)
    offer = _offer(here)
    wishes = wishes_form(offer, chosen)
    if len(offer.terms) < 2 or not wishes.validate():
        return _choose(here, wishes)
    proposal = propose_year(
        offer.template, wishes.calendar(), levels=offer.levels, lessons=offer.lessons, wishes=wishes.wishes()
    )
    if not proposal.lines:
        wishes.refuse(Refused(DraftingProblem.NO_DAY_LEFT, "begins"))
        return _choose(here, wishes)
    standing = _standing(here, proposal.lines)
    form = lines_form(proposal.lines, there=standing.there, left_out=standing.left_out)
    if form.submitted():
        try:
            return _make(here, offer, form.kept(proposal.lines))
        except Refused as refused:
            form.refuse(refused)
    return _preview(here, wishes, form, proposal, standing)


@bp.post("/schools/<code>/programme/<year>/template/undo")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def programme_template_undo(draft: Draft) -> ResponseReturnValue:
    """Take out what the template made and nobody has touched since."""
    try:
        count = actions.undo_template(db.session(), actor=viewer(), draft=draft, now=clock.now())
    except Refused as refused:
        flash(DRAFT_WORDS[refused.code], "warn")
    else:
        flash(
            ngettext("Đã gỡ %(num)s hoạt động từ mẫu.", "Đã gỡ %(num)s hoạt động từ mẫu.", count)
            + " "
            + _("Hoạt động đã sửa hoặc đã công bố được giữ nguyên.")
        )
    return redirect(url_for("planning.activity_index", code=draft.school.code, year=draft.year.code), 303)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The draft beside the lines: its activities, the lines it holds, and those that somebody took out of it."""

    activities: list[Activity]
    there: frozenset[str]
    left_out: frozenset[str]


def _offer(here: SchoolYear) -> YearOffer:
    session, today = db.session(), clock.today()
    year = here.dates
    return YearOffer(
        template=load_template(),
        year=year,
        terms=queries.terms_of(here.year),
        levels=here.school.grades,
        lessons=queries.list_teachable(session, here.school.grades),
        begins=today if year.starts_on <= today <= year.ends_on else year.starts_on,
    )


def _standing(here: SchoolYear, lines: Sequence[Proposed]) -> _Standing:
    if here.programme is None:
        return _Standing([], frozenset(), frozenset())
    session = db.session()
    activities = queries.list_activities(session, here.programme.id)
    there = keys_planned(lines, [queries.planned_of(activity) for activity in activities])
    made = queries.list_made_by_template(session, here.programme.id)
    return _Standing(activities, there, frozenset(each.template_key or "" for each in made if each.removed_at))


def _choose(here: SchoolYear, wishes: WishesForm) -> ResponseReturnValue:
    draft = Draft(here.school, here.year, here.programme) if here.programme else None
    return render_form(
        "planning/programme_template.html",
        wishes,
        here=here,
        offer=wishes.offer,
        grades=grades_of(here.school.grades),
        untouched=len(actions.list_untouched(db.session(), draft)) if draft else 0,
        words=words,
    )


def _preview(
    here: SchoolYear, wishes: WishesForm, form: LinesForm, proposal: Proposal, standing: _Standing
) -> ResponseReturnValue:
    offer = wishes.offer
    new = [line for line in proposal.lines if line.key not in standing.there]
    drafts = [queries.draft_of(activity) for activity in standing.activities]
    drafts += [line.as_draft(-number) for number, line in enumerate(new, 1)]
    problems = draft_problems(drafts, year=offer.year, levels=offer.levels)
    return render_form(
        "planning/programme_template_preview.html",
        form,
        here=here,
        pairs=wishes.pairs(),
        back=_with(here, wishes),
        new=len(new),
        there=len(standing.there),
        left_out=standing.left_out,
        months=months_of(proposal.lines, standing.there, offer.levels),
        unplaced=proposal.unplaced,
        missed=[name_of(each) for each in offer.left_out(proposal.lines, wishes.wishes())],
        served=served_strands(problems),
        words=words,
    )


def _with(here: SchoolYear, wishes: WishesForm) -> str:
    """The address of the choices as they were made."""
    chosen: dict[str, list[str]] = {}
    for name, value in wishes.pairs():
        chosen.setdefault(name, []).append(value)
    return url_for("planning.programme_template", code=here.school.code, year=here.year.code, **chosen)  # type: ignore[arg-type]  # lists become repeated names


def _make(here: SchoolYear, offer: YearOffer, lines: list[Proposed]) -> ResponseReturnValue:
    session, code, year = db.session(), here.school.code, here.year.code
    targets = queries.list_targets_in_force(session, clock.today())
    values = actions.ProgrammeValues(
        title=offer.template.title,
        purpose=offer.template.purpose,
        basis=basis_lines(target.plan for target in targets),
    )
    made = actions.draft_from_template(session, actor=viewer(), here=here, values=values, lines=lines, now=clock.now())
    count = len(made.activities)
    if count:
        words_made = ngettext(
            "Đã thêm %(num)s hoạt động từ mẫu vào bản nháp.", "Đã thêm %(num)s hoạt động từ mẫu vào bản nháp.", count
        )
        undo = url_for("planning.programme_template_undo", code=code, year=year)
        flash({"words": words_made, "undo": undo})  # type: ignore[arg-type]  # words and a button to undo
    else:
        flash(_("Bản nháp đã có đủ những hoạt động này."))
    return redirect(url_for("planning.activity_index", code=code, year=year), 303)
