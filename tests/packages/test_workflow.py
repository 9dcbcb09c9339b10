"""What a public CI is asked to do is well-formed, pinned, and names what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "packages.yml"


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return said


# By hand: `uvx zizmor --offline FILE`, and `uvx check-jsonschema` with the schema that is named.
@pytest.mark.parametrize(
    "command",
    [
        ("zizmor", "--offline", "--no-progress"),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
        ("actionlint",),
    ],
    ids=lambda command: str(command[0]),
)
def test_linters_accept_it(command: tuple[str, ...]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is missing")
    done = subprocess.run(
        [*command, str(WORKFLOW)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_runs_of_others_is_pinned_to_a_commit() -> None:
    used = re.findall(r"uses: (.+)", WORKFLOW.read_text(encoding="utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


def test_it_may_write_nothing_and_keeps_no_credentials(jobs: dict[str, Any]) -> None:
    said = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert said["permissions"] == {"contents": "read"}
    for job in jobs.values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_jobs_wait_for_jobs_that_are_there_and_hand_on_what_they_take(
    jobs: dict[str, Any],
) -> None:
    made = {}
    for name, job in jobs.items():
        for step in job["steps"]:
            if "upload-artifact@" in step.get("uses", ""):
                made[step["with"]["name"]] = name
    for job in jobs.values():
        waits = job.get("needs", [])
        waits = [waits] if isinstance(waits, str) else waits
        assert set(waits) <= set(jobs)
        for step in job["steps"]:
            if "download-artifact@" in step.get("uses", ""):
                assert made[step["with"]["name"]] in waits


def test_the_files_that_it_names_are_there(jobs: dict[str, Any]) -> None:
    runs = "\n".join(step["run"] for job in jobs.values() for step in job["steps"] if "run" in step)
    named = set(re.findall(r"(?<![\w/.])((?:packages|tests|resources)/[\w./-]+\w)", runs))
    assert len(named) >= 5
    for name in named:
        assert (ROOT / name).exists(), name
