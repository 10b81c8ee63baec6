"""The six questions for a new member's representative."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import require
from alliance.forms.questions import ASKED, QuestionsForm
from alliance.models import MemberAnswers
from alliance.selectors.questions import has_spoken
from alliance.services.questions import answer_questions
from alliance.views.answers import form_page, name_hits
from alliance.views.loading import person_of, posted, signed_in, visible_alliance
from alliance.views.members import member_in


@require_http_methods(["GET", "POST"])
@signed_in
def answer(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask them once; who has answered is led on to the interests."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    person, back = person_of(request), reverse("alliance:interests", args=[slug])
    require("alliance.answer_questions", person, member)
    if request.method == "GET" and has_spoken(member):
        return redirect(back)
    form = QuestionsForm(posted(request), topics=alliance.topics.order_by("created_at", "pk"))

    def command() -> MemberAnswers:
        answers = answer_questions(actor=person, member=member, **form.answers())
        _warn(request, form)
        return answers

    return form_page(
        request, alliance, form, command, needs=("alliance.answer_questions", member),
        done=_("Thank you. Your answers are on record; you can change your positions here at any time."), back=back,
        place="why", page_title=_("Six questions to %(member)s") % {"member": member}, submit=_("Send my answers"),
        template="alliance/questions.html",
    )  # fmt: skip


def _warn(request: HttpRequest, form: QuestionsForm) -> None:
    """Name words that competitors should not settle together, as for any topic."""
    texts = [form.cleaned_data[f"{key}_{part}"] for key in ASKED for part in ("name", "measure")]
    name_hits(request, texts)
