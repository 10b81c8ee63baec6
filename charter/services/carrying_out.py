"""What the charter adds to governance: its template is chosen, a suspension lifted, and each vote knows its version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.models import Alliance
from alliance.states import Area
from audit.errors import DomainError
from charter.models import Charter, CharterVersion
from charter.selectors.template import EFFECT
from charter.selectors.waiting import AMENDING, LIFTING
from charter.services.amending import check_amendment, open_amendment, tell_amendment
from charter.services.drafting import start_from
from charter.services.suspension import require_cured
from charter.states import Template, VersionState
from governance import effects, registry
from governance.models import Decision


def _check_template(alliance: Alliance, data: dict[str, Any]) -> dict[str, Any]:
    if data.get("template") not in Template.values:
        raise DomainError("template_missing", _("Choose one of the templates."), field="template")
    return {"template": data["template"]}


def _tell_template(alliance: Alliance, data: dict[str, Any]) -> str:
    template = Template(data["template"])
    said = _("The charter starts from the template “%(template)s”.") % {"template": template.label}
    if Charter.objects.filter(alliance=alliance).exclude(template=template).exists():
        said += " " + _("What is written of it so far, from another template, is replaced.")
    return said


def _run_template(decision: Decision, at: datetime) -> None:
    """What was written from the same template stays."""
    template = Template(decision.effect_data["template"])
    if not Charter.objects.filter(alliance=decision.alliance_id, template=template).exists():
        start_from(decision.alliance, template, at)


def _check_lifting(alliance: Alliance, data: dict[str, Any]) -> dict[str, Any]:
    require_cured(alliance)
    return {}


def version_in_force(alliance: Alliance) -> UUID | None:
    """The identifier of the version in force, if there is one."""
    found = CharterVersion.objects.filter(alliance=alliance, state=VersionState.IN_FORCE).values_list("pk", flat=True)
    return found.first()


def register_all() -> None:
    """Make them known; called once, when the app is ready."""
    registry.name_versions(version_in_force)
    effects.register(
        EFFECT,
        effects.Effect(
            label=gettext_lazy("Choose the charter’s template"),
            validate=_check_template,
            describe=_tell_template,
            run=_run_template,
            is_founding=True,
            data={"template": f"one of {', '.join(Template)}"},
        ),
    )
    effects.register(
        AMENDING,
        effects.Effect(
            label=gettext_lazy("Amend the charter"),
            validate=check_amendment,
            describe=tell_amendment,
            run=open_amendment,
            amends=True,
            note=gettext_lazy("Say in the motion what changes; who organises then writes it in, and nothing else."),
            data={"areas": f"a list of what it changes, among {', '.join(Area)}"},
        ),
    )
    effects.register(
        LIFTING,
        effects.Effect(
            label=gettext_lazy("Return from suspension"),
            validate=_check_lifting,
            describe=lambda alliance, data: _("The alliance returns from its suspension once the auditor confirms it."),
            run=lambda decision, at: require_cured(decision.alliance),
            cures=True,
            note=gettext_lazy("Once what dropped is cured; the auditor then confirms it."),
        ),
    )
