"""docs/commands.md, written from the code: one entry for each command, with payload, rule, permission and event.

    python -m tools.commands            writes it
    python -m tools.commands --check    exits 1 when what is committed differs (a test asks the same)

A command is a public function of an app's services that runs in a transaction of its own. Its rule is its docstring.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "commands.md"
APPS = ("accounts", "notifications", "alliance", "governance", "traits", "charter")
ASKING = frozenset({"require", "require_bound"})
TELLING = frozenset({"tell", "record"})
Place = tuple[str, str]
"""Module and name of a function."""
HEAD = """# Commands

Every change is one of these: a function in an app's `services/`, one transaction, at least one event. Pages, API,
admin, tasks and programs call them and nothing else. Written from the code by `make commands`; a test compares.

*Payload* are keyword arguments (`actor` is who acts, `proof` a fresh proof of sign-in). *Permission* is the predicate
that is asked under the lock. *Event* is what stands in the log afterwards.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """One command as the page shows it."""

    app: str
    module: str
    name: str
    payload: list[str]
    rule: str
    permissions: list[str]
    events: list[str]


def commands() -> list[Command]:
    """All commands, app by app, in the order of their modules."""
    return [command for app in APPS for path in _modules(app) for command in _commands_in(app, path)]


def _modules(app: str) -> list[Path]:
    return sorted((ROOT / app / "services").glob("*.py"))


def _commands_in(app: str, path: Path) -> Iterator[Command]:
    module = f"{app}.services.{path.stem}"
    for (home, _name), node in _functions().items():
        if home != module:
            continue
        if node.name.startswith("_") or not any("atomic" in ast.unparse(each) for each in node.decorator_list):
            continue
        reached = list(_reached(module, node.name, set()))
        yield Command(
            app=app,
            module=path.stem,
            name=node.name,
            payload=[_argument(each) for each in (*node.args.args, *node.args.kwonlyargs)]
            + ([f"**{node.args.kwarg.arg}"] if node.args.kwarg else []),
            rule=" ".join((ast.get_docstring(node) or "").split()),
            permissions=_literals(reached, ASKING),
            events=_literals(reached, TELLING),
        )


def _argument(argument: ast.arg) -> str:
    return f"{argument.arg}: {ast.unparse(argument.annotation)}" if argument.annotation else argument.arg


@cache
def _trees() -> dict[str, ast.Module]:
    """Every module of services, by its name."""
    return {f"{app}.services.{path.stem}": ast.parse(path.read_text()) for app in APPS for path in _modules(app)}


@cache
def _functions() -> dict[Place, ast.FunctionDef]:
    """Every function of services, by module and name."""
    found = ((module, node) for module, tree in _trees().items() for node in tree.body)
    return {(module, node.name): node for module, node in found if isinstance(node, ast.FunctionDef)}


@cache
def _imported(module: str) -> dict[str, Place]:
    """What names of a module stand for: its own functions, those it imports, and `module.function`."""
    names = {name: (module, name) for home, name in _functions() if home == module}
    for node in _trees()[module].body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = (node.module, alias.name)
    return names


def _called(module: str, call: ast.Call) -> Place | None:
    """The function of services that a call calls, if it is one."""
    names = _imported(module)
    if isinstance(call.func, ast.Name):
        return names.get(call.func.id)
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        home = names.get(call.func.value.id)
        return (f"{home[0]}.{home[1]}", call.func.attr) if home else None
    return None


def _reached(module: str, name: str, seen: set[Place]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The function with its app, and those of services that it calls, directly or not."""
    if (module, name) in seen or (module, name) not in _functions():
        return
    seen.add((module, name))
    node = _functions()[module, name]
    if name not in TELLING:
        yield module.partition(".")[0], node
    for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
        place = _called(module, call)
        if place:
            yield from _reached(*place, seen)


def _literals(reached: list[tuple[str, ast.FunctionDef]], called: frozenset[str]) -> list[str]:
    """The first argument of each call of these names, where it is a text; `tell` leaves its own app out."""
    found: dict[str, None] = {}
    for app, node in reached:
        for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            text = _text(call.args[0]) if name in called and call.args else ""
            if text:
                found[f"{app}.{text}" if name == "tell" else text] = None
    return list(found)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "…" for each in node.values]
        return "".join(str(part) for part in parts)
    return ""


def page() -> str:
    """The whole page as text."""
    lines = [HEAD]
    place = ""
    for each in commands():
        if f"{each.app}.{each.module}" != place:
            place = f"{each.app}.{each.module}"
            lines.append(f"\n## {each.app} · {each.module.replace('_', ' ')}\n")
        lines.append(f"### `{each.app}.{each.name}`\n")
        lines.append(f"- **Payload** {_code(each.payload)}")
        lines.append(f"- **Rule** {each.rule}")
        lines.append(f"- **Permission** {_code(each.permissions)}")
        lines.append(f"- **Event** {_code(each.events)}\n")
    return "\n".join(lines).rstrip() + "\n"


def _code(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "–"


if __name__ == "__main__":
    if "--check" in sys.argv:
        raise SystemExit(PAGE.read_text() != page())
    PAGE.write_text(page())
