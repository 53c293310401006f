"""The official paper of a programme: a draft for the clerk, who enters number and date and has it signed."""

from school_safety.kit import pdf
from school_safety.kit.i18n import format_date, speaking
from school_safety.planning.report.programme import ActivityLine, ProgrammeReport
from school_safety.planning.report.words import ELEMENT_WORDS

ISSUER_SYMBOL = "KH"


def draw_programme(report: ProgrammeReport, *, superior: str, place: str) -> bytes:
    """The plan in the layout of NĐ 30/2020/NĐ-CP as PDF bytes; always in Vietnamese.

    `superior` is the managing authority, `place` where it is signed.
    """
    with speaking("vi"):
        return pdf.render_official(_document(report, superior=superior, place=place))


def _document(report: ProgrammeReport, *, superior: str, place: str) -> pdf.OfficialDocument:
    symbol = abbreviation(report.school.name)
    number, slash, rest = report.document_number.partition("/")
    issuer = _issuer(report)
    reference = f"số {report.document_number or f'……/{ISSUER_SYMBOL}-{symbol}'} của {issuer}"
    return pdf.OfficialDocument(
        superior=superior,
        issuer=issuer,
        number=number,
        symbol=rest if slash else f"{ISSUER_SYMBOL}-{symbol}",
        signed_on=report.signed_on,
        place=place,
        kind="KẾ HOẠCH",
        subject=f"{report.title} năm học {report.year}",
        basis=report.basis,
        blocks=_body(report),
        posts=("Hiệu trưởng",),
        recipients=(superior, "Các tổ chuyên môn, đoàn thể", "Lưu: VT"),
        appendices=(_matrix(report, reference),),
        footnote=_footnote(report),
    )


def _issuer(report: ProgrammeReport) -> str:
    name = report.school.name
    return name if name.startswith("Trường") else f"Trường {name}"


def abbreviation(name: str) -> str:
    """How a school is written in the symbol of its documents: `THCS Hoa Mai` is `THCSHM`."""
    words = [word for word in name.replace("-", " ").split() if word != "Trường"]
    return "".join(word if len(word) > 1 and word.isupper() else word[:1].upper() for word in words)


def _footnote(report: ProgrammeReport) -> str:
    if not report.published_at:
        return "Bản nháp, chưa công bố"
    return f"Bản công bố số {report.number}, {format_date(report.published_at)}, mã nội dung {report.code}"


def _body(report: ProgrammeReport) -> tuple[pdf.Block, ...]:
    purpose = report.purpose or ("Giúp học sinh an toàn trên mạng, biết đọc tin và phản biện tin sai lệch.",)
    return (
        pdf.Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        *(pdf.Article(line) for line in purpose),
        pdf.Heading("II. HOẠT ĐỘNG"),
        pdf.Grid(
            ("STT", "Hoạt động, hình thức", "Chủ trì, phối hợp", "Thời gian", "Đối tượng", "Nội dung"),
            tuple(_row(line) for line in report.activities),
            (1.4, 4.45, 3.5, 3.05, 2.75, 1.65),
        ),
        pdf.Heading("III. TỔ CHỨC THỰC HIỆN"),
        pdf.Article(
            "Các đơn vị chủ trì phối hợp thực hiện đúng thời gian, ghi nhận hoạt động kèm minh chứng không để lộ "
            "thông tin cá nhân của học sinh, báo cáo Hiệu trưởng khi có khó khăn."
        ),
    )


def _row(line: ActivityLine) -> tuple[str, ...]:
    what = "; ".join(part for part in (line.title, line.channel) if part)
    units = "; ".join(part for part in (line.lead_unit, line.coordinating_units) if part)
    audience = line.audience[:1].upper() + line.audience[1:]
    return str(line.number), what, units, line.when, audience, line.elements


def _matrix(report: ProgrammeReport, reference: str) -> pdf.Appendix:
    rows = tuple(
        (str(ELEMENT_WORDS[element]), *("có" if grade in grades else "–" for grade in report.grades))
        for element, grades in report.matrix.items()
    )
    header = ("Nội dung", *(f"Khối {grade}" for grade in report.grades))
    grid = pdf.Grid(header, rows, (4.0, *(1.5 for _ in report.grades)))
    return pdf.Appendix("Nội dung theo khối lớp", f"Kèm theo Kế hoạch {reference}", (grid,))
