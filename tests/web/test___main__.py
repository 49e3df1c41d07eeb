from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_djangos_commands_run_on_the_workbench(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "jinghe_web", "check"],
        env={"JINGHE_DATA": str(tmp_path), "PYTHONPATH": str(root / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout
    assert not list(tmp_path.iterdir()), "a check writes nothing"
