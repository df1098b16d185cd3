"""Where the site stands and who answers for it: what every catalogue record and feed has to say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Package
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.releases import members
from disclosure.package.strict_json import parsed

COMPILER = "本数据包的整理者"
_LANGUAGES = {"zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Address:
    """The site's full address with its slash, empty where none is set; whether it is an official channel."""

    base: str = ""
    is_official: bool = False

    def to(self, path: str, depth: int = 1) -> str:
        """The address of a path of the site as a file `depth` folders down writes it."""
        return f"{self.base or '../' * depth}{path}"


def address(site_url: str | None, identity: Mapping[str, str]) -> Address:
    """The address of a configuration; anything that is no web address counts as none."""
    url = (site_url or "").strip()
    base = f"{url.rstrip('/')}/" if re.fullmatch(r"https?://[^\s<>\"'{}|\\^`]+", url) else ""
    return Address(base, bool(identity) and all(identity.values()))


def words(package: Package, name: str) -> str:
    """A text of the descriptor; empty where it has none."""
    found = package.descriptor.get(name)
    return found if isinstance(found, str) else ""


def language(package: Package) -> str:
    """The language of the package's words."""
    named = words(package, "language") or "zh"
    return _LANGUAGES.get(named, named)


def issued(package: Package) -> str:
    """When its first version was released, as the descriptor of that version says; empty while none was."""
    first = next(iter(package.releases.values()), None)
    return "" if first is None else str(parsed(members(first)[DESCRIPTOR]).get("created", ""))


def publisher(package: Package, where: Address) -> str:
    """Who answers: the office on its official channel, else whoever compiled its reports, and says so."""
    found = package.descriptor.get("publisher")
    name = str(found.get("name", "")) if isinstance(found, Mapping) else ""
    return name if where.is_official and name else f"{COMPILER}（非{name or '官方'}发布）"


def licence(package: Package) -> Mapping[str, str]:
    """The first licence; empty where there is none."""
    found = package.descriptor.get("licenses")
    return found[0] if isinstance(found, list) and found and isinstance(found[0], Mapping) else {}
