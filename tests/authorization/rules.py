"""Who may do what at each address: one line a route. A route without a line fails the matrix, and so does a stale line.

`get="organiser …"` names the roles that are let through; everybody else inside is told 403, everybody outside 404.
What an address names (`pk`, `number` …) is the name of a thing in `tests/authorization/world.py`, or a plain word.
"""

from dataclasses import dataclass, field
from typing import Any

from governance.texts import INDEPENDENCE_HASH
from tests.authorization.world import ANONYMOUS, INSIDE, ROLES

ALL = " ".join(ROLES)
SIGNED_IN = " ".join(role for role in ROLES if role != ANONYMOUS)
IN = " ".join(INSIDE)
MEMBERS = "representative signatory"
ORG = "organiser"
EXECUTIVES = "executive chair"


@dataclass(frozen=True)
class Rule:
    """Methods with who may, what the address names, and what is sent: a form, or more than an API's body requires."""

    methods: dict[str, frozenset[str]]
    parts: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    """Whoever may not, is told 404 inside the alliance too: the page is of a thing that they do not have."""


METHODS = ("get", "post", "put", "patch", "delete")


def rule(body: dict[str, Any] | None = None, hidden: bool = False, **said: str) -> Rule:
    methods = {name: frozenset(said.pop(name).split()) for name in METHODS if name in said}
    return Rule(methods, said, body or {}, hidden)


def both(who: str, **said: Any) -> Rule:
    """A form: who may see it may send it."""
    return rule(get=who, post=who, **said)


PAGES = {
    # Everybody's
    "home": rule(get=ALL),
    "healthz": rule(get=ALL),
    "readyz": rule(get=ALL),
    "accounts:invitation": rule(get="", post="", token="no-such-token"),
    "accounts:settings": both(SIGNED_IN),
    "accounts:make_token": rule(post=SIGNED_IN),
    "accounts:withdraw_token": rule(post="", beginning="of-another"),
    "notifications:inbox": rule(get=SIGNED_IN),
    "notifications:read_all": rule(post=SIGNED_IN),
    "notifications:open": rule(post="observer", pk="notice"),
    # Alliance
    "alliance:found": both(SIGNED_IN),
    "alliance:found_step": both(SIGNED_IN, step="problem"),
    "alliance:overview": rule(get=IN),
    "alliance:change": both(ORG),
    "alliance:raise_profile": both(f"{ORG} {MEMBERS} auditor"),
    "alliance:members": rule(get=IN),
    "alliance:people": rule(get=IN),
    "alliance:invite_person": both(ORG),
    "alliance:invite_member": both(ORG),
    "alliance:record_relation": both(f"{ORG} {MEMBERS}"),
    "alliance:parties": rule(get=IN),
    "alliance:add_party": both(f"{ORG} {MEMBERS}"),
    "alliance:explain_party": both(ORG, pk="party"),
    "alliance:contributions": rule(get=IN),
    "alliance:sign_contribution": both("signatory", pk="contribution"),
    "alliance:keep_contribution": both(ORG, pk="contribution"),
    "alliance:admit_member": rule(post=ORG, pk="accepted"),
    "alliance:withdraw_member": both(ORG, pk="second"),
    "alliance:confirm_kind": rule(post=f"{MEMBERS} auditor", pk="second"),
    "alliance:promise_contribution": both(MEMBERS, pk="member"),
    "alliance:interests": rule(get=IN),
    "alliance:add_topic": both(ORG),
    "alliance:answer_questions": both("representative", pk="member"),
    "alliance:positions": both("representative", pk="member"),
    "alliance:value": rule(get=IN),
    "alliance:add_stream": both(ORG),
    "alliance:worksheets": rule(get=IN),
    "alliance:sign_statement": both(MEMBERS, pk="member"),
    "alliance:seal_worksheet": both(MEMBERS, pk="member"),
    "alliance:open_worksheet": rule(post=f"{MEMBERS} custodian", pk="worksheet"),
    "alliance:legacy_part": both(ORG, part="funds"),
    "alliance:accept_succession": both("counsel", pk="durable"),
    "alliance:accept_link": rule(post="representative", pk="link"),
    "alliance:stream": rule(get=IN, pk="stream"),
    "alliance:change_stream": both(ORG, pk="stream"),
    "alliance:accept_stewardship": rule(post="representative", pk="stream"),
    "alliance:set_baseline": both(f"{ORG} representative", pk="stream"),
    "alliance:verify_baseline": both(MEMBERS, pk="stream"),
    "alliance:record_reading": both("representative", pk="stream"),
    "alliance:link_interest": both(f"{ORG} representative", pk="stream"),
    "alliance:add_durable_form": both(ORG, pk="stream"),
    "alliance:control": rule(get=IN),
    "alliance:propose_round": both(ORG),
    "alliance:sign_steps": both("signatory", pk="round", member_pk="member"),
    "alliance:reserve_power": both(f"{ORG} representative", pk="member"),
    "alliance:release_power": both(f"{ORG} representative", pk="power"),
    "alliance:exit_terms": both(ORG),
    "alliance:review": both("counsel"),
    "alliance:records": rule(get=IN),
    "alliance:verify_records": rule(get=IN),
    # Governance
    "governance:decisions": rule(get=IN),
    "governance:propose": both(f"{EXECUTIVES} {MEMBERS} {ORG}"),
    "governance:decision": rule(get=IN, number="draft_number"),
    "governance:change_draft": both("executive", number="draft_number"),
    "governance:second": rule(post="chair", number="draft_number"),
    "governance:notice": rule(post=f"chair {ORG}", number="draft_number"),
    "governance:open_voting": both(f"chair {ORG}", number="draft_number"),
    "governance:withdraw": both(f"{EXECUTIVES} {ORG}", number="draft_number"),
    "governance:ballot": rule(get=IN, post=EXECUTIVES, number="open_number"),
    "governance:recuse": both(EXECUTIVES, number="open_number"),
    "governance:carry_out": rule(post=f"chair {ORG}", number="decided_number"),
    "governance:recount_file": rule(get=IN, number="decided_number"),
    "governance:committee": rule(get=IN),
    "governance:terms": both(ORG),
    "governance:add_seat": both(ORG),
    "governance:change_seat": both(ORG, pk="vacant"),
    "governance:abolish_seat": both(ORG, pk="vacant"),
    "governance:nominate": both(f"chair {ORG}", pk="vacant"),
    "governance:withdraw_nomination": rule(post=f"chair {ORG}", pk="vacant"),
    "governance:accept_seat": both(EXECUTIVES, hidden=True),
    "governance:leave_seat": both(EXECUTIVES, hidden=True),
    "governance:attest": both(EXECUTIVES, hidden=True),
    "governance:disclose": both(EXECUTIVES, hidden=True),
    "governance:report": both(IN),
    "governance:reports": rule(get="auditor"),
    "governance:settle_report": both("auditor", pk="report"),
    "governance:classes": rule(get=IN),
    "governance:adopt_classes": rule(post=ORG),
    "governance:change_class": both(ORG, key="ordinary"),
    # Traits
    "traits:readiness": rule(get=IN),
    "alliance:change_topic": both(ORG, pk="topic"),
    "alliance:remove_topic": both(ORG, pk="other_topic"),
    "alliance:confidential": rule(post="custodian"),
    "alliance:set_target": both(f"{ORG} representative", pk="stream"),
    "alliance:verify_reading": both(MEMBERS, pk="reading"),
    "alliance:readings": rule(get=IN, pk="stream"),
    "traits:self_check": both(ALL),
    "traits:self_check_result": rule(get=ALL),
    "traits:brief": rule(get=IN, pk="assessment"),
    "alliance:expect": both(f"{ORG} representative"),
    "alliance:add_opportunity": both(f"{ORG} representative", pk="stream"),
    "alliance:seal_actual": both(MEMBERS, pk="member"),
    "traits:report": rule(get=IN, pk="assessment"),
    "traits:split": both(IN),
    "traits:whatif": rule(get=IN),
    "traits:report_data": rule(get=IN, pk="assessment"),
    "traits:assess": rule(post=f"{ORG} {MEMBERS} auditor chair"),
    "traits:ask": rule(post=ORG),
    "traits:history": rule(get=IN),
    "traits:compare": rule(get=IN),
    "traits:brings": rule(get=IN),
    "traits:pulse": rule(get=IN),
    "traits:open_pulse": both(ORG),
    "traits:answer_pulse": both("representative", number="pulse", pk="member"),
    "traits:acknowledge": both("chair", indicator="warning", body={"reason": "We know."}),
    # Charter
    "charter:charter": rule(get=IN),
    "charter:draft": both(ORG),
    "charter:section": both(ORG, key="section"),
    "charter:version": rule(get=IN, pk="version"),
    "charter:signing": rule(get=IN),
    "charter:terms": both(ORG),
    "charter:propose": rule(post=ORG),
    "charter:begin": rule(post="chair"),
    "charter:withdraw": both(ORG),
    "charter:sign": both("signatory", member="member"),
    "charter:file": rule(get=f"{ORG} auditor"),
    "charter:begin_forming": rule(post=ORG),
    "charter:declare_ready": rule(post=ORG),
    "charter:confirm_return": rule(post="auditor"),
    "charter:abandon": both(ORG),
}
API = {
    "schema": rule(get=ALL),
    "tokens": rule(get=SIGNED_IN, post=ALL),
    "token": rule(delete="", beginning="of-another"),
    "inbox": rule(get=SIGNED_IN),
    "assessments": rule(get=IN, post=f"{ORG} {MEMBERS} auditor chair"),
    "assessment": rule(get=IN, pk="assessment"),
    "alliance_api:topic": rule(put=ORG, delete=ORG, pk="other_topic"),
    "alliance_api:confidential_positions": rule(post="custodian"),
    "alliance_api:targets": rule(get=IN, post=f"{ORG} representative", pk="stream"),
    "alliance_api:verify_reading": rule(post=MEMBERS, pk="reading"),
    "alliance_api:actuals": rule(post=MEMBERS, pk="member"),
    "split": rule(post=IN, body={"players": ["A", "B"], "worth": {"A,B": 6}}),
    "told_check": rule(get=IN, post=ORG),
    "what_if": rule(get=IN),
    "assessment_report": rule(get=IN, pk="assessment"),
    "acknowledgements": rule(get=IN, post="chair"),
    "reasons": rule(get=IN),
    "pulse": rule(get=IN, post=ORG),
    "pulse_answers": rule(post="representative", number="pulse"),
    "assessments_compared": rule(get=IN),
    "mending": rule(get=IN),
    "asks": rule(
        get=ORG,
        post=ORG,
        body={"indicator": "M1", "step": "invite::", "person": "00000000-0000-4000-8000-000000000000"},
    ),
    "drop_notices": rule(get=IN),
    "charter": rule(get=IN, post=ORG),
    "charter_section": rule(put=ORG, key="section"),
    "charter_terms": rule(put=ORG),
    "charter_proposal": rule(post=ORG),
    "charter_versions": rule(get=IN, post="chair"),
    "charter_signatures": rule(post="signatory", pk="version"),
    "charter_withdrawal": rule(post=ORG),
    "moves": rule(post=ORG),
    "alliance_file": rule(get=f"{ORG} auditor"),
    "alliance_api:alliances": rule(get=SIGNED_IN, post=SIGNED_IN),
    "alliance_api:alliance": rule(get=IN, patch=ORG),
    "alliance_api:profile": rule(put=f"{ORG} {MEMBERS} auditor"),
    "alliance_api:events": rule(get=IN),
    "alliance_api:expectations": rule(get=IN, post=f"{ORG} representative"),
    "alliance_api:opportunities": rule(get=IN),
    "alliance_api:stream_opportunities": rule(post=f"{ORG} representative", pk="stream"),
    "alliance_api:parties": rule(get=IN, post=f"{ORG} {MEMBERS}"),
    "alliance_api:party": rule(put=ORG, pk="party"),
    "alliance_api:members": rule(get=IN, post=ORG),
    "alliance_api:admission": rule(post=ORG, pk="accepted"),
    "alliance_api:withdrawal": rule(post=ORG, pk="second"),
    "alliance_api:kind": rule(post=f"{MEMBERS} auditor", pk="second"),
    "alliance_api:promises": rule(post=MEMBERS, pk="member"),
    "alliance_api:member_positions": rule(put="representative", pk="member"),
    "alliance_api:answers": rule(
        {"wants_most": {"name": "Peace", "measure": "x", "salience": 50}}, get=IN, post="representative", pk="member"
    ),
    "alliance_api:statement": rule(post=MEMBERS, pk="member"),
    "alliance_api:worksheet": rule(post=MEMBERS, pk="member"),
    "alliance_api:people": rule(get=IN, post=ORG),
    "alliance_api:relations": rule(get=IN, post=f"{ORG} {MEMBERS}"),
    "alliance_api:contributions": rule(get=IN),
    "alliance_api:sign": rule(post="signatory", pk="contribution"),
    "alliance_api:kept": rule(put=ORG, pk="contribution"),
    "alliance_api:topics": rule(get=IN, post=ORG),
    "alliance_api:positions": rule(get=IN),
    "alliance_api:worksheets": rule(get=IN),
    "alliance_api:open_worksheet": rule(post=f"{MEMBERS} custodian", pk="worksheet"),
    "alliance_api:streams": rule(get=IN, post=ORG),
    "alliance_api:stream": rule(get=IN, put=ORG, pk="stream"),
    "alliance_api:stewardship": rule(post="representative", pk="stream"),
    "alliance_api:baseline": rule(put=f"{ORG} representative", pk="stream"),
    "alliance_api:verification": rule(post=MEMBERS, pk="stream"),
    "alliance_api:readings": rule(get=IN, post="representative", pk="stream"),
    "alliance_api:links": rule(post=f"{ORG} representative", pk="stream"),
    "alliance_api:durable_forms": rule(post=ORG, pk="stream"),
    "alliance_api:link": rule(post="representative", pk="link"),
    "alliance_api:succession": rule(post="counsel", pk="durable"),
    "alliance_api:legacy": rule(get=IN),
    "alliance_api:legacy_part": rule(put=ORG, part="funds"),
    "alliance_api:rounds": rule(get=IN, post=ORG),
    "alliance_api:sign_round": rule(post="signatory", pk="round"),
    "alliance_api:powers": rule(get=IN, post=f"{ORG} representative"),
    "alliance_api:power": rule(delete=f"{ORG} representative", pk="power"),
    "alliance_api:exit_terms": rule(put=ORG),
    "alliance_api:reviews": rule(get=IN, post="counsel"),
    "governance_api:decisions": rule(get=IN, post=f"{EXECUTIVES} {MEMBERS} {ORG}"),
    "governance_api:decision": rule(get=IN, put="executive", number="draft_number"),
    "governance_api:second": rule(post="chair", number="draft_number"),
    "governance_api:notice": rule(post=f"chair {ORG}", number="draft_number"),
    "governance_api:opening": rule(post=f"chair {ORG}", number="draft_number"),
    "governance_api:withdrawal": rule(post=f"{EXECUTIVES} {ORG}", number="draft_number"),
    "governance_api:ballot": rule(post=EXECUTIVES, number="open_number", body={"declared": True}),
    "governance_api:recusal": rule(post=EXECUTIVES, number="open_number"),
    "governance_api:carrying_out": rule(post=f"chair {ORG}", number="decided_number"),
    "governance_api:case": rule(get=IN, number="decided_number"),
    "governance_api:committee": rule(get=IN),
    "governance_api:terms": rule(put=ORG),
    "governance_api:seats": rule(post=ORG),
    "governance_api:seat": rule(put=ORG, delete=ORG, pk="vacant"),
    "governance_api:nomination": rule(post=f"chair {ORG}", delete=f"chair {ORG}", pk="vacant"),
    "governance_api:own_seat": rule(get=EXECUTIVES, delete=EXECUTIVES, hidden=True),
    "governance_api:acceptance": rule(post=EXECUTIVES, hidden=True),
    "governance_api:statement": both(EXECUTIVES, hidden=True, body={"hash": INDEPENDENCE_HASH}),
    "governance_api:disclosure": rule(post=EXECUTIVES, hidden=True),
    "governance_api:reports": rule(get="auditor", post=IN),
    "governance_api:finding": rule(post="auditor", pk="report"),
    "governance_api:classes": rule(get=IN, post=ORG),
    "governance_api:class": rule(patch=ORG, key="ordinary"),
}
SIGN_IN = {
    # allauth's own pages: open to all, or only with a session of one's own
    "account_login": both(ALL),
    "account_logout": both(ALL),
    "account_inactive": rule(get=ALL),
    "account_signup": both(ALL),
    "account_reauthenticate": both(SIGNED_IN),
    "account_address": both(SIGNED_IN),  # stands before allauth’s own page, at the same address
    "account_email": both(SIGNED_IN),
    "account_email_verification_sent": both(SIGNED_IN),
    "account_change_password": both(SIGNED_IN),
    "account_set_password": both(SIGNED_IN),
    "account_reset_password": both(ALL),
    "account_confirm_login_code": both(SIGNED_IN),
    "account_reset_password_from_key_done": rule(get=ALL),
    "account_reset_password_from_key": both(ALL, uidb36="1", key="no-such-key"),
    "account_reset_password_done": rule(get=ALL),
}
RULES = {**SIGN_IN, **PAGES, **{f"api {name}": each for name, each in API.items()}}
