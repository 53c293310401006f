"""Evidence: uploading from a phone, taking back, and the file itself for those who may see it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.kit import clock, db, files
from school_safety.kit.errors import NotAllowed, NotFound, Refused
from school_safety.kit.files import Prepared
from school_safety.kit.i18n import _
from school_safety.kit.web import takes_files
from school_safety.planning import actions, queries
from school_safety.planning.forms.deliveries import EvidenceForm
from school_safety.planning.models import Evidence
from school_safety.planning.queries import DeliveryInSchool
from school_safety.planning.rules import EvidenceKind, may_see_file
from school_safety.planning.views.blueprint import bp
from school_safety.planning.views.deliveries import show
from school_safety.registry.models import SchoolPath


@bp.post("/deliveries/<int:delivery_id>/evidence")
@requires(Permission.RECORD_DELIVERY, on=queries.load_delivery, slow=True)
@takes_files
def evidence_new(found: DeliveryInSchool) -> ResponseReturnValue:
    """Check and re-encode the file first, put it on disk, and only then write the row that names it."""
    form = EvidenceForm()
    root_id = found.row.delivery.root_id
    if form.submitted():
        try:
            file = _uploaded(form)
            session = db.session()
            actions.add_evidence(
                session,
                actor=viewer(),
                found=queries.load_delivery(session, root_id)[0],
                kind=EvidenceKind(form.kind.data),
                file=file,
                link=form.link.data,
                recognisable={"yes": True, "no": False}.get(form.recognisable.data or ""),
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu minh chứng."))
            return redirect(url_for("planning.delivery_show", delivery_id=root_id), 303)
    return show(found, form)


def _uploaded(form: EvidenceForm) -> Prepared | None:
    """The file, checked and safe on disk; None where none was sent or a link is given."""
    sent = form.file.data
    if not sent or form.kind.data == EvidenceKind.PUBLIC_LINK:
        return None
    with sent.stream as stream:
        prepared = files.read_upload(stream)
    files.store(files.folder(), prepared)
    return prepared


@bp.post("/deliveries/<int:delivery_id>/evidence/<public_id>/withdraw")
@requires(Permission.RECORD_DELIVERY, on=queries.load_delivery_evidence)
def evidence_withdraw(loaded: tuple[DeliveryInSchool, Evidence]) -> ResponseReturnValue:
    """Take a piece of evidence back; its row and its hash stay."""
    found, piece = loaded
    try:
        actions.withdraw_evidence(db.session(), actor=viewer(), found=found, public_id=piece.public_id, now=clock.now())
    except Refused as refused:
        flash(EvidenceForm.WORDS[refused.code], "warn")
    else:
        flash(_("Đã rút minh chứng."))
    return redirect(url_for("planning.delivery_show", delivery_id=found.row.delivery.root_id), 303)


@bp.get("/evidence/<public_id>")
@requires(Permission.SEE_EVIDENCE, on=queries.load_evidence)
def evidence_file(loaded: tuple[Evidence, SchoolPath]) -> ResponseReturnValue:
    """The file as an attachment; one in which pupils can be recognised only for people of their school."""
    piece, school = loaded
    if piece.sha256 is None or piece.media_type is None or piece.tombstone is not None:
        raise NotFound
    today = clock.today()
    belongs = queries.belongs_to(db.session(), viewer().person_id, school.school_id, today, today)
    if not may_see_file(recognisable=piece.recognisable, belongs=belongs):
        raise NotAllowed
    name = f"minh-chung-{school.code}-{piece.sha256[:8]}.{files.ENDINGS[piece.media_type]}"
    return files.attachment(files.folder(), piece.sha256, media_type=piece.media_type, name=name)
