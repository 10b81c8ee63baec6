"""Signing in as people do, for the tests of accounts."""

from django.test import Client
from django.urls import reverse

SECRET = "a long walk to the harbour"
NEW_SECRET = "another long secret of hers"


def sign_in(email: str, password: str = SECRET) -> Client:
    """A client that has tried this address and password; signed in where they are right."""
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client
