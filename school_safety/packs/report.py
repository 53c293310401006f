"""One kit as it goes out: its texts in one language with the school's name and the contacts of today merged in."""

from collections.abc import Mapping
from dataclasses import dataclass

from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.rules import ContactCard, cards_of, renumbered
from school_safety.packs.rules import (
    OutreachChannel,
    Size,
    is_gsm,
    reading_seconds,
    signed_sms,
    signed_zalo,
    size_of,
    spoken_school,
    text_of,
)


@dataclass(frozen=True, slots=True)
class KitContact:
    """Somebody to turn to, in the language of the kit."""

    number: str
    link: str
    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class Kit:
    """Every text of a kit, ready to be drawn or copied.

    Attributes:
        school: whose kit it is, "" for a preview by people of no school.
        texts: what each channel says; Zalo and SMS bear the school's name where it fits.
    """

    code: str
    version: str
    language: str
    title: str
    summary: str
    licence: str
    school: str
    contacts: tuple[KitContact, ...]
    subject: str
    texts: tuple[tuple[OutreachChannel, str], ...]
    sizes: tuple[tuple[OutreachChannel, Size], ...]

    def text(self, channel: OutreachChannel) -> str:
        """What the kit says on a channel."""
        return dict(self.texts)[channel]

    def size(self, channel: OutreachChannel) -> Size:
        """How long that is, and may be."""
        return dict(self.sizes)[channel]

    @property
    def spoken_school(self) -> str:
        """The school's name as it is read aloud."""
        return spoken_school(self.school) if self.language == "vi" and self.school else self.school

    @property
    def seconds(self) -> int:
        """How long the loudspeaker script is read, in seconds."""
        return reading_seconds(self.text(OutreachChannel.LOUDSPEAKER), self.language)

    @property
    def is_plain_sms(self) -> bool:
        """Whether the SMS keeps to GSM-7."""
        return is_gsm(self.text(OutreachChannel.SMS))

    def is_signed(self, channel: OutreachChannel, unsigned: str) -> bool:
        """Whether the school's name found room in a short message."""
        return bool(self.school) and self.text(channel) != unsigned

    @property
    def email(self) -> str:
        """The whole e-mail as text: subject, body, the school as sender."""
        body = self.text(OutreachChannel.EMAIL)
        return f"{self.subject}\n\n{body}" + (f"\n\n{self.school}" if self.school else "")


def make_kit(revision: LessonRevision, *, language: str, school: str, contacts: Mapping[str, ContactCard]) -> Kit:
    """The kit of a revision for a school ("" for none), with the numbers of today; `contacts` as they stand now.

    Contacts that nobody has confirmed are left out.
    """
    named = cards_of(revision.content["contacts"], contacts, for_pupils=False)
    lesson = renumbered(revision.content, named)
    content = renumbered(revision.outreach.content, named) if revision.outreach is not None else {}
    texts = {channel: text_of(content, channel, language).strip() for channel in OutreachChannel}
    sizes = {channel: size_of(channel, text, language) for channel, text in texts.items()}
    texts[OutreachChannel.ZALO] = signed_zalo(texts[OutreachChannel.ZALO], school)
    texts[OutreachChannel.SMS] = signed_sms(texts[OutreachChannel.SMS], school)
    return Kit(
        code=revision.lesson.code,
        version=revision.version,
        language=language,
        title=lesson["title"][language],
        summary=lesson["summary"][language],
        licence=lesson["licence"],
        school=school,
        contacts=tuple(
            KitContact(card.number, card.link, card.name[language], card.hours[language])
            for card in named
            if card.confirmed
        ),
        subject=content["email"]["subject"][language],
        texts=tuple(texts.items()),
        sizes=tuple(sizes.items()),
    )
