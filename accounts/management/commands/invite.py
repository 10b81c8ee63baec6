"""Invite somebody who is in no alliance yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.urls import reverse

from accounts.management.operator import OperatorCommand
from accounts.models import Person
from accounts.services.invitations import invite_founder, token_of


class Command(OperatorCommand):
    help = "Invite a person of an organisation, so that they may found an alliance; prints the link to send them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("organisation")
        super().add_arguments(parser)

    def act(self, operator: Person, **options: Any) -> str:
        given = {name: options[name] for name in ("email", "name", "organisation")}
        invitation = invite_founder(actor=operator, **given)
        return settings.SITE_ADDRESS + reverse("accounts:invitation", args=[token_of(invitation)])
