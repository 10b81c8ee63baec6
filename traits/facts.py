"""Which facts each verdict reads, and which facts each kind of event changes. A table; nothing else.

A fact is a list of the dossier by its name (`topics`, `seats` …). After an event only what it changed is gathered, with
what the verdicts that read it read besides; the other verdicts stand as they were last read. An event that is not
in the table has the whole read anew, and so has a new day, or a moment at which time alone moves a verdict.
"""

from collections.abc import Iterable

from alliance.states import State

Facts = frozenset[str]


def _facts(*names: str) -> Facts:
    return frozenset(names)


NAMES = _facts("members", "organisations", "groups", "people")
"""What it takes to name a member, or a person, and to know a member's group."""
INDICATORS: dict[str, Facts] = {
    "M1": NAMES | {"topics", "contributions"},
    "M2": NAMES,
    "M3": NAMES | {"seats", "roles"},
    "M4": _facts("members", "affected_parties"),
    "M5": NAMES | {"topics", "roles"},
    "M6": _facts("members", "topics", "contributions"),
    "S1": NAMES | {"topics", "roles"},
    "S2": NAMES | {"worksheets", "roles"},
    "S3": NAMES | {"topics", "streams", "roles"},
    "S4": NAMES | {"contributions", "roles"},
    "S5": NAMES | {"worksheets", "roles"},
    "S6": NAMES | {"topics", "roles"},
    "I1": NAMES | {"core_domains", "rounds", "roles"},
    "I2": NAMES | {"rounds", "roles"},
    "I3": NAMES | {"rounds", "roles"},
    "I4": NAMES | {"rounds", "roles"},
    "I5": NAMES
    | {"alliance", "topics", "streams", "contributions", "reserved_powers", "exhibits"}
    | {"rounds", "counsel_reviews", "relations", "roles"},
    "I6": NAMES | {"alliance", "core_domains", "reserved_powers", "roles"},
    "G1": NAMES | {"seats"},
    "G2": NAMES | {"seats", "classes", "roles"},
    "G3": NAMES | {"seats"},
    "G4": NAMES | {"committee", "seats", "instruction_reports", "roles", "topics", "decisions"},
    "G5": NAMES | {"seats"},
    "G6": _facts("classes"),
    "G7": _facts("committee", "officers", "decisions"),
    "G8": _facts("committee", "seats"),
    "G9": NAMES | {"seats", "roles"},
    "V1": NAMES | {"streams", "roles"},
    "V2": NAMES | {"streams"},
    "V3": NAMES | {"alliance", "streams", "roles"},
    "V4": NAMES | {"streams", "roles"},
    "V5": NAMES | {"alliance", "streams", "roles"},
    "V6": _facts("alliance", "legacy_plan"),
    "V7": _facts("alliance", "streams"),
    "V8": _facts("alliance", "streams", "roles"),
}
"""What each indicator reads, in any profile, to its verdict and to the steps that mend it."""
LAPSES: dict[str, Facts] = {
    "interests": NAMES | {"topics", "roles"},
    "attestation": NAMES | {"seats"},
    "disclosure": NAMES | {"seats"},
    "term": NAMES | {"seats"},
    "review": _facts("counsel_reviews"),
    "acting_chair": _facts("officers"),
    "exhibit": _facts("exhibits", "topics"),
}
"""What each kind of evidence that lapses rests on."""
EARLIEST = NAMES | _facts("alliance", "core_domains", "rounds", "officers", "decisions", "classes")
"""What the earliest day of the charter rests on."""

_NOTHING = _facts()
_CHANGES: dict[Facts, str] = {
    _NOTHING: """
        accounts.founder.invited accounts.token.made accounts.token.withdrawn
        alliance.actual.signed alliance.control.claimed alliance.control.claim_dropped
        alliance.expectation.stated alliance.person.invited alliance.positions.read
        alliance.questions.answered alliance.worksheet.read
        charter.draft.started charter.section.written charter.signing_terms.set
        governance.change.suggested governance.conformance.declared governance.conformance.ended
        governance.suggestion.answered
        governance.ballot.cast governance.holder.invited governance.nomination.lapsed
        traits.alliance.assessed traits.check.told traits.drop.cured traits.drop.noticed traits.lapse.announced
        traits.mending.asked traits.pulse.answered traits.pulse.opened traits.saving.published
        traits.warning.acknowledged""",
    _facts("people"): """
        accounts.address.changed accounts.address.given_back accounts.invitation.accepted accounts.person.joined
        accounts.password.changed accounts.profile.changed accounts.colleague.vouched accounts.colleague.disowned""",
    _facts("people", "organisations", "groups"): "accounts.organisation.registered",
    _facts("alliance"): "alliance.exit_terms.set",
    _facts("affected_parties"): "alliance.affected_party.added alliance.affected_party.explained",
    _facts("members"): "alliance.category.confirmed alliance.member.admitted alliance.public_part.described",
    _facts("members", "groups", "alliance"): "alliance.control.stated alliance.control.confirmed",
    _facts("members", "alliance"): "alliance.member.invited",
    _facts("members", "roles"): "alliance.member.withdrawn",
    _facts("members", "roles", "people"): "alliance.invitation.accepted",
    _facts("roles"): "alliance.role.ended",
    _facts("relations"): "alliance.relation.recorded",
    _facts("topics"): "alliance.topic.added alliance.topic.changed alliance.position.stated",
    _facts("topics", "streams"): "alliance.topic.removed",
    _facts("topics", "rounds"): "alliance.hold.placed alliance.hold.lifted",
    _facts("contributions", "alliance"): "alliance.contribution.signed",
    _facts("contributions"): """
        alliance.contribution.promised alliance.contribution.kept
        alliance.contribution.taken_back""",
    _facts("rounds"): """
        alliance.round.proposed alliance.round.completed alliance.round.lapsed alliance.round.taken_back
        alliance.steps.signed""",
    _facts("reserved_powers"): "alliance.power.reserved alliance.power.released",
    _facts("streams"): """
        alliance.stream.added alliance.stream.changed alliance.stewardship.accepted alliance.baseline.set
        alliance.baseline.verified alliance.reading.recorded alliance.reading.verified alliance.reading.taken_back
        alliance.target.set alliance.opportunity.discovered alliance.interest.linked alliance.interest_link.accepted
        alliance.durable_form.added alliance.succession.accepted""",
    _facts("legacy_plan"): "alliance.legacy_plan.written",
    _facts("counsel_reviews"): "alliance.review.recorded",
    _facts("worksheets"): "alliance.worksheet.signed alliance.worksheet.reopened alliance.seals.renewed",
    _facts("exhibits"): "alliance.evidence.attached alliance.evidence.withdrawn",
    _facts("committee"): "governance.committee_terms.set",
    _facts("seats"): """
        governance.seat.added governance.seat.changed governance.seat.accepted
        governance.holder.nominated governance.nomination.withdrawn governance.attestation.signed
        governance.disclosure.made governance.disclosure.added_to""",
    _facts("seats", "officers"): "governance.seat.left governance.seat.abolished",
    _facts("classes"): """
        governance.classes.adopted governance.class.changed governance.decision.drafted governance.decision.seconded
        governance.draft.changed governance.notice.given""",
    _facts("decisions", "classes"): """
        governance.voting.opened governance.decision.closed governance.decision.recounted governance.decision.referred
        governance.decision.returned governance.decision.withdrawn governance.seat.recused
        governance.voting.extended""",
    _facts("instruction_reports"): "governance.instruction.reported governance.instruction.settled",
}
CHANGES: dict[str, Facts] = {verb: facts for facts, verbs in _CHANGES.items() for verb in verbs.split()}
"""Which facts an event of each kind changes. An event of any other kind may change any."""
IDLE = frozenset(verb for verb, facts in CHANGES.items() if not facts)
"""The kinds of event that change no fact: after them nothing is read anew."""
MAY_CHANGE_ANY: frozenset[str] = frozenset(
    {
        "alliance.alliance.changed",
        "alliance.alliance.founded",
        "alliance.profile.raised",
        *(f"charter.alliance.{state}" for state in State),
        "charter.dossier.imported",
        "charter.ratification.proposed",
        "charter.version.amended",
        "charter.version.loaded",
        "charter.version.signed",
        "governance.decision.lapsed",
        "governance.effect.carried_out",
        "governance.effect.refused",
        "governance.effect.retried",
        "governance.officer.elected",
    }
)
"""The kinds of which that is known. A test asks that every kind of event stands in one of the two."""


def changed_by(verbs: Iterable[str]) -> Facts | None:
    """The facts that events of these kinds change; None where one of them may change any."""
    found = [CHANGES.get(verb) for verb in verbs]
    return None if None in found else _facts().union(*(each for each in found if each is not None))


def rows_reading(table: dict[str, Facts], changed: Facts) -> list[str]:
    """The rows of the table that read one of the facts."""
    return [key for key, facts in table.items() if facts & changed]
