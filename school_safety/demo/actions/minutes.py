"""The scanned minutes of a demo delivery: a sheet of paper drawn with Pillow, another one for each delivery."""

import io
from datetime import date
from pathlib import Path

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

SIZE = (820, 1160)
INK, PAPER = (16, 38, 43), (252, 253, 252)


def minutes_image(school: str, activity: str, day: date, heads: int) -> bytes:
    """A PNG of one page that says which school did what, when, and for how many."""
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    lines = (
        (60, 24, school.upper()),
        (140, 34, "BIÊN BẢN HOẠT ĐỘNG"),
        (230, 24, f"Hoạt động: {activity}"),
        (280, 24, f"Ngày: {day:%d/%m/%Y}"),
        (330, 24, f"Số người tham gia: {heads}"),
        (430, 24, "Nội dung: giới thiệu nguy cơ, thực hành kỹ năng,"),
        (470, 24, "thảo luận tình huống, cam kết một việc làm."),
        (900, 24, "Đại diện đơn vị chủ trì"),
        (1080, 20, "Dữ liệu mẫu, không có thật"),
    )
    for top, size, text in lines:
        draw.text((70, top), text, fill=INK, font=_font(size))
    stored = io.BytesIO()
    page.save(stored, "PNG")
    return stored.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent
    return ImageFont.truetype(str(next(folder.rglob("*Regular.ttf"))), size)
