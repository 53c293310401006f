"""Sign-in on both databases: counting, one-time use, and who stands behind a token."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.policy import Permission, Reach, Role
from school_safety.kit import clock, secrets
from school_safety.kit.db import Database
from school_safety.kit.errors import Refused, TooMany
from school_safety.roster import actions, queries
from school_safety.roster.models import Account, Invitation, SignInSession, SignInThrottle
from school_safety.roster.queries.people import AccountState, StaffFilter
from school_safety.roster.rules.accounts import LinkProblem
from tests.conftest import counting
from tests.factories.classes import a_class_group, a_teaching, an_enrolment
from tests.factories.people import PASSWORD, PIN, a_card, a_member, a_membership
from tests.factories.registry import a_province, a_school, today_of

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _on_a_school_day() -> object:
    with clock.at(NOW):
        yield


def test_a_pupil_s_viewer_reaches_the_own_class_and_person_only(session: Session) -> None:
    group = a_class_group(session, name="8A2")
    pupil = an_enrolment(session, class_group=group, number=7)
    an_enrolment(session, class_group=group, number=8)
    card = a_card(session, enrolment=pupil)

    proof = actions.prove_card(session, token=card.token, now=NOW)
    viewer = queries.load_viewer(session, actions.enter(session, proof=proof, now=NOW))

    assert viewer is not None
    assert (viewer.person_id, viewer.class_group_id, viewer.list_number) == (pupil.person_id, group.id, 7)
    assert viewer.reach(Permission.TAKE).person_id == pupil.person_id
    assert viewer.reach(Permission.READ_ASSIGNED).class_group_ids == {group.id}
    assert viewer.reach(Permission.TAKE).paths == ()
    assert viewer.is_pupil and viewer.account_id is None


def test_a_teacher_s_viewer_reaches_the_classes_taught_today_in_the_schools_of_the_role(session: Session) -> None:
    school, other = a_school(session), a_school(session)
    mine, former, elsewhere = (
        a_class_group(session, school=one, name=name)
        for one, name in ((school, "8A1"), (school, "8A2"), (other, "8A3"))
    )
    a_class_group(session, school=school, name="8A4")
    teacher = a_member(session, Role.TEACHER, school=school, post="Giáo viên Tin học")
    a_teaching(session, person=teacher, class_group=mine)
    a_teaching(session, person=teacher, class_group=former, valid_to=TODAY)
    a_teaching(session, person=teacher, class_group=elsewhere)

    viewer = queries.load_viewer(session, actions.open_session(session, person=teacher, now=NOW))

    assert viewer is not None
    assert viewer.reach(Permission.ASSIGN).class_group_ids == {mine.id}
    assert viewer.reach(Permission.ASSIGN).paths == ()
    assert (viewer.school_code, viewer.post) == (school.code, "Giáo viên Tin học")


def test_roles_count_from_their_first_day_until_the_day_before_their_end(session: Session) -> None:
    _area, root = a_province(session)
    school = a_school(session)
    person = a_member(session, Role.COORDINATOR, school=school, valid_from=TODAY)
    a_membership(session, person, Role.OFFICER, unit=root, valid_to=TODAY)
    a_membership(session, person, Role.AUDITOR, unit=root, valid_from=TODAY + timedelta(days=1))

    viewer = queries.load_viewer(session, actions.open_session(session, person=person, now=NOW))

    assert viewer is not None
    assert [standing.role for standing in viewer.standings] == [Role.COORDINATOR]
    assert viewer.reach(Permission.MANAGE_STAFF).paths == (today_of(session, school).path,)
    assert viewer.reach(Permission.SEE_COVERAGE).person_id == person.id


def test_the_hot_path_is_one_statement_for_a_pupil_and_two_for_staff(session: Session) -> None:
    pupil_token = actions.enter(
        session, proof=actions.prove_card(session, token=a_card(session).token, now=NOW), now=NOW
    )
    staff_token = actions.open_session(session, person=a_member(session), now=NOW)
    engine = session.connection().engine

    with counting(engine) as for_the_pupil:
        queries.load_viewer(session, pupil_token)
    with counting(engine) as for_staff:
        queries.load_viewer(session, staff_token)

    assert (len(for_the_pupil), len(for_staff)) == (1, 2)


def test_a_held_session_outlives_its_idle_hour_but_not_its_four_hours(session: Session) -> None:
    token = actions.enter(session, proof=actions.prove_card(session, token=a_card(session).token, now=NOW), now=NOW)
    viewer = queries.load_viewer(session, token)
    assert viewer is not None
    actions.hold_session(session, session_id=viewer.session_id, until=NOW + timedelta(hours=9))

    with clock.at(NOW + timedelta(hours=3, minutes=59)):
        assert queries.load_viewer(session, token) is not None
    with clock.at(NOW + timedelta(hours=4)):
        assert queries.load_viewer(session, token) is None


def test_a_door_counts_its_tries_and_forgets_them_when_told(session: Session) -> None:
    door = "d" * 64
    for _ in range(5):
        actions.count_failure(session, door=door, now=NOW)
    assert queries.get_tries(session, door).blocked_until == NOW + timedelta(minutes=5)
    actions.count_failure(session, door=door, now=NOW + timedelta(minutes=1))
    assert queries.get_tries(session, door).blocked_until == NOW + timedelta(minutes=5), "a closed door counts nothing"
    actions.forget_failures(session, door=door)
    assert queries.get_tries(session, door).failures == 0


def test_a_right_pin_that_was_proved_before_the_door_closed_does_not_open_it_afterwards(session: Session) -> None:
    group = a_class_group(session, code="HM8A2K")
    a_card(session, enrolment=an_enrolment(session, class_group=group, number=7))
    proof = actions.prove_pin(session, class_code="HM8A2K", list_number=7, pin=PIN, now=NOW)
    for _ in range(5):
        actions.count_failure(session, door=proof.door, now=NOW)
    with pytest.raises(TooMany):
        actions.enter(session, proof=proof, now=NOW)


def test_the_stored_rows_do_not_tell_who_knocked_or_what_opens(session: Session) -> None:
    member = a_member(session, email="ha@truong.example")
    proof = actions.prove_password(session, email="ha@truong.example", password="wrong wrong", now=NOW)
    actions.count_failure(session, door=proof.door, now=NOW)
    token = actions.open_session(session, person=member, now=NOW)
    throttle = session.scalars(select(SignInThrottle)).one()
    row = session.scalars(select(SignInSession)).one()
    assert "ha@truong" not in throttle.key and len(throttle.key) == 64
    assert row.token_hash == secrets.digest(token) != token


def test_old_sessions_and_tries_are_forgotten_and_living_ones_stay(session: Session) -> None:
    actions.open_session(session, person=a_member(session), now=NOW - timedelta(days=2))
    actions.open_session(session, person=a_member(session), now=NOW)
    actions.count_failure(session, door="old", now=NOW - timedelta(hours=3))
    actions.count_failure(session, door="new", now=NOW)

    actions.forget_old(session, now=NOW)

    assert [row.created_at for row in session.scalars(select(SignInSession))] == [NOW]
    assert session.scalars(select(SignInThrottle.key)).all() == ["new"]


def test_two_who_use_one_link_at_once_leave_one_password(database: Database) -> None:
    with database.writing() as session:
        member = a_member(session, password=None)
        account = session.scalars(select(Account).where(Account.person_id == member.id)).one()
        code = actions.invite_account(session, actor=None, account=account, now=NOW)

    def use(number: int) -> str:
        try:
            with database.writing() as session:
                actions.accept_invitation(session, code=code, password_hash=f"hash {number}", now=NOW)
        except Refused as refused:
            return refused.code
        return f"hash {number}"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(use, range(4)))

    assert sorted(outcomes)[1:] == [LinkProblem.USED] * 3
    with database.reading() as session:
        assert session.scalars(select(Account.password_hash)).one() == sorted(outcomes)[0]
        assert session.scalars(select(Invitation.used_at)).one() == NOW


def test_tries_counted_side_by_side_are_all_counted(database: Database) -> None:
    def fail(_number: int) -> None:
        with database.writing() as session:
            actions.count_failure(session, door="d" * 64, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fail, range(5)))

    with database.reading() as session:
        assert queries.get_tries(session, "d" * 64).failures >= 5


def test_staff_are_listed_by_given_name_with_the_filters_of_the_page(session: Session) -> None:
    _area, root = a_province(session)
    school, other = a_school(session), a_school(session)
    for name in ("Trần Thị Ước", "Lê Văn Ân", "Đỗ Thị Anh"):
        a_member(session, Role.TEACHER, school=school, name=name)
    a_member(session, Role.PRINCIPAL, school=school, name="Phạm Bình", password=None)
    a_member(session, Role.TEACHER, school=other, name="Người Khác")
    a_member(session, Role.OFFICER, unit=root, name="Chuyên Viên")

    def names(reach: Reach, **wanted: object) -> list[str]:
        rows, total = queries.list_staff(
            session,
            reach=reach,
            on=TODAY,
            wanted=StaffFilter(**wanted),  # type: ignore[arg-type]  # of the table
        )
        assert total == len(rows)
        return [row.name for row in rows]

    own = Reach(paths=(today_of(session, school).path,))
    assert names(own) == ["Đỗ Thị Anh", "Lê Văn Ân", "Phạm Bình", "Trần Thị Ước"]
    assert names(own, words="le an") == ["Lê Văn Ân"]
    assert names(own, role=Role.PRINCIPAL) == names(own, state=AccountState.WAITING) == ["Phạm Bình"]
    assert names(own, school_code=other.code) == []
    assert "Chuyên Viên" in names(Reach(paths=(root.path,))) and "Người Khác" in names(Reach(paths=(root.path,)))
    assert names(Reach()) == []


def test_a_wrong_and_a_right_password_are_told_apart(session: Session) -> None:
    member = a_member(session, email="ha@truong.example")
    wrong = actions.prove_password(session, email="ha@truong.example", password="wrong wrong", now=NOW)
    right = actions.prove_password(session, email="ha@truong.example", password=PASSWORD, now=NOW)
    assert (wrong.refusal, wrong.tries_left, wrong.person_id) == ("wrong_pair", 4, None)
    assert (right.refusal, right.person_id) == (None, member.id)
    with pytest.raises(Refused):
        actions.enter(session, proof=wrong, now=NOW)
