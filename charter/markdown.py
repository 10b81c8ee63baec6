"""Charter text to safe HTML: Markdown by markdown-it, then only known elements by nh3."""

import nh3
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_ELEMENTS = {
    "p",
    "strong",
    "em",
    "s",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "blockquote",
    "code",
    "table",
    "thead",
    "tbody",
} | {*("tr", "th", "td", "br", "hr", "a")}


def to_html(text: str) -> str:
    """HTML of a text in Markdown, with no element, attribute or address that could do harm."""
    return nh3.clean(
        _PARSER.render(text), tags=_ELEMENTS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}
    )
