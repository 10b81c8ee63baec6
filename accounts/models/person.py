"""People, who sign in by e-mail."""

from typing import Any, ClassVar
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from audit.ids import uuid7


class PersonManager(BaseUserManager["Person"]):
    """Makes people; addresses are kept in lower case, so that one address is one person.

    Whoever is made here (imported, of the demo, an operator) has a confirmed address: it is theirs alone, and who has
    no password yet comes in only by a link that is sent there.
    """

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. A person may act for several organisations over time; what they did stays theirs.

    `email` is the account's one address; allauth's row of it says that it is confirmed, and no row claims another.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    is_staff = models.BooleanField(_("runs this installation"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    is_guest = False
    instead_of: "Person | None" = None
    """Of a guest: who is signed in, and has no part in what they read."""
    """Is this somebody without an account, who looks at the sample alliance? See `guest`."""

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_person_email_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def get_full_name(self) -> str:
        return str(self)


NOBODY = UUID(int=0)


def guest(instead_of: Person | None = None) -> Person:
    """Whom a page of the sample takes somebody for who has no part in it: holds no role, and is never saved.

    `instead_of` is who is signed in, if anybody is: for their own name and places around the page.
    """
    made = Person(pk=NOBODY, name=str(_("Guest")), is_active=False)
    made.is_guest, made.instead_of = True, instead_of
    made.set_unusable_password()
    return made
