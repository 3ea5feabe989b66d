"""What scans of organisations of several sizes ask of GitHub, beside what `doctor` foretells.

    python -m benchmarks.github [REPOSITORIES...]

Half as many people as repositories. Git's own requests do not count against the limits of the API.
OpenSSF Scorecard asks each repository for itself: 66 requests of REST and 4 of GraphQL where it
finds 30 contributors.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from benchmarks.organisation import measure
from osmm_scan.sources.github.estimates import estimate

SIZES = (10, 100, 1000)
SCORECARD = 66 + 4
HEADINGS = (
    *("repositories", "requests", "points", "foretold", "requests each", "points each"),
    *("rescan requests each", "Scorecard", "times fewer"),
)


def main() -> None:
    """Print a table with a line for each size."""
    _print(HEADINGS)
    _print("---" for _ in HEADINGS)
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        first, again = measure(size, size // 2)
        foretold = estimate(size, size // 2)
        scorecard = SCORECARD * size
        _print(
            (
                f"{size:,}",
                f"{first.requests:,}",
                f"{first.points:,}",
                f"{foretold.requests:,} requests, {foretold.points:,} points",
                f"{first.requests / size:.2f}",
                f"{first.points / size:.2f}",
                f"{again.requests / size:.3f}",
                f"{scorecard:,}",
                f"{scorecard / first.requests:.0f}",
            )
        )


def _print(cells: Iterable[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
