"""Nobody's number is printed: neither by a rule of personal data nor beside what another rule found."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from disclosure.model import Package, Problem
from disclosure.quality.scan.detectors import masked
from disclosure.quality.scan.settings import BadSettings, defaults, settings_of

Hide = Callable[[str], str]


def hide_of(package: Package) -> Hide:
    """What a text is printed as: masked where the scan, as the package sets it, finds a person in it.

    Where the package sets what cannot be set, which is a problem of its own, by the defaults.
    """
    try:
        settings = settings_of(package.descriptor)
    except BadSettings:
        settings = defaults()
    return partial(masked, settings=settings)


def hidden(problems: Iterable[Problem], package: Package) -> list[Problem]:
    """The problems with what was found and what is expected as they are printed."""
    hide = hide_of(package)
    return [replace(item, found=hide(item.found), expected=hide(item.expected)) for item in problems]
