"""Load the illustrative alliances, as if their stories were told today."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Person
from alliance.models import Alliance, Role
from alliance.states import RoleKind
from audit import clock
from charter.reading import read_dossier
from charter.services import staging
from charter.services.dossier import Standing, import_dossier
from charter.shifting import shift
from governance.models import Holding, Officer

FOLDER = Path(__file__).parent.parent.parent / "demo"
PASSWORD = "concordat demo"  # noqa: S105 - printed on the screen, for illustrative people only


class Command(BaseCommand):
    help = "Load the three illustrative alliances (labelled so on every page) and print a sign-in for each role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes-in-production", action="store_true", help="load them where real alliances live")

    def handle(self, *args: Any, yes_in_production: bool, **options: Any) -> None:
        kinds = set(Alliance.objects.values_list("is_illustrative", flat=True).distinct())
        if kinds == {False} and not yes_in_production:
            raise CommandError("Real alliances live here. Say --yes-in-production to add the illustrative ones.")
        for file in sorted(FOLDER.glob("*.json")):
            _load(file)
        self.stdout.write(_sign_ins())


@transaction.atomic
def _load(file: Path) -> None:
    dossier = read_dossier(str(file))
    if Alliance.objects.filter(slug=dossier.alliance.slug).exists():
        return
    dossier = shift(dossier, clock.read() - dossier.as_of)
    alliance = import_dossier(dossier=dossier, standing=Standing(witnessed=True, is_illustrative=True))
    if dossier.charter:
        staging.write_sections(alliance)
    staging.put_charter_in_force(alliance)
    staging.open_drafts(alliance)
    for record in dossier.people:
        person = Person.objects.get(email=record.email.lower())
        if not person.has_usable_password():
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])


def _sign_ins() -> str:
    lines = [f"Sign in with the password “{PASSWORD}”:"]
    for alliance in Alliance.objects.filter(is_illustrative=True).order_by("name"):
        lines.append(f"\n{alliance.name} ({alliance.get_state_display()})")
        lines += [f"  {word:<16} {person.email:<40} {person.name}" for word, person in _one_a_role(alliance)]
    return "\n".join(lines)


def _one_a_role(alliance: Alliance) -> list[tuple[str, Person]]:
    found: list[tuple[str, Person]] = []
    for kind in RoleKind:
        role = Role.objects.current().of_kind(kind).filter(alliance=alliance).select_related("person").first()
        if role:
            found.append((str(kind.label), role.person))
    chair = Officer.objects.filter(alliance=alliance, ends_at__isnull=True).select_related("person").first()
    found += [("Chair", chair.person)] if chair else []
    executives = Holding.objects.current().accepted().filter(alliance=alliance).select_related("person")
    return found + [("Executive", held.person) for held in executives.order_by("pk")[:2]]
