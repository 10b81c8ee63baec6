"""Outcomes and ballot versions are only ever added, on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from alliance.states import State
from governance.models import BallotVersion, Outcome
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def closed_vote(clock):
    holders = make.committee(make.alliance(state=State.ACTIVE))
    vote = make.open_vote(holders[0].alliance, holders)
    for held in holders:
        cast_ballot(actor=held.person, decision=vote, choice="yes", declared=True, proof=make.proof())
    clock.move(days=8)
    close_decision(decision=vote)


@pytest.mark.parametrize("model", [Outcome, BallotVersion])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET number = 9", "DELETE FROM {table}"])
def test_rows_stand(model, statement):
    before = sorted(model.objects.values_list(), key=str)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table))
    assert before
    assert sorted(model.objects.values_list(), key=str) == before


@pytest.mark.parametrize("model", [Outcome, BallotVersion])
def test_rows_are_not_replaced_through_models_either(model):
    row = model.objects.first()
    row.number = 9
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()
    assert not model.objects.filter(number=9).exists()
