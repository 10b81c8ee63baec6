"""The outcome read aloud, for every result."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from governance.recount import case_at, case_of
from governance.selectors.words import rule_words
from governance.sentences import outcome_sentence
from governance.tally import Base, Case, Choice, Forum, Method, Quorum, Recusal, Rule, Seat, tally

VECTORS = Path(__file__).parents[1] / "vectors" / "decisions.json"
CASES = {case["id"]: case for case in json.loads(VECTORS.read_text())["cases"]}


def test_the_sentence_of_the_design_page():
    rule = Rule(
        Method.VOTE, Base.ALL, Fraction(2, 3), False, Quorum(Fraction(1, 2), True), Recusal.EXCLUDE, Forum.ELECTRONIC
    )
    seats = (*(Seat(f"s{n}") for n in range(7)), Seat("jnl", recused=True))
    ballots = {**{f"s{n}": Choice.YES for n in range(5)}, "s5": Choice.ABSTAIN}
    assert outcome_sentence(tally(Case(rule, seats, ballots))) == (
        "Adopted: 5 yes, 0 no, 1 abstained, 1 did not vote, of 7 able to vote; at least 5 were needed. 1 recused."
    )


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            "specification-9-6-3",
            "Rejected: 6 yes, 3 no, 0 abstained, 0 did not vote, of 9 able to vote; "
            "at least 6 were needed, and at most 2 no.",
        ),
        (
            "mass-abstention-min-yes",
            "Rejected: 1 yes, 0 no, 8 abstained, 0 did not vote, of 9 able to vote; at least 5 were needed.",
        ),
        (
            "recusal-reduce-meeting",
            "Adopted: 2 yes, 0 no, 0 abstained, 2 did not vote, of 4 able to vote; at least 2 were needed. 3 recused.",
        ),
        (
            "weights-half",
            "Rejected: 2 yes (weight 5), 2 no (weight 5), 0 abstained, 0 did not vote, "
            "of 4 able to vote (weight 10); a weight of at least 6 was needed.",
        ),
        ("no-quorum", "No quorum: 4 present, of 9 able to vote; at least 5 were needed."),
        (
            "weights-quorum",
            "No quorum: 2 present (weight 5), of 4 able to vote (weight 10); a weight of at least 6 was needed.",
        ),
        (
            "no-competent-body",
            "Too many recused to decide: 1 of 7 able to vote; at least 3 were needed. "
            "The matter goes to the members. 6 recused.",
        ),
        (
            "consent",
            "Adopted by consent: 6 agreed, 0 objected, 0 abstained, 3 did not vote, of 9 able to vote; "
            "no objection was allowed.",
        ),
        (
            "consent-over-third",
            "Sent back for changes: 5 agreed, 4 objected, 0 abstained, 0 did not vote, of 9 able to vote; "
            "at most 3 could object.",
        ),
        (
            "written-consent-recused",
            "Adopted in writing: 6 signed, 0 refused, 0 silent, of 6 able to sign; all had to sign. 1 recused.",
        ),
        ("written-consent-silent", "Rejected: 6 signed, 0 refused, 1 silent, of 7 able to sign; all had to sign."),
    ],
)
def test_every_result_has_its_sentence(case, sentence):
    assert outcome_sentence(tally(case_of(case_at((), CASES[case])))) == sentence


def test_recused_seats_that_make_the_quorum_are_said():
    document = {**CASES["recusal-count-meeting"], "ballots": {}}
    document["rule"] = {**document["rule"], "quorum": {"fraction": "1/1", "strict": False}}
    del document["expect"]
    assert outcome_sentence(tally(case_of(case_at((), document)))) == (
        "No quorum: 5 present with the recused, of 4 able to vote; at least 7 were needed. 3 recused."
    )


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("no-competent-body", "6, which leaves 1 of 7 able to vote; at least 3 are needed"),
        ("weights-half", "none"),
    ],
)
def test_the_rule_says_how_many_the_recusals_leave(case, said):
    facts = {
        each["name"]: each["value"] for each in rule_words(case_of(case_at((), CASES[case])), effective_days=0).facts
    }
    assert facts["Recused"] == said
