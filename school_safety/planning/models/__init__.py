"""Tables of planning: plans and targets; programmes and what schools declare; deliveries and their proof."""

from school_safety.planning.models.deliveries import (
    Delivery,
    DeliveryClassGroup,
    Evidence,
    EvidenceTombstone,
    Verification,
)
from school_safety.planning.models.plans import Plan, Target
from school_safety.planning.models.programmes import (
    Activity,
    Answer,
    Declaration,
    DocumentNumber,
    Programme,
    ProgrammeRevision,
    ProgrammeStrand,
    RevisionStrand,
    SupervisorMark,
)
from school_safety.planning.models.told import ToldDelivery

__all__ = [
    "Activity",
    "Answer",
    "Declaration",
    "Delivery",
    "DeliveryClassGroup",
    "DocumentNumber",
    "Evidence",
    "EvidenceTombstone",
    "Plan",
    "Programme",
    "ProgrammeRevision",
    "ProgrammeStrand",
    "RevisionStrand",
    "SupervisorMark",
    "Target",
    "ToldDelivery",
    "Verification",
]
