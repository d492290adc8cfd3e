import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import os
from datetime import timedelta
from services import bootstrap
assert not os.path.exists(os.environ["DATA_DIR"]), "importing must open nothing"
assert bootstrap.now().utcoffset() == timedelta(hours=8)
assert bootstrap.today() == bootstrap.now().date()
assert bootstrap.filings() is bootstrap.filings()
assert bootstrap.settings() is bootstrap.settings()
token = bootstrap.filings().keep("c", "x")
print(sorted(os.listdir(os.environ["DATA_DIR"])))
"""


def test_parts_are_built_on_first_use_and_only_once(tmp_path):
    """In a process of its own: the parts are cached for the life of one."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data")}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "filings.db" in run.stdout and "keys" in run.stdout
