"""What a browser may do with a page: the Content-Security-Policy, and the `_headers` file of a static host.

The same policy stands in every page, for hosts that take no headers and for a folder opened from a disk.
"""

from base64 import b64encode
from hashlib import sha256

from disclosure.website.render import chart_style

# Nothing by default, everything else from the site itself: no other host, no inline script, no inline style
# but that of the charts that are files of their own.
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    f"style-src 'self' 'sha256-{b64encode(sha256(chart_style().encode()).digest()).decode()}'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
META = "; ".join(POLICY)
# A browser heeds these in a header only.
_EVERY_PATH = (
    ("Content-Security-Policy", f"{META}; frame-ancestors 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
# Data is for programs of any origin; a correction is with its readers within five minutes.
_DATA = (
    ("Access-Control-Allow-Origin", "*"),
    ("Cache-Control", "public, max-age=300, must-revalidate"),
)
_PATHS = {"/*": _EVERY_PATH, **{f"/{name}/*": _DATA for name in ("api", "catalog", "data", "feeds")}}


def headers() -> str:
    """The text of `_headers`: a path, and below it the headers of all that matches."""
    lines = (
        line
        for path, given in _PATHS.items()
        for line in (path, *(f"  {name}: {text}" for name, text in given))
    )
    return "\n".join(lines) + "\n"
