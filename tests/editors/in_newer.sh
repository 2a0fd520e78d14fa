#!/bin/sh
# Runs a program of a newer Debian, which `./dev newer-editors` has put into build/newer-editors/root: the one whose name
# this script is called by. It sees this repository and /tmp at their own places; the mounts are gone when it ends.
set -eu
repository=$(cd "$(dirname "$(realpath "$0")")/../.." && pwd)
exec unshare --mount sh -eu -c '
  repository=$1 here=$2 program=$3
  shift 3
  root=$repository/build/newer-editors/root
  mkdir -p "$root$repository"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --rbind /tmp "$root/tmp"
  mkdir -p "$root$repository"
  mount --bind "$repository" "$root$repository"
  exec /usr/sbin/chroot "$root" env -C "$here" "/usr/bin/$program" "$@"
' sh "$repository" "$PWD" "$(basename "$0")" "$@"
