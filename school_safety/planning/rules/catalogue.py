"""Catalogues of planning: schedules, audiences, channels with their limits and proofs, work groups of the plans."""

from dataclasses import dataclass
from enum import StrEnum

from school_safety.planning.rules.deliveries import EvidenceKind


class Schedule(StrEnum):
    """When an activity takes place: on one day, in a window, again and again, or all through a period."""

    ONE_OFF = "one_off"
    WINDOW = "window"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"


class Recurrence(StrEnum):
    """How often a recurring activity comes back."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Audience(StrEnum):
    """For whom an activity is: pupils (by grade), parents, staff."""

    PUPILS = "pupils"
    PARENTS = "parents"
    STAFF = "staff"


class Track(StrEnum):
    """The two tracks of the plans: inside public bodies, and society."""

    INTERNAL = "internal"
    PUBLIC = "public"


def track_of(audience: Audience) -> Track:
    """School staff are the internal track of a school, pupils and parents the public one (seed 000)."""
    return Track.INTERNAL if audience is Audience.STAFF else Track.PUBLIC


class WorkGroup(StrEnum):
    """The five work groups of the communication plan (seed 002)."""

    CONFERENCES = "conferences"
    MEDIA = "media"
    TELECOM_AND_WEB = "telecom_and_web"
    DIRECT = "direct"
    INSPECTION = "inspection"


class TaskGroup(StrEnum):
    """The three task groups of the awareness plan (seed 004); the third is where schools work."""

    MASS_AND_SOCIAL_MEDIA = "mass_and_social_media"
    GRASSROOTS = "grassroots"
    SCHOOLS = "schools"


class ChannelGroup(StrEnum):
    """Families of channels, as the form groups them."""

    IN_SCHOOL = "in_school"
    MEETINGS = "meetings"
    BROADCAST = "broadcast"
    PRINTED = "printed"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Channel:
    """One way of reaching an audience.

    Attributes:
        proofs: kinds of evidence to offer first; those without pupils' faces come before photos.
        work_group: the work group it is counted under.
        most_syllables: longest text in Vietnamese syllables, None where there is no limit.
        most_characters: longest text in characters, None where there is no limit.
    """

    code: str
    group: ChannelGroup
    work_group: WorkGroup
    proofs: tuple[EvidenceKind, ...]
    most_syllables: int | None = None
    most_characters: int | None = None


_CLASSROOM = (EvidenceKind.CLASS_RESULTS, EvidenceKind.MINUTES, EvidenceKind.PHOTO)
_MEETING = (EvidenceKind.MINUTES, EvidenceKind.PHOTO)
_PUBLISHED = (EvidenceKind.PUBLIC_LINK, EvidenceKind.MINUTES, EvidenceKind.PHOTO)
_IN, _MEET, _CAST, _PRINT, _NET = (
    ChannelGroup.IN_SCHOOL,
    ChannelGroup.MEETINGS,
    ChannelGroup.BROADCAST,
    ChannelGroup.PRINTED,
    ChannelGroup.ONLINE,
)
_DIRECT, _TELECOM = WorkGroup.DIRECT, WorkGroup.TELECOM_AND_WEB

CHANNELS: dict[str, Channel] = {
    channel.code: channel
    for channel in (
        Channel("class_talk", _IN, _DIRECT, _CLASSROOM),
        Channel("subject_lesson", _IN, _DIRECT, _CLASSROOM),
        Channel("class_meeting", _IN, _DIRECT, _CLASSROOM),
        Channel("flag_ceremony", _IN, _DIRECT, _MEETING),
        Channel("experience", _IN, _DIRECT, _CLASSROOM),
        Channel("contest", _IN, _DIRECT, _MEETING),
        Channel("online_quiz", _IN, _TELECOM, _CLASSROOM),
        Channel("parents_meeting", _MEET, _DIRECT, _MEETING),
        Channel("conference", _MEET, WorkGroup.CONFERENCES, _MEETING),
        Channel("staff_training", _MEET, WorkGroup.CONFERENCES, _MEETING),
        Channel("loudspeaker", _CAST, WorkGroup.MEDIA, _PUBLISHED, most_syllables=200),
        Channel("press", _CAST, WorkGroup.MEDIA, _PUBLISHED),
        Channel("television", _CAST, WorkGroup.MEDIA, _PUBLISHED),
        Channel("led", _CAST, WorkGroup.MEDIA, _MEETING, most_syllables=25),
        Channel("leaflet", _PRINT, _DIRECT, _MEETING),
        Channel("poster", _PRINT, _DIRECT, _MEETING),
        Channel("zalo", _NET, _TELECOM, _PUBLISHED, most_characters=160),
        Channel("sms", _NET, _TELECOM, _MEETING, most_characters=160),
        Channel("email", _NET, _TELECOM, _MEETING),
        Channel("website", _NET, _TELECOM, _PUBLISHED),
        Channel("social_network", _NET, _TELECOM, _PUBLISHED),
    )
}
