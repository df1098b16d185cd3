"""Who speaks: an official channel with all its marks, or a preview that says so. Never half of each."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from disclosure.model import DisclosureError

MARKS = (
    "site_name",
    "site_domain",
    "site_id_code",
    "icp_number",
    "public_security_number",
    "contact",
    "column_type",
)
# The page tags and the disclosure header state official time, which is one in the whole country.
_OFFICIAL_TIME = timezone(timedelta(hours=8))


class HalfIdentity(DisclosureError):
    """extra.identity in mkdocs.yml is neither complete nor empty; an official channel needs every mark."""


def identity(settings: object) -> Mapping[str, str]:
    """The marks of an official channel as configured, all filled or all empty. Raises HalfIdentity."""
    given = settings if isinstance(settings, Mapping) else {}
    marks = {name: str(given.get(name) or "").strip() for name in MARKS}
    empty = [name for name, mark in marks.items() if not mark]
    unknown = sorted(str(name) for name in given if name not in MARKS)
    if unknown or 0 < len(empty) < len(MARKS):
        raise HalfIdentity(", ".join(unknown or empty))
    return marks


def is_official(marks: Mapping[str, str]) -> bool:
    """Whether the marks are those of an official channel."""
    return bool(marks) and all(marks.values())


def published(created: object) -> str:
    """When the package was made, as page tags write it (yyyy-MM-dd HH:mm); empty where it does not say."""
    try:
        moment = datetime.fromisoformat(str(created))
    except ValueError:
        return ""
    return (moment.astimezone(_OFFICIAL_TIME) if moment.tzinfo else moment).strftime("%Y-%m-%d %H:%M")
