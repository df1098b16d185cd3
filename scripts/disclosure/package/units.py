"""Who carries a project out: a unit that the package lists, or one that only its form names."""

from disclosure.model import Package, Row


def listed_unit(package: Package, row: Row) -> str:
    """The name of a project's unit in the table of units; empty where it is none of them."""
    found = package.tables["units"].index.get((row.text("fiscal_year"), row.text("unit_id")))
    return found.text("name") if found else ""


def unit(package: Package, row: Row) -> str:
    """The name of a project's unit, as its form writes it where it is not listed; empty if none is stated."""
    return listed_unit(package, row) or row.text("unit_name")
