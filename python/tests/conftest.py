# SPDX-License-Identifier: MIT
"""What all tests need: the tool, and the captures of the C tests. SBFOTA_TOOL names the tool; else it is that of build/release."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CAPTURES = ROOT / "tests" / "captures"
TOOL = Path(os.environ.get("SBFOTA_TOOL", ROOT / "build" / "release" / "sbfota"))


def lines_of_tool(command, *arguments):
    """The JSON Lines that the tool writes."""
    done = subprocess.run(
        [TOOL, command, "-q", "-f", "jsonl", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    assert done.returncode in (0, 1, 2), done.returncode
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def tool():
    if not TOOL.exists():
        pytest.skip("the tool is not built: cmake --workflow --preset tool")
    return lines_of_tool


@pytest.fixture(scope="session")
def fleet():
    return CAPTURES / "fleet" / "meters.log"
