"""For every rule a minimal fault in the good package, what else it cannot but trip, and a lawful control.

An edit is (file, what stands there once, what stands there then); a byte that is not UTF-8 is written as
its surrogate escape. `MOVED` in the middle renames the file. The package is sealed after the edits unless
told not to.
"""

from dataclasses import dataclass

Edit = tuple[str, str, str]
Edits = tuple[Edit, ...]
MOVED = "\0moved"

DESCRIPTOR = "datapackage.json"
CITATIONS, COVERAGE, GLOSSARY = "data/citations.csv", "data/coverage.csv", "data/glossary.csv"
INDICATORS, OBJECTIVES, PROJECTS = "data/indicators.csv", "data/objectives.csv", "data/projects.csv"
RESULTS, STAFF, FUNDS, DUTIES = (
    "data/results.csv",
    "data/staff.csv",
    "data/appropriations.csv",
    "data/duties.csv",
)
SOURCES, PROJECT_FUNDS = "data/sources.csv", "data/project_funds.csv"
EVALUATION, COUNTS, CORRECTIONS = "data/evaluation.csv", "data/counts.csv", "data/corrections.csv"
PLAN = "一年开始前定下的收支计划。"
WASTE = ("清运垃圾量", "≥100 吨", "120")
HEAD = "fiscal_year,project_id,indicator_no"


@dataclass(frozen=True)
class Fault:
    """`also` names the rules that the fault, and `lawfully` those that the control, trips besides."""

    rule: str
    fault: Edits
    control: Edits
    also: frozenset[str] = frozenset()
    lawfully: frozenset[str] = frozenset()
    sealed: bool = True
    whole: bool = False  # worth the second that frictionless and the official profile take


def plan(text: str) -> Edits:
    """Our own words, explaining a term: free of any rule of provenance."""
    return ((GLOSSARY, PLAN, text),)


def both(table: str, old: str, new: str, quoted: str, as_quoted: str) -> Edits:
    """A cell, and the sentence it rests on."""
    return (table, old, new), (CITATIONS, quoted, as_quoted)


def setting(name: str, value: str) -> Edits:
    return ((DESCRIPTOR, '"language": "zh",', f'"language": "zh", "settings": {{"{name}": {value}}},'),)


def covered(declared: str, rate: str, disclosed_rate: str) -> Edits:
    """Coverage with another number declared, quotes and rates in step."""
    return (
        (COVERAGE, "5,4,80,1,25", f"5,{declared},{rate},1,{disclosed_rate}"),
        (CITATIONS, ",申报绩效目标 4 项", f",申报绩效目标 {declared} 项"),
        (CITATIONS, "申报覆盖率 80%", f"申报覆盖率 {rate}%"),
        (CITATIONS, "公开覆盖率 25%", f"公开覆盖率 {disclosed_rate}%"),
    )


def level(old: str, new: str) -> Edits:
    return ((INDICATORS, old, new),)


def said(target: str, actual: str = "街面干净，达成目标") -> Edits:
    """The qualitative indicator in other words."""
    return both(
        INDICATORS,
        "整洁有序,,街面干净，达成目标",
        f"{target},,{actual}",
        "指标值为整洁有序，实际完成：街面干净，达成目标",
        f"指标值为{target}，实际完成：{actual}",
    )


def goal(text: str) -> Edits:
    old = "每天清运垃圾 2 次。"
    return both(PROJECTS, old, text, old, text)


def objective(text: str, note: str = "") -> Edits:
    """The first overall goal in other words."""
    old = "保持街面整洁，垃圾日产日清。"
    return both(OBJECTIVES, old, text, f"{old},", f"{text},{note}")


def points(number: int, old: str, new: str, score: str = "") -> Edits:
    """Other points for an indicator: (weight, score) in cells and quote."""
    quoted = {1: "实际完成 120 吨", 2: "实际完成 96%", 5: "达成目标", 6: "实际完成 81%"}[number]
    cells = {1: "120,120 吨", 2: "96,96%", 5: ",街面干净，达成目标", 6: "81,81%"}[number]
    one, two = old.split("/")
    weight, got = new.split("/")
    return both(
        INDICATORS,
        f"{cells},{one},{two},",
        f"{cells},{weight},{got},",
        f"{quoted}，分值 {one}，得分 {two} 分",
        f"{quoted}，分值 {weight}，得分 {got} 分",
    )


def actual(target: str, old: str, new: str, unit: str) -> Edits:
    """Another actual value beside a target as written."""
    return both(
        INDICATORS,
        f"{target},{old},{old.removesuffix('.00')}{unit},",
        f"{target},{new},{new}{unit},",
        f"指标值{target}，实际完成 {old.removesuffix('.00')}{unit}",
        f"指标值{target}，实际完成 {new}{unit}",
    )


ON_TARGET = (
    *actual("≥100 吨", "120", "100", " 吨"),
    *actual("≥95%", "96", "95", "%"),
    *actual("≤24 小时", "20", "24", " 小时"),
    *actual("≤200.5 万元", "198.00", "200.5", " 万元"),
    (INDICATORS, "81,81%,10,9,", "90,90%,10,10,"),
    (CITATIONS, "实际完成 81%，分值 10，得分 9 分", "实际完成 90%，分值 10，得分 10 分"),
)
LINES = (
    "数量指标,清运垃圾量,ge,100,吨,≥100 吨,120,120 吨,20,20,,NA,NA,NA,indicator-waste",
    "质量指标,保洁质量抽查合格率,ge,95,%,≥95%,96,96%,10,10,,NA,NA,NA,indicator-quality",
    "时效指标,垃圾清运用时,le,24,小时,≤24 小时,20,20 小时,10,10,,NA,NA,NA,indicator-time",
    "成本指标,保洁成本,le,200.50,万元,≤200.5 万元,198.00,198 万元,10,10,,NA,NA,NA,indicator-cost",
    "生态效益指标,街面环境,qualitative,,,整洁有序,,街面干净，达成目标,30,30,,NA,NA,NA,indicator-benefit",
    "服务对象满意度指标,居民满意度,ge,90,%,≥90%,81,81%,10,9,宣传不够。,NA,NA,NA,indicator-satisfaction",
)
LEVELS = ("output", "output", "output", "output", "benefit", "satisfaction")
LAST = "宣传不够，次年增加入户走访。,NA,NA,NA,indicator-satisfaction\n"
COPIED: Edits = (
    (
        INDICATORS,
        LAST,
        LAST
        + "".join(
            f"2023,public-service,{number},2020,{one},{line}\n"
            for number, (one, line) in enumerate(zip(LEVELS, LINES, strict=True), start=1)
        ),
    ),
    (PROJECTS, ",NA,text,", ",NA,full,"),
)
MOVE: Edits = (
    ("data/staff.csv", MOVED, "data/staff-2023.csv"),
    (DESCRIPTOR, '"data/staff.csv"', '"data/staff-2023.csv"'),
)
WITHHELD = "withheld,state_secret,样例区保密办公室,2023-03-01,2024-03-01"


def filled(unit: str) -> Edits:
    """An indicator that rests on a filled form, with this in its column of units."""
    return (
        (SOURCES, "budget-law,,", "form,2023,表.xlsx,NA,workbook,NA,NA,\nbudget-law,,"),
        (CITATIONS, "indicator-waste,report,", "indicator-waste,form,"),
        (INDICATORS, "ge,100,吨,", f"ge,100,{unit},"),
    )


def parts(budget: str) -> Edits:
    """One fund of a project whose whole is 200.50."""
    return (
        (
            PROJECT_FUNDS,
            "citation_id\n",
            f"citation_id\n2023,street-cleaning,fiscal,财政拨款,{budget},NA,NA,NA,fund\n",
        ),
        (
            CITATIONS,
            "unit-office,report,",
            f"fund,report,一（一）部门概况,财政拨款 {budget},\nunit-office,report,",
        ),
    )


def totalled(total: str) -> Edits:
    """Points of a form: ten for execution, ninety of indicators, and their sum."""
    return (
        (
            PROJECTS,
            f"{'NA,' * 11}project-cleaning",
            f"NA,NA,NA,10,NA,NA,{total},NA,NA,NA,NA,project-cleaning",
        ),
        (CITATIONS, "200.50 198.00", f"200.50 198.00 10 {total}"),
    )


FAULTS = (
    # file and schema
    Fault("path-inside-package", ((DESCRIPTOR, '"data/staff.csv"', '"../staff.csv"'),), MOVE, whole=True),
    Fault("file-exists", ((DESCRIPTOR, '"data/staff.csv"', '"data/nowhere.csv"'),), MOVE, whole=True),
    Fault("file-encoding", plan("一年开始前\udcff"), plan("一年开始前定下的收支计划（𠮷）。"), whole=True),
    Fault("file-line-ends", plan(f"{PLAN[:4]}\r{PLAN[4:]}"), plan("收支计划。"), whole=True),
    Fault(
        "json-grammar",
        (("schemas/staff.json", '"primaryKey"', '"fields"'),),
        (("schemas/staff.json", '"minimum": 0', '"minimum": 1'),),
        whole=True,
    ),
    Fault(
        "descriptor-shape",
        (("schemas/staff.json", '"type": "year"', '"type": "yearmonth"'),),
        (("schemas/staff.json", '"title": "年度"', '"title": "预算年度"'),),
        whole=True,
    ),
    Fault(
        "official-profile",
        ((DESCRIPTOR, '"keywords": [\n    "样例"\n  ]', '"keywords": []'),),
        ((DESCRIPTOR, '"keywords": [\n    "样例"\n  ]', '"keywords": ["样例", "预算"]'),),
        whole=True,
    ),
    Fault(
        "frictionless-valid",
        (("schemas/glossary.json", '"name": "term_en",', '"name": "term_en", "format": "email",'),),
        (("schemas/glossary.json", '"name": "term_en",', '"name": "term_en", "format": "default",'),),
        whole=True,
    ),
    Fault("file-as-sealed", plan("收支计划。"), (), sealed=False, whole=True),
    Fault(
        "rules-table-current",
        (("rules.csv", "拆分文件", "拆开文件"),),
        (),
        frozenset({"file-as-sealed"}),
        sealed=False,
        whole=True,
    ),
    Fault("settings-known", setting("colour", "1"), setting("low_execution", "80"), whole=True),
    Fault("csv-grammar", plan('"一年"的计划'), plan('"一年的计划"'), whole=True),
    Fault(
        "header-as-schema",
        ((GLOSSARY, "term_id,term,", "term,term_id,"),),
        (("schemas/glossary.json", '"title_en": "Term"', '"title_en": "Word"'),),
        whole=True,
    ),
    Fault(
        "row-width",
        ((GLOSSARY, "budget execution rate,", "budget execution rate,,"),),
        ((GLOSSARY, "budget execution rate,", "budget execution rate,\nfund,基金,专款。,fund,"),),
        whole=True,
    ),
    Fault("row-count", setting("max_rows", "60"), setting("max_rows", "200")),
    Fault("cell-required", plan(""), plan("收支计划。"), whole=True),
    Fault("cell-length", plan("长" * 2001), plan("长" * 2000), whole=True),
    Fault("cell-characters", plan(f"{PLAN[:4]}\u200b{PLAN[4:]}"), plan("一年·收支计划。"), whole=True),
    Fault("cell-plain-text", plan("<b>收支计划</b>"), plan("支出 < 收入"), whole=True),
    Fault("cell-type", ((RESULTS, ",120,", ",1_20,"),), ((RESULTS, ",120,", ",120.0,"),), whole=True),
    Fault("cell-constraint", ((RESULTS, ",120,", ",-120,"),), ((RESULTS, ",120,", ",120.00,"),), whole=True),
    # keys
    Fault(
        "key-unique",
        ((GLOSSARY, "rate,预算执行率", "rate,预算"),),
        ((GLOSSARY, "rate,预算执行率", "rate,执行率"),),
    ),
    Fault(
        "reference-found",
        ((PROJECTS, ",office,,1,", ",nowhere,,1,"),),
        ((PROJECTS, ",office,,1,", ",kindergarten,,1,"),),
    ),
    Fault(
        "correction-named",
        ((CORRECTIONS, "2023/established", "2023.established"),),
        ((CORRECTIONS, "2023/established", "2023/total"),),
    ),
    Fault(
        "citation-used",
        ((CITATIONS, "law-14,", "spare,report,一,清运垃圾,\nlaw-14,"),),
        ((GLOSSARY, "budget execution rate,", "budget execution rate,law-14"),),
    ),
    # arithmetic
    Fault(
        "staff-adds-up",
        both(STAFF, "总人数,30,", "总人数,31,", "总人数共 30 人", "总人数共 31 人"),
        (
            *both(STAFF, "总人数,30,", "总人数,31,", "总人数共 30 人", "总人数共 31 人"),
            *both(STAFF, "编外人员,18,", "编外人员,19,", "编外人员 18 人", "编外人员 19 人"),
        ),
    ),
    Fault(
        "total-present",
        ((FUNDS, "2023,total,,", "2023,total,total,"),),
        ((FUNDS, "2023,total,,财政拨款", "2023,total,,年度预算数"),),
        also=frozenset({"funds-within-total"}),
    ),
    Fault(
        "funds-within-total",
        both(FUNDS, "800.25", "900.25", "800.25 万元", "900.25 万元"),
        both(FUNDS, "800.25", "850.50", "800.25 万元", "850.5 万元"),
    ),
    Fault(
        "fund-residual",
        both(FUNDS, "800.25", "790.25", "800.25 万元", "790.25 万元"),
        both(FUNDS, "800.25", "850.50", "800.25 万元", "850.5 万元"),
    ),
    Fault(
        "final-within-budget",
        both(PROJECTS, "20.00,NA,20.00", "20.00,NA,21.00", "20.00 20.00", "20.00 21.00"),
        both(PROJECTS, "20.00,NA,20.00", "20.00,NA,19.00", "20.00 20.00", "20.00 19.00"),
    ),
    Fault(
        "counts-as-listed",
        both(COUNTS, "单位,3,个", "单位,4,个", "单位共 3 个", "单位共 4 个"),
        ((COUNTS, "3,个,units,", "3,个,,"),),
    ),
    Fault(
        "objectives-numbered",
        ((OBJECTIVES, "2023,2,", "2023,3,"), (PROJECTS, "service-center,,2,", "service-center,,3,")),
        ((OBJECTIVES, "2023,2,便民服务", "2023,2,便民服务方面"),),
    ),
    Fault(
        "coverage-rates",
        both(COVERAGE, "4,80,", "4,85,", "申报覆盖率 80%", "申报覆盖率 85%"),
        ((COVERAGE, "4,80,", "4,80.0,"),),
    ),
    Fault("coverage-in-order", covered("2", "40", "50"), covered("3", "60", "33.33")),
    Fault(
        "projects-within-total",
        both(PROJECTS, "20.00,NA,20.00", "900.00,NA,900.00", "20.00 20.00", "900.00 900.00"),
        both(PROJECTS, "20.00,NA,20.00", "21.00,NA,21.00", "20.00 20.00", "21.00 21.00"),
    ),
    # provenance
    Fault("number-in-quote", ((RESULTS, ",120,", ",121,"),), ((RESULTS, ",120,", ",120.00,"),)),
    Fault("text-in-quote", ((OBJECTIVES, "日产日清", "日清"),), ((OBJECTIVES, "，垃圾日产日清。", "，"),)),
    Fault("unit-in-quote", ((RESULTS, "120,吨", "120,车"),), ((RESULTS, "清运的垃圾,", "垃圾,"),)),
    Fault("figure-has-unit", ((RESULTS, "120,吨", "120,"),), ((RESULTS, "120,吨", "120.0,吨"),)),
    Fault(
        "figure-left-out",
        ((RESULTS, "120,吨", "NA,吨"),),
        (
            (RESULTS, "建成三个便民点,便民点,3,", "建成,便民点,NA,"),
            (CITATIONS, "建成三个便民点", "建成便民点"),
        ),
    ),
    # disclosure
    Fault(
        "state-as-derived",
        ((PROJECTS, ",NA,text,", ",NA,name,"),),
        (
            (PROJECTS, "96.00,设 3 个便民点，来访群众等候不超过 15 分钟。,NA,text,", "96.00,NA,NA,name,"),
            (PROJECTS, "project-service,,goal-service", "project-service,,"),
            (
                CITATIONS,
                "goal-service,report,二、综合评价,目标：设 3 个便民点，来访群众等候不超过 15 分钟。,\n",
                "",
            ),
        ),
    ),
    Fault(
        "withheld-with-decision",
        ((PROJECTS, "2023-03-01,2024-03-01", "2023-03-01,"),),
        ((PROJECTS, "2023-03-01,2024-03-01", "2023-03-02,2024-03-01"),),
    ),
    Fault(
        "withheld-says-nothing",
        ((PROJECTS, "20.00,,,withheld", "20.00,定期维护安防设施。,,withheld"),),
        ((PROJECTS, "20.00,,,withheld", "20.00,NA,NA,withheld"),),
        also=frozenset({"goal-measurable", "text-in-quote"}),
    ),
    Fault(
        "ground-for-review",
        ((PROJECTS, "state_secret", "privacy"),),
        ((PROJECTS, "样例区保密办公室", "样例区保密局"),),
    ),
    Fault(
        "duty-dated", ((DUTIES, "2023-02-10,met", "NA,met"),), ((DUTIES, "2023-02-10,met", "NA,not_known"),)
    ),
    Fault(
        "state-or-ground",
        ((PROJECTS, WITHHELD, ",,,,"),),
        ((PROJECTS, WITHHELD, "name,,,,"),),
        frozenset({"cell-required"}),
    ),
    Fault("targets-unlisted", covered("5", "100", "20"), covered("3", "60", "33.33")),
    Fault(
        "review-after-decision",
        ((PROJECTS, "2024-03-01", "2023-03-01"),),
        ((PROJECTS, "2024-03-01", "2023-09-01"),),
    ),
    Fault("review-in-time", setting("as_of", '"2024-03-02"'), setting("as_of", '"2024-03-01"')),
    Fault(
        "duty-in-time",
        (*setting("as_of", '"2023-04-01"'), (DUTIES, "2023-02-10,met", "2023-02-10,not_met")),
        (*setting("as_of", '"2023-03-02"'), (DUTIES, "2023-02-10,met", "2023-02-10,not_met")),
    ),
    Fault("event-not-future", setting("as_of", '"2023-02-09"'), setting("as_of", '"2023-02-10"')),
    # wording
    Fault(
        "doubled-phrase",
        objective("垃圾日产垃圾日产日清。", "原文如此：“垃圾日产”重复。"),
        objective("垃圾日清日清。"),
    ),
    Fault(
        "fault-marked",
        objective("垃圾日产垃圾日产日清。"),
        objective("垃圾日产垃圾日产日清。", "原文如此：“垃圾日产”重复。"),
        frozenset({"doubled-phrase"}),
        frozenset({"doubled-phrase"}),
    ),
    Fault("mixed-width", plan("１年的收支计划。"), plan("1 年的收支计划。")),
    Fault("placeholder-text", plan("待定"), plan("尚未定下的收支计划。")),
    # targets
    Fault(
        "goal-has-indicators",
        ((PROJECTS, ",NA,text,", ",NA,full,"),),
        COPIED,
        frozenset({"state-as-derived"}),
    ),
    Fault(
        "level-one-in-tree",
        level("output,成本指标", "cost,成本指标"),
        level("4,2020,output,成本指标", "4,2021,cost,经济成本指标"),
        frozenset({"level-weights"}),
        frozenset({"level-weights"}),
    ),
    Fault("level-two-in-tree", level("数量指标", "规模指标"), level("数量指标", "数量")),
    Fault(
        "output-present",
        tuple(
            (INDICATORS, f"output,{name}指标", "benefit,社会效益指标")
            for name in ("数量", "质量", "时效", "成本")
        ),
        level("output,数量指标", "output,质量指标"),
        frozenset({"quality-present", "timeliness-present", "cost-present"}),
    ),
    Fault(
        "benefit-present",
        level("benefit,生态效益指标", "output,数量指标"),
        level("生态效益指标", "社会效益指标"),
    ),
    Fault(
        "satisfaction-present",
        level("satisfaction,服务对象满意度指标", "benefit,社会效益指标"),
        level("服务对象满意度指标", "满意度指标"),
    ),
    Fault("cost-present", level("成本指标", "数量指标"), level("成本指标", "成本")),
    Fault("timeliness-present", level("时效指标", "数量指标"), level("时效指标", "时效")),
    Fault("quality-present", level("质量指标", "数量指标"), level("质量指标", "质量")),
    Fault("target-has-number", level("qualitative,,", "ge,,"), level("ge,95,", "gt,95,")),
    Fault("target-placeholder", said("待定"), said("街面整洁有序")),
    Fault("target-vague", said("进一步有效提升"), said("投诉比上年减少一成")),
    Fault("same-indicators", (*setting("same_indicators", "2"), *COPIED), COPIED),
    Fault("input-as-output", level("清运垃圾量", "资金到位率"), level("清运垃圾量", "清运垃圾车次")),
    Fault("goal-measurable", goal("每天清运垃圾。"), goal("每天清运垃圾三次。")),
    Fault(
        "goal-repeated",
        both(
            OBJECTIVES,
            "办好便民服务，方便群众办事。",
            "设 3 个便民点，来访群众等候不超过 15 分钟。",
            "方面：办好便民服务，方便群众办事。",
            "方面：设 3 个便民点，来访群众等候不超过 15 分钟。",
        ),
        both(
            OBJECTIVES,
            "办好便民服务，方便群众办事。",
            "设 3 个便民点，方便群众办事。",
            "方面：办好便民服务，方便群众办事。",
            "方面：设 3 个便民点，方便群众办事。",
        ),
    ),
    Fault("year-of-text", goal("2021-2022 年每天清运垃圾 2 次。"), goal("2021-2025 年每天清运垃圾 2 次。")),
    # scores
    Fault(
        "weights-as-scheme",
        points(1, "20/20", "19/19"),
        (*points(1, "20/20", "15/15"), *points(2, "10/10", "15/15")),
    ),
    Fault(
        "level-weights",
        (*points(1, "20/20", "30/30"), *points(5, "30/30", "20/20")),
        (*points(1, "20/20", "15/15"), *points(2, "10/10", "15/15")),
    ),
    Fault("qualitative-share", setting("qualitative_share", "30"), setting("qualitative_share", "40")),
    Fault("score-within-weight", points(1, "20/20", "20/21"), points(1, "20/20", "20/20.0")),
    Fault("score-as-formula", points(6, "10/9", "10/8.5"), points(6, "10/9", "10/9.00")),
    Fault("band-as-said", said("整洁有序", "街面干净，部分达成目标"), said("整洁有序", "街面干净，实现目标")),
    Fault(
        "grade-in-band",
        both(EVALUATION, "等级为优", "等级为良", "等级为优", "等级为良"),
        both(EVALUATION, "93 分", "90 分", "93 分", "90 分"),
    ),
    Fault("target-has-unit", filled("NA"), filled("吨")),
    Fault("project-funds-add-up", parts("150.00"), parts("200.50")),
    Fault("total-as-parts", totalled("99"), totalled("100")),
    Fault("missed-explained", ((INDICATORS, LAST[:14], ""),), ((INDICATORS, LAST[:14], "宣传不够。"),)),
    Fault(
        "deviation-explained", actual("≥100 吨", "120", "121", " 吨"), actual("≥100 吨", "120", "119", " 吨")
    ),
    Fault("all-on-target", ON_TARGET, ON_TARGET[2:]),
    Fault("actual-repeats-target", said("整洁有序", "整洁有序"), said("整洁有序", "街面整洁有序")),
    Fault("percentage-possible", actual("≥95%", "96", "101", "%"), actual("≥95%", "96", "100", "%")),
    Fault(
        "execution-explained",
        both(PROJECTS, "96.00", "86.00", "100.00 96.00", "100.00 86.00"),
        both(PROJECTS, "96.00", "91.00", "100.00 96.00", "100.00 91.00"),
    ),
    Fault(
        "exact-execution",
        (
            *both(PROJECTS, "NA,198.00", "NA,200.50", "200.50 198.00", "200.50 200.50"),
            *both(PROJECTS, "NA,96.00", "NA,100.00", "100.00 96.00", "100.00 100.00"),
        ),
        both(PROJECTS, "NA,198.00", "NA,200.50", "200.50 198.00", "200.50 200.50"),
    ),
)
# More faults of rules above: what the same rule must also refuse.
MORE = (
    ("path-inside-package", DESCRIPTOR, '"data/staff.csv"', '"https://example.org/staff.csv"'),
    ("json-grammar", "schemas/staff.json", '"minimum": 0', '"minimum": NaN'),
    ("csv-grammar", STAFF, "总人数,30", '"总人\n数",30'),
    ("cell-characters", STAFF, "总人数", "总\xa0人数"),
    ("cell-type", STAFF, ",30,", ",1e400,"),
    ("cell-type", STAFF, ",30,", ",３０,"),
    ("reference-found", STAFF, "staff-total", "staff-totals"),
    ("settings-known", DESCRIPTOR, '"language": "zh",', '"language": "zh", "settings": {"scheme": "x"},'),
    ("settings-known", DESCRIPTOR, '"language": "zh",', '"language": "zh", "settings": {"deviation": "x"},'),
    ("settings-known", DESCRIPTOR, '"language": "zh",', '"language": "zh", "settings": {"as_of": "2023"},'),
    ("descriptor-shape", DESCRIPTOR, '"schema": "schemas/staff.json"', '"schema": "data/units.csv"'),
    ("descriptor-shape", DESCRIPTOR, '"language": "zh",', '"language": "zh", "settings": [],'),
    ("descriptor-shape", DESCRIPTOR, '"created": "2026-11-23T00:00:00Z"', '"created": "2026-11-23"'),
    ("settings-known", DESCRIPTOR, '"language": "zh",', '"language": "zh", "settings": {"scan": {"x": []}},'),
    ("target-has-number", INDICATORS, "qualitative,,,", "qualitative,30,分,"),
    ("unit-in-quote", COUNTS, "内设机构,2,个", "内设机构,2,人"),
)
# Rules that no cell of a package trips: the test that trips them.
ELSEWHERE = {
    "file-size": "test_quality.py",
    "source-as-recorded": "test_quality.py",
    "quote-in-source": "test_quality.py",
    "release-as-recorded": "test_versions.py",
    "version-moved": "test_versions.py",
    "correction-recorded": "test_versions.py",
}
ELSEWHERE_STAGES = ("site", "personal", "form")
