"""Install PyTorch in its CPU build where one can be had.

From the general package index a Linux machine gets PyTorch with several GB of CUDA
libraries that this software never uses. pip is asked what it would install; when CUDA is
among it, uv (which knows where PyTorch keeps its CPU builds) is tried, and only when that
place cannot be reached is the large build taken.
"""

import importlib.util
import json
import subprocess
import sys

WANTED = "torch==2.13.0"
PIP = [sys.executable, "-m", "pip"]


def main() -> None:
    """Leave an installed torch alone, else install the smallest build there is."""
    if importlib.util.find_spec("torch"):
        return
    if brings_cuda() and installed_by_uv():
        return
    subprocess.run([*PIP, "install", "--quiet", WANTED], check=True)


def brings_cuda() -> bool:
    """Ask pip, without installing, whether the index's build comes with CUDA."""
    asked = subprocess.run(
        [*PIP, "install", "--dry-run", "--quiet", "--report", "-", WANTED],
        check=False,
        capture_output=True,
        text=True,
    )
    if asked.returncode:
        return True
    names = [item["metadata"]["name"] for item in json.loads(asked.stdout)["install"]]
    return any(name.startswith(("nvidia", "cuda")) for name in names)


def installed_by_uv() -> bool:
    """Try uv's CPU backend for PyTorch."""
    subprocess.run([*PIP, "install", "--quiet", "uv"], check=False)
    tried = subprocess.run(
        [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "--python",
            sys.executable,
            "--torch-backend",
            "cpu",
            WANTED,
        ],
        check=False,
    )
    return tried.returncode == 0


if __name__ == "__main__":
    main()
