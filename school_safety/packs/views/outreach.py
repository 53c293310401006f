"""The outreach kit of a lesson: its texts and files for the viewer's school, and what the school took."""

from dataclasses import dataclass

from flask import abort, flash, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import find_contact_cards, get_lesson
from school_safety.kit import clock, db
from school_safety.kit.db import Session
from school_safety.kit.errors import NotAllowed, NotFound
from school_safety.kit.i18n import _, language
from school_safety.kit.web import download
from school_safety.packs import actions, queries
from school_safety.packs.forms import CHANNEL_NAMES, PARTNER_NAMES, OutreachCopyForm, OutreachFileForm, OutreachLinkForm
from school_safety.packs.models import OutreachDownload, OutreachLink
from school_safety.packs.pdf import MEDIA_TYPES, make_file
from school_safety.packs.report import Kit, make_kit
from school_safety.packs.rules import FORMATS, LANGUAGES, FileFormat, OutreachChannel
from school_safety.packs.views.blueprint import bp
from school_safety.registry.models import SchoolPath
from school_safety.registry.queries import get_school_row


@dataclass(frozen=True, slots=True)
class Shared:
    """What the viewer's school did with a kit."""

    school: SchoolPath
    downloads: list[OutreachDownload]
    links: list[OutreachLink]


@bp.get("/lessons/<code>/outreach")
@requires(Permission.READ_LIBRARY)
def outreach_show(reach: Reach, code: str) -> ResponseReturnValue:
    """The kit in one language (`?text=en`), with the school's name merged in; a preview for people of no school."""
    revision = lesson_with_kit(code)
    school = own_school(db.session())
    kit = kit_of(revision, school, _text_language())
    return render_template(
        "packs/outreach_show.html",
        revision=revision,
        kit=kit,
        plain=kit_of(revision, None, kit.language),
        formats=FORMATS,
        channels=OutreachChannel,
        names=CHANNEL_NAMES,
        partners=PARTNER_NAMES,
        shared=_shared(db.session(), school, revision),
        form=OutreachLinkForm(formdata=None),
        now=clock.now(),
    )


@bp.post("/lessons/<code>/outreach")
@requires(Permission.SHARE_OUTREACH)
def outreach_download(reach: Reach, code: str) -> ResponseReturnValue:
    """Hand out one file of the kit and log who took what for which school."""
    revision = lesson_with_kit(code, db.reader())
    school = sharing_school(db.reader())
    form = OutreachFileForm()
    if not form.submitted():
        abort(400)
    channel, file_format = OutreachChannel(form.channel.data), FileFormat(form.format.data)
    if file_format not in FORMATS[channel]:
        abort(400)
    data = make_file(kit_of(revision, school, form.text.data), channel, file_format)
    actions.record_download(
        db.session(),
        actor=viewer(),
        school=school,
        revision=revision,
        channel=channel,
        file_format=file_format,
        language=form.text.data,
        now=clock.now(),
    )
    flash(_("Đã lấy: %(name)s. Dùng xong, hãy ghi hoạt động ở mục “Đã lấy”.", name=CHANNEL_NAMES[channel]))
    return download(data, filename(revision, channel, file_format, form.text.data), MEDIA_TYPES[file_format])


@bp.post("/lessons/<code>/outreach/copies")
@requires(Permission.SHARE_OUTREACH)
def outreach_copy(reach: Reach, code: str) -> ResponseReturnValue:
    """Log that a text of the kit was copied; a script needs no answer, without one the text stands there to copy."""
    session = db.session()
    revision, school, form = lesson_with_kit(code, session), sharing_school(session), OutreachCopyForm()
    if not form.submitted():
        abort(400)
    channel = OutreachChannel(form.channel.data)
    actions.record_download(
        session,
        actor=viewer(),
        school=school,
        revision=revision,
        channel=channel,
        file_format=FileFormat.TXT,
        language=form.text.data,
        now=clock.now(),
    )
    if request.accept_mimetypes.best == "application/json":
        return jsonify(logged=True)
    kit = kit_of(revision, school, form.text.data)
    context = {"revision": revision, "kit": kit, "channel": channel, "name": CHANNEL_NAMES[channel], "school": school}
    return render_template("packs/outreach_copied.html", **context)


def lesson_with_kit(code: str, session: Session | None = None) -> LessonRevision:
    """The lesson in force, or with `?revision=2` the one that a class was given."""
    number = request.args.get("revision", type=int)
    revision = get_lesson(session or db.session(), code.upper(), number, school_id=viewer().school_id)
    if revision.outreach is None:
        raise NotFound
    return revision


def _text_language() -> str:
    wanted = request.args.get("text", "")
    return wanted if wanted in LANGUAGES else language()


def own_school(session: Session) -> SchoolPath | None:
    """The school for which the viewer may hand out kits."""
    who = viewer()
    if who.school_id is None or not who.may(Permission.SHARE_OUTREACH):
        return None
    return get_school_row(session, who.school_id)


def sharing_school(session: Session) -> SchoolPath:
    """The viewer's school; raises NotAllowed for people of no school."""
    school = own_school(session)
    if school is None:
        raise NotAllowed
    return school


def kit_of(revision: LessonRevision, school: SchoolPath | None, text: str) -> Kit:
    """The kit with the school's name and the contacts of this moment."""
    cards = find_contact_cards(db.reader())
    return make_kit(revision, language=text, school=school.name if school else "", contacts=cards)


def filename(revision: LessonRevision, channel: OutreachChannel, file_format: FileFormat, text: str) -> str:
    """`os-06-01-leaflet-vi.pdf`."""
    return f"{revision.lesson.code.lower()}-{channel}-{text}.{file_format}"


def _shared(session: Session, school: SchoolPath | None, revision: LessonRevision) -> Shared | None:
    if school is None:
        return None
    where = {"school_id": school.school_id, "revision_id": revision.id}
    return Shared(school, queries.list_downloads(session, **where), queries.list_links(session, **where))
