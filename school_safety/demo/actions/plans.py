"""The plans of the demo: the national one that ended in 2025 and the province's for 2026–2030, with their targets."""

from datetime import date

from school_safety.access.policy import Viewer
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.planning import actions as planning
from school_safety.planning.actions import PlanValues, TargetValues
from school_safety.planning.rules import Comparator, PlanKind, TargetIndicator, TargetScope

NATIONAL_BASIS = "Quyết định số 1907/QĐ-TTg ngày 23/11/2020"


def make_plans(session: Session, officer: Viewer) -> None:
    """Enter both plans and their dated targets, each on the day it was signed."""
    national = PlanValues(
        kind=PlanKind.MULTI_YEAR,
        parent_id=None,
        issuer="Thủ tướng Chính phủ",
        number="1907/QĐ-TTg",
        title="Đề án Tuyên truyền, nâng cao nhận thức và phổ biến kiến thức về an toàn thông tin giai đoạn 2021-2025",
        signed_on=date(2020, 11, 23),
        starts_on=date(2021, 1, 1),
        ends_on=date(2025, 12, 31),
        vision_year=None,
        basis=[],
    )
    _enter(session, officer, national, TargetScope.NATIONAL, (80, 50), NATIONAL_BASIS)
    province = PlanValues(
        kind=PlanKind.MULTI_YEAR,
        parent_id=None,
        issuer="UBND tỉnh Minh Sơn",
        number="45/KH-UBND",
        title="Kế hoạch nâng cao nhận thức và kỹ năng an toàn thông tin giai đoạn 2026-2030 (dữ liệu mẫu)",
        signed_on=date(2026, 1, 12),
        starts_on=date(2026, 1, 12),
        ends_on=date(2030, 12, 31),
        vision_year=2035,
        basis=[f"{NATIONAL_BASIS} của Thủ tướng Chính phủ", "Luật An ninh mạng số 116/2025/QH15 ngày 10/12/2025"],
    )
    _enter(session, officer, province, TargetScope.PROVINCE, (80, 70), "Kế hoạch số 45/KH-UBND ngày 12/01/2026")


def _enter(
    session: Session,
    officer: Viewer,
    values: PlanValues,
    scope: TargetScope,
    percents: tuple[int, int],
    basis: str,
) -> None:
    with clock.at(clock.at_local(values.signed_on)):
        plan = planning.save_plan(session, actor=officer, values=values)
        indicators = (TargetIndicator.OS_PROGRAMME, TargetIndicator.ML_PROGRAMME)
        for indicator, percent in zip(indicators, percents, strict=True):
            target = TargetValues(
                indicator=indicator,
                scope=scope,
                comparator=Comparator.GT,
                percent=percent,
                valid_from=values.starts_on,
                valid_to=values.ends_on,
                basis=basis,
            )
            planning.set_target(session, actor=officer, plan=plan, values=target)
