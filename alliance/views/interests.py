"""Interests: the heat map, topics, a member's own row."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alliance import panels
from alliance.forms.interests import PositionsForm, TopicForm
from alliance.models import Alliance, Topic
from alliance.selectors.evidence import shelf_of
from alliance.selectors.holds import TOPIC, holds_of
from alliance.selectors.interests import interests_of, stated_by
from alliance.selectors.standing import standing_of
from alliance.services import interests as commands
from alliance.views.answers import confirm_page, form_page, name_hits, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from alliance.views.members import member_in
from audit import clock


@or_guest
@require_GET
@signed_in
def interests(request: HttpRequest, slug: str) -> HttpResponse:
    """Members × topics; what it means is said by panels."""
    alliance = visible_alliance(request, slug)
    person, at = person_of(request), clock.read()
    standing = standing_of(person, alliance)
    found = interests_of(alliance, standing, at)
    foot = panels.panels_at(panels.INTERESTS_FOOT, alliance, person, at) if found.topics else []
    return show(
        request, "alliance/interests.html", alliance, place="why", page_title=_("Interests"), now=at,
        found=found, standing=standing, findings=[line for panel in foot for line in panel.context["findings"]],
        alignments=[panel.context["alignment"] for panel in foot],
        below=panels.panels_at(panels.INTERESTS, alliance, person, at) if found.topics else [], view="interests",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One more column. Words that competitors should not settle together are named to the writer."""
    alliance = visible_alliance(request, slug)
    form = TopicForm(posted(request))

    def command() -> Topic:
        return _scanned(request, commands.add_topic(actor=person_of(request), alliance=alliance, **form.cleaned_data))

    return form_page(
        request, alliance, form, command, needs=("alliance.add_topic", alliance), done=_("Topic added."),
        back=reverse("alliance:interests", args=[slug]),
        place="why", page_title=_("Add a topic"), submit=_("Add it"),
    )  # fmt: skip


def _scanned(request: HttpRequest, topic: Topic) -> Topic:
    """The topic; words in it that competitors should not settle together are named to the writer."""
    name_hits(request, [topic.name, topic.measure])
    return topic


def _topic_in(alliance: Alliance, pk: UUID) -> Topic:
    return get_object_or_404(Topic, alliance=alliance, pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in
def change_topic(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Word it anew."""
    alliance = visible_alliance(request, slug)
    topic = _topic_in(alliance, pk)
    form = TopicForm(posted(request), initial={"name": topic.name, "measure": topic.measure})

    def command() -> Topic:
        return _scanned(request, commands.change_topic(actor=person_of(request), topic=topic, **form.cleaned_data))

    return form_page(
        request, alliance, form, command, needs=("alliance.change_topic", alliance), done=_("Topic changed."),
        back=reverse("alliance:interests", args=[slug]),
        place="why", page_title=_("Change “%(topic)s”") % {"topic": topic}, submit=_("Save"),
        text=_("Members who have stated a position confirm it on the new words. Until then it counts for nothing."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def remove_topic(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take it away."""
    alliance = visible_alliance(request, slug)
    topic = _topic_in(alliance, pk)
    return confirm_page(
        request, alliance, lambda: commands.remove_topic(actor=person_of(request), topic=topic),
        needs=("alliance.change_topic", alliance), done=_("Topic removed."),
        back=reverse("alliance:interests", args=[slug]), place="why",
        page_title=_("Remove “%(topic)s”") % {"topic": topic},
        text=_(
            "What members have said about it goes with it, and its links to benefits too. That it was there stays in "
            "the log."
        ),
        keep=_("Keep it"), act=_("Remove it"), danger=True,
    )  # fmt: skip


@require_POST
@signed_in
def confidential(request: HttpRequest, slug: str) -> HttpResponse:
    """What members have said in confidence; that the custodian looked is recorded, so it is a POST."""
    alliance = visible_alliance(request, slug)
    found = commands.read_confidential_positions(actor=person_of(request), alliance=alliance)
    answer = show(
        request, "alliance/confidential.html", alliance, place="why", page_title=_("Confidential positions"),
        positions=found,
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
@signed_in
def positions(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A member's own row."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    topics = list(alliance.topics.order_by("created_at", "pk"))
    stated = stated_by(member)
    standing = standing_of(person_of(request), alliance)
    found = holds_of(alliance, standing, clock.read(), TOPIC)
    held = [each for topic in topics if (each := found.on(TOPIC, topic))]
    waiting = {each.hold.subject for each in held}
    free = [topic for topic in topics if topic.pk not in waiting]
    form = PositionsForm(posted(request), topics=free, stated=stated)
    shown = [{"topic": topic, "position": stated[topic.pk]} for topic in topics if topic.pk in stated]
    return form_page(
        request, alliance, form,
        lambda: commands.state_positions(actor=person_of(request), member=member, positions=form.positions()),
        needs=("alliance.state_position", member),
        done=_("Saved, and confirmed as of today."), back=reverse("alliance:interests", args=[slug]), place="why",
        page_title=_("What %(member)s wants") % {"member": member}, submit=_("Save and confirm"),
        template="alliance/positions.html", stopped=held, shown=shown,
        shelf=shelf_of(alliance, standing, clock.read(), "position", records=[each.pk for each in stated.values()]),
    )  # fmt: skip
