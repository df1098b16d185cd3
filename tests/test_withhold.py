"""A lawful exception: only its cells change, only a ground of the law is taken, nothing public is unsaid."""

from pathlib import Path

import pytest
from disclosure.cli import main
from disclosure.package.contract import DECISION
from disclosure.package.load import load
from disclosure.quality import checks
from disclosure.quality.report import blocking
from disclosure.quality.rules import RULES_FILE, rules_bytes
from disclosure.release.seal import sealed
from lxml import html
from test_gaps import pressed
from test_import import bring, row, saved, told


def withhold(root: Path, project: str = "security-upkeep", **instead: str) -> int:
    said = {"ground": "privacy", "decided_by": "样例区办公室", "decided_on": "2023-05-01",
            "review_on": "2024-05-01", **instead}  # fmt: skip
    options = [part for name, text in said.items() for part in (f"--{name.replace('_', '-')}", text)]
    return main(["withhold", project, *options, "--package", str(root)])


def test_only_the_cells_of_the_decision_change(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = good / "data" / "projects.csv"
    before = file.read_text(encoding="utf-8").splitlines()
    assert withhold(good) == 0
    said = capsys.readouterr().out
    assert "ground-for-review" in said
    assert said.endswith("recorded as withheld: 2023 security-upkeep\n")
    after = file.read_text(encoding="utf-8").splitlines()
    changed = [line for line, other in zip(after, before, strict=True) if line != other]
    assert len(changed) == 1
    assert "withheld,privacy,样例区办公室,2023-05-01,2024-05-01" in changed[0]
    _, problems = checks.check(good)
    assert blocking(problems) == []
    assert [path.name for path in good.parent.iterdir()] == ["good"]
    content = file.read_bytes()
    assert withhold(good) == 0
    assert capsys.readouterr().out.endswith("nothing to change: 2023 security-upkeep is withheld as it was\n")
    assert file.read_bytes() == content


def test_its_page_says_that_its_goal_is_withheld_not_that_nobody_wrote_one(good: Path) -> None:
    page = pressed(good, "projects/2023/security-upkeep/")
    assert "报告没有写这个项目的目标" not in page
    assert '决定不公开，理由见<a href="#part-withheld">' in page
    assert 'id="part-withheld"' in page
    form = html.document_fromstring(page).find(".//table[@class='form']")
    assert form is not None
    rows = ["".join(str(row.xpath("string()")).split()) for row in form.iter("tr")]
    (goal,) = [rows[number + 1] for number, text in enumerate(rows) if text.startswith("年度总体目标")]
    (quantity,) = [text for text in rows if "数量指标" in text]
    (money,) = [text for text in rows if text.startswith("年度资金总额")]
    (total,) = [text for text in rows if text.startswith("总分")]
    assert goal == "不予公开不予公开"
    assert "不予公开" in quantity and "报告未列" not in quantity
    assert "报告未列" in money and "不予公开" not in money
    assert total == "总分报告未列报告未列", "no decision is about the total"
    assert "不予公开" not in pressed(good, "projects/2023/public-service/")


@pytest.mark.parametrize(
    ("project", "instead", "code"),
    [
        ("security-upkeep", {"ground": "not_yet"}, 2),
        ("nobody", {}, 2),
        ("street-cleaning", {}, 2),
        ("public-service", {}, 2),
        ("security-upkeep", {"review_on": "2023-04-01"}, 1),
        ("security-upkeep", {"decided_by": "<b>局</b>"}, 1),
    ],
)
def test_what_is_refused_changes_nothing(
    good: Path, project: str, instead: dict[str, str], code: int
) -> None:
    before = {path: path.read_bytes() for path in good.rglob("*.*")}
    assert withhold(good, project, **instead) == code
    assert {path: path.read_bytes() for path in good.rglob("*.*")} == before
    assert [path.name for path in good.parent.iterdir()] == ["good"]


def test_the_list_of_grounds_is_shown(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert withhold(good, ground="not_yet") == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ("state_secret", "privacy", "trade_secret", "process"))


def test_what_stands_against_it_is_told_and_nothing_else(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert withhold(good, review_on="2020-01-01") == 1
    said = capsys.readouterr().out
    assert "review-after-decision" in said
    assert "fund-residual" not in said


def test_a_decision_is_recorded_once_it_was_made(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (good / "data" / "projects.csv").read_bytes()
    assert withhold(good, decided_on="2023-05-02", on="2023-05-01") == 2
    assert "(2023-05-02 > 2023-05-01)" in capsys.readouterr().err
    assert withhold(good, decided_on="9000-01-01", review_on="9001-01-01") == 2
    assert (good / "data" / "projects.csv").read_bytes() == before
    assert withhold(good, decided_on="2023-05-01", on="2023-05-01") == 0


def test_an_older_table_of_rules_is_renewed_by_what_is_checked_by_the_new_one(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What changes nothing renews nothing."""
    assert withhold(good) == 0
    older(good)
    capsys.readouterr()
    assert withhold(good) == 0
    assert "table of rules" not in capsys.readouterr().out
    assert rules_of(good) != rules_bytes()
    assert withhold(good, review_on="2024-06-01") == 0
    assert "the table of rules is now that of this software\n" in capsys.readouterr().out
    assert rules_of(good) == rules_bytes()
    older(good)
    assert bring(good, saved(tmp_path / "new.xlsx", kind="target", name="新项目"), "--dry-run") == 0
    assert rules_of(good) != rules_bytes()
    assert bring(good, tmp_path / "new.xlsx") == 0
    assert rules_of(good) == rules_bytes()
    assert blocking(checks.check(good)[1]) == []


def older(root: Path) -> None:
    """The package as an older version of the software has sealed it, with one rule fewer."""
    (root / RULES_FILE).write_bytes(b"".join(rules_bytes().splitlines(keepends=True)[:-1]))
    descriptor = root / "datapackage.json"
    descriptor.write_text(sealed(root, descriptor.read_bytes(), {}), encoding="utf-8")


def rules_of(root: Path) -> bytes:
    return (root / RULES_FILE).read_bytes()


def lift(root: Path, project: str, *more: str) -> int:
    decided = ("--decided-by", "样例区办公室", "--decided-on", "2024-05-01")
    return main(["withhold", project, "--lift", *decided, *more, "--package", str(root)])


def test_an_exception_that_is_over_is_lifted_and_its_form_comes_in(
    roomy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a release each cell that it empties is told, with the decision as the reason."""
    assert withhold(roomy) == 0
    assert main(["release", str(roomy)]) == 0
    saved(tmp_path / "open.xlsx", kind="target", name="安防设施维护", goal="护住 7 处门。")
    assert bring(roomy, tmp_path / "open.xlsx") == 1
    capsys.readouterr()
    assert lift(roomy, "security-upkeep", "--on", "2026-12-01") == 0
    assert capsys.readouterr().out.endswith("no longer withheld: 2023 security-upkeep\n")
    found = row(roomy, "安防设施维护")
    assert [found[name] for name in ("disclosure_state", *DECISION)] == ["name", "", "", "", ""]
    told = [item for item in load(roomy)[0].rows("corrections") if "不再不予公开" in item.text("reason")]
    assert {item.text("field") for item in told} == {"disclosure_state", *DECISION}
    assert {item.text("reason") for item in told} == {"不再不予公开：样例区办公室 2024-05-01 决定"}
    assert bring(roomy, tmp_path / "open.xlsx", "--on", "2026-12-02") == 0
    assert row(roomy, "安防设施维护")["disclosure_state"] == "full"
    assert blocking(checks.check(roomy)[1]) == []


def test_only_what_is_withheld_is_lifted_and_only_what_is_withheld_is_reviewed(good: Path) -> None:
    before = {path: path.read_bytes() for path in good.rglob("*.*")}
    assert lift(good, "street-cleaning") == 2
    assert lift(good, "security-upkeep", "--review-on", "2025-05-01") == 2
    decided = ("--decided-by", "样例区办公室", "--decided-on", "2023-05-01", "--package", str(good))
    assert main(["withhold", "security-upkeep", "--ground", "privacy", *decided]) == 2
    for neither in ([], ["--ground", "privacy", "--lift"]):
        with pytest.raises(SystemExit):
            main(["withhold", "security-upkeep", *neither, *decided])
    assert {path: path.read_bytes() for path in good.rglob("*.*")} == before


def test_a_date_that_is_none_is_refused(good: Path) -> None:
    with pytest.raises(SystemExit):
        withhold(good, decided_on="2023-02-30")


def test_an_import_brings_nothing_of_what_is_withheld(
    roomy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where its form lies in a folder with a hundred others."""
    assert withhold(roomy) == 0
    saved(tmp_path / "secret.xlsx", kind="target", name="安防设施维护", goal="护住 7 处暗门。")
    saved(tmp_path / "other.xlsx", kind="target", name="另一个项目")
    found = told(capsys, roomy, tmp_path)
    wrong = [item for item in found["problems"] if item["severity"] == "error"]
    assert {(item["file"], item["rule"]) for item in wrong} == {("secret.xlsx", "withheld-says-nothing")}
    assert found["written"] is False
    assert bring(roomy, tmp_path, "--keep-going") == 1
    assert row(roomy, "另一个项目")["disclosure_state"] == "full"
    assert not any("护住" in path.read_text(encoding="utf-8") for path in roomy.rglob("*.csv"))
