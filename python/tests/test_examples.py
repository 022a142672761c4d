# SPDX-License-Identifier: MIT
"""examples/python drives a simulated module, and docs/python.md names what there is."""

import re
import subprocess
import sys
import time

import pytest
import sbfota
from conftest import ROOT, TOOL


def test_drive_modem_updates_a_simulated_module(tmp_path):
    if not TOOL.exists():
        pytest.skip("the tool is not built: cmake --workflow --preset tool")
    link = tmp_path / "modem"
    simulator = subprocess.Popen(
        [TOOL, "simulate", "--link", link, "--speed", "60", "--first-poll", "60s", "--delay", "60"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            if link.exists():
                break
            time.sleep(0.05)
        # What runs under sanitizers, and beside others, takes long to begin.
        done = subprocess.run(
            [sys.executable, ROOT / "examples" / "python" / "drive_modem.py", link], stdout=subprocess.PIPE, timeout=400, check=True
        )
    finally:
        simulator.terminate()
        simulator.wait()
    told = done.stdout.decode()
    assert 'AT+QCFGEXT="sbfota_delay",30' in told
    assert 'AT+QCFGEXT="sbfota_accept",1' in told
    assert told.splitlines()[-1].startswith("updated ")


def test_the_manual_names_what_there_is():
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"\bsbfota\.([A-Za-z]\w*)", text)) - {"decode", "spark"}:
        assert hasattr(sbfota, name), name
    for name in sbfota.__all__:
        assert name.startswith("__") or name in text, name
