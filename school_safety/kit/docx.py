"""A paper (`kit.papers`) as a Word file: real heading styles, tables with header rows, the language on every word."""

import io
import unicodedata
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from school_safety.kit.papers import Block, Entry, Heading, Paper, Table, Text

FONT = "Times New Roman"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SIZE = 13
_LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date that the file bears, so that the same paper gives the same bytes."""


def paper_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file."""
    document = Document()
    _properties(document, paper)
    _page(document, paper)
    _styles(document, _LANGUAGES[paper.language])
    _head(document, paper)
    for block in paper.blocks:
        _block(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    """Composed text without control characters, which XML cannot hold."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co")
    )


def _properties(document: WordDocument, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author = _clean(paper.name)[:255], _clean(paper.author)[:255]
    properties.language, properties.comments = _LANGUAGES[paper.language], ""
    properties.created = properties.modified = _EPOCH
    properties.last_modified_by = properties.author


def _page(document: WordDocument, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header.paragraphs[0].text = _clean(paper.head)
    foot = section.footer.paragraphs[0]
    foot.text = _clean(paper.foot) + "\t\t"
    _page_number(foot)
    for paragraph in (section.header.paragraphs[0], foot):
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _styles(document: WordDocument, language: str) -> None:
    """Times New Roman in black everywhere; the template's theme fonts and blues are taken out."""
    sizes = {"Normal": _SIZE, "Title": 15, "Heading 1": 14, "Heading 2": 13, "Heading 3": 13}
    for name, size in sizes.items():
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(f"{name} is no paragraph style")
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = name != "Normal"
        style.font.italic = name == "Heading 3"
        style.paragraph_format.space_after = Pt(4)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    title = document.styles["Title"]
    border = title.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    for tag in document.styles.element.iter(qn("w:lang")):
        for kind in ("val", "eastAsia", "bidi"):
            tag.set(qn(f"w:{kind}"), language)


def _head(document: WordDocument, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (paper.left, paper.right), strict=True):
        cell.paragraphs[0].text = _clean(lines[0]) if lines else ""
        for line in lines[1:]:
            cell.add_paragraph(_clean(line))
    title = document.add_paragraph(_clean(paper.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in paper.below:
        document.add_paragraph(_clean(line)).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _block(document: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(_clean(block.text), block.level)
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Entry):
        entry = document.add_paragraph(f"{block.sign}\t{_clean(block.text)}")
        layout = entry.paragraph_format
        layout.left_indent, layout.first_line_indent = Mm(7), Mm(-7)
        layout.tab_stops.add_tab_stop(Mm(7))
    elif isinstance(block, Text):
        paragraph = document.add_paragraph()
        if block.label:
            paragraph.add_run(f"{_clean(block.label)} ").bold = True
        paragraph.add_run(_clean(block.text))
        paragraph.paragraph_format.keep_with_next = not block.text


def _table(document: WordDocument, block: Table) -> None:
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.header), style="Table Grid")
    table.autofit = False
    whole, width = sum(block.widths), 165.0
    for number, row in enumerate((block.header, *block.rows)):
        for cell, words, share in zip(table.rows[number].cells, row, block.widths, strict=True):
            cell.width = Mm(width * share / whole)
            run = cell.paragraphs[0].add_run(_clean(words))
            run.bold, run.font.size = number == 0, Pt(12)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
