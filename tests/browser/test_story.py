"""The whole story: from the founder's first click to the mail with the committee's first outcome.

Three organisations, nine people, each in a browser of their own; PostgreSQL, Redis, a real worker, a real mail server.
"""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from accounts.models import Person
from accounts.services.invitations import invite_founder, token_of
from alliance.models import Alliance, Member, Round, Topic, ValueStream
from alliance.states import State
from audit.verification import verify_stream
from governance.models import CommitteeTerms, Decision, Holding, Officer, Seat
from governance.states import DecisionState
from tests.browser.conftest import PASSWORD
from tests.browser.desk import Desk, link_in, mail_to, wait_for

NAME = "Quiet Harbour"
HORIZON = "2036-01-01"


def within(name: str, *args: object) -> str:
    return reverse(name, args=[Alliance.objects.get(name=NAME).slug, *args])


class Story:
    """The people of the story and what they do, in order."""

    def __init__(self, open_desk: Callable[[], Desk], mails: list[EmailMessage], clock: object) -> None:
        self.open_desk, self.mails, self.clock = open_desk, mails, clock
        self.desks: dict[str, Desk] = {}

    def __getitem__(self, who: str) -> Desk:
        return self.desks[who]

    @property
    def alliance(self) -> Alliance:
        return Alliance.objects.get(name=NAME)

    def member(self, name: str) -> Member:
        return Member.objects.get(alliance=self.alliance, organisation__name=name)

    def come_in(self, who: str, name: str, link: str) -> Desk:
        """Open an invitation's link, make an account, accept."""
        desk = self.desks[who] = self.open_desk()
        desk.go(link)
        desk.press("Make my account")
        desk.fill(name=name, password1=PASSWORD).submit()
        if not desk.page.url.endswith("/"):
            desk.look()
        wait_for(lambda: Person.objects.filter(email=f"{who}@example.org").exists())
        return desk

    def invited(self, who: str, name: str) -> Desk:
        """Find the mail, follow its link, come in."""
        mail = mail_to(self.mails, f"{who}@example.org", "/i/")
        return self.come_in(who, name, link_in(mail))

    # -- Founding ---------------------------------------------------------------------------------------------------
    def found(self) -> None:
        ada = self["ada"].go("/").press("Found an alliance")
        ada.fill(
            origin="problem",
            statement="Ships at berth burn fuel beside two schools, and whoever goes first pays for the rest.",
            purpose="Let every ship at berth run on power from the shore.",
            name=NAME,
        ).submit()
        ada.fill(permanence="temporary", term_months="24", pooled_amount="20000", currency="EUR").submit()
        ada.fill(affected_parties="Shipping lines\nNeighbours", category="port").submit()
        rows = (
            ("Nordic Lines", "shipping", "Bea Berg", "bea@example.org"),
            ("City Works", "city", "Cem Kaya", "cem@example.org"),
        )
        for number, (organisation, category, name, email) in enumerate(rows):
            prefix = self._prefix(ada, number)
            ada.fill(
                **{
                    f"{prefix}-organisation": organisation,
                    f"{prefix}-category": category,
                    f"{prefix}-participation": "voting",
                    f"{prefix}-name": name,
                    f"{prefix}-email": email,
                    f"{prefix}-roles": ["representative", "signatory"],
                    f"{prefix}-mandate": "Resolution of the board, item 4.",
                }
            )
        ada.press("Found the alliance")
        assert NAME in ada.page.title()

    @staticmethod
    def _prefix(desk: Desk, number: int) -> str:
        names = desk.page.locator("main [name$=-organisation]").evaluate_all("all => all.map(each => each.name)")
        return str(names[number]).rpartition("-")[0]

    def gather(self) -> None:
        self.invited("bea", "Bea Berg")
        self.invited("cem", "Cem Kaya")
        ada = self["ada"]
        for name in ("Nordic Lines", "City Works"):
            ada.go(within("alliance:members"))
            row = (
                ada.page.locator("li, tr, article")
                .filter(has_text=name)
                .filter(has=ada.page.get_by_role("button", name="Admit"))
            )
            with ada.page.expect_navigation():
                row.get_by_role("button", name="Admit").last.click()
        ada.go(within("alliance:invite_person")).fill(
            name="Alf Holt",
            email="alf@example.org",
            roles=["signatory"],
            member=self.member("Harbour Power").pk,
            mandate="Managing director, alone.",
        ).submit()
        self.invited("alf", "Alf Holt")
        ada.go(within("alliance:overview")).press("Begin forming")
        assert self.alliance.state == State.FORMING

    def know_each_other(self) -> None:
        for who, name in (("bea", "Harbour Power"), ("ada", "Nordic Lines"), ("bea", "City Works")):
            desk = self[who].go(within("alliance:members"))
            desk.page.locator(f"form[action='{within('alliance:confirm_kind', self.member(name).pk)}'] button").click()
            wait_for(lambda name=name: self.member(name).category_confirmed_at)
        ada = self["ada"]
        for party, name in (("Shipping lines", "Nordic Lines"), ("Neighbours", "City Works")):
            found = self.alliance.affected_parties.get(name=party)
            ada.go(within("alliance:explain_party", found.pk)).fill(member=self.member(name).pk).submit()

    # -- Interests, contributions, value ----------------------------------------------------------------------------
    def want(self) -> None:
        for name, measure in (
            ("Shore power", "Share of berth hours on shore power."),
            ("Costs by use", "Each pays by the berth hours it uses."),
        ):
            self["ada"].go(within("alliance:add_topic")).fill(name=name, measure=measure).submit()
        power, costs = Topic.objects.filter(alliance=self.alliance).order_by("created_at")
        for who, member, first, second, words in (
            ("ada", "Harbour Power", (2, 0.9), (-1, 0.4), "We want the substation to earn its keep by day and night."),
            ("bea", "Nordic Lines", (2, 0.7), (2, 0.6), "Crews should sleep without engines running below them."),
            ("cem", "City Works", (2, 1), (1, 0.3), "Two schools stand behind the basin; their windows should open."),
        ):
            self[who].go(within("alliance:positions", self.member(member).pk)).fill(
                **{
                    f"stance_{power.pk}": first[0],
                    f"salience_{power.pk}": first[1],
                    f"statement_{power.pk}": words,
                    f"stance_{costs.pk}": second[0],
                    f"salience_{costs.pk}": second[1],
                }
            ).submit()

    def pay_in(self) -> None:
        for who, signs, member, kind in (
            ("ada", "alf", "Harbour Power", "facilities"),
            ("bea", "bea", "Nordic Lines", "money"),
            ("cem", "cem", "City Works", "rights"),
        ):
            given: dict[str, object] = {"kind": kind, "description": f"What {member} brings."}
            if kind == "money":
                given |= {"amount": "20000"}
            self[who].go(within("alliance:promise_contribution", self.member(member).pk)).fill(**given).submit()
            promised = self.alliance.contributions.get(member=self.member(member))
            self[signs].go(within("alliance:sign_contribution", promised.pk)).submit()
            self[who].go(within("alliance:sign_statement", self.member(member).pk)).fill(
                statement=f"{member} could not pay for the cable alone."
            ).submit()
        assert not self.alliance.contributions.filter(signed_at=None).exists()
        self["ada"].go(within("alliance:exit_terms")).fill(
            exit_notice_days="180", exit_cost="Its share of contracts already signed.", entire_agreement=True
        ).submit()

    def describe_value(self) -> None:
        cem = Person.objects.get(email="cem@example.org")
        members = [str(each.pk) for each in self.alliance.members.all()]
        self["ada"].go(within("alliance:add_stream")).fill(
            title="Quiet berths",
            description="Ships at berth without engines.",
            effect="removes_cost",
            beneficiaries=members,
            steward=cem.pk,
            is_permanent=True,
            review_months="24",
            upkeep_funded_until=HORIZON,
        ).submit()
        stream = ValueStream.objects.get(alliance=self.alliance)
        self["cem"].go(within("alliance:stream", stream.pk)).press("Accept to keep it")
        self["cem"].go(within("alliance:set_baseline", stream.pk)).fill(
            metric="Berth hours on shore power", unit="%", baseline="4", baseline_on="2026-01-15", source="Berth log"
        ).submit()
        self["bea"].go(within("alliance:verify_baseline", stream.pk)).submit()

    # -- Committee and members' votes -------------------------------------------------------------------------------
    def seat(self) -> None:
        ada = self["ada"]
        ada.go(within("governance:terms")).fill(
            term_months="24",
            term_limit="2",
            forbids_instruction=True,
            forbids_proxies=True,
            appeal_route="To the members, within 30 days.",
            records_held_by="The harbour’s trustee",
        ).submit()
        assert CommitteeTerms.objects.filter(alliance=self.alliance).exists()
        ada.go(within("governance:classes"))
        ada.press("Adopt the usual classes")
        people = (
            ("eve", "Eve Lind", "Harbour Power"),
            ("finn", "Finn Roth", "Nordic Lines"),
            ("gil", "Gil Amar", "City Works"),
        )
        for who, name, organisation in people:
            ada.go(within("governance:add_seat")).fill(
                label=f"Seat of {organisation}", weight="1", member=self.member(organisation).pk
            ).submit()
            seat = Seat.objects.get(alliance=self.alliance, label=f"Seat of {organisation}")
            today = self.clock.read().date()
            ada.go(within("governance:nominate", seat.pk)).fill(
                name=name,
                email=f"{who}@example.org",
                organisation=organisation,
                starts_on=today.isoformat(),
                ends_on=(today + timedelta(days=700)).isoformat(),
                irrevocable_until=(today + timedelta(days=700)).isoformat(),
            ).submit()
        for who, name, _organisation in people:
            desk = self.invited(who, name)
            desk.go(within("governance:accept_seat")).submit()
            desk.go(within("governance:attest")).submit()
            desk.go(within("governance:disclose")).fill(nothing_to_disclose=True).submit()
        assert Holding.objects.filter(alliance=self.alliance, accepted_at__isnull=False).count() == 3

    def decide_by_founding_rules(self) -> None:
        ada = self["ada"]
        eve = Person.objects.get(email="eve@example.org")
        choose = f"{within('governance:propose')}?effect="
        ada.go(f"{choose}set_core_domains").fill(
            title="Core domains",
            motion="Standards, data and disputes are core, each at step 3.",
            level_standards="3",
            level_data="3",
            level_disputes="3",
        ).submit()
        ada.go(f"{choose}elect_chair").fill(
            title="Elect the chair", motion="Eve Lind chairs the committee.", person=eve.pk
        ).submit()
        for number in (1, 2):
            ada.go(within("governance:open_voting", number)).submit()
            for who in ("ada", "bea", "cem"):
                self.vote(who, number, declared=False)
        self.clock.move_everywhere(days=5)
        wait_for(lambda: not Decision.objects.filter(alliance=self.alliance, state=DecisionState.OPEN).exists())
        assert self.alliance.core_domains.count() == 3
        assert Officer.objects.get(alliance=self.alliance).person == eve

    def vote(self, who: str, number: int, *, declared: bool) -> None:
        desk = self[who].go(within("governance:decision", number))
        if desk.page.locator("main input[name=choice]").count() == 0:
            desk.page.locator("main a[href*=reauthenticate]").first.click()
            desk.prove()
        desk.fill(choice="yes")
        if declared:
            desk.fill(declared=True)
        desk.press("Cast ballot")
        assert desk.says("Your ballot is recorded")

    # -- Shared control ---------------------------------------------------------------------------------------------
    def share_control(self) -> None:
        members = list(self.alliance.members.order_by("invited_at"))
        for number, levels in enumerate(((2, 2, 2), (4, 3, 3)), start=1):
            steps = {
                f"{member.pk}_{domain}": level
                for member in members
                for domain, level in zip(("standards", "data", "disputes"), levels, strict=True)
            }
            self["ada"].go(within("alliance:propose_round")).fill(**steps).submit()
            found = Round.objects.get(alliance=self.alliance, number=number)
            for who, name in (("alf", "Harbour Power"), ("bea", "Nordic Lines"), ("cem", "City Works")):
                self[who].go(within("alliance:sign_steps", found.pk, self.member(name).pk)).submit()
            found.refresh_from_db()
            assert found.state == "completed"
            self.clock.move_everywhere(days=2)

    # -- Charter ----------------------------------------------------------------------------------------------------
    def charter(self) -> None:
        self["ada"].go(within("traits:readiness")).press("Assess again")
        eve = self["eve"]
        while eve.go(within("traits:readiness")).page.get_by_role("link", name="Accept", exact=True).count():
            eve.press("Accept")
            eve.fill(reason="Known, and to be mended within the first year.").submit()
        ada = self["ada"]
        ada.go(within("charter:draft")).fill(template="shared_investment").submit()
        ada.go(within("alliance:overview")).press("Move to ready")
        assert self.alliance.state == State.READY, ada.page.locator("main").inner_text()
        ada.go(within("charter:signing")).press("Propose to ratify")
        eve.go(within("charter:signing")).press("Open for signing")
        for who, name in (("alf", "Harbour Power"), ("bea", "Nordic Lines"), ("cem", "City Works")):
            mail_to(self.mails, f"{who}@example.org", "harter")
            self[who].go(within("charter:sign", self.member(name).pk)).press("Sign the charter")
        assert self.alliance.state == State.ACTIVE
        assert ada.go(within("charter:charter")).says("In force")

    # -- The first resolution ---------------------------------------------------------------------------------------
    def resolve(self) -> EmailMessage:
        finn, gil, eve = self["finn"], self["gil"], self["eve"]
        finn.go(f"{within('governance:propose')}?effect=none").fill(
            title="Build the first berth",
            summary="Berth 4 first: it is the busiest.",
            motion="The alliance builds shore power at berth 4 first.",
            decision_class=self.alliance.decision_classes.get(key="ordinary").pk,
        ).submit()
        number = Decision.objects.filter(alliance=self.alliance).order_by("-number")[0].number
        gil.go(within("governance:decision", number)).press("Second it")
        eve.go(within("governance:decision", number))
        if eve.page.get_by_role("button", name="Give notice").count():
            eve.press("Give notice")
        eve.go(within("governance:open_voting", number)).submit()
        mail_to(self.mails, "gil@example.org", "Build the first berth")
        for who in ("eve", "finn", "gil"):
            self.vote(who, number, declared=True)
        self.clock.move_everywhere(days=7)
        outcome = mail_to(self.mails, "gil@example.org", "Adopted: 3 yes, 0 no")
        assert gil.go(within("governance:decision", number)).says("Adopted: 3 yes, 0 no")
        return outcome


@pytest.mark.skipif(not settings.REDIS_URL, reason="tells the story on PostgreSQL and Redis")
def test_the_whole_story(
    open_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    mails: list[EmailMessage],
    clock: object,
) -> None:
    operator = Person.objects.create_superuser("operator@example.org", PASSWORD, name="Operator")
    invitation = invite_founder(actor=operator, email="ada@example.org", name="Ada Voss", organisation="Harbour Power")
    story = Story(lambda: Desk(open_context().new_page(), accessible), mails, clock)

    story.come_in("ada", "Ada Voss", reverse("accounts:invitation", args=[token_of(invitation)]))
    story.found()
    story.gather()
    story.know_each_other()
    story.want()
    story.pay_in()
    story.describe_value()
    story.seat()
    story.decide_by_founding_rules()
    story.share_control()
    story.charter()
    story.resolve()

    assert verify_stream(story.alliance.pk) is None
    for who in story.desks:
        story[who].go("/")
        for page in ("overview", "members", "interests", "value", "control", "records"):
            story[who].go(within(f"alliance:{page}"))
