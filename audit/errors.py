"""What a command may answer instead of doing what it was asked. Each is a sentence that says what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Why not now: a move that the rules do not allow (HTTP 422).

    `code` is stable for programs, `sentence` is for people, `field` names the input at fault, if one is.
    """

    def __init__(self, code: str, sentence: Any, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field

    @property
    def sentence(self) -> str:
        return str(self.args[0])


class NotPermitted(Exception):
    """Who may not: this person may see the thing, but not do this with it (HTTP 403)."""

    def __init__(self, sentence: Any, *, code: str = "not_permitted") -> None:
        super().__init__(sentence)
        self.code = code

    @property
    def sentence(self) -> str:
        return str(self.args[0])


PROVE = _("This binds: confirm first that it is you, by your password.")


class ProofStale(NotPermitted):
    """A binding act needs a newer proof of sign-in than this session holds (HTTP 403, with a link to sign in again)."""

    def __init__(self, sentence: Any = PROVE) -> None:
        super().__init__(sentence, code="proof_stale")
