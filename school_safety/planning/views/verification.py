"""The queue of what waits for another unit's eyes, and the decision."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.deliveries import VerificationForm
from school_safety.planning.forms.fields import whole
from school_safety.planning.queries import DeliveryInSchool
from school_safety.planning.report import words
from school_safety.planning.rules import Decision
from school_safety.planning.views.blueprint import bp


@bp.get("/verification")
@requires(Permission.VERIFY)
def verification_index(reach: Reach) -> ResponseReturnValue:
    """Deliveries in reach that wait for a decision, oldest first, and revisions nobody has looked at."""
    session = db.session()
    year = queries.find_year_on(session, None, clock.today())
    return render_template(
        "planning/verification_index.html",
        year=year,
        rows=queries.list_to_verify(session, reach, year_id=year.id, person_id=viewer().person_id),
        unmarked=queries.list_unmarked(session, viewer().reach(Permission.SUPERVISE), year),
        words=words,
    )


@bp.route("/deliveries/<int:delivery_id>/verification", methods=["GET", "POST"])
@requires(Permission.VERIFY, on=queries.load_delivery)
def verification_new(found: DeliveryInSchool) -> ResponseReturnValue:
    """Look at a delivery and its evidence, accept it or reject it with a reason."""
    form = VerificationForm()
    if form.submitted():
        decision = Decision(form.decision.data)
        try:
            actions.verify_delivery(
                db.session(),
                actor=viewer(),
                found=found,
                version=whole(form.version.data),
                evidence_upto=whole(form.evidence_upto.data),
                decision=decision,
                reason=form.reason.data or "",
                now=clock.now(),
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("%(school)s: %(decision)s.", school=found.school.name, decision=words.DECISION_WORDS[decision]))
            return redirect(url_for("planning.verification_index"), 303)
    return _page(found, form)


def _page(found: DeliveryInSchool, form: VerificationForm) -> ResponseReturnValue:
    for field, now in ((form.version, found.row.delivery.id), (form.evidence_upto, actions.newest_evidence(found))):
        field.data, field.raw_data = str(now), None
    session = db.session()
    return render_form(
        "planning/verification_new.html",
        form,
        found=found,
        row=found.row,
        reused={piece.id: queries.count_other_uses(session, piece) for piece in found.row.evidence},
        decisions=queries.list_decisions(session, found.row.delivery.root_id),
        words=words,
    )
