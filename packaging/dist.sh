#!/usr/bin/env bash
# Makes the archives that need no installation, in dist/: a program for each machine, how to use it, the docs, licences, completions, manual page.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/build.sh windows linux arm
version="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)"
rm -rf dist
mkdir -p dist/extras
cargo run --locked --quiet --example handouts -- dist/extras

archive() { # name, program
  local folder="dist/ecap-$version-$1"
  mkdir -p "$folder"
  cp "$2" "$folder/"
  cp -r dist/extras/. "$folder/"
  cp packaging/使用说明.txt LICENSE-MIT LICENSE-APACHE "$folder/"
  # Reports name these pages.
  cp -r docs "$folder/docs"
  # The same bytes whenever it is made.
  find "$folder" -exec touch -d '2026-01-01 00:00:00 UTC' {} +
  case "$1" in
    windows-*) (cd dist && find "ecap-$version-$1" -type f | LC_ALL=C sort | python3 -c '
import sys, zipfile
names = [line.rstrip("\n") for line in sys.stdin]
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
    for name in names:
        entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        entry.external_attr = 0o644 << 16
        out.writestr(entry, open(name, "rb").read(), zipfile.ZIP_DEFLATED)
' "ecap-$version-$1.zip") ;;
    *) (cd dist && tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01 00:00:00 UTC' -cf - "ecap-$version-$1" | gzip -n >"ecap-$version-$1.tar.gz") ;;
  esac
  rm -rf "$folder"
}
archive windows-x86_64 target/platforms/x86_64-pc-windows-gnu/release/ecap.exe
archive linux-x86_64 target/platforms/x86_64-unknown-linux-gnu/release/ecap
archive linux-aarch64 target/platforms/aarch64-unknown-linux-gnu/release/ecap
rm -rf dist/extras
(cd dist && sha256sum ecap-* >SHA256SUMS && cat SHA256SUMS)
