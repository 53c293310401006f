"""What a lesson plan (Công văn 5512/BGDĐT-GDTrH, phụ lục IV) says beyond the lesson itself, from the lesson's parts.

General competences and qualities are those of Thông tư 32/2018/TT-BGDĐT, worded for what pupils do in each strand.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import zip_longest

from school_safety.curriculum.rules.scope import Strand

PERIOD = 45
"""Minutes of one period in lower and upper secondary schools."""

FIVE_MINUTES = {"vi": "Nếu thầy cô chỉ có năm phút", "en": "If you only have five minutes"}
PREPARATION = {"vi": "Chuẩn bị", "en": "Preparation"}
"""Headings in teachers' notes that the plan and the lesson's page take a section from."""

GENERAL_COMPETENCES: Mapping[Strand, tuple[Mapping[str, str], ...]] = {
    Strand.ONLINE_SAFETY: (
        {
            "vi": "Tự chủ và tự học: tự đọc bài, đối chiếu việc mình làm với bài học, chọn một việc để làm tiếp ở nhà.",
            "en": "Autonomy and self-study: reads alone, compares own habits with the lesson, chooses one thing to do.",
        },
        {
            "vi": "Giao tiếp và hợp tác: trao đổi theo cặp, theo nhóm; nêu lý do của mình và nghe lý do của bạn.",
            "en": "Communication and cooperation: talks in pairs and groups, gives reasons and listens.",
        },
        {
            "vi": "Giải quyết vấn đề và sáng tạo: nhận ra nguy cơ trong tình huống, chọn cách xử lý an toàn, biết tìm"
            " người giúp.",
            "en": "Problem solving and creativity: sees the risk, chooses a safe way out, knows whom to ask.",
        },
    ),
    Strand.MEDIA_LITERACY: (
        {
            "vi": "Tự chủ và tự học: tự kiểm tra một thông tin theo các bước của bài trước khi tin hoặc chia sẻ.",
            "en": "Autonomy and self-study: checks a claim by the lesson's steps before believing or sharing it.",
        },
        {
            "vi": "Giao tiếp và hợp tác: thảo luận theo nhóm; phản biện ý kiến, không công kích người nói.",
            "en": "Communication and cooperation: discusses in groups; answers the argument, never the person.",
        },
        {
            "vi": "Giải quyết vấn đề và sáng tạo: so sánh nhiều nguồn, nêu kết luận và mức chắc chắn của kết luận.",
            "en": "Problem solving and creativity: compares sources, states a conclusion and how sure it is.",
        },
    ),
}
QUALITIES: Mapping[Strand, tuple[Mapping[str, str], ...]] = {
    Strand.ONLINE_SAFETY: (
        {
            "vi": "Trách nhiệm: giữ gìn thông tin, tài khoản của mình và của người khác; làm đúng pháp luật trên mạng.",
            "en": "Responsibility: looks after own and other people's information and accounts; keeps the law online.",
        },
        {
            "vi": "Trung thực: nói đúng điều đã xảy ra khi nhờ người lớn giúp; không mạo danh người khác.",
            "en": "Honesty: tells what really happened when asking an adult for help; never poses as somebody else.",
        },
        {
            "vi": "Nhân ái: không chia sẻ điều làm bạn tổn thương; động viên bạn tìm người giúp.",
            "en": "Kindness: shares nothing that hurts a friend; encourages friends to find help.",
        },
    ),
    Strand.MEDIA_LITERACY: (
        {
            "vi": "Trung thực: nói đúng điều đã kiểm chứng, ghi rõ nguồn, nhận khi mình nhầm.",
            "en": "Honesty: says what has been verified, names the source, admits a mistake.",
        },
        {
            "vi": "Trách nhiệm: kiểm tra trước khi chia sẻ; đính chính khi đã chia sẻ nhầm.",
            "en": "Responsibility: checks before sharing; corrects what was shared by mistake.",
        },
        {
            "vi": "Chăm chỉ: kiên nhẫn đọc ngoài trang, tìm thêm ít nhất một nguồn khác.",
            "en": "Diligence: has the patience to read beyond the page and find at least one more source.",
        },
    ),
}

_HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)
_BULLET = re.compile(r"^(?:[-*]|\d+\.)\s+", re.MULTILINE)
_INNER = re.compile(r"\n[ \t]+(?:[-*]|(\d+\.))[ \t]+")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,2})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_SUBJECT = re.compile(r"^(\D+?)\s*\d")


def section(markdown: str, title: str) -> str:
    """What stands under a heading of the second rank, without it; empty when there is no such heading."""
    place = _place(markdown, title)
    return markdown[place[1] : place[2]].strip() if place else ""


def without_section(markdown: str, title: str) -> str:
    """The text without a heading of the second rank and what stands under it."""
    place = _place(markdown, title)
    return (markdown[: place[0]] + markdown[place[2] :]).strip() + "\n" if place else markdown


def _place(markdown: str, title: str) -> tuple[int, int, int] | None:
    """Where a heading begins, where it ends, and where what stands under it ends."""
    headings = list(_HEADING.finditer(markdown))
    for heading, following in zip_longest(headings, headings[1:]):
        if heading[1].casefold() == title.casefold():
            return heading.start(), heading.end(), following.start() if following else len(markdown)
    return None


def bullets(markdown: str) -> tuple[str, ...]:
    """The items of a list as plain sentences, each with those of a list in it; () where there is none."""
    parts = _BULLET.split(markdown)[1:]
    return tuple(plain(" ".join(_inline(part.split("\n\n")[0]).split())) for part in parts)


def _inline(item: str) -> str:
    """An item whose own list follows its words, counted as it was: `Bốn thẻ: 1. Bạn; 2. Mẹ`."""
    words, *inner = (one.strip() for one in _INNER.sub(lambda found: f"\0{found[1] or ''} ", item).split("\0"))
    return f"{words} {'; '.join(one.rstrip('.;') for one in inner)}." if inner else words


def plain(text: str) -> str:
    """Markdown's emphasis taken off."""
    return _EMPHASIS.sub(r"\2", text)


def periods(minutes: int) -> int:
    """How many periods a lesson takes, at least one."""
    return max(1, -(-minutes // PERIOD))


def subjects_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The subjects behind tags such as `Tin học 6 D`, each once, in order."""
    return tuple(dict.fromkeys(found[1] if (found := _SUBJECT.match(tag)) else tag for tag in tags))
