"""Who may move an alliance, write its charter, and sign it."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import allow
from alliance.permissions import acts_for_a_member, is_auditor, is_organiser, signs_for_it
from governance.permissions import is_chair, without_chair

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
allow(
    "charter.close_amendment",
    is_chair | (is_organiser & without_chair),
    otherwise=_("Who organises writes it in; the chair reads what changes, and says that it is written in."),
)
allow("charter.sign_charter", signs_for_it, otherwise=_("Only the member's own signatory may sign for it."))
allow(
    "charter.export_dossier",
    is_organiser | is_auditor,
    otherwise=_("Only an organiser or the auditor may take the alliance file."),
)
allow("charter.read_charter", is_organiser | acts_for_a_member | is_auditor, otherwise=_("Only members may read it."))
allow("charter.confirm_return", is_auditor, otherwise=_("Only the auditor confirms that the cause is cured."))
