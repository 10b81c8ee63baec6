"""Who may ask for an assessment, and who may accept a warning."""

import rules
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.permissions import allow
from alliance.permissions import acts_for_a_member, alliance_of, is_auditor, is_organiser
from governance.models import Officer
from governance.states import Office


@rules.predicate
def is_chair(person: Person, subject: object) -> bool:
    """Is the person the chair now, elected or acting?"""
    officers = Officer.objects.filter(alliance=alliance_of(subject), office=Office.CHAIR, ends_at__isnull=True)
    return officers.filter(person=person).exists()


allow(
    "traits.assess_alliance",
    is_organiser | acts_for_a_member | is_auditor | is_chair,
    otherwise=_("Only this alliance’s own people may ask for an assessment."),
)
allow("traits.acknowledge_warning", is_chair, otherwise=_("Only the chair acknowledges a warning."))
