#!/bin/sh
# pack.sh PROGRAM TARGET VSIX
#
# Makes a package of the extension that brings PROGRAM along, for the machines that vsce calls TARGET (linux-x64). The
# node packages are those of ./node_modules, or of the folder that NODE_MODULES names.
set -eu
[ $# -eq 3 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

cp -R "$here/src" "$here/media" "$here"/*.json "$here"/*.md "$here/.vscodeignore" "$here/../../LICENSE" "$stage"
cp "$here/../../examples/lost_update.py" "$stage/media/example.py"
install -D -m 755 "$1" "$stage/bin/$2/$(basename "$1")"
ln -s "$(realpath "${NODE_MODULES:-$here/node_modules}")" "$stage/node_modules"
out=$(realpath "$3")
cd "$stage"
npm run --silent build -- --log-level=warning
node_modules/.bin/vsce package --target "$2" --out "$out" --no-dependencies --allow-missing-repository \
  --no-rewrite-relative-links
