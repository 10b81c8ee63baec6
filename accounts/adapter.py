"""How allauth behaves here: nobody signs up without an invitation, and its mails carry the site's own address."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

INVITED = "invitation"
"""The session's key under which an opened invitation stands."""


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is open only in a session that has opened a valid invitation, and only for its address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return INVITED in request.session

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = super().get_reset_password_from_key_url(key)
        return settings.SITE_ADDRESS + "/" + path.split("/", 3)[-1]
