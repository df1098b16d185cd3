"""The built site under tools that only npm has: every page in the Nu checker, the main ones in Lighthouse."""

import gzip
import http.server
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "bench"))

from section import put  # noqa: E402

TOOLS = ROOT / ".audit" / "node_modules"
ROUNDS = 3
# A file has no host that 'self' could mean, and data is no script; the browser itself tests the policy.
POLICY = "violates Content Security Policy"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TEXT = """## For readers

`make audit`: all {pages} pages in the Nu checker {vnu} with 0 errors and 0 warnings; Lighthouse {lighthouse}
with its telephone on a local server with compression, median of {rounds} runs ({machine}).

| page | performance | accessibility | best practices | SEO | layout shift |
|---|---:|---:|---:|---:|---:|
{lines}

Goals: 100 for accessibility, best practices and SEO, 95 at least for performance, no layout shift.
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files as a public server sends them: text compressed, assets with their hash in the name kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000" if "assets" in path.parts else "max-age=0")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the audit alone speaks."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site's address on a local server."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def nu(site: Path) -> list[str]:
    """What the Nu checker says against the pages."""
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [
        "java",
        "-jar",
        str(jar),
        "--skip-non-html",
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    told = subprocess.run([*command, str(site)], capture_output=True, text=True, check=True)
    messages = json.loads(told.stdout)["messages"]
    return [
        f"{item['url']}:{item.get('lastLine', '')}: {item['message']}"
        for item in messages
        if item.get("subType", item["type"]) != "info" and POLICY not in item["message"]
    ]


def lighthouse(url: str) -> dict[str, float]:
    """The scores of one run, by category, and the layout shift."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = ["node", str(TOOLS / "lighthouse" / "cli" / "index.js"), url, "--output=json", "--quiet", flags]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads(told.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in LEAST}
    return {**scores, "shift": report["audits"]["cumulative-layout-shift"]["numericValue"]}


def scored(address: str, path: str) -> dict[str, float]:
    """The median of several runs of one page."""
    runs = [lighthouse(address + path) for _ in range(ROUNDS)]
    return {name: median(run[name] for run in runs) for name in runs[0]}


def version(tool: str) -> str:
    """The version of an installed tool."""
    return str(json.loads((TOOLS / tool / "package.json").read_text(encoding="utf-8"))["version"])


def main(site: Path) -> None:
    """Audit the site, and write its section of docs/benchmarks.md unless a goal is missed."""
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or shutil.which("google-chrome") or "")
    faults = nu(site)
    project = min(path.parent for path in site.glob("projects/2*/*/index.html"))
    paths = ["", "projects/", f"{project.relative_to(site).as_posix()}/", "data/", "evidence/appropriations/"]
    with served(site) as address:
        scores = {path: scored(address, path) for path in paths}
    for path, found in scores.items():
        faults += [f"/{path}: {name} {found[name]}" for name, least in LEAST.items() if found[name] < least]
        faults += [f"/{path}: layout shift {found['shift']}"] if found["shift"] else []
    if faults:
        sys.exit("\n".join(faults))
    lines = [
        f"| `/{path}` | " + " | ".join(f"{value:g}" for value in found.values()) + " |"
        for path, found in scores.items()
    ]
    pages = len(list(site.rglob("*.html")))
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    tools = {"machine": machine, "vnu": version("vnu-jar"), "lighthouse": version("lighthouse")}
    put(TEXT.format(pages=pages, rounds=ROUNDS, lines="\n".join(lines), **tools))


if __name__ == "__main__":
    main(ROOT / "site")
