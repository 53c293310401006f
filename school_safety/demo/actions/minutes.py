"""The scanned minutes of a demo delivery: a sheet of paper drawn with Pillow, another one for each delivery."""

import io
from datetime import date
from pathlib import Path

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

SIZE = (600, 850)
INK, PAPER = (16, 38, 43), (252, 253, 252)


def minutes_image(school: str, activity: str, day: date, heads: int) -> bytes:
    """A PNG of one page that says which school did what, when, and for how many."""
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    lines = (
        (44, 18, school.upper()),
        (102, 25, "BIÊN BẢN HOẠT ĐỘNG"),
        (168, 18, f"Hoạt động: {activity}"),
        (205, 18, f"Ngày: {day:%d/%m/%Y}"),
        (242, 18, f"Số người tham gia: {heads}"),
        (315, 18, "Nội dung: giới thiệu nguy cơ, thực hành kỹ năng,"),
        (345, 18, "thảo luận tình huống, cam kết một việc làm."),
        (660, 18, "Đại diện đơn vị chủ trì"),
        (790, 15, "Dữ liệu mẫu, không có thật"),
    )
    for top, size, text in lines:
        draw.text((50, top), text, fill=INK, font=_font(size))
    stored = io.BytesIO()
    page.save(stored, "PNG")
    return stored.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent
    return ImageFont.truetype(str(next(folder.rglob("*Regular.ttf"))), size)
