#!/usr/bin/env bash
# Build the wheel, install it alone in a new environment, and do with it what a new user does:
# add the samples that it carries, ask, export. Nothing of this checkout is on the path.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"${PYTHON:-python3}" -m venv "$place/env"
python="$place/env/bin/python"
"$python" -m pip wheel --quiet --no-deps --wheel-dir "$place" "$root"
"$python" "$root/tools/install_torch.py"
"$python" -m pip install --quiet "$place"/phaen-*.whl
cd "$place"
export PHAEN_KB="$place/kb.db" PHAEN_LANG=en
phaen="$place/env/bin/phaen"
"$phaen" --version
samples=$("$python" -c "import corpora, pathlib; print(pathlib.Path(list(corpora.__path__)[0]) / 'samples')")
"$phaen" add "$samples/01-sriphanalai-plan-2561.txt" "$samples/05-sriphanalai-plan-2566.pdf"
"$phaen" search "น้ำไม่พอทำนาในหน้าแล้ง" --json | "$python" -c "import json, sys; assert json.load(sys.stdin)['hits'], 'no hits'"
"$phaen" export "$place/out" --format csv
"$phaen" check
echo "the wheel installs, reads, answers and exports by itself ($(du -h "$place"/phaen-*.whl | cut -f1))"
