"""The whole contract by generated requests: no 5xx, no answer that the contract does not describe."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.mash import Mash

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def generate(mash: Mash, folder: Path, *, cases: int, phases: str) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        f"{mash.base}/openapi.json",
        "--header",
        f"Authorization: {mash.sender().headers['authorization']}",
        "--checks",
        CHECKS,
        "--phases",
        phases,
        "--max-examples",
        str(cases),
        "--request-timeout",
        "30",
        "--no-color",
        "--seed",
        "20260914",
        "--generation-database",
        "none",
        "--report",
        "junit",
        "--report-dir",
        str(folder),
    ]
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)


def test_the_contract_holds_under_generated_requests(both: Mash, tmp_path: Path) -> None:
    ran = generate(both, tmp_path, cases=4, phases="examples,fuzzing,stateful")
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]


@pytest.mark.slow
def test_the_contract_holds_under_thousands_of_generated_requests(mash: Mash, tmp_path: Path) -> None:
    ran = generate(mash, tmp_path, cases=300, phases="examples,coverage,fuzzing,stateful")
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    generated = re.search(r"([\d,]+) generated", ran.stdout)
    assert generated is not None
    assert int(generated.group(1).replace(",", "")) >= 5_000, generated.group(0)
