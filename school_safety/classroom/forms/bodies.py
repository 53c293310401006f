"""The shape of what scripts send: a batch of sealed answers."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from school_safety.kit.errors import Refused

FieldText = Annotated[str, StringConstraints(max_length=4000)]
FieldPair = Annotated[list[FieldText], Field(min_length=2, max_length=2)]


class SealedAnswer(BaseModel):
    """One answer of an upload: sealed on the pupil's device, bound to its slot, UUID and number."""

    model_config = ConfigDict(strict=True, extra="forbid")

    slot: int = Field(ge=1, le=1000)
    uuid: str = Field(pattern=r"^[0-9a-fA-F-]{32,36}$")
    seq: int = Field(ge=1, le=2**53)
    sealed: str = Field(max_length=32_000)


class UploadBody(BaseModel):
    """A batch of sealed answers of one attempt; `submit` is the sealed wish to hand in after them."""

    model_config = ConfigDict(strict=True, extra="forbid")

    attempt: str = Field(max_length=32)
    token: str = Field(max_length=100)
    answers: list[SealedAnswer] = Field(max_length=20)
    submit: str | None = Field(default=None, max_length=200)


class AnswerFields(BaseModel):
    """What a sealed answer says: the fields of the item's form, as the browser would post them."""

    model_config = ConfigDict(strict=True, extra="forbid")

    fields: list[FieldPair] = Field(max_length=200)


Body = TypeVar("Body", bound=BaseModel)


def read_upload(data: object) -> UploadBody:
    """The body of an upload; raises Refused when it has another shape."""
    return _read(UploadBody, data)


def read_fields(data: object) -> list[tuple[str, str]]:
    """The names and values of an answer's form fields; raises Refused when they have another shape."""
    return [(name, text) for name, text in _read(AnswerFields, data).fields]


def _read(model: type[Body], data: object) -> Body:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Refused("bad_body") from error
