"""What a browser may do with a page: the Content-Security-Policy, and the `_headers` file of a static host.

The same policy stands in every page, for hosts that take no headers and for a folder opened from a disk.
"""

# Nothing by default, everything else from the site itself: no inline script or style, no other host.
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
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


def headers() -> str:
    """The text of `_headers`: a path, and below it the headers of all that matches."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in _EVERY_PATH)]
    return "\n".join(lines) + "\n"
