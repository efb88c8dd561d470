"""Say plainly when Python is too old or cannot make environments."""

import importlib.util
import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"phaen ต้องใช้ Python 3.11 ขึ้นไป (พบ {sys.version.split()[0]}): make run PYTHON=python3.12\n"
        "phaen needs Python 3.11 or newer; name another with make run PYTHON=python3.12"
    )
if importlib.util.find_spec("ensurepip") is None:
    sys.exit(
        "ยังไม่มีโมดูล venv: apt install python3-venv\n"
        "Python's venv module is missing: apt install python3-venv"
    )
