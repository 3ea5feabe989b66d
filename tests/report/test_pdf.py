"""A report on paper: what `docs/pdf.md` says to run makes a PDF of a few pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from osmm_scan.report import Options, formats
from tests.report import sample
from tests.report.test_browser import CHROMIUM, FLAGS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.mark.parametrize(
    ("subject", "fewest", "most"),
    [
        pytest.param(sample.repository, 4, 20, id="repository"),
        pytest.param(sample.organisation, 10, 60, id="organisation"),
    ],
)
def test_chromium_prints_the_report(tmp_path: Path, subject, fewest, most):
    report, printed = tmp_path / "report.html", tmp_path / "report.pdf"
    report.write_text(
        formats()["html"].render(subject(), Options(flags=sample.FLAGS)), encoding="utf-8"
    )

    command = [
        CHROMIUM,
        *FLAGS,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--headless",
        "--no-pdf-header-footer",
        f"--print-to-pdf={printed}",
        report.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    content = printed.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", content))

    assert content.startswith(b"%PDF-")
    assert fewest <= pages <= most
    assert 20_000 < len(content) < 5_000_000
