"""From a finding to the steps that mend it: one maker for each indicator."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from alliance.rules import scan, stands_until
from alliance.schemas import ValueStream, Worksheet
from alliance.states import LegacyPart
from traits.evidence import Evidence
from traits.gate import Judged
from traits.indicators.continuing_value import outlives
from traits.indicators.governance import may_be_recalled
from traits.indicators.surrender import vetoing
from traits.mending.acts import ACTS, Step
from traits.states import Verdict, Who

FIRST = {Who.COUNSEL: "invite_counsel", Who.AUDITOR: "invite_auditor", Who.CUSTODIAN: "invite_custodian"}
"""The act that comes before those of a role that nobody holds."""
Maker = Callable[[Evidence, Judged, str], Iterable[Step]]


def steps_of(judged: Judged, evidence: Evidence, profile: str) -> tuple[Step, ...]:
    """What mends this finding: nothing while it passes or does not apply."""
    if judged.finding.verdict in {Verdict.PASS, Verdict.DOES_NOT_APPLY}:
        return ()
    steps = _MAKERS[judged.indicator.id](evidence, judged, profile)
    return tuple(dict.fromkeys(_begun(step, evidence) for step in steps))


def _begun(step: Step, evidence: Evidence) -> Step:
    """The step itself; where nobody holds the role that takes it, to give somebody that role comes first."""
    who = ACTS[step.act].who
    for role, first in FIRST.items():
        if who == {role} and not evidence.has_role(role):
            return Step(first)
    if who and who <= {Who.REPRESENTATIVE, Who.SIGNATORY} and step.of:
        return _spoken_for(step, who, evidence)
    return step


def _spoken_for(step: Step, who: AbstractSet[Who], evidence: Evidence) -> Step:
    if any(evidence.people_of(step.of, each) for each in who):
        return step
    if evidence.people_of(step.of, Who.REPRESENTATIVE):
        return Step("name_signatory", "", evidence.name(step.of), step.of)
    if evidence.people_of(step.of, Who.SIGNATORY):
        return Step("name_representative", "", evidence.name(step.of), step.of)
    return Step("invite_voice", "", evidence.name(step.of), step.of)


def _just(act: str) -> Maker:
    return lambda evidence, judged, profile: [Step(act)]


def _members(evidence: Evidence, judged: Judged) -> list[tuple[str, str]]:
    """(id, name) of the members that the finding names; all that count where it names nobody."""
    named = set(judged.finding.subjects)
    everybody = [(each.id, evidence.name(each.id)) for each in evidence.members]
    return [each for each in everybody if each[1] in named] or everybody


def _of_member(act: str) -> Maker:
    return lambda evidence, judged, profile: [
        Step(act, member, name, member) for member, name in _members(evidence, judged)
    ]


def _of_holder(act: str) -> Maker:
    def make(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
        named = set(judged.finding.subjects)
        people = [held.person for held in evidence.holders.values() if held]
        found = [person for person in people if evidence.name(person) in named]
        return [Step(act, "", evidence.name(person), person) for person in found] or _seats(evidence)

    return make


def _kinds(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """A kind that nobody has confirmed is the nearest way; else invite another kind, or weigh the seats anew."""
    unconfirmed = [each.id for each in evidence.members if evidence.category_of[each.id] is None]
    enough = len(evidence.groups) >= 3
    if unconfirmed and (enough or judged.indicator.id != "M1"):
        return [Step("confirm_kind", each, evidence.name(each), each) for each in unconfirmed]
    return [Step("invite")]


def _weights(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    if not evidence.governance.seats:
        return [Step("add_seat")]
    if judged.indicator.id == "G2" and not any(not each.is_founding for each in evidence.governance.classes):
        return [Step("adopt_classes")]
    if judged.indicator.id == "M3" and judged.finding.subjects == ("",):
        return _kinds(evidence, judged, profile)
    return [Step("change_seats")]


def _parties(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    named = set(judged.finding.subjects)
    found = [each for each in evidence.alliance.affected_parties if each.name in named]
    return [Step("explain_party", each.id, each.name) for each in found] or [Step("add_party")]


def _shared_ground(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """Who has not said where it stands says it; else a topic is found that most want."""
    spoken = evidence.stated.by_member(evidence.counting)
    silent = [each.id for each in evidence.members if not spoken.get(each.id)]
    if evidence.alliance.topics and silent:
        return [Step("state_positions", each, evidence.name(each), each) for each in silent]
    return [Step("add_topic")]


def _worksheets(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """A sealed one that stands is first let be corrected, by the custodian."""
    act = "sign_statement" if profile == "essential" else "seal_worksheet"
    voting = {each.id for each in evidence.voting}
    found = _members(evidence, judged)
    standing = _standing(evidence) if act == "seal_worksheet" else set()
    sheets = [
        Step("reopen_worksheet", "", name, member) if member in standing else Step(act, member, name, member)
        for member, name in found
        if member in voting
    ]
    return sheets or [Step("public_part", member, name, member) for member, name in found]


def _standing(evidence: Evidence) -> set[str]:
    """The members whose sealed worksheet cannot be sealed anew yet."""
    last: dict[str, Worksheet] = {}
    for sheet in sorted(evidence.counted(evidence.alliance.worksheets), key=lambda each: each.version):
        if sheet.ciphertext:
            last[sheet.member] = sheet
    return {
        member
        for member, sheet in last.items()
        if not evidence.has_come(stands_until(sheet.signed_at, sheet.reopened_at))
    }


def _links(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """A link that waits for the steward is accepted; a member without one links its interest."""
    steps = []
    for member, name in _members(evidence, judged):
        waiting = [
            stream
            for stream in evidence.alliance.streams
            if stream.steward
            and any(each.member == member and not evidence.stands(each, each.accepted_at) for each in stream.interests)
        ]
        stream = _main(evidence)
        if waiting:
            steps.append(Step("see_link", waiting[0].id, name, waiting[0].steward or ""))
        elif stream:
            steps.append(Step("link_interest", stream.id, name, member))
        else:
            steps.append(Step("add_stream"))
    return steps


def _contributions(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    steps = []
    for member, name in _members(evidence, judged):
        unsigned = [
            each
            for each in evidence.alliance.contributions
            if each.member == member and not evidence.stands(each, each.signed_at)
        ]
        act, ref = ("sign_contribution", unsigned[0].id) if unsigned else ("promise", member)
        steps.append(Step(act, ref, name, member))
    return steps


def _rounds(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """Signing the open round comes before proposing another; without core domains the members choose them first."""
    if judged.indicator.id == "I1" and judged.finding.verdict == Verdict.NO_DATA:
        return [Step("choose_domains")]
    signing = [step for each in evidence.alliance.rounds if each.state == "open" for step in each.steps]
    unsigned = dict.fromkeys(step.member for step in signing if not step.signed_at)
    return [Step("sign_steps", "", evidence.name(member), member) for member in unsigned] or [Step("propose_round")]


def _way_out(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    if judged.finding.verdict == Verdict.NO_DATA or not judged.finding.subjects:
        return [Step("exit_terms")]
    return [Step("release_power", "", evidence.name(member), member) for member in sorted(vetoing(evidence))]


def _seats(evidence: Evidence, judged: Judged | None = None, profile: str = "") -> list[Step]:
    """Each vacant seat: accepted by whom it is offered to, or somebody is named for it."""
    steps = []
    for seat in evidence.governance.seats:
        if evidence.holders[seat.id]:
            continue
        offered = [
            each for each in seat.holdings if each.left_at is None and not evidence.stands(each, each.accepted_at)
        ]
        if offered:
            steps.append(Step("accept_seat", "", seat.label, offered[0].person))
        else:
            steps.append(Step("nominate", seat.id, seat.label, seat.member or ""))
    return steps or [Step("add_seat")]


def _strings(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    terms = evidence.governance.committee
    if terms is None or not (terms.forbids_instruction and terms.forbids_proxies):
        return [Step("terms")]
    recalled = [(seat, held) for seat, held in evidence.holders.items() if held is not None and may_be_recalled(held)]
    if recalled:
        return [
            Step("change_holder", "", evidence.name(held.person), _member_of(evidence, seat)) for seat, held in recalled
        ]
    reports = [each.seat for each in evidence.governance.instruction_reports if each.settled_at is None]
    return [Step("settle_report", "", evidence.name(seat)) for seat in reports]


def _member_of(evidence: Evidence, seat: str) -> str:
    return next((each.member or "" for each in evidence.governance.seats if each.id == seat), "")


def _classes(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    named = set(judged.finding.subjects)
    found = [each for each in evidence.governance.classes if not each.is_founding and each.name in named]
    return [Step("change_class", each.key, each.name) for each in found] or [Step("adopt_classes")]


def _chair(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    officers = evidence.counted(evidence.governance.officers)
    chaired = any(each.office == "chair" and each.ends_at is None for each in officers)
    return [Step("terms" if chaired else "elect_chair")]


def _main(evidence: Evidence) -> ValueStream | None:
    """The main benefit, or the first where none is said to be."""
    streams = evidence.alliance.streams
    return next((each for each in streams if each.is_primary), streams[0] if streams else None)


def _stream(act: str) -> Maker:
    def make(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
        found = _main(evidence)
        return [_on(act, found)] if found else [Step("add_stream")]

    return make


def _on(act: str, stream: ValueStream) -> Step:
    return Step(act, stream.id, stream.title, stream.steward or "")


def _steward(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    waiting = [
        each
        for each in evidence.alliance.streams
        if each.steward and not evidence.stands(each, each.steward_accepted_at)
    ]
    if gone := _without_steward(evidence):
        return [_on("name_steward", gone[0])]
    if waiting and not evidence.streams:
        return [_on("accept_stewardship", waiting[0])]
    return list(_stream("change_stream")(evidence, judged, profile))


def _without_steward(evidence: Evidence) -> list[ValueStream]:
    """Where none is kept, those whose steward was named and has no part here any more: the main one first."""
    if evidence.streams:
        return []
    gone = [each for each in evidence.alliance.streams if each.steward and not evidence.is_here(each.steward)]
    return sorted(gone, key=lambda each: not each.is_primary)


def _lasting(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """It has a steward; a named successor accepts; else one is named, or the benefit is given a longer horizon."""
    if gone := _without_steward(evidence):
        return [_on("name_steward", gone[0])]
    waiting = [
        (stream, form.successor)
        for stream in evidence.alliance.streams
        for form in stream.durable_forms
        if form.successor and not evidence.stands(form, form.accepted_at)
    ]
    for stream, successor in waiting[:1]:
        return [Step("accept_succession", stream.id, evidence.name(successor), successor)]
    return list(_stream("add_durable_form")(evidence, judged, profile))


def _horizon(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    lasts = any(outlives(each, evidence) for each in evidence.counted(evidence.alliance.streams))
    needs_form = lasts and profile != "essential" and not evidence.is_permanent
    make = _lasting if needs_form else _stream("change_stream")
    return list(make(evidence, judged, profile))


def _baseline(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    named = set(judged.finding.subjects)
    found = [each for each in evidence.alliance.streams if each.title in named]
    if not found:
        return list(_stream("change_stream")(evidence, judged, profile))
    measured = [each.baseline is not None and bool(each.metric.strip()) for each in found]
    return [
        _second(each) if is_measured else _on("set_baseline", each)
        for each, is_measured in zip(found, measured, strict=True)
    ]


def _second(stream: ValueStream) -> Step:
    """A second member verifies: apart from the steward, and from who entered the figure."""
    authors = ",".join(each for each in (stream.steward, stream.baseline_set_by) if each)
    return Step("verify_baseline", stream.id, stream.title, authors)


def _plan(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    named = set(judged.finding.subjects)
    return [Step("legacy_part", part.value, str(part.label)) for part in LegacyPart if str(part.label) in named]


def _next(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    named = set(judged.finding.subjects)
    late = [each for each in evidence.alliance.streams if each.title in named]
    return [_on("record_reading", each) for each in late] or [Step("next_problem")]


def _review(evidence: Evidence, judged: Judged, profile: str) -> list[Step]:
    """Who placed a hold lifts it; where none stands, counsel reviews, or what the scan found is worded anew."""
    held = [Step("lift_hold", "", name, hold.placed_by) for name, hold in evidence.held_by_counsel]
    if held:
        return held
    topics, streams = evidence.alliance.topics, evidence.alliance.streams
    worded = [Step("change_topic", each.id, each.name) for each in topics if scan((each.name, each.measure))]
    worded += [_on("change_stream", each) for each in streams if scan((each.title, each.description, each.metric))]
    return [Step("review"), *worded]


_MAKERS: dict[str, Maker] = {
    "M1": _kinds, "M2": _kinds, "M3": _weights, "M4": _parties, "M5": _shared_ground, "M6": _just("add_topic"),
    "S1": _of_member("state_positions"), "S2": _worksheets, "S3": _links, "S4": _contributions,
    "S5": _worksheets, "S6": _of_member("state_positions"),
    "I1": _rounds, "I2": _rounds, "I3": _rounds, "I4": _rounds, "I5": _review, "I6": _way_out,
    "G1": _seats, "G2": _weights, "G3": _of_holder("attest"), "G4": _strings, "G5": _of_holder("disclose"),
    "G6": _classes, "G7": _chair, "G8": _just("terms"), "G9": _of_holder("change_holder"),
    "V1": _steward, "V2": _stream("change_stream"), "V3": _horizon, "V4": _baseline, "V5": _lasting,
    "V6": _plan, "V7": _stream("change_stream"), "V8": _next,
}  # fmt: skip
