"""Starting costs little: a verb imports what it needs when it runs. Ending tells how it ended."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pandas", "frictionless", "mkdocs", "distributed", "pyarrow", "jinja2")


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys\nfrom disclosure.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "usage: disclosure" in ended.stdout
    assert ended.stderr.strip() == "[]"


@pytest.mark.parametrize("sign", ["SIGTERM", "SIGINT"])
def test_a_module_told_to_end_while_it_executes_a_text_ends_with_its_own_code(
    tmp_path: Path, sign: str
) -> None:
    """`python -m` ends by SIGINT where any KeyboardInterrupt passed through such a text, caught or not."""
    told = f"import os, signal; os.kill(os.getpid(), signal.{sign})"
    code = f"""
import sys
from disclosure.cli.process import end_as_interrupted
end_as_interrupted()
try:
    exec({told!r})
except KeyboardInterrupt:
    sys.exit(2)
"""
    (tmp_path / "told.py").write_text(code, encoding="utf-8")
    assert subprocess.run([sys.executable, "-m", "told"], cwd=tmp_path, check=False).returncode == 2
