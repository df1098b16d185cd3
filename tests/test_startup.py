"""Starting costs little: a verb imports what it needs when it runs."""

import subprocess
import sys

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
