"""Makes filled surveys, has ecap score them, scores them again from the contract, and compares.

The same --seed, --workbooks, --units and --resave make the same cases; --only K runs one of them.
"""

import argparse
import copy
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import handmade
from cells import normal
from compare import compare
from fill import Office, make_unit
from generate import make_tree, print_tree
from make_settings import make_settings, usable_profiles
from open_points import OPEN
from recompute import load_tree, plain_json, recompute
from settings import read_settings
from week import finish

SHOWN = 40  # lines of disagreement a unit


@dataclass
class Case:
    number: int
    generated: bool
    depth: int
    units: list  # workbooks of each
    seed: str
    options: dict = field(default_factory=dict)
    settings: str | None = None  # where the settings workbook stands: among the surveys, or apart

    def stem(self, unit):
        return f"c{self.number}u{unit}"


def plan(seed, workbooks, units):
    """Units of one workbook each, and units of three to five; half on the default tree, half on generated ones."""
    rng = random.Random(f"plan/{seed}")
    sizes = [1] * workbooks + [rng.randint(3, 5) for _ in range(units)]
    rng.shuffle(sizes)
    halves = sizes[:(len(sizes) + 1) // 2], sizes[(len(sizes) + 1) // 2:]
    cases = []
    for generated, half in enumerate(halves):
        while half:
            several = rng.randint(1, 3)
            taken, half = half[:several], half[several:]
            number = len(cases)
            options = {"merge": rng.choice((None, None, "mean", "median", "min", "max")),
                       "missing": rng.choice((None, None, "zero", "exclude")),
                       "target": rng.choice((None, None, "90", "85.5", "60"))}
            case = Case(number, bool(generated), 1 + number % 6, taken, f"{seed}/{number}", options,
                        rng.choice((None, None, None, None, "in", "in", "apart")))
            case.options["profile"] = rng.choice([None] * 5 + some_profile(rng, case))
            cases.append(case)
    return cases


def some_profile(rng, case):
    profiles = usable_profiles(make_tree(case.seed, case.depth)) if case.generated else ["核心", "乡镇街道", "社区村", "市"]
    return [rng.choice(profiles)] if profiles else []


# ------------------------------------------------------------------- ecap

class Failed(Exception):
    pass


def call(ecap, *arguments):
    done = subprocess.run([ecap, *map(str, arguments)], capture_output=True, timeout=900)
    if done.returncode not in (0, 1):
        raise Failed(f"ecap {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')[:2000]}")
    return done


def tree_options(case, folder):
    return ("--tree", folder / "tree.json") if case.generated else ()


def settings_path(case, folder):
    if case.settings is None:
        return None
    return folder / {"in": "in", "apart": "."}[case.settings] / f"c{case.number}-设置.xlsx"


def unit_name(case, unit):
    return f"City{case.number}-{unit // 2}"


def make_case(job):
    """The tree, the blanks and the filled workbooks of one case."""
    warnings.simplefilter("ignore")
    ecap, case, folder = job
    try:
        folder.mkdir()
        if case.generated:
            (folder / "tree.json").write_text(print_tree(make_tree(case.seed, case.depth)), "utf-8", newline="")
        shown = call(ecap, "tree", "show", "--json", *tree_options(case, folder)).stdout
        (folder / "shown.json").write_bytes(shown)
        blanks = []
        for lang in ("zh", "en"):
            blanks.append(folder / f"blank-{lang}.xlsx")
            call(ecap, "survey", *tree_options(case, folder), "--lang", lang, "-o", blanks[-1])
        (folder / "in").mkdir()
        tree = load_tree(shown.decode())
        office = make_office(case, folder, tree)
        for unit, number in enumerate(case.units):
            rng = random.Random(f"fill/{case.seed}/{unit}")
            make_unit(rng, tree, blanks, folder / "in", case.stem(unit), unit_name(case, unit), str(2020 + unit), number, office)
        return None
    except Exception as error:
        return str(error) if isinstance(error, Failed) else traceback.format_exc()


def make_office(case, folder, tree):
    rng = random.Random(f"settings/{case.seed}")
    return office_of(rng, tree, settings_path(case, folder), unit_name(case, 0), "2020", case.options["profile"])


def office_of(rng, tree, path, *about):
    if path is None:
        return None
    people = make_settings(rng, tree, path, *about)
    return Office(read_settings(path, tree), people)


def resave(cases, folders, seed, number):
    """Passes some of the workbooks through LibreOffice, in one process."""
    names = [f"{case.stem(unit)}-{k + 1}.xlsx" for case in cases for unit, count in enumerate(case.units) for k in range(count)]
    names += [settings_path(case, Path()).name for case in cases if case.settings]
    chosen = set(random.Random(f"resave/{seed}").sample(names, min(number, len(names))))
    files = [path for folder in folders for path in sorted(folder.rglob("*.xlsx")) if path.name in chosen]
    if not files:
        return
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch, "out")
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}", "--headless",
             "--convert-to", "xlsx", "--outdir", out, *files], capture_output=True, timeout=60 + 60 * len(files))
        for path in files:
            if not (out / path.name).exists():
                raise Failed(f"soffice did not re-save {path.name}: {done.stderr.decode(errors='replace')[:1000]}")
            shutil.move(out / path.name, path)


def score(ecap, case, folder):
    flags = [part for name, value in case.options.items() if value for part in (f"--{name}", value)]
    flags += ["--settings", settings_path(case, folder)] if case.settings == "apart" else []
    arguments = ["score", folder / "in", *tree_options(case, folder), *flags, "-o", folder / "out", "--format"]
    try:
        call(ecap, *arguments, "json")
    except Failed:
        call(ecap, *arguments, "md")


def check_case(job):
    """[(what, its disagreements)] of one case: its tree, then each unit."""
    warnings.simplefilter("ignore")
    ecap, case, folder = job
    try:
        checked = [("tree", check_tree(ecap, case, folder))]
        score(ecap, case, folder)
        shown = (folder / "shown.json").read_bytes()
        mine = recompute(load_tree(shown.decode()), folder / "in", **case.options, settings=settings_path(case, folder))
        theirs = {}
        for path in sorted((folder / "out").rglob("results.json")):
            results = json.loads(path.read_bytes())
            theirs[normal(results["unit"]["name"]), normal(results["period"])] = results
        for place in sorted({*mine, *theirs}):
            checked.append((" ".join(place), check_unit(mine.get(place), theirs.get(place), hashlib.sha256(shown).hexdigest())))
        return checked
    except Exception as error:
        return [("run", [str(error) if isinstance(error, Failed) else traceback.format_exc()])]


def check_unit(mine, theirs, digest):
    if mine is None:
        return ["ecap scored it, though no workbook of it may be scored"]
    if theirs is None:
        return ["ecap wrote no results.json for it"]
    wrong = [] if theirs["tree"]["sha256"] == digest else [f"tree.sha256: of `tree show` {digest}, in results {theirs['tree']['sha256']}"]
    return wrong + compare(mine, theirs)


def check_tree(ecap, case, folder):
    """What `tree show` prints of a tree file says the same, and is read back as it stands."""
    shown = (folder / "shown.json").read_bytes()
    wrong = []
    if call(ecap, "tree", "show", "--json", "--tree", folder / "shown.json").stdout != shown:
        wrong.append("`tree show` of its own output printed other bytes")
    if case.generated:
        given = (folder / "tree.json").read_bytes()
        asked, got = json.loads(given), json.loads(shown)
        for item, other in zip(asked["items"], got["items"]):
            for name in ("worth", "must", "direction"):  # may be missing, so may be written out
                if name not in item["scale"]:
                    other["scale"].pop(name, None)
            for line, same_line in zip(item["scale"].get("deductions", ()), other["scale"].get("deductions", ())):
                if "max" not in line:
                    same_line.pop("max", None)
        if asked != got:
            wrong.append("`tree show` changed what the tree file says")
        elif shown != given and json.loads(shown) == asked:
            wrong.append("`tree show` printed the same tree in other bytes")
    return wrong


def run(args, work):
    everything = plan(args.seed, args.workbooks, args.units)
    cases = [case for case in everything if args.only in (None, case.number)]
    folders = [work / f"case-{case.number}" for case in cases]
    jobs = [(args.ecap, case, folder) for case, folder in zip(cases, folders)]
    passed = failed = 0
    with ProcessPoolExecutor(args.jobs) as pool:
        made = list(pool.map(make_case, jobs))
        ready = [job for job, error in zip(jobs, made) if error is None]
        resave(everything, [folder for _, _, folder in ready], args.seed, args.resave)
        outcomes = {job[1].number: outcome for job, outcome in zip(ready, pool.map(check_case, ready))}
    for case, error in zip(cases, made):
        for what, wrong in outcomes.get(case.number) or [("make", [error])]:
            if not wrong:
                passed += 1
                continue
            failed += 1
            kind = f"generated tree of depth {case.depth}" if case.generated else "default tree"
            print(f"FAILED {what}: seed {case.seed}, {kind}, {case.options} (--only {case.number})")
            for line in wrong[:SHOWN]:
                print(f"    {line}")
            if len(wrong) > SHOWN:
                print(f"    ... and {len(wrong) - SHOWN} more")
    print(f"{passed} passed, {failed} failed")
    return failed


# -------------------------------------------------------------- self-test

# What recompute keeps for itself.
OWN = ("current", "key", "came", "authority", "doubtful", "doubtful_refs", "doubtful_share")


def as_results(mine):
    """A results.json, as far as it is compared, of a recomputed unit."""
    def answer(one):
        result = {"respondent": {"id": one["respondent"]}, "submission": one["submission"], "counts": one["counts"],
                  "place": {"file": one["file"], "sheet": one["sheet"], "cell": f"E{one['row']}"}}
        result |= {name: plain_json(one[name]) for name in ("self", "review")}
        result["review"]["verification"] = one["verification"]
        return result

    def public(one):
        return one and {name: value for name, value in one.items() if name not in OWN}

    findings = as_findings(mine)
    mine = finish(mine, findings)
    results = {name: plain_json(mine[name]) for name in ("unit", "period", "policy", "total", "counts", "groups", "inputs")}
    results["items"] = [{**plain_json({name: value for name, value in item.items() if name != "answers"}),
                         "answers": [answer(one) for one in item["answers"]]} for item in mine["items"]]
    return results | {"assessment": public(mine["assessment"]), "returns": [plain_json(public(one)) for one in mine["returns"]],
                      "findings": findings}


def as_findings(mine):
    """Those that are compared, and one error in a department's file."""
    def finding(severity, file, sheet, row, code="x"):
        return {"severity": severity, "code": code, "place": {"file": file or "settings.xlsx", "sheet": sheet, "cell": f"B{row}"}}

    findings = [finding(*one) for one in mine["demanded"]]
    findings += [finding("warning", *place, "review-copy-differs") for place, differs in mine["copies"].items() if differs]
    return findings + [finding("error", one["current"][0], "x", 1) for one in mine["returns"][:1] if one["current"]]


def leaves(node, path=()):
    if isinstance(node, (dict, list)):
        for name, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(inner, (*path, name))
    else:
        yield path, node


def uncompared(results, path):
    """The score of a cell of which the contract says none."""
    if "answers" not in path:
        return False
    holder = results
    for name in path[:-1]:
        holder = holder[name]
    return path[-1] == "score" and holder["state"] not in ("answered", "not_applicable")


def falsehoods(value):
    if value is None:
        return [0.0, "x"]
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, (int, float)):
        return [value + 1, value + 1e-8, -1, None, str(value)]
    return [value + "x", None]


def planted(results, path, value):
    holder = copied = dict(results)
    for name in path[:-1]:
        holder[name] = copy.copy(holder[name])
        holder = holder[name]
    holder[path[-1]] = value
    return copied


def self_test_unit(seed, settings):
    """A recomputed unit, of the rows of which results.json must say something."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        tree = load_tree(print_tree(make_tree(f"self-test/{seed}")))
        blanks = [handmade.write_blank(tree, folder / "blank.xlsx")]
        (folder / "in").mkdir()
        rng = random.Random(f"self-test/{seed}")
        path = folder / "settings.xlsx" if settings else None
        office = office_of(rng, tree, path, "City", "2024")
        make_unit(rng, tree, blanks, folder / "in", "u", "City", "2024", 4 if settings else 2, office)
        mine = next(iter(recompute(tree, folder / "in", settings=path).values()))
    for item in mine["items"]:
        item["answers"] = [answer for answer in item["answers"] if answer["first"] and not answer["review_kind"]]
    return mine


# Lists that may not be cut or turned around.
LISTS = (("items",), ("groups",), ("items", 0, "answers"), ("returns",), ("inputs",), ("policy", "scope", "left_out"),
         ("policy", "local", "weights"), ("policy", "local", "targets"))
# Shapes of which the self-test must have seen some.
NEEDED = (("returns", "blank"), ("returns", "files"), ("returns", "missing_share"), ("policy", "scope", "left_out", "reason"),
          ("policy", "local", "weights", "local"), ("policy", "local", "targets", "target"),
          ("policy", "local", "default_weights", "score"),
          ("items", "by_selves", "score"), ("items", "answers", "review", "verification"), ("assessment", "draft"), ("unit", "parent"))


def at(holder, path):
    for name in path:
        holder = holder[name] if isinstance(name, int) else (holder or {}).get(name)
    return holder


def self_test():
    """Every value that is compared, made false, must be seen; the truth must pass."""
    warnings.simplefilter("ignore")
    OPEN.clear()
    tried, missed, seen = 0, [], set()
    for seed in range(9):
        mine = self_test_unit(seed, seed > 3)
        truth = json.loads(json.dumps(as_results(mine)))
        if compare(mine, truth):
            missed.append("the truth itself was refused: " + compare(mine, truth)[0])
        if compare(mine, planted(truth, ("total", "low"), (truth["total"]["low"] or 0) + 1e-11)) and truth["total"]["low"] is not None:
            missed.append("a difference of 1e-11 was refused")
        rng = random.Random(seed)
        every = [(path, value) for path, value in leaves(truth) if path[0] != "findings" and not uncompared(truth, path)]
        # All paths of one shape say the same of the comparison: a few of each are enough.
        shapes = {}
        for path, value in every:
            shapes.setdefault(tuple(name for name in path if isinstance(name, str)), []).append((path, value))
        seen |= set(shapes)
        for same_shape in shapes.values():
            for path, value in rng.sample(same_shape, min(8, len(same_shape))):
                for false in falsehoods(value):
                    tried += 1
                    if not compare(mine, planted(truth, path, false)):
                        missed.append(f"{path}: {value!r} made {false!r}")
        for path in LISTS:
            whole = at(truth, path) or []
            for shorter in (whole[1:], whole[:-1], whole[::-1]):
                if shorter != whole and not (path[-1] == "answers" and len(shorter) == len(whole)):
                    tried += 1
                    if not compare(mine, planted(truth, path, shorter)):
                        missed.append(f"{path} cut or turned")
        if truth["findings"]:
            tried += 1
            if not compare(mine, planted(truth, ("findings",), [])):
                missed.append("findings left out")
        for missing in ((None, truth), (mine, None)):
            tried += 1
            if not check_unit(*missing, ""):
                missed.append("a unit that only one side has")
    missed += [f"never seen: {shape}" for shape in NEEDED if shape not in seen]
    for line in missed:
        print("MISSED", line)
    print(f"{tried - len(missed)} passed, {len(missed)} failed")
    return len(missed)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ecap", help="the program to check")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--workbooks", type=int, default=40, help="units of one workbook")
    parser.add_argument("--units", type=int, default=20, help="units of three to five workbooks")
    parser.add_argument("--resave", type=int, default=0, help="how many workbooks LibreOffice saves again")
    parser.add_argument("--only", type=int, help="one case of the run, by its number")
    parser.add_argument("--keep", type=Path, help="an empty folder that keeps all files")
    parser.add_argument("--jobs", type=int, default=min(8, os.cpu_count() or 1))
    parser.add_argument("--self-test", action="store_true")
    args = parser.parse_args()
    if args.self_test:
        sys.exit(bool(self_test()))
    if not args.ecap:
        parser.error("--ecap is needed")
    args.ecap = str(Path(args.ecap).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
        sys.exit(bool(run(args, args.keep or Path(scratch))))


if __name__ == "__main__":
    main()
