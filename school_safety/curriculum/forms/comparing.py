"""The words for the places of a lesson in which two contents differ, and for the parts of which a school may choose."""

from school_safety.curriculum.forms.lessons import PHASE_WORDS
from school_safety.kit.i18n import LazyString, _l

TEXT_WORDS: dict[str, LazyString] = {
    "title": _l("Tên bài"),
    "summary": _l("Tóm tắt"),
    "grades": _l("Khối lớp"),
    "elements": _l("Yếu tố nội dung"),
    "minutes": _l("Thời lượng (phút)"),
    "sensitivity": _l("Lưu ý khi dạy"),
    "flow": _l("Tiến trình"),
    "objectives": _l("Mục tiêu"),
    "misconceptions": _l("Hiểu lầm thường gặp"),
    "reading": _l("Bài đọc của học sinh"),
    "vocabulary": _l("Từ cần nhớ"),
    "teacher": _l("Ghi chú cho thầy cô"),
    "family": _l("Lời nhắn gia đình"),
    "leaflet": _l("Tờ gấp"),
    "loudspeaker": _l("Lời phát thanh"),
    "led": _l("Bảng điện tử"),
    "zalo": _l("Tin nhóm Zalo"),
    "sms": _l("Tin SMS"),
    "email": _l("Thư điện tử"),
    "media": _l("Hình"),
    "sources": _l("Nguồn"),
    "contacts": _l("Nơi giúp đỡ"),
    "licence": _l("Giấy phép"),
    "review_due": _l("Ngày rà soát lại"),
}
FIELD_WORDS: dict[str, LazyString] = {
    "minutes": _l("số phút"),
    "goal": _l("mục tiêu"),
    "content": _l("nội dung"),
    "product": _l("sản phẩm"),
    "steps": _l("tổ chức thực hiện"),
    "correction": _l("điều đúng"),
    "reteach": _l("dạy lại"),
    "term": _l("từ"),
    "meaning": _l("nghĩa"),
    "subject": _l("tiêu đề"),
    "body": _l("nội dung thư"),
}
LANGUAGE_WORDS: dict[str, LazyString] = {"vi": _l("tiếng Việt"), "en": _l("tiếng Anh")}


def place_words(place: tuple[str, ...]) -> str:
    """Where in the lesson a text stands, such as `Tiến trình, Mở đầu: tổ chức thực hiện`."""
    head = str(TEXT_WORDS[place[0]])
    if place[0] == "email" and len(place) > 1:
        return f"{head}: {FIELD_WORDS[place[1]]}"
    if len(place) == 1:
        return head
    named = f"{head}, {PHASE_WORDS[place[1]] if place[0] == 'flow' else place[1]}"
    field = FIELD_WORDS.get(place[2]) if len(place) > 2 else None
    return f"{named}: {field}" if field is not None else named


def part_words(part: str) -> str:
    """The name of a part of which a school may choose, such as `flow.opening`."""
    return place_words(tuple(part.split(".")))
