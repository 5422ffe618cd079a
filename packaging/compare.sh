#!/usr/bin/env bash
# Runs the samples with each build and compares every byte of every output with the native run's:
# packaging/compare.sh district (one district each) or packaging/compare.sh all (the whole sample assessment).
# Windows runs under Wine, aarch64 under QEMU: that is what is shown, no more.
set -euo pipefail
cd "$(dirname "$0")/.."
what="${1:-all}"
out="$(mktemp -d)"
# Wine may still write to its folder for a moment after the last program ended.
trap 'rm -rf "$out" || { sleep 5; rm -rf "$out"; } || true' EXIT
built=target/platforms

# Wine 8 lacks one system library that every Windows since 7 has: the random numbers of hash maps.
wine_library() {
  cat >"$out/bcryptprimitives.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) { return SystemFunction036(bytes, (ULONG)count); }
C
  x86_64-w64-mingw32-gcc -shared -o "$out/bcryptprimitives.dll" "$out/bcryptprimitives.c" -ladvapi32
  cp "$built/x86_64-pc-windows-gnu/release/ecap.exe" "$out/ecap.exe"
}

windows() { WINEDEBUG=-all LC_ALL=C.UTF-8 WINEPREFIX="$out/wine" /usr/lib/wine/wine64 "$out/ecap.exe" "$@"; }
arm() { qemu-aarch64-static "$built/aarch64-unknown-linux-gnu/release/ecap" "$@"; }
linux() { "$built/x86_64-unknown-linux-gnu/release/ecap" "$@"; }
native() { target/release/ecap "$@"; }

# Exit code 1 is that of the broken sample, done as it should be.
run() {
  local by="$1" code=0
  shift
  "$by" "$@" >>"$out/$by.said" 2>&1 || code=$?
  [ "$code" -le 1 ] || { echo "$by $*: exit code $code"; tail -5 "$out/$by.said"; exit 1; }
}

samples() {
  local by="$1" to="$out/$1"
  mkdir -p "$to"
  run "$by" score samples/linjiang -o "$to/reports" --lang zh
  [ "$what" = all ] || return 0
  run "$by" score samples/linjiang -o "$to/en" --lang en
  run "$by" score samples/wanghai -o "$to/reports" --lang zh
  run "$by" init --unit 栖云区 --period 2026 -o "$to/设置" --lang zh
  run "$by" survey --by-department --settings samples/qiyun/评估设置.xlsx -o "$to/待发问卷" --lang zh
  run "$by" check samples/qiyun/收回 --settings samples/qiyun/评估设置.xlsx -o "$to/检查 (1)" --date 2026-11-22 --lang zh
  run "$by" survey --review samples/qiyun/收回 --settings samples/qiyun/评估设置.xlsx -o "$to/现场复核表.xlsx" --lang zh
  run "$by" score samples/qiyun/收回 --settings samples/qiyun/评估设置.xlsx -o "$to/草稿" --lang zh
  run "$by" score samples/qiyun -o "$to/reports" --lang zh
  run "$by" check samples/broken -o "$to/broken" --lang zh
}

cargo build --locked --release --quiet
wine_library
samples native
for by in linux windows arm; do
  samples "$by"
  diff -r "$out/native" "$out/$by" || { echo "$by: other bytes than the native run"; exit 1; }
  echo "$by: $(find "$out/$by" -type f | wc -l) files, the same bytes as the native run"
done
