"""A plainly fictional package of any size, valid by every rule, for benchmarks only."""

import csv
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from disclosure.cli import main

GOOD = Path(__file__).resolve().parent.parent / "packages" / "good"
SIGNS = "街面保洁道路绿化养护垃圾清运社区便民服务安全巡查消防设施维文活动老人助餐学校舍修缮河整治"
# Level one, level two, unit, weight: the national scheme, ten indicators a project.
TREE = (
    ("output", "数量指标", "个", 10),
    ("output", "数量指标", "个", 5),
    ("output", "质量指标", "%", 10),
    ("output", "时效指标", "个", 10),
    ("output", "成本指标", "个", 10),
    ("benefit", "社会效益指标", "个", 20),
    ("benefit", "生态效益指标", "个", 10),
    ("satisfaction", "服务对象满意度指标", "%", 10),
    ("output", "数量指标", "个", 3),
    ("output", "质量指标", "个", 2),
)
Line = tuple[object, ...]


def write(root: Path, projects: int, seed: int = 1) -> Path:
    """The good package of the tests with that many projects more, ten indicators each, sealed."""
    shutil.copytree(GOOD, root)
    _cover(root, projects + 4)
    chance = random.Random(seed)
    with (
        (root / "data" / "projects.csv").open("a", encoding="utf-8") as one,
        (root / "data" / "indicators.csv").open("a", encoding="utf-8") as two,
        (root / "data" / "citations.csv").open("a", encoding="utf-8") as three,
    ):
        files = {"project": one, "indicator": two, "citation": three}
        writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
        for number in range(projects):
            for name, line in _project(number, chance):
                writers[name].writerow(line)
    descriptor = root / "datapackage.json"
    value = json.loads(descriptor.read_bytes())
    value["settings"] = {"max_rows": 1_000_000}
    descriptor.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    main(["seal", str(root)])
    return root


def _cover(root: Path, number: int) -> None:
    """All targets due, declared and disclosed, in cells and sentences."""
    edits = (
        ("coverage.csv", "2023,5,4,80,1,25,", f"2023,{number},{number},100,{number},100,"),
        ("citations.csv", "应申报绩效目标 5 项", f"应申报绩效目标 {number} 项"),
        ("citations.csv", ",申报绩效目标 4 项", f",申报绩效目标 {number} 项"),
        ("citations.csv", "申报覆盖率 80%", "申报覆盖率 100%"),
        ("citations.csv", "向社会公开 1 项", f"向社会公开 {number} 项"),
        ("citations.csv", "公开覆盖率 25%", "公开覆盖率 100%"),
    )
    for name, old, new in edits:
        file = root / "data" / name
        text = file.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{name}: {old}")
        file.write_text(text.replace(old, new), encoding="utf-8")


def _phrase(chance: random.Random, length: int) -> str:
    """Signs without one twice, so that no phrase is said twice."""
    return "".join(chance.sample(SIGNS, length))


def _project(number: int, chance: random.Random) -> Iterator[tuple[str, Line]]:
    name, goal = _phrase(chance, 8), f"{_phrase(chance, 40)}，完成 {number + 1} 项。"
    amount, key = f"{chance.randint(1, 9) / 1000:.3f}", f"p{number}"
    yield "citation", (f"c-{key}", "report", "二", f"{name} {amount} {amount}", "")
    yield "citation", (f"g-{key}", "report", "二", goal, "")
    cells = ("NA", "NA", "NA", "NA", amount, "NA", amount, goal, "NA", "full", "", "", "", "", *["NA"] * 11)
    yield "project", (2023, key, name, *cells, f"c-{key}", f"g-{key}", "")
    for place, (level_1, level_2, unit, weight) in enumerate(TREE, start=1):
        what, target = _phrase(chance, 6), chance.randint(30, 80)
        actual = target + chance.randint(0, 5)
        wanted, got = f"≥{target} {unit}", f"{actual} {unit}"
        quote = f"{what}，指标值{wanted}，实际完成 {got}，分值 {weight}，得分 {weight} 分"
        yield "citation", (f"i-{key}-{place}", "report", "二", quote, "")
        values = (
            "ge",
            target,
            unit,
            wanted,
            actual,
            got,
            weight,
            weight,
            "",
            "NA",
            "NA",
            "NA",
            f"i-{key}-{place}",
        )
        yield "indicator", (2023, key, place, 2020, level_1, level_2, what, *values)
