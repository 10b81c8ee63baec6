"""The dossier: one alliance as one portable document, joined from the apps' parts."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from alliance.schemas import AlliancePart, Document, Moment, Ref, Text
from charter.states import Section
from governance.schemas import GovernancePart
from traits.schemas import Acknowledgement, ToldCheck

FORMAT: Literal["concordat-dossier/1"] = "concordat-dossier/1"


def _section(key: str) -> str:
    if key not in Section.values:
        raise ValueError("one of the twenty sections")
    return key


class CharterSection(Document):
    key: Annotated[str, AfterValidator(_section)]
    text: Text


class Charter(Document):
    """The draft from which versions are frozen."""

    template: Literal["joint_problem", "standards_body", "data_exchange", "shared_investment"]
    signing_rule: Literal["all_founders", "three_quarters"] = "all_founders"
    notice_days: Annotated[int, Field(ge=14, le=365)] = 14
    sections: list[CharterSection] = []


class Signature(Document):
    member: Ref
    signatory: Ref
    signatory_name: str
    organisation_name: str
    mandate: Text
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    proof_method: str
    signed_at: Moment
    witnessed: bool = False


class TextSection(Document):
    """A section of a frozen text, its values filled in."""

    key: str
    title: str
    text: str


class SigningMember(Document):
    """A member as the frozen text counts it."""

    id: str
    organisation: str
    category: str
    participation: str


class CharterText(Document):
    """What a version freezes. Its hash is the SHA-256 of its canonical JSON (RFC 8785)."""

    alliance: str
    template: str
    signing_rule: str
    profile: str
    sections: list[TextSection]
    values: dict[str, str]
    members: list[SigningMember]
    classes: list[dict[str, Any]]


class CharterVersion(Document):
    major: int
    minor: int = 0
    patch: int = 0
    document: dict[str, Any]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    state: Literal["offered", "in_force", "void", "superseded"]
    void_reason: Literal["", "text_changed", "deadline", "withdrawn", "abandoned", "imported"] = ""
    voided_at: Moment | None = None
    signing_rule: str
    frozen_at: Moment
    frozen_by: Ref
    sign_by: Moment
    in_force_at: Moment | None = None
    decision: Annotated[int, Field(ge=1)] | None = None
    """The number of the decision that adopted it, where it amends a version that the members signed."""
    amends: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The hash of that version."""
    signatures: list[Signature] = []


class Dossier(AlliancePart, GovernancePart):
    """An alliance whole, as it stood at `as_of`."""

    format: Literal["concordat-dossier/1"]
    as_of: Moment
    acknowledgements: list[Acknowledgement] = []
    told_check: ToldCheck | None = None
    charter: Charter | None = None
    charter_versions: list[CharterVersion] = []
