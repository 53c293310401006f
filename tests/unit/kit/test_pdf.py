"""Printed documents: every letter is drawn, what people type is shown as typed, the layout is the decree's."""

import io
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import fontpkg_be_vietnam_pro
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from school_safety.kit import pdf
from school_safety.kit.pdf import faces
from school_safety.kit.pdf.text import clean, escape

DOCUMENT = pdf.OfficialDocument(
    superior="UBND xã Long Hồ",
    issuer="Trường THCS Hoa Mai",
    symbol="KH-THCSHM",
    place="Long Hồ",
    kind="Kế hoạch",
    subject="An toàn trên mạng và đọc tin năm học 2026-2027",
    posts=("Hiệu trưởng",),
    basis=("Căn cứ Luật An ninh mạng số 116/2025/QH15", "Căn cứ Kế hoạch số 118/KH-UBND;"),
    blocks=(pdf.Heading("I. MỤC ĐÍCH"), pdf.Article("Giúp học sinh nhận ra nguy cơ."), pdf.ListItem("a) Khối 6")),
    recipients=("Như trên", "Lưu: VT"),
)
standard_only = pytest.mark.skipif(
    pdf.find_faces() is None, reason="no Tinos or Liberation Serif 2: apt-get install fonts-croscore"
)


def pages(document: pdf.OfficialDocument) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.render_official(document))).pages]


def image_of(document: pdf.OfficialDocument, page: int = 0) -> Image.Image:
    drawn = pypdfium2.PdfDocument(pdf.render_official(document))[page].render(scale=1.5)
    image: Image.Image = drawn.to_pil().convert("L")
    return image


def with_text(text: str) -> pdf.OfficialDocument:
    return replace(DOCUMENT, blocks=(pdf.Article(text),))


def test_vietnamese_has_146_letters_beyond_plain_consonants() -> None:
    assert len(set(pdf.VIETNAMESE_LETTERS)) == 146
    assert all(unicodedata.is_normalized("NFC", letter) for letter in pdf.VIETNAMESE_LETTERS)


def test_every_face_in_use_has_a_glyph_for_every_vietnamese_letter() -> None:
    for path in pdf.fonts().files:
        assert pdf.lacks_letters(path) == ""


@standard_only
def test_the_faces_in_use_have_the_measures_of_the_decree() -> None:
    assert pdf.fonts().standard


def test_every_vietnamese_letter_leaves_ink_of_its_own() -> None:
    empty = image_of(with_text("."))
    drawn = {letter: image_of(with_text(f".{letter}")) for letter in ("ữ", "Ặ", "đ", "ỵ", "Ễ")}
    assert all(ImageChops.difference(empty, image).getbbox() for image in drawn.values())
    assert ImageChops.difference(drawn["ữ"], drawn["ỵ"]).getbbox()


def test_decomposed_letters_are_drawn_exactly_as_composed_ones() -> None:
    text = "Trường học an toàn số, hoá học, Ễ Ặ Ộ"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert pdf.render_official(with_text(decomposed)) == pdf.render_official(with_text(text))


@pytest.mark.parametrize(
    "text", ["<b>đậm</b> & <img src='x'/>", "{{ 7*7 }} ${x} %s", "a\x00b\x0c", "<para>", "\ud800x"]
)
def test_what_people_type_is_shown_as_typed(text: str) -> None:
    shown = pages(with_text(f"[{text}]"))[0]
    assert f"[{clean(text)}]" in shown


def test_control_characters_and_line_ends_do_not_reach_the_drawing() -> None:
    assert clean("a\x00\x07b\nc\td") == "ab c d"


def test_a_sign_without_a_glyph_becomes_a_question_mark_instead_of_nothing() -> None:
    assert escape("\u2610 ok") == "? ok"


def test_the_head_names_the_nation_the_issuer_and_leaves_number_and_date_to_the_clerk() -> None:
    text = pages(DOCUMENT)[0]
    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND XÃ LONG HỒ",
        "TRƯỜNG THCS HOA MAI",
        "Số: ……/KH-THCSHM",
        "Long Hồ, ngày …… tháng …… năm ………",
        "KẾ HOẠCH",
        "HIỆU TRƯỞNG",
        "Nơi nhận:",
    ):
        assert line in text


def test_basis_and_recipients_end_with_semicolons_and_a_full_stop() -> None:
    text = pages(DOCUMENT)[0]
    assert "116/2025/QH15;" in text and "118/KH-UBND." in text
    assert "- Như trên;" in text and "- Lưu: VT." in text


@pytest.mark.parametrize(
    ("signed_on", "words"),
    [
        (date(2026, 9, 5), "ngày 05 tháng 9 năm 2026"),
        (date(2027, 2, 14), "ngày 14 tháng 02 năm 2027"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_under_ten_and_the_months_one_and_two_get_a_zero(signed_on: date, words: str) -> None:
    assert words in pages(replace(DOCUMENT, number="05", signed_on=signed_on))[0]


def test_pages_are_numbered_from_the_second_on_and_each_appendix_for_itself() -> None:
    long = (pdf.Article("Dòng chữ dài để sang trang. " * 40),) * 6
    appendix = pdf.Appendix("Ma trận", "Kèm theo Kế hoạch", long)
    numbers = [
        page.splitlines()[0].strip() for page in pages(replace(DOCUMENT, blocks=long, appendices=(appendix,) * 2))
    ]
    appendix_starts = [number for number, first in enumerate(numbers) if first.startswith("Phụ lục")]
    assert numbers[1] == "2"
    assert len(appendix_starts) == 2
    assert numbers[appendix_starts[0]] == "Phụ lục I" and numbers[appendix_starts[1]] == "Phụ lục II"
    assert all(numbers[start + 1] == "2" for start in appendix_starts)


def test_a_single_appendix_has_no_number() -> None:
    appendix = pdf.Appendix("Ma trận", "Kèm theo Kế hoạch", (pdf.Article("x"),))
    assert pages(replace(DOCUMENT, appendices=(appendix,)))[-1].startswith("Phụ lục\n")


def test_a_long_table_repeats_its_header_on_every_page_and_starts_below_its_heading() -> None:
    grid = pdf.Grid(("STT", "Hoạt động"), tuple((str(row), "Tuần lễ an toàn") for row in range(90)), (1, 6))
    drawn = pages(replace(DOCUMENT, blocks=(pdf.Heading("II. HOẠT ĐỘNG"), grid)))
    assert len(drawn) > 2
    assert "II. HOẠT ĐỘNG" in drawn[0]
    assert all("STT" in page for page in drawn[:-1])


def test_ink_keeps_to_the_margins_of_the_decree() -> None:
    image = image_of(replace(DOCUMENT, blocks=(pdf.Article("Chữ chạy hết dòng. " * 90),)))
    box = image.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None
    millimetres = [edge / image.width * 210 for edge in box]
    assert 29.5 <= millimetres[0] <= 35 and 190 <= millimetres[2] <= 195.5
    assert 20 <= millimetres[1] <= 25


def test_a_footnote_stands_at_the_foot_of_each_page() -> None:
    assert "mã nội dung 7F3A-91C2" in pages(replace(DOCUMENT, footnote="mã nội dung 7F3A-91C2"))[0]


# ---- Where the standard fonts are missing ----


def test_a_folder_without_a_whole_family_is_no_find(tmp_path: Path) -> None:
    assert pdf.find_faces([tmp_path]) is None


def test_a_font_is_judged_by_what_it_contains_not_by_its_file_name(tmp_path: Path) -> None:
    other = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-Regular.ttf"
    for cut in ("Regular", "Bold", "Italic", "BoldItalic"):
        (tmp_path / f"LiberationSerif-{cut}.ttf").write_bytes(other.read_bytes())
        (tmp_path / f"Tinos-{cut}.ttf").write_bytes(b"not a font")
    assert pdf.find_faces([tmp_path]) is None
    assert pdf.lacks_letters(tmp_path / "Tinos-Bold.ttf") != ""


def test_without_standard_fonts_every_page_says_that_it_is_a_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    real = faces._registered()
    stand_in = replace(real, standard=False)
    monkeypatch.setattr(faces, "_registered", lambda: stand_in)
    text = pages(replace(DOCUMENT, blocks=(pdf.Article("Chữ. " * 900),)))
    assert all(pdf.PREVIEW_NOTE in page for page in text)


def test_the_fallback_faces_have_every_vietnamese_letter_too() -> None:
    assert [pdf.lacks_letters(path) for path in faces._fallback_files()] == ["", "", "", ""]


def test_no_item_of_a_list_stands_alone_at_the_foot_or_head_of_a_column() -> None:
    steps = "\n".join(f"{number}. Bước" for number in range(1, 7))
    blocks = pdf.prose(f"## Sáu bước\n\n{steps}", pdf.Type(12, "#10262b", "#0b5f6c"))
    for height in range(90, 220):
        columns = [pdf.Box(100.0 * number, 0, 90, float(height)) for number in range(3)]
        placed = pdf.place(blocks, columns)
        assert placed is not None
        counts = [[box.x for _block, box in placed[1:]].count(column.x) for column in columns]
        assert 1 not in counts, (height, counts)


def test_no_short_word_stands_alone_on_the_last_line_of_a_paragraph() -> None:
    (block,) = pdf.prose("Cần hỏi thì gọi số 111", pdf.Type(12, "#10262b", "#0b5f6c"))
    for width in range(70, 130, 5):
        block.paragraph.wrap(width, 1000)
        last = block.paragraph.blPara.lines[-1]
        assert " ".join(last[1] if isinstance(last, tuple) else last.words) != "111", width


def test_a_list_stays_in_one_column_where_it_is_bound() -> None:
    blocks = pdf.whole_lists(
        pdf.prose("Trước.\n\n1. Một\n2. Hai\n3. Ba\n4. Bốn\n\nSau.", pdf.Type(12, "#10262b", "#0b5f6c"))
    )
    for height in range(100, 160, 5):
        placed = pdf.place(blocks, [pdf.Box(100.0 * number, 0, 90, float(height)) for number in range(3)])
        assert placed is not None
        assert len({box.x for _block, box in placed[1:5]}) == 1, height
