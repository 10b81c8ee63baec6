"""The readiness check's part of the dossier, and the inputs of its command-line programs."""

from pydantic import AwareDatetime

from alliance.schemas import Document, Ref, Text


class Acknowledgement(Document):
    """A warning that the chair has acknowledged; it holds while the indicator names the same subjects."""

    indicator: str
    subjects: list[str] = []
    reason: Text
    acknowledged_by: Ref
    acknowledged_at: AwareDatetime
    witnessed: bool = False
