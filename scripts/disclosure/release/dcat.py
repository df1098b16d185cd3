"""The catalogue record by DCAT-AP 3: one catalogue, one data set with its files, the API a service.

No node is blank, so that the same package gives the same bytes. Where the site has no address, the names are
relative to the record's own, which is what a harvester resolves them against.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from disclosure.model import Package
from disclosure.release.address import Address, issued, licence, publisher, words
from disclosure.release.api import FOLDER as API
from disclosure.release.downloads import Download, formats

SPDX = Namespace("http://spdx.org/rdf/terms#")
_EU = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = {"zh": URIRef(f"{_EU}language/ZHO"), "en": URIRef(f"{_EU}language/ENG")}
_THEME = URIRef(f"{_EU}data-theme/GOVE")
_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not list yet
_IANA = "https://www.iana.org/assignments/media-types/"
_PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "skos": SKOS, "spdx": SPDX, "xsd": XSD}
Triple = tuple[Node, Node, Node]


def turtle(graph: Graph) -> bytes:
    """The record as Turtle."""
    return graph.serialize(format="turtle", encoding="utf-8")


def json_ld(graph: Graph) -> bytes:
    """The record as JSON-LD."""
    context: Mapping[str, str] = {prefix: str(name) for prefix, name in _PREFIXES.items()}
    record = _sorted(json.loads(graph.serialize(format="json-ld", context=context)))
    return f"{json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _sorted(value: Any) -> Any:
    """With every list in one order; rdflib's own changes from process to process, and means nothing."""
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in value.items()}
    return sorted(map(_sorted, value), key=json.dumps) if isinstance(value, list) else value


def record(package: Package, downloads: Sequence[Download], where: Address) -> Graph:
    """The graph of a catalogue with the package as its data set."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in (*_catalogue(package, where), *_dataset(package, where), *_service(package, where)):
        graph.add(triple)
    for item in downloads:
        for triple in _distribution(package, item, where):
            graph.add(triple)
    return graph


def _catalogue(package: Package, where: Address) -> Iterator[Triple]:
    catalogue, home = _name(where, "#catalogue"), URIRef(where.to(""))
    yield catalogue, RDF.type, DCAT.Catalog
    yield from _described(package, catalogue, where)
    yield catalogue, FOAF.homepage, home
    yield home, RDF.type, FOAF.Document
    yield catalogue, DCAT.dataset, _name(where, "data/#dataset")


def _described(package: Package, thing: Node, where: Address) -> Iterator[Triple]:
    for name, predicate in (("title", DCTERMS.title), ("description", DCTERMS.description)):
        for suffix, language in (("", "zh"), ("_en", "en")):
            if text := words(package, f"{name}{suffix}"):
                yield thing, predicate, Literal(text, lang=language)
    agent = _name(where, "about/#publisher")
    yield thing, DCTERMS.publisher, agent
    yield agent, RDF.type, FOAF.Agent
    yield agent, FOAF.name, Literal(publisher(package, where), lang="zh")
    if tongue := _LANGUAGES.get(words(package, "language")):
        yield thing, DCTERMS.language, tongue
        yield tongue, RDF.type, DCTERMS.LinguisticSystem
    first, created = issued(package), words(package, "created")
    days = ((DCTERMS.issued, first), (DCTERMS.modified if first else DCTERMS.created, created))
    yield from ((thing, said, Literal(day, datatype=XSD.dateTime)) for said, day in days if day)


def _dataset(package: Package, where: Address) -> Iterator[Triple]:
    dataset, page = _name(where, "data/#dataset"), URIRef(where.to("data/"))
    yield dataset, RDF.type, DCAT.Dataset
    yield from _described(package, dataset, where)
    yield dataset, DCTERMS.identifier, Literal(words(package, "name"))
    yield dataset, _VERSION, Literal(words(package, "version"))
    yield dataset, DCAT.landingPage, page
    yield page, RDF.type, FOAF.Document
    yield dataset, DCAT.theme, _THEME
    yield _THEME, RDF.type, SKOS.Concept
    yield _THEME, SKOS.prefLabel, Literal("Government and public sector", lang="en")
    keywords = package.descriptor.get("keywords")
    for keyword in keywords if isinstance(keywords, list) else ():
        yield dataset, DCAT.keyword, Literal(str(keyword), lang="zh")
    for year in package.years:
        period = _name(where, f"data/#year-{year}")
        yield dataset, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        yield period, DCAT.startDate, Literal(str(year), datatype=XSD.gYear)
        yield period, DCAT.endDate, Literal(str(year), datatype=XSD.gYear)


def _service(package: Package, where: Address) -> Iterator[Triple]:
    service, endpoint = _name(where, "data/#api"), URIRef(where.to(f"{API}/"))
    described = URIRef(where.to(f"{API}/{formats()['openapi'].suffix}"))
    yield _name(where, "#catalogue"), DCAT.service, service
    yield service, RDF.type, DCAT.DataService
    yield service, DCTERMS.title, Literal(formats()["openapi"].title, lang="zh")
    yield service, DCAT.endpointURL, endpoint
    yield service, DCAT.endpointDescription, described
    yield service, DCAT.servesDataset, _name(where, "data/#dataset")
    yield from ((named, RDF.type, RDFS.Resource) for named in (endpoint, described))
    yield from _licensed(package, service)


def _licensed(package: Package, thing: Node) -> Iterator[Triple]:
    if path := licence(package).get("path"):
        yield thing, DCTERMS.license, URIRef(path)
        yield URIRef(path), RDF.type, DCTERMS.LicenseDocument


def _distribution(package: Package, item: Download, where: Address) -> Iterator[Triple]:
    thing, file = _name(where, f"data/#{item.path}"), URIRef(where.to(item.path))
    yield _name(where, "data/#dataset"), DCAT.distribution, thing
    yield thing, RDF.type, DCAT.Distribution
    yield thing, DCTERMS.title, Literal(item.title, lang="zh")
    yield thing, DCAT.accessURL, URIRef(where.to("data/"))
    yield thing, DCAT.downloadURL, file
    for named in (URIRef(where.to("data/")), file):  # the shapes ask for it in so many words
        yield named, RDF.type, RDFS.Resource
    yield thing, DCAT.byteSize, Literal(str(item.size), datatype=XSD.nonNegativeInteger)
    media = URIRef(f"{_IANA}{item.kind.mediatype}")
    yield thing, DCAT.mediaType, media
    yield media, RDF.type, DCTERMS.MediaType
    if kind := item.kind.file_type:
        yield thing, DCTERMS["format"], URIRef(f"{_EU}file-type/{kind}")
        yield URIRef(f"{_EU}file-type/{kind}"), RDF.type, DCTERMS.MediaTypeOrExtent
    yield from _licensed(package, thing)
    checksum = _name(where, f"data/#{item.path}-sha256")
    yield thing, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm
    yield checksum, SPDX.checksumValue, Literal(item.sha256, datatype=XSD.hexBinary)


def _name(where: Address, path: str) -> URIRef:
    return URIRef(where.to(path))
