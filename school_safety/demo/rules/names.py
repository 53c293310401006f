"""Invented Vietnamese names and addresses: common parts, combined by a seeded random source."""

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Thạch",
    "Sơn",
    "Danh",
    "Kim",
    "Trịnh",
    "Mai",
    "Đinh",
    "Lâm",
]
GIRL_MIDDLES = ("Thị", "Thị Thu", "Thị Hồng", "Ngọc", "Thanh", "Thị Mỹ", "Bảo", "Khánh")
BOY_MIDDLES = ("Văn", "Minh", "Gia", "Quốc", "Hữu", "Đức", "Thanh", "Tuấn")
GIRLS = [
    "An",
    "Ánh",
    "Ân",
    "Anh",
    "Chi",
    "Châu",
    "Diệp",
    "Dung",
    "Đào",
    "Giang",
    "Hà",
    "Hân",
    "Hạnh",
    "Hiền",
    "Hoa",
    "Hương",
    "Khuê",
    "Lan",
    "Linh",
    "Ly",
    "Mai",
    "My",
    "Ngân",
    "Ngọc",
    "Nhi",
    "Nhung",
    "Oanh",
    "Phương",
    "Quyên",
    "Quỳnh",
    "Thảo",
    "Thư",
    "Thuỷ",
    "Trang",
    "Trâm",
    "Trúc",
    "Tú",
    "Uyên",
    "Vân",
    "Vy",
    "Yến",
]
BOYS = [
    "An",
    "Ân",
    "Bách",
    "Bảo",
    "Bình",
    "Chiến",
    "Cường",
    "Duy",
    "Dũng",
    "Đạt",
    "Đăng",
    "Đức",
    "Hải",
    "Hậu",
    "Hiếu",
    "Hoà",
    "Hùng",
    "Huy",
    "Hưng",
    "Khang",
    "Khánh",
    "Khoa",
    "Kiệt",
    "Lâm",
    "Long",
    "Lộc",
    "Mạnh",
    "Minh",
    "Nam",
    "Nghĩa",
    "Nhân",
    "Phát",
    "Phong",
    "Phúc",
    "Quân",
    "Quang",
    "Quý",
    "Sơn",
    "Tài",
    "Tâm",
    "Thành",
    "Thịnh",
    "Toàn",
    "Trí",
    "Trung",
    "Tuấn",
    "Vinh",
    "Vũ",
]


@dataclass(frozen=True, slots=True)
class PupilName:
    """One invented pupil."""

    full_name: str
    birth_date: date
    moet_code: str


class Namer:
    """Gives names in an order that the seed alone decides."""

    def __init__(self, source: random.Random) -> None:
        self.source = source
        self.codes = 0

    def person(self) -> str:
        """A full name: family, middle, given."""
        pick = self.source.choice
        if self.source.random() < 0.5:
            return f"{pick(FAMILIES)} {pick(GIRL_MIDDLES)} {pick(GIRLS)}"
        return f"{pick(FAMILIES)} {pick(BOY_MIDDLES)} {pick(BOYS)}"

    def pupil(self, grade: int, year_starts: date) -> PupilName:
        """A pupil of the right age for the grade (six years old in grade 1) with an invented ten-digit code."""
        self.codes += 1
        born = date(year_starts.year - 5 - grade, 1, 1) + timedelta(days=self.source.randrange(365))
        return PupilName(self.person(), born, f"99{self.codes:08d}")


def email_of(name: str, at: str, taken: set[str]) -> str:
    """`ha.nguyen@hoa-mai.example`: given name, family name; a number where that is taken."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    parts = "".join(sign for sign in plain if sign.isascii()).split()
    base, number = f"{parts[-1]}.{parts[0]}", 1
    address = f"{base}@{at}.example"
    while address in taken:
        number += 1
        address = f"{base}{number}@{at}.example"
    taken.add(address)
    return address
