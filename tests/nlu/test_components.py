"""The Rasa components, tested in Rasa's own environment (Python 3.10)."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


@pytest.mark.skipif(not PYTHON.exists(), reason="Rasa's environment is not made (make setup)")
@pytest.mark.parametrize("tests", ["in_rasa", "store_in_rasa", "variants_in_rasa"])
def test_the_components_work_in_rasas_environment(tests: str) -> None:
    done = subprocess.run(
        [str(PYTHON), "-W", "ignore", "-m", "unittest", f"tests.nlu.{tests}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
