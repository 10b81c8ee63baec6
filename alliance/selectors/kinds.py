"""The records of this app that take evidence, each with who may say it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.templatetags.moments import dated
from alliance.kinds import OF_ALL, Kind, add_kinds
from alliance.models import (
    Alliance,
    Contribution,
    CounselReview,
    DurableForm,
    LegacyItem,
    Member,
    Position,
    Reading,
    Role,
    Round,
    Step,
    ValueStream,
    Worksheet,
)
from alliance.selectors.contributions import what_of
from alliance.selectors.standing import Standing


def _at(view: str) -> Any:
    """Where a row is shown: a page of its alliance."""
    return lambda row: reverse(f"alliance:{view}", args=[row.alliance.slug])


def _at_stream(row: Any) -> str:
    stream = row if isinstance(row, ValueStream) else row.stream
    return reverse("alliance:stream", args=[stream.alliance.slug, stream.pk])


def _confidential(alliance: Alliance, person: Person) -> QuerySet[Any]:
    """Confidential positions of members that the person does not act for."""
    own = Role.objects.current().filter(alliance=alliance, person=person, member__isnull=False).order_by()
    return Position.objects.filter(alliance=alliance, is_confidential=True).exclude(member__in=own.values("member"))


def _no_secret(position: Position) -> Any:
    if position.is_confidential:
        return _("This position is confidential, and evidence on it would be seen. Make it open first, or attach none.")
    return None


def _no_figures(worksheet: Worksheet) -> Any:
    if worksheet.ciphertext:
        return _("These figures are sealed, and evidence on them would tell them. Say inside on what they rest.")
    return None


def _position(row: Position) -> str:
    return _("%(member)s on “%(topic)s”") % {"member": row.member, "topic": row.topic}


def _review(row: CounselReview) -> str:
    return _("Review of %(date)s by %(name)s") % {"date": dated(row.reviewed_at), "name": row.counsel}


def _step(row: Step) -> str:
    about = {"member": row.member, "number": row.round.number, "domain": row.get_domain_display()}
    return _("%(member)s in round %(number)s: %(domain)s") % about


def _reading(row: Reading) -> str:
    return _("%(stream)s, read on %(date)s") % {"stream": row.stream, "date": dated(row.read_on)}


def _promise(row: Contribution) -> str:
    return f"{row.member}: {what_of(row)}"[:200]


def _organises(standing: Standing, row: Any) -> bool:
    return standing.is_organiser


def _keeps(standing: Standing, stream: ValueStream) -> bool:
    return standing.is_organiser or standing.keeps(stream)


_OF_MEMBER = ("alliance", "member__organisation")
KINDS = (
    Kind(
        OF_ALL, gettext_lazy("Alliance"), Alliance,
        lambda alliance: Alliance.objects.filter(pk=alliance.pk), str,
        lambda row: reverse("alliance:overview", args=[row.slug]),
        may=("alliance.change_alliance",), is_cited=False, named_by="name",
        able=_organises,
    ),
    Kind(
        "member", gettext_lazy("Kind of a member"), Member,
        lambda alliance: alliance.members.select_related("alliance").with_names(), str,
        _at("members"), may=("alliance.state_position", "alliance.confirm_category"), is_cited=False,
        is_contested=True, named_by="organisation__name",
        able=lambda standing, row: standing.represents(row.pk) or standing.is_auditor,
    ),
    Kind(
        "position", gettext_lazy("Position"), Position,
        lambda alliance: alliance.positions.select_related(*_OF_MEMBER, "topic"), _position, _at("interests"),
        may=("alliance.state_position",), refusal=_no_secret, hidden=_confidential, is_cited=False,
        named_by="member__organisation__name",
        able=lambda standing, row: standing.represents(row.member_id) and not row.is_confidential,
    ),
    Kind(
        "worksheet", gettext_lazy("Worksheet"), Worksheet,
        lambda alliance: alliance.worksheets.select_related(*_OF_MEMBER), lambda row: str(row.member),
        _at("worksheets"), may=("alliance.sign_worksheet",), refusal=_no_figures, is_cited=False,
        named_by="member__organisation__name",
        able=lambda standing, row: standing.acts_for(row.member_id) and not row.ciphertext,
    ),
    Kind(
        "contribution", gettext_lazy("Contribution"), Contribution,
        lambda alliance: alliance.contributions.select_related(*_OF_MEMBER), _promise, _at("contributions"),
        may=("alliance.promise_contribution",), named_by="member__organisation__name",
        able=lambda standing, row: standing.acts_for(row.member_id),
    ),
    Kind(
        "round", gettext_lazy("Round of shared control"), Round,
        lambda alliance: alliance.rounds.select_related("alliance"),
        lambda row: _("Round %(number)s") % {"number": row.number}, _at("control"), may=("alliance.propose_round",),
        able=_organises,
    ),
    Kind(
        "step", gettext_lazy("Step of shared control"), Step,
        lambda alliance: Step.objects.filter(alliance=alliance).select_related(*_OF_MEMBER, "round"), _step,
        _at("control"), may=("alliance.sign_steps",), is_cited=False,
        named_by="member__organisation__name",
        able=lambda standing, row: standing.signs_for(row.member_id),
    ),
    Kind(
        "review", gettext_lazy("Counsel’s review"), CounselReview,
        lambda alliance: alliance.counsel_reviews.select_related("alliance", "counsel"), _review, _at("control"),
        may=("alliance.record_review",), named_by="counsel__name",
        able=lambda standing, row: standing.is_counsel,
    ),
    Kind(
        "stream", gettext_lazy("Benefit"), ValueStream,
        lambda alliance: alliance.streams.select_related("alliance"), str, _at_stream, may=("alliance.set_baseline",),
        able=_keeps, named_by="title",
    ),
    Kind(
        "baseline", gettext_lazy("Baseline"), ValueStream,
        lambda alliance: alliance.streams.filter(baseline__isnull=False).select_related("alliance"),
        lambda row: f"{row}: {row.metric}", _at_stream, may=("alliance.set_baseline",), is_cited=False,
        able=_keeps, named_by="title",
    ),
    Kind(
        "reading", gettext_lazy("Reading"), Reading,
        lambda alliance: Reading.objects.filter(stream__alliance=alliance).select_related("stream__alliance"),
        _reading, _at_stream, may=("alliance.record_reading",), about=lambda row: row.stream,
        named_by="stream__title",
        able=lambda standing, row: standing.keeps(row.stream),
    ),
    Kind(
        "durable_form", gettext_lazy("Durable form"), DurableForm,
        lambda alliance: DurableForm.objects.filter(stream__alliance=alliance).select_related("stream__alliance"),
        lambda row: f"{row.get_form_display()}: {row.stream}", _at_stream,
        may=("alliance.accept_succession", "alliance.add_durable_form"), named_by="stream__title",
        able=lambda standing, row: standing.is_organiser or row.accepted_by_id == standing.person.pk,
    ),
    Kind(
        "legacy", gettext_lazy("Legacy plan"), LegacyItem,
        lambda alliance: alliance.legacy_items.select_related("alliance"), lambda row: str(row.get_part_display()),
        _at("value"), may=("alliance.write_legacy_item",),
        able=_organises,
    ),
)  # fmt: skip


def register() -> None:
    """Called when the app starts."""
    add_kinds(*KINDS)
