"""Contents of the items that put the pupil into a scene: a message, a story, a page of settings, a small web."""

from typing import Any

from tests.factories.words import frame, words


def _span(span_id: str, role: str, vi: str, en: str, **own: Any) -> dict[str, Any]:
    return {**({"id": span_id} if span_id else {}), "role": role, "text": words(vi, en), **own}


def _actions() -> list[dict[str, Any]]:
    return [
        {"id": "report", "text": words("Không bấm, cho bố mẹ xem", "Do not tap, show a parent"), "weight": 1},
        {
            "id": "ask",
            "text": words("Nhắn lại hỏi họ là ai", "Write back and ask who they are"),
            "weight": 0.5,
            "feedback": words("Trả lời là cho họ biết số này có người dùng.", "Answering tells them you are there."),
        },
        {
            "id": "open",
            "text": words("Bấm vào để xem cho chắc", "Tap it to be sure"),
            "feedback": words("Chỉ bấm vào cũng có thể mất tài khoản.", "Tapping alone can cost your account."),
            "misconception": "M2",
        },
    ]


def a_hotspot(**own: Any) -> dict[str, Any]:
    """An SMS with five spans, two of them signs (urgency, link); calling it genuine shows M1, opening it M2."""
    harmless = words("Phí nhỏ chưa đủ để nghi ngờ.", "A small fee alone is no sign.")
    spans = [
        _span("from", "sender", "BUUCUC-247", "POST-247"),
        _span("", "time", "Hôm nay 19:42", "Today 19:42"),
        _span("", "text", "Bưu cục xin chào.", "The post office says hello."),
        _span("parcel", "text", "Bưu phẩm mã 88213 của bạn đang bị giữ.", "Your parcel 88213 is held."),
        _span("urgency", "text", "Nếu không xác nhận trong 2 giờ, hàng sẽ bị huỷ.", "Confirm in 2 hours or lose it."),
        _span("fee", "text", "Phí lưu kho 15.000 đồng", "The storage fee is 15,000 dong", feedback=harmless),
        _span("", "text", ", nộp tại", ", pay at"),
        _span("link", "link", "buucuc-247.xacnhan.example", "buucuc-247.xacnhan.example"),
    ]
    flags = [
        {
            "id": "link",
            "why": words("Tên miền lạ, không phải của bưu cục.", "A strange domain, not the post office's."),
            "act": words("Tự gõ địa chỉ bưu cục em biết.", "Type the address you know yourself."),
        },
        {"id": "urgency", "why": words("Thúc ép để em không kịp nghĩ.", "Pressure, so that you do not think.")},
    ]
    return frame(
        **{
            "screen": {"kind": "sms", "spans": spans},
            "flags": flags,
            "verdict": "phish",
            "verdict_misconception": "M1",
            "actions": _actions(),
            **own,
        }
    )


def a_genuine_message(**own: Any) -> dict[str, Any]:
    """The same SMS without a sign in it."""
    return a_hotspot(**{"flags": [], "verdict": "genuine", **own})


def _choice(choice_id: str, to: str, score: int, **own: Any) -> dict[str, Any]:
    text = words(f"Em chọn cách {choice_id} để đi đến {to}", f"Take way {choice_id} to {to}")
    return {"id": choice_id, "text": text, "to": to, "score": score, "feedback": words(f"Vì {to}."), **own}


def _end(node_id: str, value: float) -> dict[str, Any]:
    return {
        "id": node_id,
        "says": [{"text": words(f"Chuyện dừng ở {node_id}.")}],
        "end": {
            "text": words(f"Kết cục {node_id}."),
            "help": words("Em có thể kể với cô chủ nhiệm hoặc gọi 111.", "Tell your teacher or call 111."),
            "value": value,
        },
    }


def a_branch(**own: Any) -> dict[str, Any]:
    """A story of six places; the safest way n1:a, n2:a earns 4, n1:b, n3:a earns 3; the way n1:c shows M1."""
    asks = [
        {"text": words("Tối chủ nhật, em nhận được tin nhắn.", "Sunday evening, a message comes.")},
        {"who": words("Bạn Mây", "Mây"), "text": words("Cậu gửi ảnh lớp cho tớ nhé?", "Send me the class photo?")},
    ]
    more = [{"who": words("Bạn Mây", "Mây"), "text": words("Sao thế, chỉ một tấm thôi mà?", "Just one, come on?")}]
    nodes = [
        {
            "id": "n1",
            "says": asks,
            "choices": [_choice("a", "n2", 2), _choice("b", "n3", 1), _choice("c", "e3", 0, misconception="M1")],
        },
        {"id": "n2", "says": more, "choices": [_choice("a", "e1", 2), _choice("b", "n3", 0)]},
        {"id": "n3", "says": more, "choices": [_choice("a", "e2", 2), _choice("b", "e3", 0)]},
        _end("e1", 1),
        _end("e2", 0.5),
        _end("e3", 0),
    ]
    return frame(**{"start": "n1", "nodes": nodes, **own})


def _setting(setting_id: str, vi: str, en: str, start: str, *options: tuple[str, str, str, bool], **own: Any) -> Any:
    parts = [
        {"id": name, "text": words(vi_text, en_text), **({"safe": True} if safe else {})}
        for name, vi_text, en_text, safe in options
    ]
    kind = "switch" if {part["id"] for part in parts} == {"on", "off"} else "select"
    risk = words(f"Vì sao mục “{vi}” quan trọng.", f"Why “{en}” matters.")
    return {
        "id": setting_id,
        "text": words(vi, en),
        "kind": kind,
        "options": parts,
        "start": start,
        "risk": risk,
        **own,
    }


def a_settings_page(**own: Any) -> dict[str, Any]:
    """Three settings: location (weight 2, unsafe; left on it shows M1), who may write (unsafe), updates (safe)."""
    settings = [
        _setting(
            "location",
            "Chia sẻ vị trí",
            "Share location",
            "on",
            ("on", "Bật", "On", False),
            ("off", "Tắt", "Off", True),
            weight=2,
            misconception="M1",
        ),
        _setting(
            "who",
            "Ai được nhắn tin cho em",
            "Who may write to you",
            "all",
            ("all", "Mọi người", "Everybody", False),
            ("friends", "Bạn bè", "Friends", True),
            ("none", "Không ai", "Nobody", True),
        ),
        _setting(
            "updates",
            "Tự cập nhật ứng dụng",
            "Update by itself",
            "on",
            ("on", "Bật", "On", True),
            ("off", "Tắt", "Off", False),
        ),
    ]
    return frame(**{"screen": {"title": words("Trò chuyện Lá Xanh", "Green Leaf chat")}, "settings": settings, **own})


def _page(page_id: str, kind: str, *sentences: tuple[str, str, str]) -> dict[str, Any]:
    titles = {
        "origin": words("Nước lá tre chữa cận thị", "Bamboo water cures short sight"),
        "search": words("Kết quả tìm “nước lá tre”", "Results for “bamboo water”"),
        "independent": words("Hội Nhãn khoa Sao Biển", "Starfish Eye Society"),
        "related": words("Giới thiệu Cửa hàng Tre Ngà", "About Ivory Bamboo Shop"),
    }
    body = [{**({"id": name} if name else {}), "text": words(vi, en)} for name, vi, en in sentences]
    address = words(f"{kind}.vidu.example", f"{kind}.vidu.example")
    return {"id": page_id, "kind": kind, "title": titles[kind], "address": address, "body": body}


def a_lateral(*, why: bool = True, **own: Any) -> dict[str, Any]:
    """Four pages; s4 and s6 prove that it is not reliable, s1, s2 and s3 prove nothing; believing it shows M1."""
    pages = [
        _page(
            "p1",
            "origin",
            ("s1", "Hàng nghìn người đã khỏi cận.", "Thousands are cured."),
            ("", "Đặt hàng hôm nay để được giảm giá.", "Order today for less."),
        ),
        _page("p2", "search", ("s2", "Có 12 kết quả nói về nước lá tre.", "12 results talk about it.")),
        _page(
            "p3",
            "independent",
            ("s3", "Cận thị là tật của mắt.", "Short sight is a condition of the eye."),
            ("s4", "Không có nước uống nào chữa được cận thị.", "No drink cures short sight."),
        ),
        _page("p4", "related", ("s6", "Cửa hàng bán nước lá tre từ năm 2024.", "The shop has sold it since 2024.")),
    ]
    verdicts = [
        {"id": "no", "text": words("Không đáng tin", "Not reliable"), "key": True},
        {
            "id": "yes",
            "text": words("Đáng tin", "Reliable"),
            "misconception": "M1",
            "feedback": words("Nhiều người khen chưa phải là bằng chứng.", "Praise is no proof."),
        },
    ]
    reasons = {
        "prompt": words("Vì sao em kết luận như vậy?", "Why do you say so?"),
        "rubric": [{"points": level, "text": words(f"Mức {level}")} for level in (0, 1, 2)],
    }
    return frame(
        **{"pages": pages, "verdicts": verdicts, "evidence": ["s4", "s6"], **({"why": reasons} if why else {}), **own}
    )
