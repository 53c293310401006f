"""Papers as PDF and as Word file, print pages as PDF, and the pictures in them."""

import io
import unicodedata

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from reportlab.platypus import Flowable

from school_safety.kit import docx, pdf
from school_safety.kit.papers import Entry, Heading, Paper, Table, Text
from school_safety.kit.pdf.grid import column_widths
from school_safety.kit.pdf.vectors import path_segments

PAPER = Paper(
    name="Kế hoạch bài dạy: Mật khẩu",
    title="TÊN BÀI DẠY: MẬT KHẨU",
    author="Nguyễn Thị Hỷ",
    language="vi",
    left=("Trường: THCS Hoa Mai", "Tổ: ……"),
    right=("Họ và tên giáo viên:", "Nguyễn Thị Hỷ"),
    below=("Môn học: Tin học; lớp: 6A1",),
    blocks=(
        Heading("I. Mục tiêu"),
        Heading("1. Về kiến thức", 2),
        Entry("Nêu được nghĩa của <b>mật khẩu</b> & khoá."),
        Table(("Hoạt động", "Phút"), (("Mở đầu", "5"), ("Luyện tập", "15")), (3, 1)),
        Text("Em tự viết.", "a) Sản phẩm:"),
        Entry("Đọc bài.", "1."),
    ),
    head="Kế hoạch bài dạy",
    foot="Bài OS-06-01",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'


def flat(text: str) -> str:
    """The text without line breaks and runs of spaces."""
    return " ".join(text.split())


def pdf_words(data: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def word_lines(data: bytes) -> list[str]:
    """Every paragraph of a Word file in order, those in tables too."""
    body = Document(io.BytesIO(data)).element.body
    return [flat("".join(run.text or "" for run in line.iter(qn("w:t"), qn("w:tab")))) for line in body.iter(qn("w:p"))]


def drawn(html: str, *, answers: bool = True) -> str:
    """What stands in the PDF of a fragment."""
    blocks = pdf.html_blocks(
        html, width=400, of=pdf.Type(12, "#000000", "#000000"), pictures=lambda _url, _width: None, answers=answers
    )
    return pdf_words(pdf.draw_sheet(blocks, pdf.Sheet("Tên", "Trường", "vi", "", "")))


def test_the_word_file_says_what_the_pdf_says() -> None:
    printed = pdf_words(pdf.paper_pdf(PAPER))
    lines = [line for line in word_lines(docx.paper_docx(PAPER)) if line]
    assert "Nêu được nghĩa của <b>mật khẩu</b> & khoá." in printed
    assert [line for line in lines if line.lstrip("-1. ") not in printed] == []
    assert len(lines) == 17


def test_the_word_file_has_real_headings_a_header_row_and_the_language() -> None:
    document = Document(io.BytesIO(docx.paper_docx(PAPER)))
    styles = {line.text: line.style.name for line in document.paragraphs if line.style}
    assert styles["TÊN BÀI DẠY: MẬT KHẨU"] == "Title"
    assert styles["I. Mục tiêu"] == "Heading 1"
    assert styles["1. Về kiến thức"] == "Heading 2"
    assert document.tables[1].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    assert document.core_properties.title == PAPER.name
    assert document.core_properties.author == "Nguyễn Thị Hỷ"


def test_the_same_paper_gives_the_same_pdf_with_its_title_and_its_own_page_numbers() -> None:
    data = pdf.paper_pdf(PAPER, first=7)
    reader = PdfReader(io.BytesIO(data))
    assert data == pdf.paper_pdf(PAPER, first=7)
    assert reader.metadata is not None and reader.metadata.title == PAPER.name
    assert reader.pages[0].extract_text().split()[-1] == "7" or " 7" in pdf_words(data)


def test_control_characters_and_decomposed_letters_do_no_harm() -> None:
    nasty = Paper(**{name: getattr(PAPER, name) for name in PAPER.__slots__} | {"title": "A\x00\x0bhoá"})
    decomposed = Paper(
        **{name: getattr(PAPER, name) for name in PAPER.__slots__} | {"title": unicodedata.normalize("NFD", "Ahoá")}
    )
    assert "Ahoá" in word_lines(docx.paper_docx(nasty))
    assert "Ahoá" in word_lines(docx.paper_docx(decomposed))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>Đề mục</h2><p>Một <b>đoạn</b> <i>văn</i>.</p>", "Đề mục Một đoạn văn."),
        ("<ol><li>Một</li><li><p>Hai</p><p>Ba</p></li></ol>", "1. Một 2. Hai Ba"),
        ("<ul><li>Ngoài<ul><li>Trong</li></ul></li></ul>", "• Ngoài • Trong"),
        ("<dl><dt>Từ</dt><dd>Nghĩa</dd></dl>", "Từ Nghĩa"),
        ('<ul class="paper-list"><li><span class="paper-box"></span><span>A. Ý</span></li></ul>', "A. Ý"),
        ('<p><span class="paper-box"></span> Đúng → 2</p>', "Đúng → 2"),
        ("<table><tr><th>Cột</th></tr><tr><td>Ô</td></tr></table>", "Cột Ô"),
        ('<div class="mock"><p>Tin nhắn</p><svg><text>hình</text></svg><button>Bấm</button></div>', "Tin nhắn"),
        ('<p><img src="/x" alt="Lời thay hình"></p>', "Lời thay hình"),
    ],
    ids=["prose", "numbers", "nested", "words", "answers", "boxes", "table", "frame", "lost picture"],
)
def test_a_print_page_keeps_its_words_on_paper(html: str, words: str) -> None:
    said = drawn(html)
    assert [word for word in words.split() if word not in said.split()] == []
    assert "Bấm" not in said and "hình</text>" not in said


def test_what_opens_on_demand_is_printed_for_teachers_and_is_room_to_write_for_pupils() -> None:
    html = '<div class="think"><p>Hỏi</p><details><summary>Xem</summary><p>Lời giải</p></details></div>'
    assert "Lời giải" in drawn(html)
    assert "Lời giải" not in drawn(html, answers=False)
    assert "Xem" not in drawn(html)


@pytest.mark.parametrize(
    ("data", "end"),
    [
        ("M1 2L3 4", ("L", (3.0, 4.0))),
        ("m1 2l3 4", ("L", (4.0, 6.0))),
        ("M1 2h3v4", ("L", (4.0, 6.0))),
        ("M0 0 10 10", ("L", (10.0, 10.0))),
        ("M0 0H5V6Z", ("Z", ())),
        ("M0 0q5 0 5 5t5 5", ("C", (5 + 0.0, 5 + 10 / 3, 5 + 5 / 3, 10.0, 10.0, 10.0))),
        ("M0 0c0 1 1 2 2 2s2 1 2 2", ("C", (3.0, 2.0, 4.0, 3.0, 4.0, 4.0))),
    ],
)
def test_a_path_is_followed_in_absolute_steps(data: str, end: tuple[str, tuple[float, ...]]) -> None:
    kind, numbers = path_segments(data)[-1]
    assert kind == end[0]
    assert numbers == pytest.approx(end[1])


@pytest.mark.parametrize("flags", ["0 0", "0 1", "1 0", "1 1"])
def test_an_arc_ends_where_it_should(flags: str) -> None:
    pieces = path_segments(f"M10 0A10 10 0 {flags} 0 10")
    assert pieces[-1][1][-2:] == pytest.approx((0.0, 10.0))
    large = flags[0] == "1"
    assert len(pieces) - 1 == (3 if large else 1)


@pytest.mark.parametrize("data", ["L", "M1", "M1 2 Z 3", "M0 0A1 1 0 2 0 1 1"])
def test_what_is_no_path_is_said(data: str) -> None:
    with pytest.raises(ValueError):
        path_segments(data)


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="#a"/>',
        '<g transform="rotate(3)"/>',
        '<rect width="1" height="1" fill="url(#a)"/>',
        '<path d="L"/>',
    ],
)
def test_a_picture_of_unknown_parts_is_not_drawn_wrongly(inside: str) -> None:
    shown = pdf.picture(SVG.format(inside).encode(), 100, 100)
    assert shown is None


def test_a_picture_is_scaled_into_its_box_and_its_words_are_text() -> None:
    shown = pdf.picture(SVG.format('<text x="2" y="9">Mật khẩu</text><circle r="3"/>').encode(), 100, 30)
    assert isinstance(shown, Flowable)
    assert shown.wrap(500, 500) == (60, 30)
    assert "Mật khẩu" in pdf_words(pdf.draw_sheet([shown], pdf.Sheet("Tên", "Trường", "vi", "", "")))
    assert pdf.picture(b"no picture", 10, 10) is None


@pytest.mark.parametrize(
    ("rows", "narrow"),
    [
        ([["Ngày", "Việc"], ["1", "Chọn tin của địa phương và ghi lại nguồn đầu tiên của tin ấy"]], 0),
        ([["Thẻ", "Kiểu", "Vì sao"], ["A", "Xanh", "Cô chủ nhiệm nhắn trong nhóm lớp, ai cũng biết số của cô"]], 1),
    ],
)
def test_a_column_is_as_wide_as_what_it_says(rows: list[list[str]], narrow: int) -> None:
    widths = column_widths(rows, 480, size=11)
    assert sum(widths) == pytest.approx(480)
    assert widths[narrow] < 0.25 * 480 < widths[-1]
    assert all(width >= len(word) * 6 for width, text in zip(widths, rows[0], strict=True) for word in text.split())


def test_columns_without_room_share_it_alike() -> None:
    assert column_widths([["Chịu-trách-nhiệm", "Không-tin-ngay"]], 100, size=11) == [50, 50]


@pytest.mark.parametrize("lines", range(24, 36, 2))
def test_a_heading_goes_over_the_page_with_the_picture_below_it(lines: int) -> None:
    svg = SVG.format('<text x="2" y="9">Ảnh</text>').encode()
    blocks = pdf.html_blocks(
        "<p>Một dòng.</p>" * lines + '<h3>Hình vẽ</h3><img src="/media/a.svg" alt="Ảnh">',
        width=400,
        of=pdf.Type(12, "#000000", "#000000"),
        pictures=lambda _url, width: pdf.picture(svg, width, 200),
    )
    sheet = pdf.draw_sheet(blocks, pdf.Sheet("Tên", "Trường", "vi", "", ""))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages]
    assert [("Hình vẽ" in page) == ("Ảnh" in page) for page in pages] == [True] * len(pages)
    assert any("Hình vẽ" in page for page in pages)


def test_a_long_table_begins_below_its_heading_where_a_short_one_goes_over_with_it() -> None:
    def pages(rows: int) -> list[str]:
        table = "<table><tr><th>Thẻ</th><th>Vì sao</th></tr>" + "<tr><td>A</td><td>Vì A.</td></tr>" * rows + "</table>"
        blocks = pdf.html_blocks(
            "<p>Một dòng.</p>" * 28 + "<h3>Đáp án</h3>" + table,
            width=400,
            of=pdf.Type(12, "#000000", "#000000"),
            pictures=lambda _url, _width: None,
        )
        sheet = pdf.draw_sheet(blocks, pdf.Sheet("Tên", "Trường", "vi", "", ""))
        return [page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages]

    assert ["Đáp án" in page for page in pages(6)] == [False, True]
    assert ["Vì A." in page for page in pages(30)][:2] == [True, True]
    assert "Đáp án" in pages(30)[0]


def test_what_stays_together_may_stand_in_what_stays_together_and_in_a_frame() -> None:
    steps = '<ol class="remember"><li>Một</li><li>Hai</li></ol>'
    words = drawn(
        f'<div class="paper-item"><p>Ngoài</p><div class="paper-item"><p>Trong</p></div>{steps}</div>'
        f'<div class="think">{steps}</div><table><tr><td>{steps}</td></tr></table>'
    )
    assert words.count("Hai") == 3 and "Trong" in words


def test_a_label_of_a_message_stands_apart_from_what_it_names() -> None:
    assert "Từ: Thư viện" in drawn('<p><span class="mock-label">Từ</span> <span>Thư viện</span></p>').replace(
        "\u00a0", " "
    )
