"""States that the demo's alliances are not in as they are loaded: brought about by the services, for `tools.shot`.

Each stage changes the demo's database, then gives its pages: name → path, and the address of who is signed in. The
clock moves on by the file that CLOCK_SHIFT_FILE names, for the web too.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from accounts.models import Person
from accounts.rules import Proof
from accounts.services import invitations
from alliance.models import Alliance, Exhibit, Member, Role, ValueStream, Worksheet
from alliance.services import contributions, control, control_groups, exhibits, holds, interests, inviting, value
from alliance.states import ContributionKind, Domain, Participation, RoleKind
from audit import clock
from charter.models import Charter, CharterVersion
from charter.selectors.composition import compose
from charter.services import drafting, lifecycle, ratification
from charter.services.amending import close_amendment
from charter.states import Section
from governance.models import Decision, DecisionClass, Holding
from governance.services import ballots, closing, decisions, independence, opening, recusal

Looks = dict[str, tuple[str, str | None]]
ACTIVE, FORMING, NEARLY = "canyon-claims-exchange", "harbour-zero", "open-stream-codec-alliance"
A, B, C = (f"/a/{slug}" for slug in (ACTIVE, NEARLY, FORMING))
CHAIR, SECOND, REPRESENTATIVE = "ruth.adeyemi@sho.example", "lena.brandt@sbm.example", "maya.lindholm@ngh.example"
FOUNDER, SPOKESMAN = "ruth.ashdown@port.example", "mark.ellison@lines.example"
ORGANISER, AUDITOR = "irene.vance@sho.example", "theo.marsh@plain-audit.example"
OBSERVER, CUSTODIAN = "dana.wirth@standards-house.example", "rui.costa@north-trust.example"
VOTERS = (
    "tomas.reyes@ngh.example", SECOND, "amara.osei@rmh.example", "peter.lindqvist@vcn.example",
    "hana.mori@jnl.example", CHAIR, "jo.castellano@pvl.example",
)  # fmt: skip


def stages() -> Iterator[Looks]:
    """The states one after another, each standing while its pages are looked at."""
    yield joining()
    yield rehearsed()
    yield drafts()
    yield added()
    yield held()
    yield evidence()
    yield signing()
    yield void()
    yield outcomes()
    yield reworded()
    yield amending()
    yield amended()
    yield neglect()


def person(email: str) -> Person:
    return Person.objects.get(email=email)


def alliance(slug: str) -> Alliance:
    return Alliance.objects.get(slug=slug)


def proof() -> Proof:
    return Proof("password", clock.read())


def move_on(**by: float) -> None:
    """Let so much time pass."""
    file = Path(os.environ["CLOCK_SHIFT_FILE"])
    before = float(file.read_text()) if file.exists() else 0.0
    file.write_text(str(before + timedelta(**by).total_seconds()))


# -- Members --------------------------------------------------------------------------------------------------------
def joining() -> Looks:
    """A public participant that is invited, a colleague who is asked about another, a promise that is not signed."""
    there = alliance(FORMING)
    port = inviting.invite_member(
        actor=person(FOUNDER), alliance=there, organisation="Ministry of Ports", category="ministry",
        participation=Participation.PUBLIC, email="ines@ministry.example", name="Ines Marr", roles=["representative"],
    )  # fmt: skip
    second = inviting.invite_member(
        actor=person(FOUNDER), alliance=there, organisation="Northgate Health", category="health",
        participation=Participation.VOTING, email="odd@ngh.example", name="Odd Vik", roles=["representative"],
    )  # fmt: skip
    odd = Person.objects.create_user("odd@ngh.example", None, name="Odd Vik")
    invitations.accept_invitation(actor=odd, invitation=second.invitations.get().invitation)
    own = Member.objects.get(alliance=there, roles__person__email=SPOKESMAN, roles__kind=RoleKind.REPRESENTATIVE)
    promised = contributions.promise_contribution(
        actor=person(SPOKESMAN), member=own, kind=ContributionKind.PEOPLE, description="Two engineers for a year."
    )
    return {
        "home-colleague": ("/", VOTERS[0]),
        "settings-colleague": ("/settings/", VOTERS[0]),
        "members-joining": (f"{C}/members/", FOUNDER),
        "member-public": (f"{C}/members/{port.pk}/public-part/", FOUNDER),
        "contributions-mine": (f"{C}/members/contributions/", SPOKESMAN),
        "promise-taken-back": (f"{C}/members/contributions/{promised.pk}/take-back/", SPOKESMAN),
        "invite-for-mine": (f"{C}/members/people/invite/", SPOKESMAN),
    }


# -- The committee --------------------------------------------------------------------------------------------------
def added() -> Looks:
    """Somebody else says what could sway a holder."""
    seat = Holding.objects.current().get(alliance__slug=ACTIVE, person__email=SECOND)
    independence.add_to_disclosure(
        actor=person(REPRESENTATIVE), holding=seat, text="Her former employer sells software that reads this format."
    )
    return {
        "committee-added": (f"{A}/committee/", CHAIR),
        "committee-added-own": (f"{A}/committee/", SECOND),
        "committee-add": (f"{A}/committee/seats/{seat.seat_id}/add-to-disclosure/", CHAIR),
    }


# -- Decisions ------------------------------------------------------------------------------------------------------
def draft(title: str, motion: str, key: str = "ordinary") -> Decision:
    """Proposed by the chair in the active alliance."""
    chosen = DecisionClass.objects.get(alliance__slug=ACTIVE, key=key, retired_at=None)
    return decisions.draft_decision(
        actor=person(CHAIR), alliance=alliance(ACTIVE), title=title, motion=motion, decision_class=chosen
    )


def page(decision: Decision, rest: str = "") -> str:
    return f"{A}/decisions/{decision.number}/{rest}"


def rehearsed() -> Looks:
    """A vote that is imagined: three for, two against, one recused, one silent."""
    seats = Holding.objects.current().filter(alliance__slug=ACTIVE).order_by("seat__created_at", "seat__pk")
    choices = ("yes", "yes", "yes", "yes", "no", "recused", "")
    votes = "&".join(f"vote-{held.seat_id}={choice}" for held, choice in zip(seats, choices, strict=True))
    return {"rehearsal-counted": (f"{A}/decisions/rehearsal/?class=ordinary&{votes}", CHAIR)}


def drafts() -> Looks:
    """A draft without a second, one that is seconded, one that is withdrawn."""
    alone = draft("Share the yearly audit of the format", "The yearly audit of the claims format is shared by all.")
    backed = draft("Meet in person twice a year", "The committee meets in person in March and in September.")
    decisions.second_decision(actor=person(SECOND), decision=backed)
    gone = draft("Rename the exchange", "The exchange is named Canyon Exchange.")
    decisions.withdraw_draft(actor=person(CHAIR), decision=gone)
    return {
        "draft-alone": (page(alone), CHAIR),
        "draft-to-second": (page(alone), SECOND),
        "draft-seconded": (page(backed), CHAIR),
        "decision-withdrawn": (page(gone), CHAIR),
        "decision-followed": (f"{A}/decisions/5/", OBSERVER),
        "decision-public": (f"{A}/decisions/5/", None),
        "decisions-drafts": (f"{A}/decisions/?view=drafts", CHAIR),
        "error-403": (page(backed, "open/"), OBSERVER),
        "error-404": (f"{C}/", CHAIR),
    }


def outcomes() -> Looks:
    """Two votes of a week: one without enough voters, one that recusals after the close have turned."""
    quiet = opened(draft("Print the format as a book", "The format is printed as a book."))
    close = opened(draft("Admit Plains Laboratories", "Plains Laboratories is invited to join.", "admission"))
    cast(quiet, VOTERS[0], "yes")
    for email, choice in zip(VOTERS, ("yes", "yes", "yes", "yes", "yes", "no", "no"), strict=True):
        cast(close, email, choice)
    move_on(days=7, hours=1)
    for each in (quiet, close):
        closing.close_decision(decision=each)
    for email in VOTERS[:2]:
        recusal.recuse(actor=person(email), decision=close, reason="We buy from this laboratory.", proof=proof())
    return {
        "decision-no-quorum": (page(quiet), CHAIR),
        "decision-turned": (page(close), CHAIR),
        "decisions-decided": (f"{A}/decisions/?view=decided", CHAIR),
    }


def opened(decision: Decision) -> Decision:
    """Seconded and opened; an ordinary vote that is open for a week needs no notice before."""
    decisions.second_decision(actor=person(SECOND), decision=decision)
    return opening.open_voting(actor=person(CHAIR), decision=decision)


def cast(decision: Decision, email: str, choice: str) -> None:
    ballots.cast_ballot(actor=person(email), decision=decision, choice=choice, proof=proof(), declared=True)


# -- Holds and evidence ---------------------------------------------------------------------------------------------
def held() -> Looks:
    """A topic held by counsel, a round and a decision held by the auditor."""
    forming = alliance(FORMING)
    topic = forming.topics.get(name="Costs by berth hours")
    counsel, auditor = person("felix.grant@grant-law.example"), person("beth.lowry@harbour-audit.example")
    reason = "As it is worded, answers would show what each line pays for its berths. Word it without sums."
    holds.place_hold(
        actor=counsel, alliance=forming, kind="topic", subject=topic.pk, reason=reason, days=7, proof=proof()
    )
    levels = {(each, str(Domain.STANDARDS)): 1 for each in forming.members.admitted().voting()}
    opened_round = control.propose_round(actor=person("ruth.ashdown@port.example"), alliance=forming, levels=levels)
    holds.place_hold(
        actor=auditor, alliance=forming, kind="round", subject=opened_round.pk, days=5, proof=proof(),
        reason="The board resolutions that the signatories name are not on record yet.",
    )  # fmt: skip
    decision = Decision.objects.get(alliance__slug=ACTIVE, number=5)
    holds.place_hold(
        actor=person(AUDITOR), alliance=alliance(ACTIVE), kind="decision", subject=decision.pk, days=3, proof=proof(),
        reason="The annex that the motion names is not attached.",
    )  # fmt: skip
    return {
        "topic-held": (f"{C}/interests/", "mark.ellison@lines.example"),
        "topic-held-counsel": (f"{C}/interests/", "felix.grant@grant-law.example"),
        "round-held": (f"{C}/control/", "george.lang@lines.example"),
        "round-held-auditor": (f"{C}/control/", "beth.lowry@harbour-audit.example"),
        "decision-held": (f"{A}/decisions/5/", CHAIR),
        "holds-standing": (f"{C}/records/holds/", "felix.grant@grant-law.example"),
    }


def evidence() -> Looks:
    """A piece that was taken back, and one that has lapsed."""
    count = Exhibit.objects.get(alliance__slug=ACTIVE, title="Quarterly count, third quarter")
    exhibits.attach_exhibit(
        actor=count.added_by, alliance=count.alliance, kind=count.kind, record=count.record,
        title="Certificate of the counting house", address="https://counting.example/certificate",
        valid_until=clock.read().date(),
    )  # fmt: skip
    exhibits.withdraw_exhibit(actor=count.added_by, exhibit=count)
    move_on(days=1)
    stream = count.alliance.streams.get(title="Open claims standard")
    return {
        "evidence-ended": (f"{A}/evidence/", "samuel.okoro@sho.example"),
        "evidence-ended-others": (f"{A}/evidence/", REPRESENTATIVE),
        "stream-evidence": (f"{A}/value/{stream.pk}/", "samuel.okoro@sho.example"),
    }


# -- Charter --------------------------------------------------------------------------------------------------------
def signing() -> Looks:
    """A charter being signed: two members have."""
    nearly = alliance(NEARLY)
    organiser, chair = person("ida.holm@aria.example"), person("aisha.karim@heron.example")
    lifecycle.declare_ready(actor=organiser, alliance=nearly)
    charter = Charter.objects.get(alliance=nearly)
    ratification.propose_ratification(actor=organiser, charter=charter)
    version = ratification.begin_ratifying(actor=chair, charter=charter)
    for email in ("lucia.ferrer@lumen.example", "mei.lin@basalt.example"):
        signatory = person(email)
        member = nearly.members.get(roles__person=signatory)
        ratification.sign_charter(actor=signatory, version=version, member=member, hash=version.hash, proof=proof())
    asked = nearly.roles.get(person__email="erik.sand@aria.example")
    return {
        "signing-asked": (f"{B}/charter/signing/", "erik.sand@aria.example"),
        "signing-followed": (f"{B}/charter/signing/", "ella.moor@open-media.example"),
        "signing-organiser": (f"{B}/charter/signing/", "ida.holm@aria.example"),
        "sign": (f"{B}/charter/sign/{asked.member_id}/", "erik.sand@aria.example"),
    }


def void() -> Looks:
    """The same, taken back by the convener: its version is void."""
    ratification.withdraw_ratification(actor=person("ida.holm@aria.example"), alliance=alliance(NEARLY))
    version = CharterVersion.objects.get(alliance__slug=NEARLY)
    return {
        "signing-void": (f"{B}/charter/signing/", "erik.sand@aria.example"),
        "version-void": (f"{B}/charter/versions/{version.pk}/", "erik.sand@aria.example"),
    }


# -- Agreed anew ----------------------------------------------------------------------------------------------------
def reworded() -> Looks:
    """In the forming alliance a topic is worded anew, and control is on record; elsewhere a worksheet stands."""
    founder, forming = person(FOUNDER), alliance(FORMING)
    topic = forming.topics.earliest("created_at", "pk")
    interests.change_topic(actor=founder, topic=topic, name=f"{topic.name}, in every berth", measure=topic.measure)
    member = Member.objects.get(alliance=forming, organisation__name="Corvus Shipping")
    rival = member.roles.filter(kind=RoleKind.REPRESENTATIVE).get().person
    control_groups.state_control(actor=rival, member=member, group="Meridian")
    sealed = Worksheet.objects.exclude(ciphertext="").filter(alliance__slug=NEARLY).latest("signed_at")
    Worksheet.objects.filter(pk=sealed.pk).update(signed_at=clock.read())
    return {
        "interests-reworded": (f"{C}/interests/", FOUNDER),
        "positions-reworded": (f"{C}/interests/{_own(FORMING, SPOKESMAN).pk}/", SPOKESMAN),
        "topic-change": (f"{C}/interests/topics/{topic.pk}/", FOUNDER),
        "members-controlled": (f"{C}/members/", SPOKESMAN),
        "control-group": (f"{C}/members/{member.pk}/control/", rival.email),
        "control-open-round": (f"{C}/control/", FOUNDER),
        "worksheets-custodian": (f"{B}/value/worksheets/", CUSTODIAN),
    }


def _own(slug: str, email: str) -> Member:
    return Member.objects.get(alliance__slug=slug, roles__person__email=email, roles__kind=RoleKind.REPRESENTATIVE)


def amending() -> Looks:
    """An amendment is adopted and being written in; then it is closed, and the next version is in force."""
    chosen = DecisionClass.objects.get(alliance__slug=ACTIVE, key="amendment", retired_at=None)
    drafted = decisions.draft_decision(
        actor=person(CHAIR), alliance=alliance(ACTIVE), title="Name a second steward",
        motion="The patient-match service is kept by Red Mesa Hospitals.", decision_class=chosen,
        topic=alliance(ACTIVE).topics.order_by("created_at", "pk").first(),
        effect="amend", effect_data={"areas": ["value", "text"]},
    )  # fmt: skip
    decisions.second_decision(actor=person(SECOND), decision=drafted)
    decisions.give_notice(actor=person(CHAIR), decision=drafted)
    move_on(days=15)
    opening.open_voting(actor=person(CHAIR), decision=drafted)
    for email in VOTERS:
        cast(drafted, email, "yes")
    move_on(days=8)
    closing.close_decision(decision=drafted)
    move_on(days=15)
    closing.take_effect(decision=drafted)
    organiser, stream = person(ORGANISER), ValueStream.objects.filter(alliance__slug=ACTIVE).latest("created_at")
    value.change_stream(
        actor=organiser, stream=stream, beneficiaries=[each.member for each in stream.beneficiaries.all()],
        steward=Role.objects.get(alliance__slug=ACTIVE, kind="representative", person__name="Carmen Ruiz").person,
    )  # fmt: skip
    scope = Charter.objects.get(alliance__slug=ACTIVE).sections.get(key="scope")
    drafting.write_section(
        actor=organiser, charter=scope.charter, key=Section.SCOPE, text=f"{scope.text}\n\nIt sets no fees.",
    )  # fmt: skip
    return {
        "charter-amendment": (f"{A}/charter/amendment/", CHAIR),
        "charter-amending": (f"{A}/charter/", ORGANISER),
        "value-amending": (f"{A}/value/", ORGANISER),
        "decision-amendment": (page(drafted), CHAIR),
        "propose-amend": (f"{A}/decisions/propose/?effect=amend&class=amendment", CHAIR),
        "home-amending": ("/", ORGANISER),
    }


def amended() -> Looks:
    """It is closed: the next version is in force, and read beside the one before."""
    read = compose(Charter.objects.select_related("alliance").get(alliance__slug=ACTIVE)).hash
    version = close_amendment(actor=person(CHAIR), alliance=alliance(ACTIVE), text_hash=read)
    return {
        "charter-amended": (f"{A}/charter/versions/{version.pk}/changes/", VOTERS[0]),
        "charter-signed-amended": (f"{A}/charter/signing/", VOTERS[0]),
    }


# -- Neglect --------------------------------------------------------------------------------------------------------
def neglect() -> Looks:
    """Ten months later: interests not confirmed, some statements run out, a vote to open all the same."""
    later = draft("Move the test bench", "The test bench moves to Valley Clinics Network.")
    decisions.second_decision(actor=person(SECOND), decision=later)
    move_on(days=288)
    return {
        "committee-suspended": (f"{A}/committee/", VOTERS[0]),
        "members-suspended": (f"{A}/members/", ORGANISER),
        "decision-to-open": (page(later, "open/"), CHAIR),
        "overview-neglected": (f"{A}/", ORGANISER),
        "inbox-neglected": ("/inbox/", VOTERS[0]),
    }
