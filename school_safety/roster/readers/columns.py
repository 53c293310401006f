"""What the columns of a class list mean, and which of them are dropped unread (`product.md` §9)."""

import re
from enum import StrEnum


class Dropped(StrEnum):
    """Kinds of columns that are dropped in memory, before anything is kept."""

    GENDER = "gender"
    ETHNICITY = "ethnicity"
    PERSONAL_ID = "personal_id"
    PARENTS = "parents"
    ADDRESS = "address"
    CONTACT = "contact"
    OTHER = "other"


_DROPPED: tuple[tuple[Dropped, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Dropped.PARENTS, r".*\b(cha|bo|me|ba|giam ho|nguoi do dau|phu huynh|gia dinh|nghe nghiep)\b.*"),
        (Dropped.PERSONAL_ID, r".*\b(ca nhan|ddcn|sddcn|cccd|cmnd|can cuoc|cmt|ho chieu|bhyt|so dinh danh)\b.*"),
        (Dropped.CONTACT, r".*\b(dien thoai|sdt|dt|email|e mail|zalo|facebook)\b.*"),
        (Dropped.GENDER, r"gioi tinh|gt|nam nu|phai|nu"),
        (Dropped.ETHNICITY, r".*\b(dan toc|ton giao|quoc tich)\b.*"),
        (
            Dropped.ADDRESS,
            r".*\b(dia chi|tinh|huyen|quan|xa|phuong|thon|xom|ap|khu pho|ho khau)\b.*"
            r"|.*\b(thuong tru|tam tru|noi sinh|que quan|cho o)\b.*",
        ),
    )
)

_MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        ("number", r"stt|so tt|tt|so thu tu|so"),
        ("class_name", r"(ten )?lop( hoc)?|class"),
        ("class_code", r"ma lop( hoc)?"),
        ("grade", r"khoi( lop| hoc)?|grade"),
        ("family", r"ho|ho (va )?(ten |chu )?(dem|lot)|ho va|ho lot"),
        ("given", r"ten"),
        (
            "full_name",
            r"(ho (va |va chu dem va )?ten|ten|ho dem va ten)( (hoc sinh|hs|day du))?|hoc sinh|full name|student name",
        ),
        (
            "birth_date",
            r"ngay( thang nam)? sinh( (hs|hoc sinh))?|ngay thang nam sinh|sinh ngay|nam sinh|ns|date of birth|dob",
        ),
        (
            "moet",
            r"ma dinh danh( (bo )?(gd ?dt|gddt|gd va dt|moet|bo))?( (hoc sinh|hs))?"
            r"|ma (so )?(hoc sinh|hs)( bo)?|ma dinh danh (hoc sinh|hs).*|ma moet",
        ),
    )
)


def dropped_kind(label: str) -> Dropped | None:
    """Which kind of dropped column a plain label names, or None when it names none that we know."""
    return next((kind for kind, pattern in _DROPPED if pattern.fullmatch(label)), None)


def meaning_of(label: str) -> str | None:
    """The meaning of a column of a class list from its plain label: kept ones by name, dropped ones as `-kind`."""
    kept = next((meaning for meaning, pattern in _MEANINGS if pattern.fullmatch(label)), None)
    if kept is not None:
        return kept
    dropped = dropped_kind(label)
    return f"-{dropped}" if dropped else None
