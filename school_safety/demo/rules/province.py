"""The places and schools of the demo province and how far each school has come; all names are invented."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from school_safety.registry.rules import SchoolKind

PROVINCE = ("MS", "Tỉnh Minh Sơn")
DEPARTMENT = ("MS-GD", "Sở Giáo dục và Đào tạo tỉnh Minh Sơn")
COMMUNES = (
    ("MS-01", "Phường Bến Đông"),
    ("MS-02", "Phường Tân Lập"),
    ("MS-03", "Phường Minh Tâm"),
    ("MS-04", "Xã Đồi Mây"),
    ("MS-05", "Xã Suối Trúc"),
    ("MS-06", "Xã Vàm Lúa"),
    ("MS-07", "Xã Cồn Sen"),
    ("MS-08", "Xã Bãi Dừa"),
    ("MS-09", "Xã Gò Me"),
    ("MS-10", "Xã Rạch Tre"),
    ("MS-11", "Xã Núi Thơm"),
    ("MS-12", "Xã Đồng Sậy"),
)
DEMO_SCHOOL = "MS-HOAMAI"


class Standing(StrEnum):
    """How far a school has come in one strand."""

    UNKNOWN = "unknown"
    NO = "no"
    DECLARED = "declared"
    RETURNED = "returned"
    PUBLISHED = "published"
    DELIVERED = "delivered"
    VERIFIED = "verified"


class Fate(StrEnum):
    """Whether and how a school is part of this year."""

    OPEN = "open"
    CENTRE = "centre"
    CLOSES = "closes"
    MERGES = "merges"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """One school to make: where it is, what it is, and its standing per strand (os, ml)."""

    code: str
    name: str
    kind: SchoolKind
    commune: int
    os: Standing = Standing.UNKNOWN
    ml: Standing = Standing.UNKNOWN
    fate: Fate = Fate.OPEN

    @property
    def under_department(self) -> bool:
        """Schools with an upper secondary level, and centres, stand under the department."""
        return bool(set(self.grades) & {10, 11, 12}) or self.kind is SchoolKind.CENTRE

    @property
    def grades(self) -> range:
        """The secondary grades taught."""
        return GRADES[self.kind]


GRADES = {
    SchoolKind.THCS: range(6, 10),
    SchoolKind.TH_THCS: range(6, 10),
    SchoolKind.THPT: range(10, 13),
    SchoolKind.THCS_THPT: range(6, 13),
    SchoolKind.BOARDING: range(6, 13),
    SchoolKind.CENTRE: range(10, 13),
}
V, D, P, R, Y, N, U = (
    Standing.VERIFIED,
    Standing.DELIVERED,
    Standing.PUBLISHED,
    Standing.RETURNED,
    Standing.DECLARED,
    Standing.NO,
    Standing.UNKNOWN,
)
THCS, TH_THCS, THPT, MULTI, BOARDING = (
    SchoolKind.THCS,
    SchoolKind.TH_THCS,
    SchoolKind.THPT,
    SchoolKind.THCS_THPT,
    SchoolKind.BOARDING,
)

# Online safety: 15 verified and 5 delivered of 25 are 80,0%, not above 80.
# Media literacy: 11 verified and 7 delivered of 25 are 72,0%, above 70.
_SCHOOLS = (
    SchoolPlan(DEMO_SCHOOL, "Trường THCS Hoa Mai", THCS, 0, Y, Y),
    SchoolPlan("MS-BENDONG", "Trường THCS Bến Đông", THCS, 0, V, V),
    SchoolPlan("MS-THPTBD", "Trường THPT Bến Đông", THPT, 0, V, V),
    SchoolPlan("MS-TANLAP", "Trường THCS Tân Lập", THCS, 1, V, V),
    SchoolPlan("MS-THPTTL", "Trường THPT Tân Lập", THPT, 1, D, P),
    SchoolPlan("MS-MINHTAM", "Trường THCS Minh Tâm", THCS, 2, V, V),
    SchoolPlan("MS-HOASEN", "Trường THCS Hoa Sen", THCS, 2, V, D),
    SchoolPlan("MS-THPTMT", "Trường THPT Minh Tâm", THPT, 2, V, V),
    SchoolPlan("MS-DOIMAY", "Trường THCS và THPT Đồi Mây", MULTI, 3, R, R),
    SchoolPlan("MS-THCSDM", "Trường THCS Đồi Mây", THCS, 3, V, V),
    SchoolPlan("MS-SUOITRUC", "Trường THCS Suối Trúc", THCS, 4, V, V),
    SchoolPlan("MS-SUOINHO", "Trường TH và THCS Suối Nhỏ", TH_THCS, 4, U, U),
    SchoolPlan("MS-VAMLUA", "Trường THCS Vàm Lúa", THCS, 5, V, D),
    SchoolPlan("MS-THPTVL", "Trường THPT Vàm Lúa", THPT, 5, V, V),
    SchoolPlan("MS-CONSEN", "Trường THCS Cồn Sen", THCS, 6, D, D),
    SchoolPlan("MS-BAIDUA", "Trường THCS Bãi Dừa", THCS, 7, V, V),
    SchoolPlan("MS-GOME", "Trường THCS Gò Me", THCS, 8, V, D),
    SchoolPlan("MS-GOCAO", "Trường TH và THCS Gò Cao", TH_THCS, 8, N, N),
    SchoolPlan("MS-RACHTRE", "Trường THCS Rạch Tre", THCS, 9, V, D),
    SchoolPlan("MS-MULTIRT", "Trường THCS và THPT Rạch Tre", MULTI, 9, D, P),
    SchoolPlan("MS-NUITHOM", "Trường THCS Núi Thơm", THCS, 10, D, D),
    SchoolPlan("MS-NOITRU", "Trường PTDTNT Núi Thơm", BOARDING, 10, V, V),
    SchoolPlan("MS-DONGSAY", "Trường THCS Đồng Sậy", THCS, 11, D, D),
    SchoolPlan("MS-DONGCO", "Trường THCS Đồng Cỏ", THCS, 11, P, Y),
    SchoolPlan("MS-THPTDS", "Trường THPT Đồng Sậy", THPT, 11, V, V),
    SchoolPlan("MS-GDTX", "Trung tâm GDNN-GDTX Minh Sơn", SchoolKind.CENTRE, 2, fate=Fate.CENTRE),
    SchoolPlan("MS-BAIDUA2", "Trường THCS Bãi Dừa 2", THCS, 7, fate=Fate.CLOSES),
    SchoolPlan("MS-CONSENA", "Trường THCS Cồn Sen A", THCS, 6, fate=Fate.MERGES),
    SchoolPlan("MS-CONSENB", "Trường THCS Cồn Sen B", THCS, 6, fate=Fate.MERGES),
    SchoolPlan("MS-THPTCS", "Trường THPT Cồn Sen", THPT, 6, fate=Fate.PLANNED),
)
MERGED_INTO = "MS-CONSEN"


def planned_schools(count: int = 30) -> tuple[SchoolPlan, ...]:
    """The 30 named schools of the province; for stress sizes numbered ones follow, spread over the communes."""
    more = (
        SchoolPlan(
            f"MS-X{number:05d}",
            f"Trường THCS Số {number}",
            THCS if number % 4 else THPT,
            number % len(COMMUNES),
            (V, D, P, Y, U)[number % 5],
            (V, D, D, Y, U)[number % 5],
        )
        for number in range(1, count - len(_SCHOOLS) + 1)
    )
    return (*_SCHOOLS[:count], *more)


def class_counts(plans: tuple[SchoolPlan, ...], groups: int) -> dict[tuple[str, int], int]:
    """How many class groups each open school has in each grade; adds up to `groups` exactly (largest remainder)."""
    cells = [(plan, grade) for plan in plans if plan.fate is Fate.OPEN for grade in plan.grades]
    total = sum(_weight(plan) for plan, _ in cells)
    exact = [Fraction(groups * _weight(plan), total) for plan, _ in cells]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(cells)), key=lambda n: (counts[n] - exact[n], n))
    for number in by_remainder[: groups - sum(counts)]:
        counts[number] += 1
    return {(plan.code, grade): count for (plan, grade), count in zip(cells, counts, strict=True)}


def _weight(plan: SchoolPlan) -> int:
    return 2 if len(plan.grades) > 4 else 6 if min(plan.grades) == 10 else 4


def class_sizes(groups: int, pupils: int) -> list[int]:
    """How many pupils each class group gets, as even as can be; adds up to `pupils` exactly."""
    return [pupils // groups + (number < pupils % groups) for number in range(groups)]
