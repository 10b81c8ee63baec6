"""The acts that mend something: their words, the page of each, and who may."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from traits.states import Who


class Act(NamedTuple):
    """What is done, where, and by whom. `view` takes the alliance's slug and the step's `ref`; `query` presets it."""

    words: Any
    view: str
    who: frozenset[Who]
    query: str = ""


class Step(NamedTuple):
    """One act on one thing: `ref` names it in the address, `name` to a reader.

    `of` is the member, person or organisation that decides who may: whose representative, which holder. Where it is
    somebody apart from several people, it names them with commas between.
    """

    act: str
    ref: str = ""
    name: str = ""
    of: str = ""

    @property
    def key(self) -> str:
        """How a form and the API name it."""
        return f"{self.act}:{self.ref}:{self.of}"

    @property
    def words(self) -> str:
        return str(ACTS[self.act].words) % {"name": self.name}

    def act_in(self, *, chartered: bool) -> Act:
        """The act itself; under a charter that fixes the thing, to propose an amendment of it."""
        return AMENDMENT if chartered and self.act in FIXED_BY_CHARTER else ACTS[self.act]

    def words_in(self, *, chartered: bool) -> str:
        """As `words`, for what can be done now."""
        return str(self.act_in(chartered=chartered).words) % {"name": self.name, "act": self.words}


def _by(*who: Who) -> frozenset[Who]:
    return frozenset(who)


ORGANISER = _by(Who.ORGANISER)
SPEAKS = _by(Who.REPRESENTATIVE, Who.SIGNATORY)
PROPOSES = _by(Who.ORGANISER, Who.HOLDER, Who.MEMBERS)
NAMES_HOLDERS = _by(Who.FORMING_ORGANISER, Who.CHAIR, Who.REPRESENTATIVE, Who.SIGNATORY)
ACTS: dict[str, Act] = {
    "invite": Act(_("Invite an organisation"), "alliance:invite_member", ORGANISER),
    "invite_counsel": Act(_("Invite counsel"), "alliance:invite_person", ORGANISER, "role=counsel"),
    "invite_auditor": Act(_("Invite an auditor"), "alliance:invite_person", ORGANISER, "role=auditor"),
    "invite_custodian": Act(_("Invite a custodian"), "alliance:invite_person", ORGANISER, "role=custodian"),
    "name_signatory": Act(
        _("Name a signatory of %(name)s"), "alliance:invite_person", _by(Who.REPRESENTATIVE),
        "member=%(of)s&role=signatory",
    ),
    "name_representative": Act(
        _("Name a representative of %(name)s"), "alliance:invite_person", _by(Who.SIGNATORY),
        "member=%(of)s&role=representative",
    ),
    "invite_voice": Act(
        _("Invite somebody who acts for %(name)s"), "alliance:invite_person", ORGANISER,
        "member=%(of)s&role=representative",
    ),
    "confirm_kind": Act(
        _("Confirm the kind of %(name)s"), "alliance:confirm_kind", _by(Who.OTHER_MEMBERS, Who.AUDITOR)
    ),
    "public_part": Act(
        _("Say what %(name)s cannot cede, and what it gains"),
        "alliance:public_part", _by(Who.REPRESENTATIVE, Who.FORMING_ORGANISER),
    ),
    "add_party": Act(_("List who is affected"), "alliance:add_party", _by(Who.ORGANISER, Who.MEMBERS)),
    "explain_party": Act(_("Explain why %(name)s is absent"), "alliance:explain_party", ORGANISER),
    "add_topic": Act(_("Add a topic"), "alliance:add_topic", ORGANISER),
    "change_topic": Act(_("Word “%(name)s” anew"), "alliance:change_topic", ORGANISER),
    "state_positions": Act(
        _("State the interests of %(name)s"), "alliance:positions", _by(Who.REPRESENTATIVE)
    ),
    "sign_statement": Act(_("Say why %(name)s is better off"), "alliance:sign_statement", SPEAKS),
    "seal_worksheet": Act(_("Fill in the worksheet of %(name)s"), "alliance:seal_worksheet", SPEAKS),
    "reopen_worksheet": Act(
        _("Let %(name)s correct its worksheet"), "alliance:worksheets", _by(Who.CUSTODIAN)
    ),
    "link_interest": Act(
        _("Link the top interest of %(name)s"), "alliance:link_interest", _by(Who.REPRESENTATIVE), "member=%(of)s"
    ),
    "see_link": Act(_("Accept the link of %(name)s"), "alliance:stream", _by(Who.PERSON)),
    "promise": Act(_("Promise what %(name)s brings in"), "alliance:promise_contribution", SPEAKS),
    "sign_contribution": Act(
        _("Sign the contribution of %(name)s"), "alliance:sign_contribution", _by(Who.SIGNATORY)
    ),
    "choose_domains": Act(
        _("Have the members choose core domains"), "governance:propose", PROPOSES, "effect=set_core_domains"
    ),
    "propose_round": Act(_("Propose a round of steps"), "alliance:propose_round", ORGANISER, "preset=core"),
    "sign_steps": Act(_("Sign the steps of %(name)s"), "alliance:control", _by(Who.SIGNATORY)),
    "review": Act(_("Record counsel’s review"), "alliance:review", _by(Who.COUNSEL)),
    "lift_hold": Act(_("Lift the hold on “%(name)s”"), "alliance:holds", _by(Who.PERSON)),
    "exit_terms": Act(_("Write the way out"), "alliance:exit_terms", ORGANISER),
    "release_power": Act(_("Give up the veto of %(name)s"), "alliance:control", _by(Who.REPRESENTATIVE)),
    "add_seat": Act(_("Add a seat"), "governance:add_seat", ORGANISER),
    "nominate": Act(_("Name a holder for %(name)s"), "governance:nominate", NAMES_HOLDERS),
    "accept_seat": Act(_("Accept the seat %(name)s"), "governance:accept_seat", _by(Who.PERSON)),
    "change_seats": Act(_("Change the seats"), "governance:committee", ORGANISER),
    "attest": Act(_("Sign the independence statement of %(name)s"), "governance:attest", _by(Who.PERSON)),
    "disclose": Act(_("Renew the disclosure of %(name)s"), "governance:disclose", _by(Who.PERSON)),
    "terms": Act(_("Write the committee’s terms"), "governance:terms", ORGANISER),
    "change_holder": Act(_("Change the terms of %(name)s"), "governance:committee", NAMES_HOLDERS),
    "name_next": Act(_("Say who follows %(name)s"), "governance:committee", NAMES_HOLDERS),
    "settle_report": Act(_("Settle the report about %(name)s"), "governance:reports", _by(Who.AUDITOR)),
    "adopt_classes": Act(_("Adopt decision classes"), "governance:adopt_classes", ORGANISER),
    "change_class": Act(_("Complete “%(name)s”"), "governance:change_class", ORGANISER),
    "elect_chair": Act(_("Elect a chair"), "governance:propose", PROPOSES, "effect=elect_chair"),
    "add_stream": Act(_("Describe a benefit"), "alliance:add_stream", ORGANISER),
    "change_stream": Act(_("Change “%(name)s”"), "alliance:change_stream", ORGANISER),
    "name_steward": Act(_("Name another steward for “%(name)s”"), "alliance:name_steward", ORGANISER),
    "accept_stewardship": Act(_("Accept to keep “%(name)s”"), "alliance:stream", _by(Who.PERSON)),
    "set_baseline": Act(
        _("Measure the baseline of “%(name)s”"), "alliance:set_baseline", _by(Who.PERSON, Who.ORGANISER)
    ),
    "verify_baseline": Act(_("Verify the baseline of “%(name)s”"), "alliance:stream", _by(Who.BESIDE)),
    "add_durable_form": Act(_("Name a successor for “%(name)s”"), "alliance:add_durable_form", ORGANISER),
    "accept_succession": Act(
        _("Accept in writing for %(name)s"), "alliance:stream", _by(Who.SUCCESSOR)
    ),
    "legacy_part": Act(_("Write the legacy plan: %(name)s"), "alliance:legacy_part", ORGANISER),
    "next_problem": Act(_("Name the next problem"), "alliance:change", ORGANISER),
    "renew_evidence": Act(
        _("Attach newer evidence than “%(name)s”"), "alliance:record_of_evidence", _by(Who.PERSON)
    ),
    "record_reading": Act(_("Enter a reading of “%(name)s”"), "alliance:record_reading", _by(Who.PERSON)),
}  # fmt: skip
AMENDMENT = Act(_("Propose an amendment: %(act)s"), "governance:propose", PROPOSES, "effect=amend&class=amendment")
FIXED_BY_CHARTER = frozenset({
    "invite", "add_party", "explain_party", "add_topic", "change_topic", "promise", "choose_domains", "exit_terms",
    "release_power", "add_seat", "change_seats", "terms", "adopt_classes", "change_class", "add_stream",
    "change_stream", "add_durable_form", "legacy_part", "next_problem",
})  # fmt: skip
"""Acts whose services refuse under a charter: what it says changes by a decision alone."""
