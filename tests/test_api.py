"""The static API: every answer keeps to its schema and holds the package's cells; every address is there."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from posixpath import join, normpath
from typing import Any

import jsonschema_rs
import pytest
from conftest import PACKAGES, ROOT, sums
from disclosure.model import Missing, Package
from disclosure.package.computed import computed
from disclosure.package.figures import Figure, stated
from disclosure.package.load import load
from disclosure.quality.scan.scan import scan
from disclosure.release import api
from disclosure.release.downloads import downloads
from disclosure.release.rows_json import lines
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

BASE = "api/v1"


def answers(package: Package) -> dict[str, bytes]:
    made = {item.path: item.content for item in downloads(package) if item.path.startswith(BASE)}
    return {path.removeprefix(f"{BASE}/"): data for path, data in (made | dict(api.files(package))).items()}


@pytest.fixture(scope="module", params=(ROOT / "datapackage", PACKAGES / "good"), ids=("published", "good"))
def package(request: pytest.FixtureRequest) -> Package:
    return load(request.param)[0]


@pytest.fixture(scope="module")
def found(package: Package) -> dict[str, bytes]:
    return answers(package)


def exact(data: bytes) -> Any:
    return json.loads(data, parse_float=Decimal)


def schema_of(path: str) -> str:
    kind = path.partition("/")[0]
    return {"figures": "schemas/figures.json", "projects": "schemas/project.json"}.get(
        kind, f"schemas/{path}"
    )


def documents(found: dict[str, bytes]) -> Iterator[str]:
    return (path for path in found if not path.startswith(("schemas/", "openapi")))


def address(figure: str) -> str:
    """Where a figure is, as the decision says: from its id alone."""
    table, *key, _ = figure.split(".")
    if table in ("projects", "project_funds", "indicators"):
        return f"projects/{key[0]}.{key[1]}.json"
    return (
        f"figures/computed/{key[0]}.json" if table == "computed" else f"figures/{table}/{'.'.join(key)}.json"
    )


def test_every_answer_keeps_to_its_schema(found: dict[str, bytes]) -> None:
    for path in documents(found):
        schema = json.loads(found[schema_of(path)])
        jsonschema_rs.meta.validate(schema)
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(json.loads(found[path]))


@pytest.mark.parametrize(
    ("path", "break_it"),
    [
        ("index.json", lambda value: value["resources"][0].pop("url")),
        ("resources/projects.json", lambda value: value["rows"][0].update(budget_wan="八十四")),
        ("resources/projects.json", lambda value: value["rows"][0].update(disclosure_state="half")),
        ("resources/projects.json", lambda value: value["rows"][0].update(name=None)),
        ("resources/sources.json", lambda value: value["rows"][0].pop("_not_stated")),
        ("figures/coverage/2023.json", lambda value: value.update(more=1)),
        ("figures/coverage/2023.json", lambda value: next(iter(value["figures"].values())).pop("citation")),
        ("projects/2023.street-cleaning.json", lambda value: value["indicators"][0].update(direction=1)),
    ],
)
def test_a_schema_refuses_what_is_not_so(path: str, break_it: Callable[[Any], object]) -> None:
    made = answers(load(PACKAGES / "good")[0])
    value = json.loads(made[path])
    break_it(value)
    assert not jsonschema_rs.is_valid(json.loads(made[schema_of(path)]), value)


def test_a_table_holds_every_row(package: Package, found: dict[str, bytes]) -> None:
    for table in package.tables.values():
        value = exact(found[f"resources/{table.name}.json"])
        assert value["version"] == package.descriptor["version"]
        assert value["rows"] == [exact(line.encode()) for some in lines(table) for line in some.split("\n")]


def figures(package: Package) -> Iterator[Figure]:
    for table in package.tables.values():
        if "citation_id" in table.columns:
            yield from stated(package, table)
    for year in package.years:
        yield from computed(package, year).values()


def test_every_figure_is_at_the_address_of_its_id_with_its_sentence(
    package: Package, found: dict[str, bytes]
) -> None:
    ours = {figure.id: figure for figure in figures(package)}
    answer_of = cache(lambda path: exact(found[path]))
    for name, figure in ours.items():
        answer = answer_of(address(name))
        told = answer["figures"][name]
        sentence = answer["citations"][told["citation"]] if told["citation"] else {}
        assert told["value"] == (None if isinstance(figure.value, Missing) else figure.value), name
        assert (told["missing"] is None) is not isinstance(figure.value, Missing)
        assert sentence.get("quote") == (figure.citation.quote if figure.citation else None)
        assert told["unit"] == figure.unit
        assert told["citation"] or told["operands"] or told["value"] is None
    published = {name for path in documents(found) for name in json.loads(found[path]).get("figures", ())}
    assert published == ours.keys()


def test_a_project_holds_its_rows_and_no_other(package: Package, found: dict[str, bytes]) -> None:
    for row in package.rows("projects"):
        value = json.loads(found[f"projects/{row.text('fiscal_year')}.{row.text('project_id')}.json"])
        (told,) = value["projects"]
        assert told["name"] == row["name"]
        key = row.text("fiscal_year"), row.text("project_id")
        assert len(value["indicators"]) == len(package.indicators.get(key, ()))
        assert {item["project_id"] for item in value["indicators"]} <= {row["project_id"]}


def test_the_index_names_every_answer(found: dict[str, bytes]) -> None:
    value = json.loads(found["index.json"])
    named = {value["openapi"], "index.json", *value["computed"], *(item["url"] for item in value["projects"])}
    for item in value["resources"]:
        named |= {item["url"], item["schema"], *item["figures"]}
    assert named >= set(documents(found))
    assert named <= found.keys()


def test_the_whole_is_described_by_a_valid_document_that_matches_every_answer(
    found: dict[str, bytes], tmp_path: Path
) -> None:
    for path, data in found.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    value = json.loads(found["openapi.json"])
    validate(value, base_uri=(tmp_path / "openapi.json").as_uri())
    patterns = [re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) + "$") for path in value["paths"]]
    for path in documents(found):
        assert any(pattern.match(f"/{path}") for pattern in patterns), path
    del value["info"]["version"]
    with pytest.raises(OpenAPIValidationError):
        validate(value)


def test_no_key_leaves_its_folder() -> None:
    assert api.named(["..", "etc/passwd"]) == "...etc~2f~passwd"
    assert api.named(["2023", "总计"]) == "2023.~603b~~8ba1~"
    good = load(PACKAGES / "good")[0]
    table = good.tables["duties"]
    place = table.rows[0].places["duty_id"]
    rows = tuple(
        replace(row, values=(*row.values[:place], "../../x", *row.values[place + 1 :])) for row in table.rows
    )
    made = dict(api.files(replace(good, tables={**good.tables, "duties": replace(table, rows=rows)})))
    assert f"{BASE}/figures/duties/..~2f~..~2f~x.json" in made
    assert all(normpath(path) == path and path.startswith(BASE) for path in made)


def test_what_goes_out_is_scanned(found: dict[str, bytes], change: Callable[[str, str, str], Path]) -> None:
    assert scan(found.items()) == []
    leaking = change("data/results.csv", "清运的垃圾", "清运的垃圾 13812345678")
    assert "resources/results.json" in {problem.file for problem in scan(answers(load(leaking)[0]).items())}


def test_the_same_package_gives_the_same_answers(package: Package, found: dict[str, bytes]) -> None:
    assert answers(package) == found


def test_the_site_serves_it_open_to_all_with_its_sums(site: Path) -> None:
    listed = sums((site / "SHA256SUMS").read_text(encoding="utf-8"))
    package = load(ROOT / "datapackage")[0]
    for path, data in answers(package).items():
        assert (site / BASE / path).read_bytes() == data
        assert f"{BASE}/{path}" in listed
    index = json.loads((site / BASE / "index.json").read_bytes())
    for item in index["resources"]:
        assert (site / normpath(join(BASE, item["csv"]))).is_file()
    headers = (site / "_headers").read_text(encoding="utf-8")
    for path in ("/api/*", "/catalog/*", "/data/*", "/feeds/*"):
        _, _, rules = headers.partition(f"\n{path}\n")
        assert rules.startswith("  Access-Control-Allow-Origin: *\n  Cache-Control: public, max-age=")
    page = (site / "data" / "index.html").read_text(encoding="utf-8")
    for name in ("index.json", "openapi.json"):
        assert f'href="../{BASE}/{name}"' in page
