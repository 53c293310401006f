"""`within` is the SQL twin of `Reach.includes`."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, delete, insert, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place, Reach
from school_safety.access.queries import within
from school_safety.kit.db import binary_text

paths = st.lists(st.sampled_from(["1", "2", "12", "120", "s1", "s12"]), min_size=1, max_size=4).map(
    lambda parts: "/" + "/".join(parts) + "/"
)
numbers = st.none() | st.integers(1, 4)
reaches = st.builds(
    Reach, st.lists(paths, max_size=3).map(tuple), st.frozensets(st.integers(1, 4), max_size=3), numbers
)
places = st.lists(st.builds(Place, st.none() | paths, numbers, numbers), min_size=1, max_size=12)


PLACES = Table(
    "place",
    MetaData(),
    Column("n", Integer, primary_key=True),
    Column("path", binary_text(60)),
    Column("class_group", Integer),
    Column("person", Integer),
    prefixes=["TEMPORARY"],
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reach=reaches, rows=places)
def test_python_and_sql_agree_on_what_is_in_reach(session: Session, reach: Reach, rows: list[Place]) -> None:
    PLACES.create(session.connection(), checkfirst=True)
    session.execute(delete(PLACES))
    session.execute(
        insert(PLACES),
        [
            {"n": n, "path": row.path, "class_group": row.class_group_id, "person": row.person_id}
            for n, row in enumerate(rows)
        ],
    )
    inside = within(reach, path=PLACES.c.path, class_group=PLACES.c.class_group, person=PLACES.c.person)
    found = set(session.scalars(select(PLACES.c.n).where(inside)))
    assert found == {n for n, row in enumerate(rows) if reach.includes(row)}
