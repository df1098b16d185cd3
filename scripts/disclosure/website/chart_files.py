"""Each chart as files: SVG with its own style, PNG, and CSV whose every figure names its sentence."""

from collections.abc import Iterator

from disclosure.package.figures import Figure
from disclosure.package.shipped import csv_of
from disclosure.website import front, money, organisation
from disclosure.website.charts import Chart
from disclosure.website.desk import Desk
from disclosure.website.drawing import drawing
from disclosure.website.flow import goal_flow
from disclosure.website.pictures import drawable, png
from disclosure.website.render import render, said
from disclosure.website.wording import exact

HEAD = (
    "item", "part", "value", "unit", "figure_id", "formula", "operands", "citation_ids", "section", "quote",
)  # fmt: skip


def charts(desk: Desk) -> Iterator[tuple[Chart, str]]:
    """Every chart of the site that shows anything, with its finding."""
    funds, flow, staff = money.money(desk), goal_flow(desk), organisation.staff(desk)
    disclosed = front.disclosure_picture(desk)
    drawn: list[tuple[Chart, object]] = [(chart, funds) for chart in (funds.pairs, funds.chart, funds.rates)]
    drawn += [(disclosed.chart, disclosed), (flow.chart, flow)]
    drawn += [(staff.chart, staff)] if staff else []
    for chart, record in drawn:
        if chart.path:
            yield chart, said("titles", chart.id, record)


def chart_files(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Paths below the site's root, and the bytes. No PNG is made where the font lacks a sign of the chart."""
    for chart, title in charts(desk):
        svg = render("chart_file", drawing(chart, title), "", {}) + "\n"
        yield f"{chart.path}.svg", svg.encode("utf-8")
        if drawable(chart.text):
            yield f"{chart.path}.png", png(svg)
        yield f"{chart.path}.csv", table(chart).encode("utf-8")


def table(chart: Chart) -> str:
    """The chart's figures as CSV: a stated one with its sentence, a computed one with its operands."""
    return csv_of([HEAD, *(_line(*row) for row in chart.rows)])


def _line(label: str, part: str, figure: Figure) -> tuple[str, ...]:
    source = figure.citation
    operands = " ".join(other.id for other in figure.operands)
    found = " ".join(dict.fromkeys(_citations(figure)))
    quoted = (source.section, source.quote) if source else ("", "")
    return label, part, exact(figure), figure.unit, figure.id, figure.formula, operands, found, *quoted


def _citations(figure: Figure) -> Iterator[str]:
    if figure.citation:
        yield figure.citation.id
    for operand in figure.operands:
        yield from _citations(operand)
