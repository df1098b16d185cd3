"""The preview behind a local server: pages from memory, everything else from the last whole build."""

import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Event, Lock, Thread
from time import monotonic

from disclosure.website.preview import Preview

LOOK = 0.2  # seconds between two looks at the files
IDLE = 1.0  # seconds without a change before the whole site is built
_WAIT = 20  # seconds that a page waits for news in one request
_SCRIPT = "__serve.js"
_NEWS = "__serve/"
# A page asks for news until there is some, and loads itself again.
_LIVE = f"""\
const since = document.currentScript.dataset.version;
const ask = () => fetch("/{_NEWS}" + since).then(answer => answer.text())
  .then(now => now === since ? ask() : location.reload(), () => setTimeout(ask, 1000));
ask();
"""
_BROKEN = '<!doctype html><meta charset="utf-8"><body><main><pre>{}</pre></main></body>'


class Serving:
    """A preview, its version, which grows with each change, and what stands against a whole build."""

    def __init__(self, config_file: Path, folder: Path, say: Callable[[str], None]) -> None:
        self.site, self.say = folder / "site", say
        self.preview = Preview(config_file, folder / "pages")
        self.version, self.problems = 0, ""
        self.news, self.ended, self._one = Condition(), Event(), Lock()
        self._build = [sys.executable, "-m", "disclosure.cli", "build"]
        self._build += ["--config", str(config_file), "--site", str(self.site)]
        self._due: float | None = 0.0

    def watch(self) -> None:
        """Look for changes until the end; build the whole site beside where there was none for a moment."""
        while not self.ended.wait(LOOK):
            self.look()
            if self._due is not None and monotonic() >= self._due:
                self._due = None
                Thread(target=self.build, daemon=True).start()

    def look(self) -> None:
        """Take up what has changed, and tell the pages that wait for news."""
        with self.news:
            try:
                changed = self.preview.changed()
                self.problems = self.preview.problems if changed else self.problems
            except Exception as error:  # an edit half done: shown, and looked at again after the next one
                changed, self.problems = True, "".join(traceback.format_exception_only(error))
            if changed:
                self._due = monotonic() + IDLE
                self._tell()

    def build(self) -> None:
        """The whole site with all its checks, as it would be published; what stands against it is shown."""
        with self._one:
            ended = subprocess.run(self._build, capture_output=True, text=True, check=False)
        with self.news:
            problems = f"{ended.stdout}{ended.stderr}".strip() if ended.returncode else ""
            self.say(problems or ended.stdout.strip())
            if problems != self.problems:
                self.problems = problems
                self._tell()

    def _tell(self) -> None:
        self.version += 1
        self.news.notify_all()

    def page(self, url: str) -> str | None:
        """A page as it is now, with what stands against it at its top."""
        with self.news:
            try:
                html = self.preview.page(url)
            except (Exception, SystemExit) as error:  # mkdocs-macros leaves by sys.exit where a macro fails
                html = _BROKEN.format(escape("".join(traceback.format_exception_only(error))))
            if html is None:
                return None
            told = f'<pre role="alert">{escape(self.problems)}</pre>' if self.problems else ""
            script = f'<script src="/{_SCRIPT}" data-version="{self.version}"></script>'
            return html.replace("<main", f"{told}<main", 1).replace("</body>", f"{script}</body>")

    def wait(self, since: str) -> str:
        """The version, as soon as it is another one."""
        with self.news:
            self.news.wait_for(lambda: str(self.version) != since, timeout=_WAIT)
            return str(self.version)

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Type and content of what stands at a path, unless it is a file of the last whole build."""
        if path == _SCRIPT:
            return "text/javascript", _LIVE.encode()
        if path.startswith(_NEWS):
            return "text/plain", self.wait(path.removeprefix(_NEWS)).encode()
        if (html := self.page(path.removesuffix("index.html"))) is not None:
            return "text/html; charset=utf-8", html.encode()
        return None


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: object, serving: Serving) -> None:
        self.serving = serving
        super().__init__(*given, directory=str(serving.site))  # type: ignore[arg-type]

    def handle(self) -> None:
        """Answer until the browser has gone on to another page, which is nothing to tell."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        found = self.serving.answer(path)
        if found is None and (asset := self.serving.preview.asset(path)) is not None:
            found = self.guess_type(path), asset
        if found is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", found[0])
        self.send_header("Content-Length", str(len(found[1])))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(found[1])

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for problems."""


def server(serving: Serving, port: int) -> ThreadingHTTPServer:
    """A server on this machine alone; port 0 takes any that is free."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, serving=serving))
