"""`ecap verify` on the committed reports: as they are, saved again by LibreOffice, elsewhere in the world, and with one figure typed over.

    python tests/outside/verify.py target/debug/ecap [--figures N]

Every report must be told to belong to its sample; every forged figure must be named where it stands.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
SECONDS = 900
ABROAD = {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Chatham"}

# Report folder, the inputs it was made from, and what else the command line needs.
MADE = [
    ("zh/临江区-2026", ["linjiang"], []),
    ("en/临江区-2026", ["linjiang"], []),
    ("zh/望海区-2026", ["wanghai"], []),
    ("zh/栖云区-2026", ["qiyun"], []),
    ("zh/草稿/栖云区-2026", ["qiyun/收回"], ["--settings", str(SAMPLES / "qiyun" / "评估设置.xlsx")]),
    ("zh/临江区-2027", ["linjiang-2027"], ["--tree", str(SAMPLES / "linjiang-2027" / "指标体系-2027.json")]),
]
NAMES = ("report.xlsx", "report.md", "report.docx", "results.json")


def verify(ecap, report, inputs, more, env=None):
    command = [ecap, "verify", report, *[SAMPLES / name for name in inputs], *more, "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env={**os.environ, **(env or {})})
    return done.returncode, done.stdout.splitlines()


def saved_again(paths, folder):
    """Each report as LibreOffice saves it, in its own format: one LibreOffice a format, both at a time."""
    copies = []
    for number, path in enumerate(paths):
        copy = folder / f"{number:03}-{path.name}"
        shutil.copyfile(path, copy)
        copies.append(copy)

    def save(suffix):
        profile = f"-env:UserInstallation={(folder / f'profile{suffix}').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", suffix[1:], "--outdir", folder / "saved"]
        command += [copy for copy in copies if copy.suffix == suffix]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(save, (".xlsx", ".docx")))
    return [folder / "saved" / copy.name for copy in copies]


def parts_of(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def retyped(text, pattern, chance):
    """One of the numbers that a pattern finds, with another digit."""
    found = [match for match in re.finditer(pattern, text) if re.search(r"\d", match[1])]
    match = chance.choice(found)
    digits = [at for at in range(match.start(1), match.end(1)) if text[at].isdigit()]
    at = chance.choice(digits)
    # Not to 0, which may be no change: 0.50 and .5, 07 and 7.
    other = chance.choice([digit for digit in "123456789" if digit != text[at]])
    return text[:at] + other + text[at + 1:]


def forged(report, target, chance):
    """A copy of a report in which one printed figure was typed over."""
    if report.suffix in (".md", ".json"):
        pattern = r"\| (-?\d+\.\d+) (?=\|)" if report.suffix == ".md" else r'"score": (\d+\.\d+)'
        target.write_text(retyped(report.read_text(encoding="utf-8"), pattern, chance), encoding="utf-8")
        return
    parts = parts_of(report)
    if report.suffix == ".docx":
        part, pattern = "word/document.xml", r"<w:t[^>]*>(-?\d+\.\d+)</w:t>"
    else:
        sheets = [name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name) and re.search(rb"<c [^>]*><v>\d", parts[name])]
        part, pattern = chance.choice(sheets), r'<c r="[A-Z]+\d+" s="\d+"><v>(\d+(?:\.\d+)?)</v>'
        if not re.search(pattern, parts[part].decode()):
            part = "xl/worksheets/sheet5.xml"
    parts[part] = retyped(parts[part].decode(), pattern, chance).encode()
    write(target, parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ecap", type=Path)
    parser.add_argument("--figures", type=int, default=8, metavar="N", help="figures typed over in each of report.xlsx, .md, .docx, results.json")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    ecap = options.ecap.resolve()
    chance = random.Random(options.seed)

    def belongs(job):
        report, inputs, more, what, env = job
        code, said = verify(ecap, report, inputs, more, env)
        return None if code == 0 and len(said) == 1 and said[0].startswith("一致：") else f"{report} {what}: {code} {said[:4]}"

    def is_named(job):
        target, inputs, more = job
        code, said = verify(ecap, target, inputs, more)
        named = code == 1 and len(said) == 2 and "：报告是“" in said[0] and "有 1 处与重算的不同，0 个文件" in said[1]
        return None if named else f"forged {target.name}: {code} {said[:4]}"

    with tempfile.TemporaryDirectory(prefix="verify-") as made, ThreadPoolExecutor(2) as pool:
        made = Path(made)
        jobs = [(ROOT / "reports" / folder / name, inputs, more, "as it is", None) for folder, inputs, more in MADE for name in NAMES]
        folder, inputs, more = MADE[3]
        jobs += [(ROOT / "reports" / folder / name, inputs, more, "abroad", ABROAD) for name in NAMES]
        office = [(ROOT / "reports" / folder / name, inputs, more) for folder, inputs, more in MADE for name in NAMES[::2]]
        again = saved_again([path for path, *_ in office], made)
        jobs += [(path, inputs, more, "saved again by LibreOffice", None) for (_, inputs, more), path in zip(office, again)]
        folder, inputs, more = MADE[0]
        typed_over = []
        for name in NAMES:
            for number in range(options.figures):
                target = made / f"{number}-{name}"
                forged(ROOT / "reports" / folder / name, target, chance)
                typed_over.append((target, inputs, more))
        as_made, as_forged = list(pool.map(belongs, jobs)), list(pool.map(is_named, typed_over))
    wrong = [one for one in as_made + as_forged if one]
    print("\n".join(wrong))
    print(f"{as_made.count(None)} reports belong to their samples, {as_forged.count(None)} forged figures named; {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
