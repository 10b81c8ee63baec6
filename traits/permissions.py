"""Who may ask for an assessment, and who may accept a warning."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import allow
from alliance.permissions import acts_for_a_member, is_auditor, is_organiser, represents_it
from governance.permissions import is_chair

allow(
    "traits.assess_alliance",
    is_organiser | acts_for_a_member | is_auditor | is_chair,
    otherwise=_("Only this alliance’s own people may ask for an assessment."),
)
allow("traits.ask_to_mend", is_organiser, otherwise=_("Only an organiser of this alliance asks people to mend this."))
allow("traits.acknowledge_warning", is_chair, otherwise=_("Only the chair acknowledges a warning."))
allow("traits.keep_told_check", is_organiser, otherwise=_("Only an organiser of this alliance may do this."))
allow("traits.open_pulse", is_organiser, otherwise=_("Only an organiser of this alliance asks its members."))
allow("traits.answer_pulse", represents_it, otherwise=_("Only the member’s own representative answers for it."))
