"""Names and numbers that may not stand in a mock screen, post, node or page: real brands, persons, lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from school_safety.assessment.rules.content import Path
from school_safety.assessment.rules.values import Content, Problem, ProblemCode

MOCK_PARTS = frozenset({"headlines", "screen", "nodes", "pages", "posts", "messages", "settings", "material"})
OUR_WORDS = frozenset(
    {
        *("feedback", "id", "misconception", "misconceptions", "technique", "truth", "help", "kind", "risk", "role"),
        *("start", "to", "why"),
    }
)

COINED = (
    *("Facebook", "Instagram", "WhatsApp", "Zalo", "TikTok", "YouTube", "Viber", "Snapchat", "Twitter", "Google"),
    *("Gmail", "Microsoft", "iPhone", "Samsung", "Xiaomi", "Huawei", "OpenAI", "ChatGPT", "Roblox", "Minecraft"),
    *("Free Fire", "PUBG", "Shopee", "Lazada", "Sendo", "Netflix", "Spotify", "Garena", "Vietcombank", "VietinBank"),
    *("BIDV", "Agribank", "Techcombank", "MB Bank", "MBBank", "VPBank", "TPBank", "Sacombank", "HDBank", "ZaloPay"),
    *("VNPay", "ViettelPay", "PayPal", "Mastercard", "Viettel", "VinaPhone", "MobiFone", "Vietnamobile", "VNPT"),
    *("Vingroup", "VinFast", "Vinamilk", "TH True Milk", "Coca-Cola", "Pepsi", "Vietnam Airlines", "VietJet"),
    *("Bamboo Airways", "VNeID", "VssID", "VnExpress", "VietnamNet", "Cafef"),
)
"""Names that are nothing else: found in any spelling of capitals."""

COMMON = (
    *("Messenger", "Telegram", "Threads", "Discord", "Apple", "Oppo", "Gemini", "Liên Quân", "Tiki", "Amazon", "Grab"),
    *("Steam", "VNG", "ACB", "SHB", "VIB", "MSB", "MoMo", "Visa", "FPT", "Thế Giới Di Động", "Điện Máy Xanh"),
    *("Bách Hoá Xanh", "Giao Hàng Tiết Kiệm", "Giao Hàng Nhanh", "Tuổi Trẻ", "Thanh Niên", "Dân Trí", "VTV", "HTV"),
    *("VOV", "Zing", "Kênh 14", "BTS", "Blackpink"),
)
"""Names that are also words, or short: found only as they are written here."""

PERSONS = (
    *(
        "Elon Musk",
        "Bill Gates",
        "Mark Zuckerberg",
        "Jeff Bezos",
        "Ronaldo",
        "Messi",
        "Taylor Swift",
        "Sơn Tùng",
        "Mỹ Tâm",
        "Trấn Thành",
        "Quang Hải",
        "Hoài Linh",
        "Phạm Nhật Vượng",
        "Đen Vâu",
    ),
)


def _any_of(names: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", flags)


_NAMES = (_any_of((*COINED, *PERSONS), re.IGNORECASE), _any_of(COMMON, re.NOFLAG))
_NUMBERS = re.compile(r"(?<!\d)(?:(?:\+84|0)(?:[ .-]?\d){9,10}|1[89]00(?:[ .-]?\d){4,6})(?!\d)")


def mock_texts(value: Any, path: Path = (), *, inside: bool = False) -> Iterator[tuple[Path, str]]:
    """The strings that stand in a mock part; what we say about it (feedback) is not one of them."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key not in OUR_WORDS:
                yield from mock_texts(part, (*path, key), inside=inside or key in MOCK_PARTS)
    elif isinstance(value, str):
        if inside:
            yield path, value
    elif isinstance(value, Sequence):
        for index, part in enumerate(value):
            yield from mock_texts(part, (*path, index), inside=inside)


def denied_in(text: str) -> Iterator[tuple[ProblemCode, str]]:
    """What may not stand in a text that we invent, as it stands there."""
    for match in chain.from_iterable(names.finditer(text) for names in _NAMES):
        yield ProblemCode.DENIED_NAME, match[0]
    for match in _NUMBERS.finditer(text):
        yield ProblemCode.DENIED_NUMBER, match[0]


def denied_problems(content: Content) -> Iterator[Problem]:
    """Real names and dialable numbers in the mock parts of one item."""
    for path, text in mock_texts(content):
        for code, found in denied_in(text):
            yield Problem(code, path, {"name": found})
