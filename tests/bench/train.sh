#!/bin/sh
# What a program that notes how it runs is made to do, so that the compiler learns what is usual: train.sh PROGRAM FOLDER
#
# It checks and mends the tests' programs and some long files, and serves an editor session in each language. FOLDER is
# made for the long files.
set -eu
program=$1 files=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$files"
for language in py js ts; do
  for shape in mixed flat nested; do
    python3 "$root/tests/bench/gen.py" --lang $language --lines 2000 --shape $shape -o "$files/$shape.$language"
  done
  python3 "$root/tests/bench/lspbench.py" --edits 40 "$files/mixed.$language" -- "$program" lsp >/dev/null
done
check() {
  "$program" check --isolated --no-cache --exit-zero --quiet --jobs 1 "$@" >/dev/null
}
check "$files" "$root/tests/racebench" "$root/tests/rules" "$root/examples"
check --output-format sarif "$root/tests/fixes"
