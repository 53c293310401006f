"""A lesson on paper: the pupil's sheet as a page and as PDF, and everything that a teacher prints as one file."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment.queries import list_published_of_lesson
from school_safety.assessment.report import ShownItem, show_item
from school_safety.assessment.rules import Use
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import find_contact_cards, get_lesson
from school_safety.curriculum.report import make_plan, plan_paper, taught_by
from school_safety.curriculum.rules import media_for
from school_safety.kit import clock, db, files, pdf
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import LANGUAGES, _, language, local, speaking
from school_safety.kit.web import download, render_form
from school_safety.packs import actions
from school_safety.packs.forms import PART_NAMES, PrintLessonForm
from school_safety.packs.pdf import make_file
from school_safety.packs.pdf.printing import Picture, Printed, bundle_pdf, pictures_pdf, sheet_pdf
from school_safety.packs.rules import FileFormat, OutreachChannel, PrintPart
from school_safety.packs.views.blueprint import bp
from school_safety.packs.views.outreach import kit_of, own_school
from school_safety.registry.models import SchoolPath

PDF = "application/pdf"


@bp.get("/lessons/<code>/handout")
@requires(Permission.READ_LIBRARY)
def lesson_handout(reach: Reach, code: str) -> ResponseReturnValue:
    """The pupil's sheet for a class without devices: text, room to write, practice questions (`?practice=0`: none)."""
    revision = _revision(db.session(), code)
    practice = request.args.get("practice") != "0"
    items = practice_items(db.session(), revision)
    return render_template("packs/lesson_handout.html", revision=revision, items=items, practice=practice)


@bp.get("/lessons/<code>/handout.pdf")
@requires(Permission.READ_LIBRARY)
def lesson_handout_file(reach: Reach, code: str) -> ResponseReturnValue:
    """The same sheet as PDF, with the practice questions (`?practice=1`) or without, in `?text=en` or `vi`."""
    revision = _revision(db.session(), code)
    items = practice_items(db.session(), revision) if request.args.get("practice") == "1" else ()
    wanted = request.args.get("text", "")
    with speaking(wanted if wanted in LANGUAGES else language()):
        job = _Job(revision, None, items, _pictures(revision))
        data, name = job.sheet(PrintPart.HANDOUT, items), _("Phiếu học sinh")
        title = local(revision.content["title"])
    return download(data, f"{revision.lesson.code} {name} - {title}.pdf", PDF)


@bp.route("/lessons/<code>/print", methods=["GET", "POST"])
@requires(Permission.READ_LIBRARY)
def lesson_print(reach: Reach, code: str) -> ResponseReturnValue:
    """Tick what to print; all of it comes as one PDF. A leaflet is logged as taken by the viewer's school."""
    revision, school = _revision(db.reader(), code), own_school(db.reader())
    shares = school is not None and revision.outreach is not None
    offered = [part for part in PrintPart if part is not PrintPart.LEAFLET or shares]
    form = PrintLessonForm()
    form.parts.choices = [(part.value, PART_NAMES[part]) for part in offered]
    if request.method == "GET":
        form.parts.data, form.text.data = [part.value for part in offered], language()
    if form.submitted():
        wanted = [part for part in offered if part.value in (form.parts.data or ())]
        if wanted:
            return _printed(revision, school, wanted, form.text.data)
        form.refuse(Refused("nothing_to_print", "parts"))
    return render_form("packs/lesson_print.html", form, revision=revision, shares=shares)


def _printed(
    revision: LessonRevision, school: SchoolPath | None, wanted: list[PrintPart], text: str
) -> ResponseReturnValue:
    items = practice_items(db.reader(), revision)
    with speaking(text):
        job = _Job(revision, school, items, _pictures(revision))
        data, title = job.bundle(wanted), local(revision.content["title"])
        name = _("Cả bài")
    if PrintPart.LEAFLET in wanted and school is not None:
        actions.record_download(
            db.session(),
            actor=viewer(),
            school=school,
            revision=revision,
            channel=OutreachChannel.LEAFLET,
            file_format=FileFormat.PDF,
            language=text,
            now=clock.now(),
        )
    return download(data, f"{revision.lesson.code} {name} - {title}.pdf", PDF)


def _revision(session: Session, code: str) -> LessonRevision:
    number = request.args.get("revision", type=int)
    return get_lesson(session, code.upper(), number, school_id=viewer().school_id)


def practice_items(session: Session, revision: LessonRevision) -> tuple[ShownItem, ...]:
    """The lesson's practice questions as they stand on paper, numbered from 1."""
    rows = list_published_of_lesson(session, revision.lesson.original_code)
    practice = [item for _item, item in rows if item.use is Use.PRACTICE]
    return tuple(
        show_item(item.type, item.content, seed=item.content_hash, slot=slot, points=item.points, level=3)
        for slot, item in enumerate(practice, 1)
    )


def _pictures(revision: LessonRevision) -> dict[str, bytes]:
    """The lesson's pictures by the addresses under which pages show them; a lost file is left out."""
    found: dict[str, bytes] = {}
    for medium in revision.media:
        path = files.path_of(files.folder(), medium.sha256)
        if path.is_file():
            found[url_for("curriculum.media_show", sha256=medium.sha256)] = path.read_bytes()
    return found


@dataclass(frozen=True, slots=True)
class _Job:
    """What is printed, in the language that is spoken now."""

    revision: LessonRevision
    school: SchoolPath | None
    items: tuple[ShownItem, ...]
    pictures: dict[str, bytes]

    def bundle(self, wanted: list[PrintPart]) -> bytes:
        """The parts one after the other, with contents."""
        parts: list[Printed] = []
        page = 2
        for part in wanted:
            data = self._part(part, page)
            if data is not None:
                parts.append(Printed(str(PART_NAMES[part]), data))
                page += parts[-1].pages
        intro = _("Dành cho thầy cô. Phần đáp án không đưa cho học sinh.")
        return bundle_pdf(parts, self._frame(1), intro=intro)

    def sheet(self, part: PrintPart, items: tuple[ShownItem, ...], first: int = 1) -> bytes:
        """One part that is a template of its own."""
        html = render_template("packs/sheet.html", part=part.value, revision=self.revision, items=items)
        return sheet_pdf(html, self._frame(first), self.pictures, answers=part is not PrintPart.HANDOUT)

    def _part(self, part: PrintPart, first: int) -> bytes | None:
        if part is PrintPart.PLAN:
            return self._plan(first)
        if part is PrintPart.LEAFLET:
            return self._leaflet()
        if part is PrintPart.PICTURES:
            sheets = self._sheets()
            return pictures_pdf(sheets, self._frame(first)) if sheets else None
        items = self.items if part in (PrintPart.QUIZ, PrintPart.KEYS) else ()
        if part in (PrintPart.QUIZ, PrintPart.KEYS) and not items:
            return None
        return self.sheet(part, items, first)

    def _plan(self, first: int) -> bytes:
        grades = self.revision.content["grades"]
        taught = taught_by(db.reader(), viewer(), grades=grades, today=clock.today())
        cards = find_contact_cards(db.reader())
        plan = make_plan(self.revision, language=language(), cards=cards, taught=taught)
        return pdf.paper_pdf(plan_paper(plan), first=first)

    def _leaflet(self) -> bytes:
        return make_file(kit_of(self.revision, self.school, language()), OutreachChannel.LEAFLET, FileFormat.PDF)

    def _sheets(self) -> list[Picture]:
        hashes = {medium.file: medium.sha256 for medium in self.revision.media}
        shown = media_for(self.revision.content["media"], language())
        urls = {one["file"]: url_for("curriculum.media_show", sha256=hashes[one["file"]]) for one in shown}
        return [
            Picture(self.pictures[urls[one["file"]]], local(one["alt"]))
            for one in shown
            if urls[one["file"]] in self.pictures
        ]

    def _frame(self, first: int) -> pdf.Sheet:
        content, lesson = self.revision.content, self.revision.lesson
        title = local(content["title"])
        told = {"code": lesson.code, "version": self.revision.version, "licence": content["licence"]}
        return pdf.Sheet(
            title=title,
            author=self.school.name if self.school else _("Trường học an toàn số"),
            language=language(),
            head=f"{lesson.code} · {title}",
            foot=_("Bài %(code)s, bản %(version)s. Giấy phép %(licence)s.", **told),
            first=first,
        )
