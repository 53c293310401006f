"""What leaves the house: a part of a kit that was taken, a public link for a partner."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.curriculum.models import LessonRevision
from school_safety.kit import secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.packs import queries
from school_safety.packs.models import OutreachDownload, OutreachLink
from school_safety.packs.rules import FORMATS, LINK_DAYS, FileFormat, OutreachChannel, Partner
from school_safety.registry.models import SchoolPath

FORMAT_FOREIGN = "format_foreign"
DAYS_FOREIGN = "days_foreign"


def record_download(
    session: Session,
    *,
    actor: Viewer,
    school: SchoolPath,
    revision: LessonRevision,
    channel: OutreachChannel,
    file_format: FileFormat,
    language: str,
    now: datetime,
) -> OutreachDownload:
    """Log that somebody of the school took a part of a kit; it is neither a delivery nor evidence.

    Raises Refused(FORMAT_FOREIGN) for a file that the channel does not have.
    """
    if file_format not in FORMATS[channel]:
        raise Refused(FORMAT_FOREIGN, "format")
    taken = OutreachDownload(
        school_id=school.school_id,
        revision_id=revision.id,
        channel=channel,
        format=file_format,
        language=language,
        downloaded_by=actor.person_id,
        downloaded_at=now,
    )
    session.add(taken)
    session.flush()
    data = {
        "lesson": revision.lesson.code,
        "revision": revision.number,
        "channel": channel.value,
        "format": file_format.value,
    }
    _audit(session, actor, "outreach.downloaded", "outreach_download", taken.id, school, data)
    return taken


def make_link(
    session: Session,
    *,
    actor: Viewer,
    school: SchoolPath,
    revision: LessonRevision,
    partner: Partner,
    days: int,
    now: datetime,
) -> tuple[OutreachLink, str]:
    """A public link to the kit, and its token, which is shown this once; raises Refused(DAYS_FOREIGN)."""
    if days not in LINK_DAYS:
        raise Refused(DAYS_FOREIGN, "days")
    token = secrets.token()
    link = OutreachLink(
        token_digest=secrets.digest(token),
        school_id=school.school_id,
        revision_id=revision.id,
        partner=partner,
        made_by=actor.person_id,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    data = {"lesson": revision.lesson.code, "partner": partner.value, "days": days}
    _audit(session, actor, "outreach_link.made", "outreach_link", link.id, school, data)
    return link, token


def revoke_link(session: Session, *, actor: Viewer, school: SchoolPath, link_id: int, now: datetime) -> OutreachLink:
    """Close a link of the school before its day; again changes nothing. Raises NotFound for another school's."""
    link = queries.get_link(session, link_id, school_id=school.school_id)
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = now, actor.person_id
        _audit(session, actor, "outreach_link.revoked", "outreach_link", link.id, school, {})
    return link


def count_opening(session: Session, *, link_id: int) -> None:
    """Count one opening of a link; nothing is kept about who opened it."""
    session.execute(queries.COUNT_OPENING, {"link_id": link_id})


def _audit(
    session: Session, actor: Viewer, verb: str, kind: str, row_id: int, school: SchoolPath, data: Mapping[str, object]
) -> None:
    record_audit(
        session, actor=actor, verb=verb, object_type=kind, object_id=row_id, place=school.path, data=dict(data)
    )
