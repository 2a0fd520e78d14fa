#!/bin/sh
# Prints the score of the program on RaceBench; options go to score.py (--only TEXT, --fixes, --json FILE ...).
# RACEWISE names the program; without it the release build is scored.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
racewise=${RACEWISE:-$root/build/release/racewise}
[ -x "$racewise" ] || {
  echo "run.sh: $racewise is not there: build it (./dev build) or set RACEWISE" >&2
  exit 2
}
: "${RACEBENCH_NODE_MODULES=$root/build/packages/tests}"
export RACEBENCH_NODE_MODULES
exec "${PYTHON:-python3}" "$here/score.py" "$here/python" "$here/js" --batch 300 \
  --cmd "'$racewise' check --output-format json --exit-zero {file}" "$@"
