"""A chart of cost against projects, both axes logarithmic, as SVG: a line a builder."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 460, 70, 20, 190, 50
COLOURS = ("#b3261e", "#1f5fa8", "#4c7a34", "#8a5a00", "#6b3fa0", "#00796b", "#555555")
Points = Sequence[tuple[float, float]]


def chart(title: str, lines: Mapping[str, Points]) -> str:
    """The drawing; every line begins and ends at a measured point, and its name stands at its end."""
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    across = _scale(log10(min(xs)), log10(max(xs)), LEFT, WIDTH - RIGHT)
    low, high = floor(log10(min(ys))), ceil(log10(max(ys)))
    up = _scale(low, high, HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    ]
    for power in range(low, high + 1):
        y = up(power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g} s</text>')
    for x in sorted(set(xs)):
        parts.append(f'<path d="M{across(log10(x)):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{across(log10(x)):.1f}" y="{HEIGHT - 28}" text-anchor="middle">{x:,.0f}</text>'
        )
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 8}">{escape(title)}</text>')
    ends = _apart({name: up(log10(points[-1][1])) for name, points in lines.items()})
    for colour, (name, points) in zip(COLOURS, lines.items(), strict=False):
        way = [(across(log10(x)), up(log10(y))) for x, y in points]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in way)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in way]
        x = WIDTH - RIGHT + 12
        parts.append(f'<text x="{x}" y="{ends[name] + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _scale(low: float, high: float, begin: float, end: float):  # type: ignore[no-untyped-def]
    span = (high - low) or 1
    return lambda value: begin + (value - low) / span * (end - begin)


def _apart(heights: Mapping[str, float], least: float = 16) -> dict[str, float]:
    """Names that would lie on each other are moved apart."""
    placed: dict[str, float] = {}
    above = -least
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        above = placed[name] = max(height, above + least)
    return placed
