"""What the programmes of the demo schools say: activities per strand, in plain words."""

from dataclasses import dataclass

from school_safety.curriculum.rules import Strand


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """One activity of a demo programme; `day` and `days` count from the first day of the school year."""

    strand: Strand
    title: str
    lead: str
    partners: tuple[str, ...]
    channel: str
    elements: int
    day: int
    days: int = 1
    weekly: bool = False


ACTIVITIES = (
    PlannedActivity(
        Strand.ONLINE_SAFETY,
        "Tuần lễ An toàn trên mạng",
        "Tổ Tin học",
        ("Đoàn - Đội", "Giáo viên chủ nhiệm"),
        "subject_lesson",
        0b0011,
        day=31,
        days=5,
    ),
    PlannedActivity(
        Strand.ONLINE_SAFETY,
        "Sinh hoạt dưới cờ: Một phút trước khi bấm",
        "Đoàn - Đội",
        ("Công an xã, phường",),
        "flag_ceremony",
        0b0011,
        day=45,
    ),
    PlannedActivity(
        Strand.MEDIA_LITERACY,
        "Chuyên đề Đọc tin: dừng lại trước khi chia sẻ",
        "Tổ Ngữ văn",
        ("Thư viện", "Giáo viên chủ nhiệm"),
        "class_meeting",
        0b1100,
        day=38,
        days=12,
    ),
    PlannedActivity(
        Strand.MEDIA_LITERACY,
        "Phát thanh Nghĩ trước khi gửi",
        "Đoàn - Đội",
        ("Đài truyền thanh xã, phường",),
        "loudspeaker",
        0b1100,
        day=60,
        days=120,
        weekly=True,
    ),
)
PURPOSE = (
    "Giúp học sinh nhận ra nguy cơ, có kỹ năng tương tác lành mạnh, an toàn trên không gian mạng; "
    "biết đọc tin, tư duy phản biện trước thông tin sai lệch."
)
BASIS = (
    "Kế hoạch số 45/KH-UBND ngày 12/01/2026 của UBND tỉnh Minh Sơn giai đoạn 2026-2030 (dữ liệu mẫu)",
    "Kế hoạch giáo dục năm học của nhà trường",
)
RETURN_WORDS = "Hoạt động chưa ghi rõ đơn vị phối hợp ở từng khối. Đề nghị bổ sung rồi công bố lại."
