"""What the API tells of the ladder."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from alliance.selectors.ladder import Balance, Moves, Rung


class BalanceOut(serializers.Serializer[Balance]):
    """Lowest and highest of what members have ceded, in levels; `ratio` is the one over the other, as "1/2"."""

    lowest = serializers.IntegerField()
    highest = serializers.IntegerField()
    ratio = serializers.SerializerMethodField()

    def get_ratio(self, balance: Balance) -> str:
        return f"{balance.ratio.numerator}/{balance.ratio.denominator}"


class RungOut(serializers.Serializer[Rung]):
    """A member's level in each domain on that day, and by how much it has climbed since."""

    member = serializers.UUIDField(source="member.pk")
    has_left = serializers.BooleanField()
    levels = serializers.DictField(child=serializers.IntegerField())
    since = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    climbed = serializers.IntegerField()


class MovesOut(serializers.Serializer[Moves]):
    """What each member moves in a round, by its identifier; nobody in one that has lapsed."""

    number = serializers.IntegerField()
    state = serializers.CharField()
    moved = serializers.DictField(child=serializers.IntegerField())
    balance = BalanceOut(allow_null=True)


class LadderOut(serializers.Serializer[Any]):
    """The ladder now (`day` is null) or at the end of a day; `joined` are voting members that came later."""

    day = serializers.DateField(source="ladder.day", allow_null=True)
    members = RungOut(source="ladder.rungs", many=True)
    joined = serializers.SerializerMethodField()
    balance = BalanceOut(source="ladder.balance", allow_null=True)
    rounds = MovesOut(many=True)

    def get_joined(self, told: dict[str, Any]) -> list[UUID]:
        return [member.pk for member in told["ladder"].joined]
