"""Filled forms as bytes: the layout of the national form, its spellings, places and kinds of file varied."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import xlsxwriter
import xlwt
from docx import Document
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

Grid = dict[tuple[int, int], object]  # by row and column, from 0
Merges = list[tuple[int, int, int, int]]
# By style: how other forms spell a label, from posted forms and the published layout.
SPELLINGS: tuple[Mapping[str, str], ...] = (
    {},
    {
        "主管部门": "主管预算部门", "全年预算数": "调整后预算数", "三级指标": "指标内容",
        "年度指标值": "指标值", "实际完成值": "全年实际值", "分值": "权重",
    },
    {
        "主管部门": "预算部门", "实施单位": "项目单位", "全年执行数": "预算执行数", "实际完成值": "完成值",
        "总分": "合计", "预期目标": "年度目标",
    },
    {
        "主管部门": "主管部门：", "项目名称": "项目支出名称", "年度指标值": "指标值及单位",
        "偏差原因分析及改进措施": "未完成原因分析", "年初预算数": "年初预算",
    },
    {
        "实施单位": "填报单位（盖章）", "年度指标值": "目 标 值", "三级指标": "三级\n指标",
        "全年执行数": "全年执行数（B）", "全年预算数": "全年预算数（A）", "执行率": "执行率（B/A）",
    },
)  # fmt: skip


@dataclass(frozen=True)
class National:
    """What a form of the national layout states."""

    kind: str = "evaluation"
    name: str = "委托业务项目"
    department: str = "101-样例区样例街道办事处"
    unit: str = "101001-样例街道办事处本级"
    year: int | None = 2023
    budget: object = 9
    part: object = None
    adjusted: object = 8
    spent: object = 7.5
    goal: str = "完成 50 个项目的预算编制。"
    weights: Sequence[object] = (20, 30, 30, 10)
    scores: Sequence[object] = (20, 30, 30, 10)
    targets: Sequence[object] = ("≥50个", "≥95%", "效果明显", "≥90%")
    actuals: Sequence[object] = (50, "96%", "达成预期指标", "92%")
    style: int = 0
    shift: tuple[int, int] = (0, 0)
    merged: bool = True
    spelled: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[tuple[int, int], object] = field(default_factory=dict)


LEVELS = (
    ("产出指标（50分）", "数量指标", "项目数量"),
    ("产出指标（50分）", "质量指标", "报告合格率"),
    ("效益指标（30分）", "社会效益指标", "市场公平"),
    ("满意度指标（10分）", "满意度指标", "公众满意度"),
)


def laid_out(form: National) -> tuple[Grid, Merges]:
    """The cells of a form and its merged ranges, where the national form has them."""
    target = form.kind == "target"
    title = "项目支出绩效目标表" if target else "项目支出绩效自评表"
    grid: Grid = {(0, 0): title, (1, 0): f"（{form.year}年度）" if form.year else "（    年度）"}
    grid |= {(2, 0): "项目名称", (2, 2): form.name}
    grid |= {(3, 0): "主管部门", (3, 2): form.department, (3, 5): "实施单位", (3, 6): form.unit}
    merges: Merges = [
        (0, 0, 0, 9),
        (1, 0, 1, 9),
        (2, 0, 2, 1),
        (2, 2, 2, 9),
        (3, 0, 3, 1),
        (3, 2, 3, 4),
        (3, 6, 3, 9),
    ]
    part = form.budget if form.part is None else form.part
    if target:
        grid |= {(4, 0): "项目资金（万元）", (4, 2): "年度资金总额：", (4, 4): form.budget}
        grid |= {(5, 2): "其中：财政拨款", (5, 4): part, (6, 2): "其他资金"}
        merges += [(4, 0, 6, 1), *((row, 2, row, 3) for row in (4, 5, 6))]
        row = 7
        grid |= {(row, 0): "年度总体目标", (row, 1): form.goal}
        merges += [(row, 1, row, 9)]
    else:
        heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
        grid |= {(4, 0): "项目资金\n（万元）", **{(4, 4 + at): head for at, head in enumerate(heads)}}
        money = (form.budget, form.adjusted, form.spent, 10, "93.75%", 9.4)
        grid |= {(5, 2): "年度资金总额：", **{(5, 4 + at): value for at, value in enumerate(money)}}
        grid |= {(6, 2): "其中：本年财政拨款", (6, 4): part, (6, 5): form.adjusted, (6, 6): form.spent}
        grid |= {(6, 7): "—", (6, 9): "—", (7, 2): "其他资金", (7, 7): "—", (7, 9): "—"}
        merges += [(4, 0, 7, 1), *((row, 2, row, 3) for row in (4, 5, 6, 7))]
        grid |= {(9, 0): "年度总体目标", (9, 1): "预期目标", (9, 5): "实际完成情况"}
        grid |= {(10, 1): form.goal, (10, 5): "完成了 50 个项目的预算编制。"}
        merges += [(9, 0, 10, 0), (9, 1, 9, 4), (9, 5, 9, 9), (10, 1, 10, 4), (10, 5, 10, 9)]
        row = 10
    head = row + 1
    _indicators(form, grid, merges, head)
    if not form.merged:
        grid, merges = _unmerged(grid, merges, head)
    spelled = {**SPELLINGS[form.style], **form.spelled}
    down, right = form.shift
    grid = {
        (r + down, c + right): spelled.get(v, v) if isinstance(v, str) else v for (r, c), v in grid.items()
    }
    grid |= form.more
    return grid, [(a + down, b + right, c + down, d + right) for a, b, c, d in merges]


def _indicators(form: National, grid: Grid, merges: Merges, head: int) -> None:
    names = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    places = (1, 2, 3, 5, 6, 7, 8, 9)
    kept = [at for at in range(8) if form.kind == "evaluation" or at in (0, 1, 2, 3)]
    grid |= {(head, 0): "绩效指标", **{(head, places[at]): names[at] for at in kept}}
    merges.append((head, 3, head, 4))
    for number, level in enumerate(LEVELS):
        row = head + 1 + number
        cells = (
            *level,
            form.targets[number],
            form.actuals[number],
            form.weights[number],
            form.scores[number],
        )
        grid |= {(row, places[at]): cells[at] for at in kept if at < 7 and cells[at] is not None}
        merges.append((row, 3, row, 4))
    del grid[head + 2, 1]  # covered by the merged cell of its level
    merges.append((head + 1, 1, head + 2, 1))
    last = head + 1 + len(LEVELS)
    grid[last, 2] = "经济效益指标"  # a row nobody has filled in
    merges.append((head, 0, last, 0))
    if form.kind == "evaluation":
        total = [
            sum(item for item in items if isinstance(item, int | float))
            for items in (form.weights, form.scores)
        ]
        grid |= {(last + 1, 1): "总分", (last + 1, 7): 100, (last + 1, 8): 9.4 + total[1]}
        merges.append((last + 1, 1, last + 1, 6))


def _unmerged(grid: Grid, merges: Merges, head: int) -> tuple[Grid, Merges]:
    """The same form without a merged cell among its indicators: what they covered is blank."""
    return grid, [merge for merge in merges if merge[0] < head]


def national(form: National, *more: National) -> bytes:
    """A workbook with these forms, a sheet each."""
    return xlsx([(f"Sheet{number}", *laid_out(item)) for number, item in enumerate((form, *more), start=1)])


def xlsx(sheets: Sequence[tuple[str, Grid, Merges]]) -> bytes:
    """An .xlsx of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, grid, merges in sheets:
        sheet = book.create_sheet(title)
        for (row, column), value in grid.items():
            sheet.cell(row + 1, column + 1, value)
        for first_row, first, last_row, last in merges:
            sheet.merge_cells(None, first_row + 1, first + 1, last_row + 1, last + 1)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def shared(grid: Grid, merges: Merges) -> bytes:
    """An .xlsx of one sheet as office programs write it, its texts in strings that cells share."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("表")
        for merge in merges:
            sheet.merge_range(*merge, "")
        for (row, column), value in grid.items():
            sheet.write(row, column, value)
    return data.getvalue()


def xls(
    title: str,
    grid: Grid,
    merges: Merges,
    change: Callable[[xlwt.Workbook, xlwt.Worksheet], None] = lambda book, sheet: None,
) -> bytes:
    """An .xls of one sheet, changed before it is written."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    inner = {(row, column) for row, column, _, _ in merges}
    for (row, column), value in grid.items():
        if (row, column) not in inner:
            sheet.write(row, column, value)
    for first_row, first, last_row, last in merges:
        sheet.write_merge(first_row, last_row, first, last, grid.get((first_row, first), ""))
    change(book, sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods(title: str, grid: Grid, merges: Merges) -> bytes:
    """An .ods of one sheet, covered cells as such."""
    book = OpenDocumentSpreadsheet()
    table = Table(name=title)
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in merges}
    covered = {
        (r, c) for a, b, e, d in merges for r in range(a, e + 1) for c in range(b, d + 1)
    } - spans.keys()
    for row in range(max(row for row, _ in grid) + 1):
        line = TableRow()
        for column in range(max(column for _, column in grid) + 1):
            line.addElement(_ods_cell((row, column), grid, spans, covered))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    data = io.BytesIO()
    book.write(data)
    return data.getvalue()


def _ods_cell(
    place: tuple[int, int],
    grid: Grid,
    spans: Mapping[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> TableCell:
    if place in covered:
        return CoveredTableCell()
    value = grid.get(place, "")
    rows, columns = spans.get(place, (1, 1))
    more = {"numberrowsspanned": rows, "numbercolumnsspanned": columns} if (rows, columns) != (1, 1) else {}
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=value, **more)
    else:
        cell = TableCell(valuetype="string", **more) if value else TableCell(**more)
    for line in str(value).split("\n") if value != "" else ():
        cell.addElement(P(text=line))
    return cell


def docx(grid: Grid, merges: Merges) -> bytes:
    """A .docx: the first row's text as a paragraph, the rest as a table."""
    document = Document()
    document.add_paragraph(f"{grid[0, 0]}{grid[1, 0]}")
    rows, columns = max(row for row, _ in grid) - 1, max(merge[3] for merge in merges) + 1
    table = document.add_table(rows, columns)
    for first_row, first, last_row, last in merges:
        if first_row > 1:
            table.cell(first_row - 2, first).merge(table.cell(last_row - 2, last))
    for (row, column), value in grid.items():
        if row > 1:
            table.cell(row - 2, column).text = str(value)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def before_the_file(data: bytes) -> bytes:
    """A zip by whose directory its parts begin before it does."""
    packed = bytearray(data)
    place = packed.rindex(b"PK\5\6") + 16
    struct.pack_into("<L", packed, place, struct.unpack_from("<L", packed, place)[0] + len(packed))
    return bytes(packed)


def spoiled(data: bytes, chance: Random) -> bytes:
    """A file with bytes of it changed, cut, doubled or moved; of most zips, those of a part of it."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = {name: pack.read(name) for name in pack.namelist()}
        name = chance.choice(list(parts))
        return zipped(parts | {name: _spoiled(parts[name], chance)})
    return _spoiled(data, chance)


def _spoiled(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at, more = chance.randrange(len(made) + 1), chance.randint(1, 60)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at:at] = chance.choice((b"<", b"&#0;", b"\0", b"-1", b"99999999999", b"</w:tr>", b"]]>"))
            case 2:
                del made[at : at + more]
            case _:
                made[at:at] = made[max(0, at - more) : at]
    return bytes(made)


def of_another_kind(data: bytes) -> bytes:
    """A zip that asks for a version of the format that no program knows yet."""
    at = data.index(b"PK\1\2") + 6
    return data[:at] + b"\xc8\0" + data[at + 2 :]


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, part in parts.items():
            pack.writestr(name, part)
    return data.getvalue()


def plan(*parts: str) -> tuple[Grid, Merges]:
    """A sheet in lines: cells between bars, `<` of the cell left of it, `^` of that over it."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    grid: Grid = {}
    spans: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    lines = [line for part in parts for line in part.strip("\n").splitlines()]
    for row, line in enumerate(lines):
        for column, cell in enumerate(map(str.strip, line.split("|"))):
            over = {"<": (row, column - 1), "^": (row - 1, column)}.get(cell)
            owners[row, column] = owner = owners[over] if over else (row, column)
            spans[owner] = (*owner, row, column)
            if cell and not over:
                grid[owner] = cell
    return grid, [span for span in spans.values() if span[:2] != span[2:]]


def drawn(*parts: str) -> bytes:
    """An .xlsx of a sheet in lines."""
    return xlsx([("表", *plan(*parts))])
