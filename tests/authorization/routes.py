"""Every address of the resolver, and bodies that the API's own description calls well-formed."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from drf_spectacular.generators import SchemaGenerator

from tests.authorization.world import named

NOT_OURS = {"admin"}
"""Django's own site for the operator; that nobody else gets in has a test of its own."""


def _walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace not in NOT_OURS:
                yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


def all_routes() -> dict[str, set[str]]:
    """Each route's name with the names of the parts that its address takes; API routes are called `api …`.

    Raises LookupError for a route without a name of its own: nobody could write a rule for it.
    """
    found: dict[str, set[str]] = {}
    for prefix, entries in _by_kind():
        for name, entry in entries:
            key = prefix + name
            if name.endswith("None") or key in found:
                raise LookupError(f"{entry.pattern} needs a name of its own, not {name}")
            groups = entry.pattern.regex.groupindex
            found[key] = set(entry.pattern.converters) | set(groups)
    return found


def _by_kind() -> Iterator[tuple[str, list[tuple[str, URLPattern]]]]:
    api: list[tuple[str, URLPattern]] = []
    pages: list[tuple[str, URLPattern]] = []
    for entry in get_resolver().url_patterns:
        is_api = isinstance(entry, URLResolver) and str(entry.pattern).startswith("api/")
        if isinstance(entry, URLPattern):
            pages.append((str(entry.name), entry))
        elif entry.namespace not in NOT_OURS:
            (api if is_api else pages).extend(_walk(entry, f"{entry.namespace}:" if entry.namespace else ""))
    yield "", pages
    yield "api ", api


def address(name: str, of: SimpleNamespace, parts: dict[str, Any]) -> str:
    """The route's address in an alliance; what `parts` names is looked up there."""
    slug = {"slug": of.slug} if "slug" in all_parts(name) else {}
    return reverse(name.removeprefix("api "), kwargs=slug | {key: named(of, what) for key, what in parts.items()})


_routes: dict[str, set[str]] = {}


def all_parts(name: str) -> set[str]:
    if not _routes:
        _routes.update(all_routes())
    return _routes[name]


# -- Well-formed bodies ---------------------------------------------------------------------------------------------
_schema: dict[str, Any] = {}


def body_for(url: str, method: str, of: SimpleNamespace) -> Any:
    """A body that the API's description allows for this request; None where it takes none."""
    if not _schema:
        _schema.update(SchemaGenerator().get_schema(request=None, public=True))
    operation = next(item[method] for path, item in _schema["paths"].items() if _fits(path, url) and method in item)
    if "requestBody" not in operation:
        return None
    return _sample(operation["requestBody"]["content"]["application/json"]["schema"], "", of)


def _fits(path: str, url: str) -> bool:
    told, asked = path.strip("/").split("/"), url.strip("/").split("/")
    return len(told) == len(asked) and all(a == b or a.startswith("{") for a, b in zip(told, asked, strict=True))


def _sample(schema: dict[str, Any], name: str, of: SimpleNamespace) -> Any:
    if "$ref" in schema:
        return _sample(_schema["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name, of)
    if "allOf" in schema or "oneOf" in schema:
        return _sample((schema.get("allOf") or schema["oneOf"])[0], name, of)
    if "enum" in schema:
        return next(value for value in schema["enum"] if value)
    if schema.get("type") == "object":
        needed = schema.get("required") or list(schema.get("properties", {}))[:1]
        return {key: _sample(schema["properties"][key], key, of) for key in needed}
    if schema.get("type") == "array":
        return [_sample(schema["items"], name, of)]
    plain = {"integer": max(schema.get("minimum", 1), 1), "boolean": True}
    return plain.get(schema.get("type", "")) or _text(schema, name, of)


def _text(schema: dict[str, Any], name: str, of: SimpleNamespace) -> Any:
    named_here = {
        "first": of.member.pk,
        "second": of.second.pk,
        "hash": "a" * 64,
        "indicator": of.warning,
        "beneficiaries": of.member.pk,
        "appointed_by": of.member.pk,
        "steward": of.role.person_id,
        "ends_on": "2027-01-31",
    }
    by_format = {
        "date": "2026-01-31",
        "email": "somebody@example.org",
        "decimal": "1.5",
        "date-time": "2026-01-31T00:00Z",
    }
    if name in named_here or schema.get("format") == "uuid":
        return str(named_here.get(name) or named(of, name))
    if schema.get("format") in by_format:
        return by_format[schema["format"]]
    return "USD" if name == "currency" else "Something"
