#!/usr/bin/env bash
# Fuzzes what strangers send, on stable Rust. Needs a C++ compiler; installs cargo-fuzz where it is missing.
#   fuzz/run.sh all [MINUTES]              everything: a planted panic found by each target, then each target for 20 minutes
#   fuzz/run.sh planted TARGET [MINUTES]   fails unless the planted panic is found, within 10 minutes
#   fuzz/run.sh run TARGET [MINUTES]       fails on a crash, on an input of over 10 s, on more than 1 GiB
#   fuzz/run.sh seeds                      what the fuzzer starts from, anew; made by the others where it is missing
#   fuzz/run.sh shrink TARGET              what the runs left, shrunk into tests/corpus/TARGET; look at its size before it is committed
# SEED=number starts the fuzzer's random numbers elsewhere. A run is repeatable for the same seeds, up to where it is stopped by the clock.
set -euo pipefail
cd "$(dirname "$0")"

targets=(yaml workbook sheet_xml csv cell)
host="$(rustc -vV | sed -n 's/^host: //p')"
made="target/made"
seed="${SEED:-2026}"

# The binaries of one kind, planted or plain; quick where nothing changed.
build() {
  command -v cargo-fuzz >/dev/null || [ -x "$HOME/.cargo/bin/cargo-fuzz" ] || cargo install cargo-fuzz --locked --version 0.13.2
  local flags=() target
  [ "$1" = planted ] && flags=(--features planted)
  # Without a sanitizer: they want nightly, and there is no unsafe code to watch.
  cargo fuzz build -s none "${flags[@]}"
  mkdir -p "$made/$1"
  for target in "${targets[@]}"; do cp -f "target/$host/release/$target" "$made/$1/"; done
}

seeds() {
  local work
  work="$(mktemp -d)"
  mkdir "$work/hostile"
  (cd .. && ECAP_HOSTILE="$work/hostile" cargo test --locked --test hostile what_is_read_of_every_hostile_file)
  (cd .. && cargo run --locked -- tree show --json) >"$work/tree.json"
  python3 seeds.py "$work/hostile" "$work/tree.json"
  rm -rf "$work"
}

ready() {
  build "$1"
  [ -d seeds ] || seeds
}

known() {
  case " ${targets[*]} " in *" ${1:-} "*) ;; *) echo "targets: ${targets[*]}" >&2; exit 2 ;; esac
}

# The longest input of a target, in bytes.
longest() {
  case "$1" in yaml | csv) echo 8192 ;; workbook) echo 24576 ;; sheet_xml) echo 16384 ;; cell) echo 128 ;; esac
}

# Runs a target's binary: its kind, its name, then options and corpora.
fuzzer() {
  local kind="$1" target="$2"
  shift 2
  "$made/$kind/$target" -seed="$seed" -timeout=10 -rss_limit_mb=1024 -max_len="$(longest "$target")" -dict="seeds/$target.dict" \
    -print_final_stats=1 "$@" 2>&1
}

planted() {
  local target="$1" minutes="${2:-10}" began=$SECONDS seed="$seed" most work
  most="$(longest "$target")"
  # Most sheets are longer than the small sound ones of the hostile files, which are near.
  [ "$target" = sheet_xml ] && most=2048
  work="$(mktemp -d)"
  # Found on the way, not brought along.
  fuzzer planted "$target" -runs=0 -artifact_prefix="$work/" "seeds/$target" >"$work/log" || { cat "$work/log"; echo "$target: a seed fails already"; return 1; }
  # Begun anew every two minutes with other random numbers: what it gathers on the way soon crowds out the seeds that are near.
  while ! grep -q '^planted: ' "$work/log" && [ $((SECONDS - began)) -lt $((minutes * 60)) ]; do
    rm -rf "$work/corpus" && mkdir "$work/corpus"
    fuzzer planted "$target" -max_len="$most" -max_total_time=120 -artifact_prefix="$work/" "$work/corpus" "seeds/$target" >"$work/log" || true
    seed=$((seed + 1))
  done
  if ! grep -q '^planted: ' "$work/log"; then
    tail -30 "$work/log"
    echo "$target: the planted panic was not found within $minutes minutes"
    return 1
  fi
  echo "$target: planted panic found after $((SECONDS - began)) s, $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") inputs"
  rm -rf "$work"
}

run() {
  local target="$1" minutes="${2:-20}"
  mkdir -p "corpus/$target" "artifacts/$target"
  if ! fuzzer plain "$target" -max_total_time=$((minutes * 60)) -artifact_prefix="artifacts/$target/" "corpus/$target" "seeds/$target"; then
    echo "$target: FAILED; mend it, and keep what fuzz/artifacts/$target holds in tests/corpus/$target"
    return 1
  fi
}

shrink() {
  fuzzer plain "$1" -merge=1 "../tests/corpus/$1" "corpus/$1" "seeds/$1"
}

case "${1:-}" in
seeds) seeds ;;
planted)
  known "${2:-}"
  ready planted
  "$@"
  ;;
run | shrink)
  known "${2:-}"
  ready plain
  "$@"
  ;;
all)
  seeds
  build planted
  for target in "${targets[@]}"; do planted "$target"; done
  build plain
  for target in "${targets[@]}"; do run "$target" "${2:-20}"; done
  ;;
*)
  sed -n '2,7s/^# *//p' run.sh
  exit 2
  ;;
esac
