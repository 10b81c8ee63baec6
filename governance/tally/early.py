"""Decided early: does every completion of the ballots still out give one answer?

A seat that is out may choose for, against or abstention, or stay silent. No enumeration is needed, because two
completions bound all others:

- *All for.* Moving one seat from any choice to "for" never turns an adopted count into another: presence, yes-weight
  and objections only move the right way, and yes·den − num·base grows by at least weight·(den − num) ≥ 0 on every
  base, as the threshold is at most 1. So if this completion does not adopt, none does.
- A count fails by too little presence or by one of the method's own tests. Presence is least when all stay silent.
  Each other test is hardest when all are against: yes-weight is least, no-weight and objections are greatest, and the
  base is as large as the seats out can make it. So if these two adopt, all do.
"""

from dataclasses import replace
from enum import StrEnum

from governance.tally.cases import Result, Rule
from governance.tally.count import Count, Side
from governance.tally.methods import judge


class Decided(StrEnum):
    ADOPTED = "adopted"
    LOST = "cannot_pass"


def decided(rule: Rule, count: Count) -> Decided | None:
    """What every completion gives: `adopted`, or `cannot_pass` when none adopts; None while it is open."""
    all_for = replace(count, favour=count.favour.joined(count.out), out=Side())
    if judge(rule, all_for) is not Result.ADOPTED:
        return Decided.LOST
    all_against = replace(count, against=count.against.joined(count.out), out=Side())
    if judge(rule, count) is Result.ADOPTED and judge(rule, all_against) is Result.ADOPTED:
        return Decided.ADOPTED
    return None
