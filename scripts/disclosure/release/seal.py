"""Record the size and sha256 of each file in the descriptor, and publish the current table of rules."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disclosure.model import DisclosureError
from disclosure.package.releases import entry
from disclosure.package.shipped import json_of


class Unsealable(DisclosureError):
    """The descriptor cannot be read, or names a file that is not there."""


def sealed(root: Path, descriptor: bytes, published: Mapping[str, bytes]) -> str:
    """The descriptor's text with `bytes` and `hash` of every resource; `published` files count as given.

    Raises Unsealable.
    """
    try:
        value: dict[str, Any] = json.loads(descriptor)
        for resource in value["resources"]:
            data = published.get(resource["path"]) or (root / resource["path"]).read_bytes()
            resource.update(entry(resource["path"], data))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unsealable(str(error)) from error
    return json_of(value).decode()
