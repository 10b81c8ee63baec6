"""Every address × method × role × own or foreign, against the table of rules."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from audit.models import Event
from tests.authorization.routes import address, all_parts, all_routes, body_for
from tests.authorization.rules import METHODS, RULES, SIGN_IN, Rule
from tests.authorization.world import ANONYMOUS, INSIDE, ROLES, World, build

pytestmark = [pytest.mark.slow, pytest.mark.once]
ENTRANCE = "/accounts/login/"


@pytest.fixture
def world(db: None) -> World:
    return build()


def send(client: Client, method: str, url: str, body: Any) -> HttpResponse:
    """One request, undone afterwards; faults are answers here."""
    options: dict[str, Any] = {}
    if url.startswith("/api/"):
        options = {"headers": {"Idempotency-Key": "matrix"}, "content_type": "application/json"}
        body = json.dumps(body) if body is not None else None
    with transaction.atomic():
        answer = getattr(client, method)(url, body, **options) if method != "get" else client.get(url)
        transaction.set_rollback(True)
    return answer


def body_of(rule: Rule, method: str, url: str, of: SimpleNamespace) -> Any:
    if method == "get":
        return None
    if not url.startswith("/api/"):
        return rule.body
    required = body_for(url, method, of)
    return required | rule.body if rule.body else required


def verdict(answer: HttpResponse, url: str) -> str:
    """In one word: let through, or by what refused."""
    if answer.status_code >= 500:
        return "broken"
    if answer.status_code == 401 or (answer.status_code == 302 and answer["Location"].startswith(ENTRANCE)):
        return "sign in"
    refusals = {400: "ill-formed", 403: "not you", 404: "nothing here", 405: "no such act"}
    return refusals.get(answer.status_code, "let through")


def expected(role: str, may: frozenset[str], *, in_alliance: bool, hidden: bool) -> set[str]:
    if role in may:
        return {"let through"}
    if hidden and role in INSIDE:
        return {"nothing here"}
    if role == ANONYMOUS:
        return {"sign in", "nothing here"} if not in_alliance else {"sign in"}
    if in_alliance:
        return {"not you"} if role in INSIDE else {"nothing here"}
    return {"not you", "nothing here"}


def test_every_route_has_its_rule_and_every_rule_its_route() -> None:
    assert sorted(set(all_routes()) - set(RULES)) == []
    assert sorted(set(RULES) - set(all_routes())) == []


def test_every_rule_names_what_its_address_takes() -> None:
    for name, rule in RULES.items():
        assert all_parts(name) == set(rule.parts) | ({"slug"} & all_parts(name)), name
        assert rule.methods, name
        assert set().union(*rule.methods.values()) <= set(ROLES), name


def of_group(group: str) -> list[str]:
    return [name for name in sorted(RULES) if group_of(name) == group]


def group_of(name: str) -> str:
    """Routes are walked together by the app that they belong to, so that the world is built a few times only."""
    space = name.removeprefix("api ").partition(":")[0] if ":" in name else "others"
    return f"{'api ' if name.startswith('api ') else ''}{'sign in' if name in SIGN_IN else space}"


GROUPS = sorted({group_of(name) for name in RULES})


@pytest.mark.parametrize("group", GROUPS)
def test_who_may(group: str, world: World) -> None:
    wrong = {}
    for name in of_group(group):
        rule, in_alliance = RULES[name], "slug" in all_parts(name)
        url = address(name, world.own, rule.parts)
        for method, may in rule.methods.items():
            body = body_of(rule, method, url, world.own)
            for role in ROLES:
                said = verdict(send(world.client(role), method, url, body), url)
                wanted = expected(role, may, in_alliance=in_alliance, hidden=rule.hidden)
                if said not in wanted:
                    wrong[f"{name}: {method} by {role}"] = f"{said}, not {' or '.join(sorted(wanted))}"
    assert not wrong, "\n".join(f"{what}: {said}" for what, said in wrong.items())


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "sign in"])
def test_no_other_method_is_answered(group: str, world: World) -> None:
    wrong = {}
    for name in of_group(group):
        url = address(name, world.own, RULES[name].parts)
        for method in METHODS:
            said = (
                ""
                if method in RULES[name].methods
                else verdict(send(world.client("organiser"), method, url, None), url)
            )
            if said not in {"", "no such act", "not you"}:
                wrong[f"{name}: {method}"] = said
    assert not wrong, "\n".join(f"{what}: {said}" for what, said in wrong.items())


@pytest.mark.parametrize("group", GROUPS)
def test_a_foreign_alliance_is_not_there(group: str, world: World) -> None:
    """Its address, in every method, and its things under the own alliance's address: 404, and nothing is written."""
    mixed = SimpleNamespace(**vars(world.other) | {"slug": world.own.slug})
    events = Event.objects.count()
    wrong = {}
    for name in [name for name in of_group(group) if "slug" in all_parts(name)]:
        rule = RULES[name]
        for method, may in rule.methods.items():
            body = body_of(rule, method, address(name, world.own, rule.parts), world.own)
            tried = {(role, address(name, world.other, rule.parts)) for role in INSIDE}
            if {"pk", "number", "member", "member_pk"} & set(rule.parts):
                tried |= {(role, address(name, mixed, rule.parts)) for role in may}
            for role, url in sorted(tried):
                said = verdict(send(world.client(role), method, url, body), url)
                if said != "nothing here":
                    wrong[f"{name}: {method} {url} by {role}"] = said
    assert not wrong, "\n".join(f"{what}: {said}" for what, said in wrong.items())
    assert Event.objects.count() == events


@pytest.mark.parametrize("prefix", ["/a/{}/", "/api/v1/alliances/{}/", "/a/{}/decisions/1/", "/a/{}/charter/"])
@pytest.mark.parametrize("role", ["organiser", "observer", "operator"])
def test_a_foreign_alliance_looks_like_none_at_all(prefix: str, role: str, world: World) -> None:
    client = world.client(role)
    foreign = send(client, "get", prefix.format(world.other.slug), None)
    missing = send(client, "get", prefix.format("never-was"), None)
    assert (foreign.status_code, foreign.content) == (404, missing.content)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_only_the_operator_enters_the_admin_site(role: str, world: World) -> None:
    client = world.client(role)
    for url in ("/admin/", "/admin/notifications/delivery/", "/admin/alliance/alliance/"):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")
    assert world.client("operator").get("/admin/").status_code == 200


def test_the_admin_site_offers_no_door_to_anybodys_sign_in(world: World) -> None:
    offered = {model._meta.label for model in admin.site._registry}
    assert offered == {"alliance.Alliance", "axes.AccessAttempt", "notifications.Delivery"}
    operator = world.client("operator")
    for url in ("/admin/knox/authtoken/add/", "/admin/account/emailaddress/add/", "/admin/auth/group/add/"):
        assert operator.get(url).status_code == 404
