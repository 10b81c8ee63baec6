"""Invite somebody who is in no alliance yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts.models import Person
from accounts.services.invitations import invite_founder, token_of
from audit.errors import NotPermitted


class Command(BaseCommand):
    help = "Invite a person of an organisation, so that they may found an alliance; prints the link to send them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("organisation")
        parser.add_argument("--by", required=True, help="the address of who runs this installation (createsuperuser)")

    def handle(self, *args: Any, email: str, name: str, organisation: str, by: str, **options: Any) -> None:
        operator = Person.objects.filter(email=by.lower()).first()
        if operator is None:
            raise CommandError(f"Nobody here has the address {by}. Make an operator first: manage.py createsuperuser.")
        try:
            invitation = invite_founder(actor=operator, email=email, name=name, organisation=organisation)
        except NotPermitted as refusal:
            raise CommandError(refusal.sentence) from refusal
        path = reverse("accounts:invitation", args=[token_of(invitation)])
        self.stdout.write(f"{settings.SITE_ADDRESS}{path}")
