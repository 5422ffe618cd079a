# Recipes beside `cargo test`. Those that need Python make a venv in .venv first.

default:
    @just --list

# Everything CI runs.
ci:
    bash .ci/run

venv:
    test -d .venv || python3 -m venv .venv
    .venv/bin/pip install -q -r tests/outside/requirements.txt

# The README's picture and reports/ again, from the samples.
reports:
    cargo build --locked
    ECAP_ACCEPT=1 cargo test --locked --test samples

# The sample surveys again, from samples/source/.
samples: venv
    cargo build --locked
    .venv/bin/python samples/make.py target/debug/ecap

# The whole outside recomputation: 200 single workbooks and 100 units of three to five; 30 re-saved by LibreOffice.
outside: venv
    cargo build --locked --release
    .venv/bin/python tests/outside/run.py --ecap target/release/ecap --seed 2026 --workbooks 200 --units 100 --resave 30

# Plants for every suspicion in made-up districts, from the words of its issue alone: at least 45 of 50 found, one false alarm a kind.
suspicions seed="1":
    cargo build --locked --release
    python3 tests/outside/suspicions.py target/release/ecap "$(mktemp -d)" --seed {{seed}}

# Every committed workbook and document rendered; nothing cut off, Word equal to Markdown.
pages: venv
    .venv/bin/python tests/outside/pages.py
    .venv/bin/python tests/outside/word.py --self-test

# Living workbooks recalculated by LibreOffice, as stored and after random changes of an answer.
living: venv
    cargo build --locked
    .venv/bin/python tests/outside/living.py --changes 100

# Faults of the disk, kills while it writes, texts that would be more than text, the same bytes on every machine.
writing:
    cargo test --locked --lib -- sheet:: text:: report::format
    cargo test --locked --test writing -- --nocapture

# A folder of 300 surveys from strangers read in three orders, and what a zip bomb and a sparse sheet cost.
hostile: venv
    cargo build --locked --release
    .venv/bin/python tests/outside/strangers.py target/release/ecap
    .venv/bin/python tests/outside/limits.py target/release/ecap

# Each fuzz target: first it must find a planted panic, then nothing in so many minutes (20 by default: some two hours in all).
fuzz minutes="20":
    fuzz/run.sh all {{minutes}}

# What one district costs against the bare cost of reading and writing as many cells.
bench:
    cargo bench --locked --bench district
    cargo bench --locked --bench reading

# What each case of broken YAML takes, slowest first; the last line counts those above 100 ms.
yaml-times:
    cargo bench --locked --bench yaml

# Mutants over scale, answers, score and result; survivors are listed in tests/mutants.md.
mutants:
    cargo mutants --file 'src/scale/*.rs' --file 'src/answers/*.rs' --file 'src/score/*.rs' --file 'src/result/*.rs'

# What building for other machines needs, on Debian 12.
platform-tools:
    packaging/install.sh

# Archives for Windows x86-64, Linux x86-64 and aarch64, in dist/.
dist: platform-tools
    packaging/dist.sh

# The whole sample assessment with each build, under Wine and QEMU, compared byte for byte with the native run.
platforms: platform-tools
    packaging/build.sh windows linux arm
    packaging/compare.sh all
