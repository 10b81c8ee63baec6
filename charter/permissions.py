"""Who may move an alliance, write its charter, and sign it."""

import rules
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.permissions import allow
from alliance.models import Alliance
from alliance.permissions import acts_for_a_member, alliance_of, is_auditor, is_organiser, signs_for_it
from governance.models import Officer
from governance.states import Office


@rules.predicate
def is_chair(person: Person, subject: object) -> bool:
    """Is the person the chair now, elected or acting?"""
    alliance: Alliance = alliance_of(subject)
    return Officer.objects.filter(alliance=alliance, office=Office.CHAIR, person=person, ends_at__isnull=True).exists()


_BY_ORGANISER = _("Only an organiser of this alliance may do this.")
for _name in (
    "begin_forming",
    "declare_ready",
    "abandon_alliance",
    "draft_charter",
    "write_section",
    "set_signing_terms",
    "propose_ratification",
    "withdraw_ratification",
):
    allow(f"charter.{_name}", is_organiser, otherwise=_BY_ORGANISER)
allow("charter.begin_ratifying", is_chair, otherwise=_("Only the chair may open the charter for signing."))
allow("charter.sign_charter", signs_for_it, otherwise=_("Only the member's own signatory may sign for it."))
allow(
    "charter.export_dossier",
    is_organiser | is_auditor,
    otherwise=_("Only an organiser or the auditor may take the alliance file."),
)
allow("charter.read_charter", is_organiser | acts_for_a_member | is_auditor, otherwise=_("Only members may read it."))
