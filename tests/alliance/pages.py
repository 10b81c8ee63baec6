"""A signed-in browser without a browser."""

import time
from typing import Any

from django.test import Client

from accounts.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(person: Person, *, proven: bool = False) -> Client:
    """A client signed in as this person; `proven`: the password was given just now."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    if proven:
        session: Any = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return client
