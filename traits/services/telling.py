"""Keeping what founders told of their alliance before there was anything on record."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from audit.errors import DomainError
from audit.services import record
from traits.models import ToldCheck
from traits.selfcheck import is_whole


@transaction.atomic
def keep_told_check(*, actor: Person, alliance: Alliance, answers: Mapping[str, str]) -> ToldCheck:
    """Keep the founders' fifteen answers with the alliance, once. They count for nothing; they are for comparison.

    Raises DomainError when answers are missing or unknown, or when some are kept already.
    """
    alliance, at = lock(alliance)
    require("traits.keep_told_check", actor, alliance)
    if not is_whole(answers):
        raise DomainError("answers_missing", _("Answer all fifteen questions."))
    if ToldCheck.objects.filter(alliance=alliance).exists():
        raise DomainError("told_already", _("What was told at the beginning is kept already, and stays as it was."))
    told = ToldCheck.objects.create(alliance=alliance, answers=dict(answers), told_by=actor, told_at=at)
    record("traits.check.told", stream=alliance.pk, actor=actor.pk, subject=told.pk, at=at)
    return told
