"""From a text to what must not go out of it; knows nothing of files."""

from collections.abc import Iterator

from disclosure.quality.scan.hits import Hit, plain
from disclosure.quality.scan.numbers import numbers
from disclosure.quality.scan.settings import ScanSettings
from disclosure.quality.scan.words import labels, mails, marks, small_counts, trigger


def detect(text: str, settings: ScanSettings) -> Iterator[Hit]:
    """Every hit in a text."""
    text = plain(text)
    official = frozenset(settings.official_numbers)
    yield from numbers(text, official)
    if trigger(settings.sensitive_groups).search(text):
        yield from labels(text, official)
        yield from marks(text)
        yield from small_counts(text, settings.sensitive_groups, settings.small_count)
        yield from mails(text, settings.official_domains)


def suspicious(text: str, settings: ScanSettings) -> bool:
    """Whether a text must be looked at part by part; a False is certain."""
    text = plain(text)
    has_number = next(numbers(text, frozenset()), None) is not None
    return has_number or trigger(settings.sensitive_groups).search(text) is not None


def masked(text: str, settings: ScanSettings) -> str:
    """The text with every hit in it masked: for names of files, sheets and columns that are printed."""
    for hit in sorted(set(detect(text, settings)), key=lambda hit: hit.offset, reverse=True):
        if hit.kind not in ("no-secrecy-mark", "small-count"):
            return f"{text[:3]}***"
    return text
