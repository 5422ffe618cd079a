#!/usr/bin/env bash
# Installs on Debian 12 what packaging/build.sh and packaging/compare.sh need.
set -euo pipefail
# rustc-web, rust-web-src: a compiler with the sources of its library. The two gcc: linkers. wine64, qemu-user-static: to run what was built.
needed=()
dpkg -s rustc-web >/dev/null 2>&1 || needed+=(rustc-web)
dpkg -s rust-web-src >/dev/null 2>&1 || needed+=(rust-web-src)
command -v x86_64-w64-mingw32-gcc >/dev/null || needed+=(gcc-mingw-w64-x86-64)
[ -x /usr/lib/wine/wine64 ] || needed+=(wine64)
command -v aarch64-linux-gnu-gcc >/dev/null || needed+=(gcc-aarch64-linux-gnu)
[ -d /usr/aarch64-linux-gnu/include ] || needed+=(libc6-dev-arm64-cross)
command -v qemu-aarch64-static >/dev/null || needed+=(qemu-user-static)
if [ "${#needed[@]}" -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}"
fi
