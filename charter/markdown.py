"""Charter text to safe HTML: Markdown by markdown-it, then only known elements by nh3."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_ELEMENTS = {
    *("p", "strong", "em", "s", "ul", "ol", "li", "h3", "h4", "blockquote", "code"),
    *("table", "thead", "tbody", "tr", "th", "td", "br", "hr", "a"),
}
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
"""A section's title is a heading of the page already: whatever level is written, it stands below that."""


def _fit_headings(state: StateCore) -> None:
    for token in state.tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)


_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_PARSER.core.ruler.push("fit_headings", _fit_headings)


def to_html(text: str) -> str:
    """HTML of a text in Markdown, with no element, attribute or address that could do harm."""
    return nh3.clean(
        _PARSER.render(text), tags=_ELEMENTS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}
    )
