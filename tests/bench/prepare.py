"""The same content for everyone: a fictional package, the plate of its site, and what each page says."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """INHERIT: {root}/mkdocs.yml
site_name: 样例
docs_dir: docs
theme: {{custom_dir: docs/overrides}}
hooks: [{root}/scripts/disclosure/website/hooks.py]
watch: []
extra: {{package: datapackage}}
"""


def prepare(folder: Path, projects: int) -> None:
    """Fill a folder: `datapackage/`, `mkdocs.yml`, `plate.html`, `pages/`, `facts.jsonl`."""
    from disclosure.cli import main  # noqa: PLC0415

    configured(folder)
    _plate(folder)
    if main(["sample", str(folder / "datapackage"), "--projects", str(projects), "--full"]):
        raise SystemExit(1)
    given = (str(folder / name) for name in ("datapackage", "plate.html", "pages"))
    produce = [sys.executable, str(Path(__file__).with_name("produce.py")), "ours", *given]
    subprocess.run(produce, check=True)
    from facts import facts  # noqa: PLC0415

    part = folder / "part.jsonl"
    with part.open("w", encoding="utf-8") as file:
        for page in sorted((folder / "pages").rglob("index.html")):
            url = f"{page.parent.relative_to(folder / 'pages').as_posix()}/"
            said = {"url": url, "id": page.parent.name, **facts(page.read_text(encoding="utf-8"))}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
    part.rename(folder / "facts.jsonl")  # there when all of it is


def configured(folder: Path) -> None:
    """A site's configuration and pages of its own: this bench writes into the project's."""
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "mkdocs.yml").write_text(CONFIG.format(root=ROOT), encoding="utf-8")


def _plate(folder: Path) -> None:
    """What the press is given: caught on its way in the build of a package with one project."""
    from disclosure.cli import main  # noqa: PLC0415
    from disclosure.website import press as room  # noqa: PLC0415

    press = room.press

    def caught(plate: str, *rest: object) -> object:
        (folder / "plate.html").write_text(plate, encoding="utf-8")
        return press(plate, *rest)  # type: ignore[arg-type]

    main(["sample", str(folder / "datapackage"), "--projects", "1", "--full"])
    room.press = caught  # type: ignore[assignment]
    main(["build", "--config", str(folder / "mkdocs.yml"), "--site", str(folder / "one")])
    room.press = press
    for made in ("datapackage", "one", ".one-builds"):
        subprocess.run(["rm", "-r", folder / made], check=True)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), int(sys.argv[2]))
