"""A pupil's places: today, lessons, results; reading a lesson and starting on its questions."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.classroom import actions, queries, report
from school_safety.classroom.forms import POLICY_WORDS, START_WORDS
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.classroom.rules import AttemptState
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused


@bp.get("/learn")
@requires(Permission.READ_ASSIGNED)
def learn_index(reach: Reach) -> ResponseReturnValue:
    """Today: the next thing, what was given, what is handed in."""
    return render_template("classroom/learn_index.html", today=_today(reach))


@bp.get("/learn/lessons")
@requires(Permission.READ_ASSIGNED)
def lesson_index(reach: Reach) -> ResponseReturnValue:
    """Everything the class was given to read."""
    return render_template("classroom/lesson_index.html", today=_today(reach))


def _today(reach: Reach) -> report.Today:
    who = viewer()
    own = who.reach(Permission.SEE_OWN_RESULTS)
    return report.today_of(db.session(), reach, own, person_id=who.person_id, now=clock.now())


@bp.get("/learn/assignments/<public_id>")
@requires(Permission.READ_ASSIGNED, on=queries.load_given)
def lesson_show(given: GroupFacts) -> ResponseReturnValue:
    """Read the lesson; begin, or go on with, its questions."""
    return _lesson_page(given)


@bp.post("/learn/assignments/<public_id>/start")
@requires(Permission.READ_ASSIGNED, on=queries.load_given)
def attempt_start(given: GroupFacts) -> ResponseReturnValue:
    """Begin an attempt, or go on with the one that is running."""
    try:
        attempt = actions.start_attempt(db.session(), actor=viewer(), given=given, now=clock.now())
    except Refused:
        return _lesson_page(given), 422
    step = report.next_step(db.session(), attempt)
    return redirect(url_for(".attempt_item", public_id=attempt.public_id, slot=step.slot), 303)


def _lesson_page(given: GroupFacts) -> str:
    thing = report.thing_of_group(db.session(), given, person_id=viewer().person_id, now=clock.now())
    problem = START_WORDS[thing.problem] if thing.problem else None
    policy = POLICY_WORDS[given.group.assignment.attempt_policy]
    return render_template("classroom/lesson_show.html", given=given, thing=thing, problem=problem, policy=policy)


@bp.get("/learn/results")
@requires(Permission.SEE_OWN_RESULTS)
def result_index(reach: Reach) -> ResponseReturnValue:
    """Everything the pupil has handed in."""
    results = report.own_results(db.session(), reach, now=clock.now())
    return render_template("classroom/result_index.html", results=results)


@bp.get("/learn/results/<public_id>")
@requires(Permission.SEE_OWN_RESULTS, on=queries.load_attempt)
def result_show(attempt: AttemptFacts) -> ResponseReturnValue:
    """One finished attempt, with what its release allows."""
    if attempt.state(clock.now()) is AttemptState.IN_PROGRESS:
        return redirect(url_for(".attempt_resume", public_id=attempt.public_id), 303)
    result = report.own_result(db.session(), attempt, now=clock.now())
    whole = report.attempts_of_pupil(db.session(), attempt, now=clock.now())
    policy = POLICY_WORDS[attempt.policy]
    return render_template("classroom/result_show.html", result=result, whole=whole, policy=policy)


@bp.get("/learn/attempts/<public_id>/receipt")
@requires(Permission.SEE_OWN_RESULTS, on=queries.load_attempt)
def receipt_show(attempt: AttemptFacts) -> ResponseReturnValue:
    """The receipt of a submission."""
    if attempt.receipt is None:
        raise NotFound
    result = report.own_result(db.session(), attempt, now=clock.now(), whole=False)
    return render_template("classroom/receipt_show.html", result=result)
