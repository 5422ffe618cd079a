#!/usr/bin/env bash
# Builds ecap for the machines that offices have: packaging/build.sh [windows|linux|arm]... (all three without a name).
# Needs Debian's rustc-web and rust-web-src, whose sources of the standard library are built for the target; see packaging/install.sh.
# The programs stand in target/platforms/TARGET/release/.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=target/platforms

# A standard library of our own, with the compiler that has its sources.
with_std() {
  RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc cargo build --locked --release -Z build-std=std,panic_unwind --target "$1"
}

for name in "${@:-windows linux arm}"; do
  for one in $name; do
    case "$one" in
      windows) with_std x86_64-pc-windows-gnu ;;
      arm)
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc RUSTFLAGS="-C target-feature=+crt-static" \
          with_std aarch64-unknown-linux-gnu
        ;;
      linux) RUSTFLAGS="-C target-feature=+crt-static" cargo build --locked --release --target x86_64-unknown-linux-gnu ;;
      *) echo "windows, linux or arm, not $one" >&2; exit 2 ;;
    esac
  done
done
