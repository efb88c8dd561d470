"""`python -m benchmarks.trust NAME [--quick]`: run one measurement and keep its figures.

Every sub-command is a module of this package with `TITLE` and `measured(quick) -> Figures`.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from benchmarks.trust.table import keep

COMMANDS = ("processes", "kills")


def main() -> None:
    """Run the sub-command that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust", description=__doc__)
    parser.add_argument("name", choices=COMMANDS)
    parser.add_argument("--quick", action="store_true", help="a few tries; nothing is kept")
    asked = parser.parse_args()
    module = import_module(f"benchmarks.trust.{asked.name}")
    figures = module.measured(quick=asked.quick)
    for line in figures.lines():
        print(line)
    if not asked.quick:
        keep(asked.name, module.TITLE, figures)
    raise SystemExit(0 if figures.reached else 1)


if __name__ == "__main__":
    main()
