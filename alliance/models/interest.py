"""Topics, and where each member stands on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import KEYED, NameKeyField, Person
from alliance.models.alliance import Alliance
from alliance.models.member import Member
from alliance.querysets import PositionQuerySet
from audit.ids import uuid7


class Topic(models.Model):
    """A question on which interests are stated; its measure says how one would see that it is reached.

    `worded_at` says since when its words stand, where they were changed: what was stated before is of other words.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="topics")
    name = models.CharField(_("topic"), max_length=160)
    key = NameKeyField()
    measure = models.TextField(_("how one would see that it is reached"), blank=True)
    created_at = models.DateTimeField(editable=False)
    worded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "key"], condition=KEYED, name="alliance_topic_one_per_key")
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A member's stance (-2…2) on a topic and its salience (0…100 hundredths), entered by its representative.

    A confidential one is read by the member itself and the custodian; others see only that there is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="positions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="positions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="positions")
    stance = models.SmallIntegerField(_("position"))
    salience = models.PositiveSmallIntegerField(_("how much it matters"))
    statement = models.TextField(_("in your own words"), blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False, db_default=False)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="alliance_position_one_per_topic"),
            models.CheckConstraint(condition=models.Q(stance__range=(-2, 2)), name="alliance_position_stance_range"),
            models.CheckConstraint(
                condition=models.Q(salience__range=(0, 100)), name="alliance_position_salience_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stance}/{self.salience}"
