"""How far a project's performance target is public: derived from what its row holds, never typed."""

from collections.abc import Container

from disclosure.model import Package, Row

Key = tuple[str, str]


def derived(row: Row, with_indicators: Container[Key]) -> str:
    """The disclosure state a projects row has by its own cells: withheld, full, text or name."""
    if row.text("withhold_ground"):
        return "withheld"
    if not row.text("goal"):
        return "name"
    return "full" if (row.text("fiscal_year"), row.text("project_id")) in with_indicators else "text"


def with_indicators(package: Package) -> frozenset[Key]:
    """Keys of the projects that have at least one indicator."""
    return frozenset(package.indicators)
