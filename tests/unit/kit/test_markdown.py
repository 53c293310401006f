"""Markdown of lessons becomes safe HTML in the look's own boxes."""

import html5lib
import pytest

from school_safety.kit.markdown import outline, render

TAGS = {"DOCUMENT_FRAGMENT", "p", "div", "details", "summary", "img", "pre", "code"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<img src=x onerror=alert(1)>",
        '::: think <img src=x onerror="alert(1)">\nx\n:::',
        '::: think x\n::: answer "><script>alert(1)</script>\ny\n:::\n:::',
        '![a" onerror="alert(1)](media/a.svg)',
        "```html\n<script>alert(1)</script>\n```",
    ],
)
def test_nothing_in_a_text_becomes_script(text: str) -> None:
    html = str(render(text, media_url=lambda file: f"/m/{file}"))
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= {
        "DOCUMENT_FRAGMENT",
        *["p", "div", "details", "summary", "img", "pre", "code"],
    }
    assert {name for element in tree.iter() for name in element.attrib} <= {"class", "src", "alt"}


def test_headings_begin_below_the_pages_own() -> None:
    assert str(render("# Một\n\n## Hai\n\n### Ba")) == "<h2>Một</h2>\n<h2>Hai</h2>\n<h3>Ba</h3>\n"
    assert str(render("## Hai", top=3)) == "<h3>Hai</h3>\n"


def test_boxes_take_the_classes_of_the_look() -> None:
    html = str(
        render(
            "::: lead\nMở đầu.\n:::\n\n::: remember\n1. Một\n2. Hai\n:::\n\n"
            "::: think Thử nghĩ\nVì sao?\n\n::: answer Xem lời giải\nVì thế.\n:::\n:::\n"
        )
    )
    assert '<p class="lead">Mở đầu.</p>' in html
    assert '<ol class="remember">\n<li>\n<p>Một</p>' in html
    assert '<p class="think-title">Thử nghĩ</p>' in html
    assert '<details class="more"><summary>Xem lời giải</summary><p>Vì thế.</p>\n</details>\n</div>' in html


def test_a_picture_is_shown_where_the_lesson_has_it_and_left_out_otherwise() -> None:
    known = {"media/a.svg": "/media/1"}
    html = str(render("![Sơ đồ](media/a.svg) ![Khác](media/b.svg)", media_url=known.get))
    assert html == '<p><img src="/media/1" alt="Sơ đồ"> </p>\n'


def test_an_outline_says_what_a_text_points_to_and_on_which_line() -> None:
    found = outline("# Đầu\n\nmột [hai](x.md)\n\n<b>ba</b>\n\n> trích\n\n::: lạ\n\n![p](m.svg)\n")
    assert found.headings == ("Đầu",)
    assert [(link.target, link.line) for link in found.links] == [("x.md", 3)]
    assert found.html_lines == (5,)
    assert found.quotes == ((7, "trích"),)
    assert found.unknown_boxes == (9,)
    assert [(image.target, image.line) for image in found.images] == [("m.svg", 11)]


def test_a_box_without_its_end_is_an_unknown_box_and_not_lost() -> None:
    assert outline("::: think Thử\nchữ\n").unknown_boxes == (1,)
    assert "chữ" in str(render("::: think Thử\nchữ\n"))


def test_a_wide_table_becomes_cards_on_a_phone_whose_cells_name_their_column() -> None:
    shown = str(render("| Thẻ | **Kiểu** | Vì sao |\n|---|---|---|\n| A | Xanh | Ai cũng biết |\n"))
    assert (
        '<table role="table" class="table table-cards">' in shown or 'class="table table-cards" role="table"' in shown
    )
    assert '<th role="rowheader" scope="row">A</th>' in shown
    assert '<td role="cell" data-name="Kiểu">Xanh</td>' in shown
    assert "table-tight" in str(render("| A | B |\n|---|---|\n| 1 | 2 |\n"))
