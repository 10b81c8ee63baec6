"""Does what a command writes agree with the facts that its events are said to change? Watched in every test.

A command's statements run in a savepoint of their own inside the test's transaction. When it ends, each fact that
reads a table it wrote to must be among those that its events change (`traits.facts`).

With WALK=FILE in the environment every alliance is read whole before a command; after it, what is read in part must
equal what is read whole, and the kinds of event that were compared go to the file. Slow: for when a command, an event
or a table of facts changes.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from traits.facts import changed_by

if TYPE_CHECKING:
    from alliance.models import Alliance
    from traits.models import Assessment
    from traits.selectors.recomputing import Found

READ_FROM = {
    "accounts_affiliation": {"people"},
    "accounts_controlgroup": {"organisations", "groups"},
    "accounts_organisation": {"organisations", "groups"},
    "accounts_person": {"people"},
    "alliance_affectedparty": {"affected_parties"},
    "alliance_alliance": {"alliance"},
    "alliance_beneficiary": {"streams"},
    "alliance_category": {"members"},
    "alliance_contribution": {"contributions"},
    "alliance_coredomain": {"core_domains"},
    "alliance_counselreview": {"counsel_reviews"},
    "alliance_durableform": {"streams"},
    "alliance_exhibit": {"exhibits"},
    "alliance_exhibitwithdrawal": {"exhibits"},
    "alliance_expectation": {"expectations"},
    "alliance_hold": {"rounds", "topics"},
    "alliance_holdlifting": {"rounds", "topics"},
    "alliance_interestlink": {"streams"},
    "alliance_legacyitem": {"legacy_plan"},
    "alliance_member": {"members"},
    "alliance_memberanswers": {"member_answers"},
    "alliance_opportunity": {"streams"},
    "alliance_position": {"topics"},
    "alliance_reading": {"streams"},
    "alliance_relation": {"relations"},
    "alliance_reservedpower": {"reserved_powers"},
    "alliance_role": {"roles"},
    "alliance_round": {"rounds"},
    "alliance_step": {"rounds"},
    "alliance_target": {"streams"},
    "alliance_topic": {"topics"},
    "alliance_valuestream": {"streams"},
    "alliance_worksheet": {"worksheets"},
    "governance_attestation": {"seats"},
    "governance_committeeterms": {"committee"},
    "governance_decision": {"classes"},
    "governance_decisionclass": {"classes"},
    "governance_disclosure": {"seats"},
    "governance_holding": {"seats"},
    "governance_instructionreport": {"instruction_reports"},
    "governance_officer": {"officers"},
    "governance_outcome": {"decisions"},
    "governance_seat": {"seats"},
}
"""Which lists of the record are gathered from a table. Of decisions only those that elected an officer are."""
READ_BY_NO_VERDICT = {"expectations", "member_answers"}
PARTIES = {"accounts_person", "accounts_organisation", "accounts_controlgroup"}
"""A new one is in the record only once something else names it."""
WRITING = re.compile(r'^(INSERT|UPDATE|DELETE)\b[^"]*"(\w+)"')
VERB = re.compile(r"^[a-z_]+\.[a-z_]+\.[a-z_]+$")


def kept(found: "Found", alliance: "Alliance", at: datetime) -> "Assessment":
    """A reading as it would be stored, read back."""
    from traits.models import Assessment

    names = ("indicators", "lapses", "basis", "earliest_because")
    stored = {name: json.loads(json.dumps(getattr(found, name))) for name in names}
    return Assessment(
        alliance=alliance, at=at, profile=found.reading.profile, earliest_on=found.earliest_on, digest="", **stored
    )


def said(found: "Found") -> str:
    """All that an assessment keeps of a reading, as one text to compare."""
    reading = found.reading
    summary = [reading.profile, reading.gate, reading.passing, reading.blocking, list(reading.missing)]
    strict = [reading.strict_passing, reading.strict_blocking, sorted(reading.strict_holding)]
    levels = {str(trait): str(level) for trait, level in reading.levels.items()}
    earliest = [str(found.earliest_on), found.earliest_because]
    return json.dumps([summary, strict, levels, found.indicators, earliest, found.lapses], indent=1, sort_keys=True)


class Walk:
    """Reads every alliance before a command, and after it in part and whole."""

    def __init__(self) -> None:
        self.before: dict[Any, Assessment] = {}

    def begin(self) -> None:
        from alliance.models import Alliance
        from audit import clock
        from traits.selectors.recomputing import whole

        at = clock.read()
        self.before = {each.pk: kept(whole(each, at=at), each, at) for each in Alliance.objects.all()[:3]}

    def differences(self, verbs: set[str]) -> Iterator[str]:
        from alliance.models import Alliance
        from audit import clock
        from traits.selectors.recomputing import after_events, whole

        at = clock.read()
        for each in Alliance.objects.filter(pk__in=self.before):
            found = after_events(each, self.before[each.pk], at=at)
            if found is not None and said(found) != said(whole(each, at=at)):
                yield f"{sorted(verbs)}: read in part it is not what it is read whole"
            if found is not None:
                with open(os.environ["WALK"], "a") as log:
                    log.writelines(f"{verb}\n" for verb in verbs)


class Watch:
    """One test's statements: what the command under way has written and told, and what it has failed to tell."""

    def __init__(self) -> None:
        self.base = len(connection.savepoint_ids)
        self.written: set[str] = set()
        self.verbs: set[str] = set()
        self.untold: list[str] = []
        self.walk = Walk() if os.environ.get("WALK") else None
        self.is_walking = False

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if self.is_walking:
            return result
        if len(connection.savepoint_ids) <= self.base:
            self.end(is_undone=str(sql).startswith("ROLLBACK"))
            if self.walk and str(sql).startswith("SAVEPOINT"):
                self.is_walking = True
                self.walk.begin()
                self.is_walking = False
            return result
        found = WRITING.match(str(sql))
        if found and context["cursor"].rowcount:
            self._note(*found.groups(), params)
        return result

    def _note(self, how: str, table: str, params: Any) -> None:
        if table == "audit_event":
            self.verbs |= {each for each in params if isinstance(each, str) and VERB.match(each)}
        elif not (how == "INSERT" and table in PARTIES):
            self.written.add(table)

    def end(self, *, is_undone: bool = False) -> None:
        """The command is over: compare, and begin anew."""
        changed = changed_by(self.verbs)
        if self.verbs and changed is not None and not is_undone:
            for table in sorted(self.written):
                missing = READ_FROM.get(table, set()) - changed - READ_BY_NO_VERDICT
                if missing:
                    self.untold.append(f"{sorted(self.verbs)} wrote to {table}, and tells not of {sorted(missing)}")
        if self.verbs and self.walk and not is_undone:
            self.is_walking = True
            self.untold += self.walk.differences(self.verbs)
            self.is_walking = False
        self.written, self.verbs = set(), set()


@contextmanager
def watched() -> Iterator[Watch]:
    """Every command in the block tells of the facts that it changes, or AssertionError."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
    watch.end()
    assert watch.untold == [], watch.untold
