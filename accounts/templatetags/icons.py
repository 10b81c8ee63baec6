"""Icons as inline SVG: the lucide set, and three shapes of our own."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

OWN = {
    "strands": '<path d="M3 5c8 0 9 7 18 7M3 12h18M3 19c8 0 9-7 18-7"/>',
    "half": '<circle cx="12" cy="12" r="9"/><path class="solid" d="M12 3a9 9 0 0 1 0 18z"/>',
    "ladder": '<path d="M7 3v18M17 3v18M7 8h10M7 13h10M7 18h10"/>',
}
MARK = (
    '<path d="M3 6c10 0 9 10 19 10M3 11c8 0 9 5 19 5M3 16h19M3 21c8 0 9-5 19-5M3 26c10 0 9-10 19-10"/>'
    '<path d="M20 16h9" stroke-width="4"/>'
)


@cache
def draw(name: str) -> SafeString:
    """The icon's SVG, hidden from screen readers: its word stands beside it. Raises IconDoesNotExist."""
    if name in OWN:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">{}</svg>',
            SafeString(OWN[name]),
        )
    svg = lucide(name, size=18, **{"class": "icon", "aria-hidden": "true"})
    return SafeString(" ".join(svg.split()))


@cache
def mark() -> SafeString:
    """The product's mark: five strands drawn into one line."""
    return format_html(
        '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-linecap="round" stroke-width="2"'
        ' aria-hidden="true">{}</svg>',
        SafeString(MARK),
    )
