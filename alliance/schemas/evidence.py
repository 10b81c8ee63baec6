"""Evidence attached to records: links, other records, and files by name and fingerprint."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from alliance.schemas.base import Day, Document, Line, Moment, Ref

Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{0,24}$")]
Link = Annotated[str, StringConstraints(pattern=r"^(https://[^\s@/?#]+([/?#]\S*)?)?$", max_length=2000)]
FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\\x00-\x1f\x7f]*$", max_length=160)]
MediaType = Annotated[str, StringConstraints(pattern=r"^([a-z]+/[a-z0-9.+-]+)?$", max_length=100)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class Exhibit(Document):
    """One piece of evidence on the record of this kind: a link, another record, or a file, whose bytes stay behind."""

    id: Ref | None = None
    kind: Name
    record: Ref
    """The record's identifier; for the kind `alliance` any, for there is one alliance."""
    title: Line
    address: Link = ""
    source_kind: Name = ""
    source: Ref | None = None
    file_name: FileName = ""
    media_type: MediaType = ""
    size: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    sha256: Fingerprint = ""
    added_by: Ref
    added_at: Moment
    valid_until: Day | None = None
    withdrawn_by: Ref | None = None
    withdrawn_at: Moment | None = None
    witnessed: bool = False

    @model_validator(mode="after")
    def _is_one_of_three(self) -> Self:
        is_file = self.size is not None
        if [bool(self.address), self.source is not None, is_file].count(True) != 1:
            raise ValueError("one of address, source and size")
        if is_file != bool(self.sha256 and self.file_name) or (self.source is not None) != bool(self.source_kind):
            raise ValueError("sha256 and file_name with a file, source_kind with a source")
        return self

    @model_validator(mode="after")
    def _is_taken_back_by_somebody(self) -> Self:
        if (self.withdrawn_by is None) != (self.withdrawn_at is None):
            raise ValueError("withdrawn_by and withdrawn_at together")
        return self
