"""Which shape and colour a state, level or verdict has; the word always comes from who shows it."""

from typing import NamedTuple


class Look(NamedTuple):
    """`kind` is a class of tag.css (ok, warn, bad, act or none), `icon` a name that `icons.draw` knows."""

    kind: str
    icon: str


NEUTRAL = Look("", "circle")

LOOKS: dict[str, Look] = {
    # levels of a trait
    "in_place": Look("ok", "circle-check"),
    "emerging": Look("warn", "half"),
    "absent": Look("bad", "circle-dashed"),
    # verdicts of an indicator
    "pass": Look("ok", "check"),
    "warn": Look("warn", "triangle-alert"),
    "fail": Look("bad", "x"),
    "no_data": Look("bad", "minus"),
    "does_not_apply": Look("", "circle-minus"),
    "ready_yes": Look("ok", "check"),
    "ready_no": Look("bad", "x"),
    # states of an alliance
    "exploring": Look("", "compass"),
    "forming": Look("warn", "half"),
    "ready": Look("act", "circle-dot"),
    "ratifying": Look("act", "pen-line"),
    "active": Look("act", "circle-check"),
    "suspended": Look("bad", "pause"),
    "dissolving": Look("warn", "hourglass"),
    "legacy": Look("", "archive"),
    "abandoned": Look("", "ban"),
    # a decision on its way, and its outcome
    "draft": Look("", "pencil"),
    "proposed": Look("", "message-square"),
    "scheduled": Look("", "calendar"),
    "open": Look("act", "clock"),
    "closed": Look("", "lock"),
    "being_recorded": Look("", "hourglass"),
    "adopted": Look("ok", "circle-check"),
    "rejected": Look("bad", "circle-x"),
    "returned": Look("warn", "undo-2"),
    "no_quorum": Look("warn", "users"),
    "no_competent_body": Look("warn", "log-out"),
    "tied": Look("warn", "scale"),
    "withdrawn": Look("", "ban"),
    "lapsed": Look("", "hourglass"),
    "superseded": Look("", "history"),
    "in_force": Look("ok", "circle-check"),
    # ballots, shown only after the close and never as a verdict
    "yes": Look("", "check"),
    "no": Look("", "x"),
    "abstain": Look("", "minus"),
    "agree": Look("", "check"),
    "object": Look("", "x"),
    "sign": Look("", "pen-line"),
    "recused": Look("", "log-out"),
    # what people have or have not yet done
    "done": Look("ok", "check"),
    "voted": Look("ok", "check"),
    "signed": Look("ok", "check"),
    "accepted": Look("ok", "check"),
    "admitted": Look("ok", "check"),
    "kept": Look("ok", "check"),
    "waiting": Look("", "clock"),
    "held": Look("warn", "hand"),
    "invited": Look("", "mail"),
    "offered": Look("", "clock"),
    "missing": Look("warn", "clock"),
    "overdue": Look("bad", "triangle-alert"),
    "declined": Look("bad", "x"),
    "expired": Look("", "clock"),
    "void": Look("", "ban"),
    "vacant": Look("warn", "circle-dashed"),
    "occupied": Look("ok", "check"),
    # findings about topics
    "shared": Look("ok", "circle-check"),
    "tension": Look("warn", "triangle-alert"),
    "trade": Look("act", "handshake"),
    # notices
    "ok": Look("ok", "circle-check"),
    "bad": Look("bad", "triangle-alert"),
    "info": Look("", "info"),
    "sealed": Look("", "lock"),
}


def look_of(name: str) -> Look:
    """The look of a state, level or verdict; an unknown one is a plain circle beside its word."""
    return LOOKS.get(name, NEUTRAL)
