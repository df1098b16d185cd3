"""Version numbers of packages, by Semantic Versioning; what a part of one must become."""

from semver import Version

PARTS = ("patch", "minor", "major")  # from the least to the most


def parsed(text: str) -> Version | None:
    """The version; None where the text is none, or is a pre-release, which nobody is promised."""
    if not Version.is_valid(text):
        return None
    found = Version.parse(text)
    return None if found.prerelease or found.build else found


def needed(old: str, part: str) -> str:
    """The least version after `old` once that part of it has moved; `old` itself where none must."""
    return str(Version.parse(old).next_version(part)) if part else old


def reaches(version: str, least: str) -> bool:
    """Whether a version is at least another."""
    found, wanted = parsed(version), parsed(least)
    return found is not None and wanted is not None and found >= wanted


def order(text: str) -> Version:
    """What versions are sorted by."""
    return Version.parse(text)
