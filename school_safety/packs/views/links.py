"""Public links to a kit for partners: made and closed by the school, opened by anybody who has one."""

from flask import Response, abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import public, requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db, secrets
from school_safety.kit.errors import NotFound
from school_safety.kit.i18n import _, language
from school_safety.kit.web import download, render_form
from school_safety.packs import actions, queries
from school_safety.packs.forms import CHANNEL_NAMES, PARTNER_NAMES, OutreachLinkForm
from school_safety.packs.models import OutreachLink
from school_safety.packs.pdf import MEDIA_TYPES, make_file
from school_safety.packs.report import Kit
from school_safety.packs.rules import FORMATS, LANGUAGES, FileFormat, OutreachChannel, Partner
from school_safety.packs.views.blueprint import bp
from school_safety.packs.views.outreach import filename, kit_of, lesson_with_kit, sharing_school
from school_safety.registry.queries import get_school_row

LONGEST_TOKEN = 64


@bp.post("/lessons/<code>/outreach/links")
@requires(Permission.SHARE_OUTREACH)
def outreach_link_new(reach: Reach, code: str) -> ResponseReturnValue:
    """Make a public link and show it, this once."""
    session = db.session()
    school, revision = sharing_school(session), lesson_with_kit(code, session)
    form = OutreachLinkForm()
    if not form.submitted():
        return render_form("packs/outreach_link_new.html", form, revision=revision, link=None, address="")
    link, token = actions.make_link(
        session,
        actor=viewer(),
        school=school,
        revision=revision,
        partner=Partner(form.partner.data),
        days=form.days.data,
        now=clock.now(),
    )
    address = f"{current_app.extensions['settings'].external_url}{url_for('packs.outreach_public', token=token)}"
    context = {"revision": revision, "link": link, "address": address, "partners": PARTNER_NAMES}
    return render_form("packs/outreach_link_new.html", form, **context)


@bp.post("/outreach-links/<int:link_id>/revoke")
@requires(Permission.SHARE_OUTREACH)
def outreach_link_revoke(reach: Reach, link_id: int) -> ResponseReturnValue:
    """Close a link of the viewer's school before its day."""
    session = db.session()
    school = sharing_school(session)
    link = actions.revoke_link(session, actor=viewer(), school=school, link_id=link_id, now=clock.now())
    flash(_("Đã đóng liên kết. Ai giữ địa chỉ đó cũng không mở được nữa."))
    return redirect(url_for("packs.outreach_show", code=link.revision.lesson.code), 303)


@bp.get("/o/<token>")
@public
def outreach_public(token: str) -> ResponseReturnValue:
    """The kit as a partner sees it: whose it is, its texts and files; the opening is counted, not who opened."""
    link = _opened(token)
    db.after_rollback(lambda session: actions.count_opening(session, link_id=link.id))
    kit = _kit(link, request.args.get("text", ""))
    page = render_template(
        "packs/outreach_public.html",
        link=link,
        kit=kit,
        token=token,
        formats=FORMATS,
        channels=OutreachChannel,
        names=CHANNEL_NAMES,
    )
    return _unlisted(make_response(page))


@bp.get("/o/<token>/<channel>.<file_format>")
@public
def outreach_file(token: str, channel: str, file_format: str) -> ResponseReturnValue:
    """One file of the kit that the link opens."""
    link = _opened(token)
    if channel not in set(OutreachChannel) or file_format not in FORMATS[OutreachChannel(channel)]:
        abort(404)
    part, kind = OutreachChannel(channel), FileFormat(file_format)
    kit = _kit(link, request.args.get("text", ""))
    data = make_file(kit, part, kind)
    return _unlisted(download(data, filename(link.revision, part, kind, kit.language), MEDIA_TYPES[kind]))


def _opened(token: str) -> OutreachLink:
    if len(token) > LONGEST_TOKEN:
        raise NotFound
    return queries.get_opened(db.session(), secrets.digest(token), clock.now())


def _kit(link: OutreachLink, wanted: str) -> Kit:
    school = get_school_row(db.session(), link.school_id)
    return kit_of(link.revision, school, wanted if wanted in LANGUAGES else language())


def _unlisted(answer: Response) -> Response:
    """Not for search engines, and the address is told to nobody."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
