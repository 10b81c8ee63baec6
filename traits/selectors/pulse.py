"""What members think, as pages and the API show it: rounds, and what closed ones may show. In few queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from django.db.models import Subquery
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.todo import Todo
from alliance.models import Alliance, Member, Role
from alliance.states import LIVING, Membership, Reason, RoleKind
from traits.models import Assessment, PulseAnswer, PulseRound, PulseTurn
from traits.pulse import REST, STATEMENTS, Opinion, differs, may_show_all, opinions
from traits.states import Level, Trait

MOST_ROUNDS = 12
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One statement: what it is about, mean and spread of the answers, what is on record, and where they differ."""

    key: str
    about: str
    statement: str
    mean: str
    spread: str
    spread_word: str
    evidence: str
    evidence_word: str
    said: str
    differs: str


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A closed round. `rows` is empty where too few answered and none is named; `names` are those who agreed to be."""

    id: object
    number: int
    opened_at: datetime
    closes_at: datetime
    answered: int
    shows: str
    """"all", "named" or "nothing"."""
    names: list[str]
    rows: list[OpinionRow]

    @property
    def differing(self) -> list[OpinionRow]:
        return [row for row in self.rows if row.differs]


@dataclass(frozen=True, slots=True)
class PulsePage:
    """`open` is the open round; `mine` the viewer’s members that have not answered in it, `done` those that have."""

    open: PulseRound | None
    answered: int
    asked: int
    mine: list[Member]
    done: list[Member]
    results: list[RoundResult]
    again_from: datetime | None
    """From when members may be asked again, where that is not yet."""


def evidence_of_traits(latest: Assessment | None) -> dict[str, Level]:
    """Level of each trait as last assessed."""
    return {key: Level(level) for key, level in latest.levels.items()} if latest else {}


def pulse_page(
    alliance: Alliance, person: Person, at: datetime, evidence: Mapping[str, Level], said: Mapping[str, str]
) -> PulsePage:
    """The open round and the closed ones, newest first, beside what is on record: four statements.

    `evidence` maps statements to levels, `said` to what the record says in words, where there is more than a level.
    """
    rounds = list(PulseRound.objects.filter(alliance=alliance).newest_first()[: MOST_ROUNDS + 1])
    opened = next((each for each in rounds if each.closes_at > at), None)
    voices = _voices(rounds)
    closed = [each for each in rounds if each.closes_at <= at]
    asked = _representatives(alliance) if opened else []
    members = {role.member_id: role.member for role in asked if role.member}
    own = {role.member_id: role.member for role in asked if role.member and role.person_id == person.pk}
    gone = {turn.member_id for turn in voices.get(opened.pk, [])} if opened else set()
    ends = closed[0].closes_at + REST if closed and not opened else None
    return PulsePage(
        open=opened,
        answered=len(gone),
        asked=len(members.keys() | gone),
        mine=[member for pk, member in own.items() if pk not in gone],
        done=[member for pk, member in own.items() if pk in gone],
        results=_results(closed, voices, evidence, said),
        again_from=ends if ends and ends > at else None,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """The open round, and of the newest that has closed the five statements about traits."""

    open: PulseRound | None
    result: RoundResult | None


def beside_traits(alliance: Alliance, at: datetime, latest: Assessment | None) -> Beside:
    """What stands beside the five traits on the readiness page: three statements."""
    rounds = list(PulseRound.objects.filter(alliance=alliance).newest_first()[:2])
    closed = [each for each in rounds if each.closes_at <= at][:1]
    found = _results(closed, _voices(closed), evidence_of_traits(latest), {})
    traits = [replace(each, rows=[row for row in each.rows if row.key in Trait.values]) for each in found]
    opened = next((each for each in rounds if each.closes_at > at), None)
    return Beside(opened, traits[0] if traits else None)


def newest_means(alliance: Alliance, at: datetime) -> dict[str, str]:
    """Statement → mean in the newest closed round, where all its answers may be shown: two statements."""
    closed = PulseRound.objects.filter(alliance=alliance, closes_at__lte=at).newest_first().values("pk")[:1]
    turns = PulseTurn.objects.filter(round=Subquery(closed)).values_list("group", "person")
    answers = PulseAnswer.objects.filter(round=Subquery(closed)).values_list("scores", flat=True)
    if not may_show_all(list(turns)):
        return {}
    return {each.key: _tenths(each.mean) for each in opinions(list(answers))}


def _voices(rounds: Iterable[PulseRound]) -> dict[object, list[PulseTurn]]:
    found: dict[object, list[PulseTurn]] = {}
    for turn in PulseTurn.objects.filter(round__in=list(rounds)).order_by("pk"):
        found.setdefault(turn.round_id, []).append(turn)
    return found


def _representatives(alliance: Alliance) -> list[Role]:
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(alliance=alliance)
    found = roles.filter(member__state=Membership.ADMITTED).select_related("member__organisation")
    return list(found.order_by("member__organisation__name", "pk"))


def _results(
    closed: list[PulseRound],
    voices: Mapping[object, list[PulseTurn]],
    evidence: Mapping[str, Level],
    said: Mapping[str, str],
) -> list[RoundResult]:
    """Only of rounds that have closed: while one is open, nothing of it is read."""
    answers: dict[object, list[PulseAnswer]] = {}
    found = PulseAnswer.objects.filter(round__in=closed).select_related("named__organisation")
    for answer in found.order_by("pk"):
        answers.setdefault(answer.round_id, []).append(answer)
    return [_result(each, voices.get(each.pk, []), answers.get(each.pk, []), evidence, said) for each in closed]


def _result(
    of: PulseRound,
    turns: list[PulseTurn],
    answers: list[PulseAnswer],
    evidence: Mapping[str, Level],
    said: Mapping[str, str],
) -> RoundResult:
    shows_all = may_show_all([(turn.group, turn.person_id) for turn in turns])
    shown = answers if shows_all else [each for each in answers if each.named]
    return RoundResult(
        id=of.pk,
        number=of.number,
        opened_at=of.opened_at,
        closes_at=of.closes_at,
        answered=len(turns),
        shows="all" if shows_all else "named" if shown else "nothing",
        names=[] if shows_all else sorted(str(each.named.organisation) for each in shown if each.named),
        rows=[
            _row(each, evidence.get(each.key), said.get(each.key, ""))
            for each in opinions([each.scores for each in shown])
        ],
    )


def _row(opinion: Opinion, evidence: Level | None, said: str) -> OpinionRow:
    spread = Decimal(opinion.variance.numerator) / Decimal(opinion.variance.denominator)
    return OpinionRow(
        key=opinion.key,
        about=str(Trait(opinion.key).label if opinion.key in Trait.values else Reason(opinion.key).label),
        statement=str(STATEMENTS[opinion.key]),
        mean=_tenths(opinion.mean),
        spread=number_format(spread.sqrt().quantize(TENTH, ROUND_HALF_EVEN), 1),
        spread_word=_spread_word(opinion),
        evidence=evidence or "",
        evidence_word=str(evidence.label) if evidence else "",
        said=said,
        differs=_differs(opinion, evidence),
    )


def _tenths(figure: Fraction) -> str:
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    return number_format(exact.quantize(TENTH, ROUND_HALF_EVEN), 1)


def _spread_word(opinion: Opinion) -> str:
    if opinion.is_close:
        return _("close together")
    return _("far apart") if opinion.is_apart else _("somewhat apart")


def _differs(opinion: Opinion, evidence: Level | None) -> str:
    way = differs(opinion, evidence)
    if not way:
        return ""
    return _("Members think better of it") if way > 0 else _("Members think worse of it")


def todos_of(person: Person, at: datetime) -> Iterator[Todo]:
    """Rounds in which a member of theirs has not answered: three statements at most, two where nobody is asked."""
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(person=person)
    mine = roles.filter(member__state=Membership.ADMITTED, alliance__state__in=LIVING)
    rounds = PulseRound.objects.open_at(at).filter(alliance__in=mine.values("alliance"))
    opened = {each.alliance_id: each for each in rounds.select_related("alliance").order_by("pk")}
    if not opened:
        return
    gone = set(PulseTurn.objects.filter(round__in=opened.values()).values_list("round", "member"))
    for role in mine.filter(alliance__in=opened).select_related("member__organisation").order_by("pk"):
        pulse = opened[role.alliance_id]
        if (pulse.pk, role.member_id) not in gone:
            yield Todo(
                what=_("Say what %(member)s thinks of the alliance") % {"member": role.member},
                where=pulse.alliance.name,
                url=reverse("traits:answer_pulse", args=[pulse.alliance.slug, pulse.number, role.member_id]),
                verb=_("Answer"),
                due_at=pulse.closes_at,
            )
