"""Install osmm-scan into its own environment and scan the example organisation, without a token."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import ROOT, install, prepare, run

ESTATE = ROOT / ".cache" / "meridian-freight"
AS_OF = "2026-06-30"
# Trying it out leaves nothing behind.
ALONE = ("--store", "none")


def main() -> None:
    """Print the report on the example organisation, or on the clones in the folder given."""
    commands = prepare()
    install(str(ROOT))
    if len(sys.argv) > 1:
        run(commands / "osmm-scan", "org", "--local", Path(sys.argv[1]).resolve(), *ALONE)
        return
    run(commands / "python", ROOT / "examples" / "build.py", ESTATE)
    run(commands / "osmm-scan", "org", "--local", ESTATE, "--as-of", AS_OF, *ALONE)


main()
