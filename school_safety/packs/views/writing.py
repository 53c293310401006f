"""Lessons of the province, written by its editors: begin one, write its parts, add pictures, see how it looks."""

import hashlib
import re
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum.actions import LessonContent, Picture, save_draft, start_lesson, start_revision
from school_safety.curriculum.models import Lesson, LessonRevision
from school_safety.curriculum.queries import body_of, find_contact_cards, get_open_lesson, load_lesson, lock_lesson
from school_safety.curriculum.report import ACTIVITY_WORDS, make_plan
from school_safety.curriculum.rules import STRAND_ELEMENTS
from school_safety.kit import clock, db, files
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, _l, language
from school_safety.kit.text import search_key
from school_safety.kit.web import render_form, takes_files
from school_safety.packs.actions import content_with
from school_safety.packs.forms import LESSON_WRITING_WORDS, NewLessonForm, PictureForm
from school_safety.packs.queries import load_lesson_part
from school_safety.packs.readers import read_media
from school_safety.packs.rules import MEDIA_TYPES, LessonPart, begin_lesson, blank_body, form_of, with_form
from school_safety.packs.views.blueprint import bp
from school_safety.packs.views.editing import Desk, edit_part, part_token

A_YEAR = timedelta(days=365)
LARGEST_DRAWING = 500 * 1024
"""Bytes of an SVG: a drawing, no photograph in disguise."""


def desk_of(lesson: Lesson) -> Desk:
    """The desk of an editor: every part of a lesson of the province."""
    home = url_for(".lesson_draft", code=lesson.code)
    return Desk(
        lesson=lesson,
        parts=tuple(LessonPart),
        home=home,
        page_of=lambda part: url_for(".lesson_part", code=lesson.code, part=str(part)),
        crumbs=[(_l("Rà soát bài học"), url_for(".lesson_reviews")), (lesson.code, home)],
        upload=url_for(".lesson_picture", code=lesson.code),
    )


@bp.route("/lessons/new", methods=["GET", "POST"])
@requires(Permission.WRITE_LESSONS)
def lesson_new(reach: Reach) -> ResponseReturnValue:
    """Begin a lesson by its code and its name."""
    form = NewLessonForm()
    if form.submitted():
        try:
            lesson = _begun(form)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã tạo bản nháp. Hãy viết từng phần; lúc nào viết tiếp cũng được."))
            return redirect(url_for(".lesson_draft", code=lesson.code), 303)
    return render_form("packs/lesson_new.html", form)


def _begun(form: NewLessonForm) -> Lesson:
    try:
        begun = begin_lesson((form.code.data or "").upper())
    except ValueError:
        raise Refused("bad_code", "code") from None
    today = clock.today()
    facts: dict[str, Any] = {
        "version": "1.0.0",
        "strand": begun.strand.value,
        "elements": sorted(element.value for element in STRAND_ELEMENTS[begun.strand]),
        "grades": [begun.grade],
        "minutes": 45,
        "title": {"vi": form.title_vi.data, "en": form.title_en.data},
        "sensitivity": "none",
        "reviewed_on": today.isoformat(),
        "review_due": (today + A_YEAR).isoformat(),
        "licence": "CC BY-SA 4.0",
    }
    body = blank_body(begun.code, facts)
    content = LessonContent(dict(body.lesson), dict(body.reading), dict(body.teacher), dict(body.outreach))
    return start_lesson(db.session(), actor=viewer(), content=content).lesson


@bp.post("/lessons/<code>/revise")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_revise(lesson: Lesson) -> ResponseReturnValue:
    """Begin the next revision of a lesson."""
    try:
        start_revision(db.session(), actor=viewer(), lesson=lesson)
    except Refused as refused:
        flash(LESSON_WRITING_WORDS[refused.code], "warn")
    else:
        flash(_("Đã tạo bản nháp từ bản đang dùng. Bản đang dùng giữ nguyên cho đến khi ban hành bản mới."))
    return redirect(url_for(".lesson_draft", code=lesson.code), 303)


@bp.route("/lessons/<code>/draft/<part>", methods=["GET", "POST"])
@requires(Permission.WRITE_LESSONS, on=load_lesson_part)
def lesson_part(found: tuple[Lesson, LessonPart]) -> ResponseReturnValue:
    """Write one part of a draft."""
    lesson, part = found
    return edit_part(desk_of(lesson), part)


@bp.route("/lessons/<code>/draft/picture", methods=["GET", "POST"])
@requires(Permission.WRITE_LESSONS, on=load_lesson, slow=True)
@takes_files
def lesson_picture(lesson: Lesson) -> ResponseReturnValue:
    """Add a picture to a draft: SVG that can do no harm, or PNG made anew without what cameras write into it."""
    form = PictureForm()
    desk = desk_of(lesson)
    if form.submitted():
        try:
            _add_picture(lesson, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm hình. Muốn hình hiện trong bài đọc, hãy ghi tên tệp của hình vào bài."))
            return redirect(desk.page_of(LessonPart.MEDIA), 303)
    draft = get_open_lesson(db.reader(), lesson).revision
    if not form.is_submitted():
        form.seen.data = part_token(body_of(draft), LessonPart.MEDIA)
    return render_form("packs/lesson_picture.html", form, desk=desk, revision=draft)


def _add_picture(lesson: Lesson, form: PictureForm) -> None:
    prepared = _prepared(form.picture.data)
    files.store(files.folder(), prepared)
    session = db.session()
    lock_lesson(session, lesson.id)
    revision = get_open_lesson(session, lesson).revision
    body = body_of(revision)
    file = _free_name(form.picture.data.filename or "", prepared.media_type, revision)
    alt = {"vi": form.alt_vi.data or "", "en": form.alt_en.data or ""}
    listed = {"media": [*form_of(LessonPart.MEDIA, body)["media"], {"file": file, "alt": alt}]}
    added = Picture(file, prepared.sha256, prepared.media_type, alt)
    content = content_with(revision, with_form(LessonPart.MEDIA, body, listed), [added])
    save_draft(session, actor=viewer(), lesson=revision.lesson, content=content, seen=revision.content_hash)


def _prepared(upload: FileStorage | None) -> files.Prepared:
    """The bytes to keep; raises Refused beside the field."""
    if not isinstance(upload, FileStorage) or not upload.filename:
        raise Refused(files.FileProblem.EMPTY, "picture")
    head = upload.stream.read(LARGEST_DRAWING + 1)
    if read_media(head[:8]).kind == "png":
        upload.stream.seek(0)
        return files.prepare(upload.stream.read(files.MAX_BYTES + 1), "picture")
    if len(head) > LARGEST_DRAWING:
        raise Refused(files.FileProblem.TOO_LARGE, "picture")
    drawing = read_media(head)
    if drawing.unsafe_lines:
        raise Refused("picture_unsafe", "picture")
    if drawing.kind != "svg":
        raise Refused("picture_kind", "picture")
    return files.Prepared(head, hashlib.sha256(head).hexdigest(), MEDIA_TYPES["svg"])


def _free_name(filename: str, media_type: str, revision: LessonRevision) -> str:
    """`media/so-do.svg`: a name of ours, made from the file's own, that no picture of the draft has yet."""
    ending = next(ending for ending, known in MEDIA_TYPES.items() if known == media_type)
    words = re.findall(r"[a-z0-9]+", search_key(filename.rpartition(".")[0]))
    stem = "-".join(words)[:60].strip("-") or "hinh"
    taken, number, name = {one.file for one in revision.media}, 1, f"media/{stem}.{ending}"
    while name in taken:
        number += 1
        name = f"media/{stem}-{number}.{ending}"
    return name


@bp.get("/lessons/<code>/draft/preview")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_draft_plan(lesson: Lesson) -> ResponseReturnValue:
    """The draft as teachers will see the lesson."""
    revision = get_open_lesson(db.session(), lesson).revision
    plan = make_plan(revision, language=language(), cards=find_contact_cards(db.session()))
    return render_template("curriculum/lesson_show.html", revision=revision, plan=plan, names=ACTIVITY_WORDS)


@bp.get("/lessons/<code>/draft/preview/reading")
@requires(Permission.WRITE_LESSONS, on=load_lesson)
def lesson_draft_reading(lesson: Lesson) -> ResponseReturnValue:
    """The draft as pupils will read it."""
    revision = get_open_lesson(db.session(), lesson).revision
    return render_template("curriculum/lesson_preview.html", revision=revision)
