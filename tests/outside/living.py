"""Recalculates living workbooks (`ecap score --formulas`) with LibreOffice and holds every formula to what ecap computed.

First a false value is planted and must be found. Then every formula cell of
every workbook must come to its stored value. Then answers are changed, one
a time, in a copy of the survey and on the sheet of answers alike: what ecap
scores and what LibreOffice computes must be the same.

    python tests/outside/living.py [--ecap PATH] [--changes N] [--seed S] [--keep DIR]
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

from fill import number_text

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "tests" / "living" / "tree.json"
WITHIN = 1e-9
SHOWN = 20
SECONDS = 900
BATCH = 12
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Recalculate whatever is loaded: 0 is always.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
WORDS = {
    "zh": {"answered": "已答", "not_applicable": "不适用", "no_data": "查无资料", "blank": "空白", "unreadable": "读不出",
           "out_of_scope": "不评"},
    "en": {"answered": "answered", "not_applicable": "N/A", "no_data": "no data", "blank": "blank", "unreadable": "unreadable",
           "out_of_scope": "out of scope"},
}
SHEETS = {
    "zh": {"answers": "答案", "total": "计算_总分", "groups": "计算_分组", "items": "计算_题目", "check": "自检", "top": "一级指标"},
    "en": {"answers": "Answers", "total": "Calculation", "groups": "Calc groups", "items": "Calc items", "check": "Self-check",
           "top": "Level 1"},
}
AGREE = {"zh": "全部一致", "en": "All agree"}


class Failed(Exception):
    pass


# ------------------------------------------------------------ workbooks

class Book:
    """The cells of a workbook: formula and stored value, numbers as floats, nothing as an empty text."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            read = lambda name: ElementTree.fromstring(archive.read(name))
            targets = {link.get("Id"): link.get("Target").removeprefix("/xl/") for link in read("xl/_rels/workbook.xml.rels")}
            self.parts = {sheet.get("name"): "xl/" + targets[sheet.get(REFERENCE)] for sheet in read("xl/workbook.xml").iter(MAIN + "sheet")}
            shared = []
            if "xl/sharedStrings.xml" in archive.namelist():
                shared = ["".join(text.text or "" for text in one.iter(MAIN + "t")) for one in read("xl/sharedStrings.xml").iter(MAIN + "si")]
            self.sheets = {name: dict(self.cells(read(part), shared)) for name, part in self.parts.items()}

    @staticmethod
    def cells(sheet, shared):
        for cell in sheet.iter(MAIN + "c"):
            formula, value, inline = cell.find(MAIN + "f"), cell.find(MAIN + "v"), cell.find(MAIN + "is")
            text = value.text or "" if value is not None else None
            kind = cell.get("t", "n")
            if inline is not None:
                text = "".join(part.text or "" for part in inline.iter(MAIN + "t"))
            elif text is not None and kind == "s":
                text = shared[int(text)]
            elif text is not None and kind == "n" and text != "":
                text = float(text)
            elif kind == "e":
                text = f"error {text}"
            yield cell.get("r"), (formula is not None, text)

    def value(self, sheet, cell):
        value = self.sheets[sheet].get(cell, (False, ""))[1]
        return "" if value is None else value

    def table(self, sheet, header=3):
        """Rows below the header, by the header's words, with the number of the row."""
        names = {}
        for cell, (_, value) in self.sheets[sheet].items():
            letters, number = split(cell)
            if number == header and value and value not in names:
                names[value] = letters
        last = max(split(cell)[1] for cell in self.sheets[sheet])
        for number in range(header + 1, last + 1):
            yield number, {name: self.value(sheet, f"{letters}{number}") for name, letters in names.items()}, names


def split(cell):
    letters = cell.rstrip("0123456789")
    return letters, int(cell[len(letters):])


def patched(path, target, changes):
    """The workbook with other contents in some cells: {(sheet, cell): text, number or None}. Nothing else of it changes."""
    book = Book(path)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.infolist():
            data = archive.read(entry)
            mine = {cell: value for (sheet, cell), value in changes.items() if book.parts[sheet] == entry.filename}
            if mine:
                text = data.decode("utf-8")
                for cell, value in mine.items():
                    text = with_cell(text, cell, value)
                data = text.encode("utf-8")
            made.writestr(entry.filename, data)


def with_cell(xml, cell, value):
    if value is None:
        inner, kind = "", ""
    elif isinstance(value, str):
        inner, kind = f'<is><t xml:space="preserve">{escape(value)}</t></is>', ' t="inlineStr"'
    else:
        inner, kind = f"<v>{number_text(Fraction(value))}</v>", ""

    def renewed(found):
        style = re.search(r'\ss="\d+"', found[0].split(">", 1)[0])
        return f'<c r="{cell}"{style[0] if style else ""}{kind}>{inner}</c>'

    xml, count = re.subn(rf'<c r="{cell}"(?:[^>]*/>|[^>]*[^/]>.*?</c>|>.*?</c>)', renewed, xml, count=1, flags=re.DOTALL)
    if not count:
        raise Failed(f"there is no cell {cell} to change")
    return xml


def plant(path, target, places):
    """The workbook with false stored values; formulas stay."""
    book = Book(path)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.infolist():
            data = archive.read(entry).decode("utf-8") if entry.filename.endswith(".xml") else archive.read(entry)
            for sheet, cell in places:
                if book.parts[sheet] == entry.filename:
                    stored = book.value(sheet, cell)
                    false = repr(stored + 1e-6) if isinstance(stored, float) else f"{stored}?"
                    data, count = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f><v>)[^<]*', rf"\g<1>{false}", data, count=1)
                    assert count == 1
            made.writestr(entry.filename, data)


# ------------------------------------------------------------ LibreOffice

class Office:
    def __init__(self, folder):
        self.folder = folder
        self.started = 0

    def recalculate(self, paths, made):
        """Each workbook as LibreOffice computes it, under its own name in another folder."""
        made.mkdir(parents=True, exist_ok=True)
        batches = [paths[at:at + BATCH] for at in range(0, len(paths), BATCH)]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda batch: self.convert(batch, made), batches))
        missing = [path.name for path in paths if not (made / path.name).exists()]
        if missing:
            raise Failed(f"LibreOffice did not write {', '.join(missing)}")
        return [made / path.name for path in paths]

    def convert(self, paths, made):
        self.started += 1
        profile = self.folder / f"profile-{self.started}"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", made, *paths]
        # The command is a script that starts the office as a child: only its group ends them both.
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            office.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
        shutil.rmtree(profile, ignore_errors=True)


def same(stored, computed):
    if isinstance(stored, float) and isinstance(computed, float):
        return abs(stored - computed) <= WITHIN
    return stored == computed


def differences(path, computed_path):
    """Formula cells that do not come to their stored value, and how many formulas there are."""
    book, computed = Book(path), Book(computed_path)
    wrong, formulas = [], 0
    for sheet, cells in book.sheets.items():
        for cell, (is_formula, stored) in cells.items():
            if not is_formula:
                continue
            formulas += 1
            now = computed.value(sheet, cell)
            if stored is None:
                wrong.append((sheet, cell, "has no stored value"))
            elif not same(stored, now):
                wrong.append((sheet, cell, f"stored {stored!r}, computed {now!r}"))
            if not computed.sheets[sheet].get(cell, (False,))[0]:
                wrong.append((sheet, cell, "is no formula any more"))
    return wrong, formulas


# ------------------------------------------------------------ what is scored

@dataclass
class Base:
    """Surveys of one unit, how they are scored, and their living workbook."""
    name: str
    inputs: Path
    options: list
    lang: str = "zh"
    tree: dict = field(default_factory=dict)
    folder: Path | None = None

    def score(self, ecap, inputs, out, *more):
        done = subprocess.run([ecap, "score", inputs, *self.options, "--lang", self.lang, "-o", out, *more], capture_output=True, timeout=SECONDS)
        found = sorted(out.rglob("results.json"))
        if done.returncode not in (0, 1) or len(found) != 1:
            raise Failed(f"ecap score {self.name}: exit {done.returncode}\n{done.stderr.decode(errors='replace')[:1000]}")
        return json.loads(found[0].read_bytes()), found[0].parent


def call(ecap, *arguments):
    done = subprocess.run([ecap, *map(str, arguments)], capture_output=True, timeout=SECONDS)
    if done.returncode != 0:
        raise Failed(f"ecap {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')[:1000]}")
    return done.stdout


def small_unit(ecap, folder, rng, tree, respondents):
    """Filled surveys of the small tree: every scale, some blanks, some state words."""
    folder.mkdir(parents=True)
    for respondent in respondents:
        path = folder / f"{respondent or 'all'}.xlsx"
        named = ["--respondent", respondent] if respondent else []
        call(ecap, "survey", "--tree", TREE, "--unit", "试验区", "--period", "2026", *named, "-o", path)
        rows = survey_rows(Book(path))
        changes = {}
        for item in tree["items"]:
            sheet, cells = rows[item["id"]]
            if rng.random() < 0.12:
                continue
            typed = "查无资料" if rng.random() < 0.06 else answer(rng, item["scale"])[0]
            changes[sheet, cells["自评"]] = typed
        filled = folder / "filled.xlsx"
        patched(path, filled, changes)
        filled.replace(path)


def survey_rows(book):
    """Where each item's cells stand: {id: (sheet, {header: cell})}."""
    rows = {}
    for sheet, cells in book.sheets.items():
        headers = {split(cell)[1] for cell, (_, value) in cells.items() if value == "自评"}
        if not headers:
            continue
        for number, row, names in book.table(sheet, min(headers)):
            if row.get("id"):
                rows[row["id"]] = (sheet, {name: f"{letters}{number}" for name, letters in names.items()})
    return rows


def bases(ecap, folder, seed):
    city = json.loads(call(ecap, "tree", "show", "--json"))
    small = json.loads(call(ecap, "tree", "show", "--json", "--tree", TREE))
    samples = ROOT / "samples"
    settings = ["--settings", samples / "qiyun" / "评估设置.xlsx"]
    made = [
        Base("linjiang", samples / "linjiang", [], tree=city),
        Base("wanghai", samples / "wanghai", [], tree=city),
        Base("qiyun", samples / "qiyun", [], tree=city),
        Base("qiyun-draft-en", samples / "qiyun" / "收回", settings, "en", city),
        Base("linjiang-exclude", samples / "linjiang", ["--missing", "exclude", "--target", "85"], tree=city),
    ]
    rng = random.Random(f"small/{seed}")
    for name, respondents, options, lang in (
        ("small-zero", [""], [], "zh"),
        ("small-exclude", [""], ["--missing", "exclude"], "en"),
        ("small-mean", ["甲局", "乙局", "丙局"], [], "zh"),
        ("small-median", ["甲局", "乙局", "丙局", "丁局"], ["--merge", "median", "--missing", "exclude"], "zh"),
        ("small-min", ["甲局", "乙局"], ["--merge", "min", "--target", "77.7"], "en"),
        ("small-max", ["甲局", "乙局", "丙局"], ["--merge", "max"], "zh"),
    ):
        small_unit(ecap, folder / name, rng, small, respondents)
        made.append(Base(name, folder / name, ["--tree", TREE, *options], lang, small))
    return made


# ------------------------------------------------------------ answers

def near(rng, bounds):
    """A number about the bounds: at one, beside one, or anywhere."""
    bound = rng.choice(bounds)
    step = rng.choice((Fraction(0), Fraction(0), Fraction(1, 10), Fraction(-1, 10), Fraction(1), Fraction(-1), Fraction(1, 10**6)))
    wide = max(abs(one) for one in bounds) * 2 + 3
    return bound + step if rng.random() < 0.6 else Fraction(rng.randint(0, int(wide * 10)), 10)


def exact(number):
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def answer(rng, scale):
    """What is typed into a survey, and what stands on the sheet of answers: {header: number}."""
    kind = scale["type"]
    if kind == "level":
        level = rng.randint(0, scale["top"])
        return str(level), {"number": level}
    if kind == "yes_no":
        yes = rng.random() < 0.5
        return ("是" if yes else "否"), {"number": int(yes)}
    if kind == "checklist":
        there = [rng.random() < 0.6 for _ in scale["elements"]]
        typed = "、".join(str(at) for at, one in enumerate(there, 1) if one) or "无"
        return typed, {("element", at): int(one) for at, one in enumerate(there, 1)}
    if kind == "points":
        return points(rng, scale)
    if "cuts" in scale:
        bounds = scale["cuts"]
    elif "linear" in scale:
        bounds = list(scale["linear"].values())
    else:
        bounds = scale["band"] + [step.get("below", step.get("above")) for step in scale["outside"]]
    bounds = [exact(bound) for bound in bounds]
    percent = kind == "rate" or (kind == "range" and scale["unit"] == "%")
    value = near(rng, bounds)
    if kind == "count":
        value = Fraction(int(value))
    if kind != "range" or percent:
        value = max(value, Fraction(0))
    if kind == "rate" and not scale["may_exceed_100"]:
        value = min(value, Fraction(100))
    if "max" in scale:
        value = min(value, exact(scale["max"]))
    if not percent:
        return number_text(value), {"number": value}
    way = rng.random()
    if way < 0.6:
        denominator = rng.choice((7, 13, 40, 999, 1000, 3000, 12345))
        numerator = int(value * denominator / 100)
        if way < 0.3:
            # Meets its value exactly.
            numerator, denominator = (value / 100).numerator, (value / 100).denominator
        return f"{numerator}/{denominator}", {"numerator": numerator, "denominator": denominator}
    return f"{number_text(value)}%", {"number": value}


def points(rng, scale):
    full, lines = exact(scale["full"]), scale["deductions"]
    if rng.random() < 0.4:
        earned = Fraction(rng.randint(0, int(full * 10)), 10)
        return number_text(earned), {"number": earned}
    times = [rng.choice((0, 0, 1, 2, 5)) for _ in lines]
    typed = "、".join(f"{at}×{one}" if one > 1 else str(at) for at, one in enumerate(times, 1) if one) or "无"
    return f"扣{typed}", {("element", at): one for at, one in enumerate(times, 1)}


@dataclass
class Change:
    """One answer cell, changed: in which survey, what is typed there, what stands on the sheet of answers."""
    base: Base
    item: dict
    row: int
    names: dict
    place: dict
    state: str
    typed: str
    inputs: dict

    def survey(self, inputs, target):
        """A copy of the surveys with the change in it; the item's other cells of that row give the reason."""
        shutil.copytree(inputs, target)
        path = target / self.place["file"]
        book = Book(path)
        _, number = split(self.place["cell"])
        letters = split(self.place["cell"])[0]
        headers = {cell: value for cell, (_, value) in book.sheets[self.place["sheet"]].items() if value in ("说明", "复核说明", "自评", "复核")}
        own = next(value for cell, value in headers.items() if split(cell)[0] == letters)
        reason = next(split(cell)[0] for cell, value in headers.items() if value == {"自评": "说明", "复核": "复核说明"}[own])
        changes = {(self.place["sheet"], self.place["cell"]): self.typed or None}
        if self.state == "not_applicable":
            changes[self.place["sheet"], f"{reason}{number}"] = "试验。批准：主任"
        made = path.with_suffix(".made")
        patched(path, made, changes)
        made.replace(path)

    def living(self, path, target):
        lang = self.base.lang
        sheet = SHEETS[lang]["answers"]
        header = {"number": ("数值", "Number"), "numerator": ("分子", "Numerator"), "denominator": ("分母", "Denominator")}
        columns = {key: self.names[words[lang == "en"]] for key, words in header.items()}
        for name, letters in self.names.items():
            if found := re.fullmatch(r"第 (\d+) 项|No\. (\d+)", str(name)):
                columns["element", int(found[1] or found[2])] = letters
        state = self.names["状态" if lang == "zh" else "State"]
        changes = {(sheet, f"{state}{self.row}"): WORDS[lang][self.state]}
        changes |= {(sheet, f"{letters}{self.row}"): self.inputs.get(key) for key, letters in columns.items()}
        patched(path, target, changes)


def lines_of(base, book):
    """Rows of the sheet of answers that were read in a file, by item."""
    lang = base.lang
    ref, read = ("编号", "出处") if lang == "zh" else ("Ref", "Read from")
    for number, row, names in book.table(SHEETS[lang]["answers"]):
        if row[read]:
            file, rest = row[read].split(".xlsx" + ("，" if lang == "zh" else ", "), 1)
            sheet, cell = rest.rsplit("，" if lang == "zh" else ", ", 1)
            yield row[ref], number, names, {"file": file + ".xlsx", "sheet": sheet, "cell": cell}


def counting(results):
    return {item["ref"]: sorted((one["place"]["file"], one["place"]["sheet"]) for one in item["answers"] if one["counts"])
            for item in results["items"]}


def draw(rng, base, results, book, wanted, state):
    """A change of an item of that scale to that state, where it has one that can take it."""
    items = {item["ref"]: item for item in base.tree["items"]}
    answers = {item["ref"]: item["answers"] for item in results["items"]}
    alone = len({(one["place"]["file"]) for some in answers.values() for one in some}) == 1
    lines = [line for line in lines_of(base, book) if wanted(items[line[0]]) and once_each(answers[line[0]])]
    if state == "not_applicable":
        lines = [line for line in lines if items[line[0]]["na"]]
    # A blank or unreadable answer may let others speak, whom the workbook does not know.
    if not lines or (state in ("blank", "unreadable") and not alone):
        return None
    ref, number, names, place = rng.choice(lines)
    item = items[ref]
    typed, inputs = {"not_applicable": ("不适用", {}), "no_data": ("查无资料", {}), "blank": ("", {}), "unreadable": ("乱写", {})}.get(state) \
        or answer(rng, item["scale"])
    return Change(base, item, number, names, place, state, typed, inputs)


def once_each(answers):
    """Has nobody sent two versions?"""
    names = [one["respondent"]["name"] for one in answers]
    return len(set(names)) == len(names)


def changes(rng, known, number):
    """As many changes, over bases, scales and states in turn; and what they change."""
    scales = sorted({item["scale"]["type"] for base in known for item in base.tree["items"]})
    made = []
    for at in range(number * 40):
        if len(made) == number:
            break
        base = rng.choice([one for one in known if (len(one.tree["items"]) > 100) == (at % 2 == 0)])
        scale = scales[len(made) % len(scales)]
        state = rng.choice(("answered",) * 6 + ("no_data", "not_applicable", "blank", "unreadable"))
        critical = rng.choice((None, None, "veto", "key"))
        wanted = lambda item: (item["criticality"] == critical) if critical else item["scale"]["type"] == scale
        change = draw(rng, base, base.results, base.book, wanted, state)
        if change:
            made.append(change)
    return made


# ------------------------------------------------------------ comparing

def compare(change, results, book):
    """What ecap scores against what the formulas of the changed workbook come to."""
    lang, wrong = change.base.lang, []
    zh = lang == "zh"
    bands = {band["code"]: band["name"][lang] for band in results["policy"]["bands"]} | {None: ""}

    def expect(what, wanted, got):
        wanted = "" if wanted is None else wanted
        wanted = float(wanted) if isinstance(wanted, (int, float)) else wanted
        if not same(wanted, got):
            wrong.append(f"{what}: ecap {wanted!r}, formulas {got!r}")

    names = SHEETS[lang]
    # A header stands twice on this sheet: in the table of the total the label is in A, the value in B.
    cells = book.sheets[names["total"]]
    values = {value: book.value(names["total"], f"B{split(cell)[1]}") for cell, (_, value) in cells.items() if split(cell)[0] == "A"}
    total = results["total"]
    for key, label in (("score", ("总分（未取舍）", "Total (unrounded)")), ("rounded", ("总分（取舍后）", "Total (rounded)")),
                       ("low", ("最低：空白和读不出的算 0 分", "Low: blank and unreadable items at 0")),
                       ("high", ("最高：空白和读不出的算 100 分", "High: blank and unreadable items at 100"))):
        expect(f"total {key}", total[key], values[label[not zh]])
    for key, label in (("grade", ("等级（不计未知）", "Grade (unknowns aside)")), ("grade_low", ("最差可能的等级", "Worst possible grade")),
                       ("grade_high", ("最好可能的等级", "Best possible grade"))):
        expect(f"total {key}", bands[total[key]], values[label[not zh]])
    heads = {"score": ("得分", "Score"), "share": ("权重占比", "Weight in total"), "loss": ("失分", "Points lost"), "gap": ("差距", "Gap"),
             "low": ("最低", "Low"), "high": ("最高", "High"), "rounded": ("取舍后", "Rounded"), "coverage": ("覆盖率", "Coverage"),
             "cumulative_loss": ("累计失分", "Cumulative loss")}
    rows = {row["编号" if zh else "Ref"]: row for _, row, _ in book.table(names["items"])}
    for item in results["items"]:
        row = rows[item["ref"]]
        expect(f"{item['ref']} state", WORDS[lang][item["state"]], row["状态" if zh else "State"])
        for key in ("score", "share", "loss", "gap", "cumulative_loss"):
            expect(f"{item['ref']} {key}", item[key], row[heads[key][not zh]])
    rows = {row["编号" if zh else "Code"]: row for _, row, _ in book.table(names["groups"])}
    tops = {row["编号" if zh else "Code"]: row for _, row, _ in book.table(names["top"])}
    ranks = {}
    for level in {group["level"] for group in results["groups"]}:
        scored = [group for group in results["groups"] if group["level"] == level and group["score"] is not None]
        scored.sort(key=lambda group: -round(group["score"] * 1e9))
        ranks |= {group["code"]: rank for rank, group in enumerate(scored, 1)}
    for group in results["groups"]:
        row = rows[group["code"]]
        for key in ("score", "share", "loss", "gap", "low", "high", "rounded", "coverage"):
            expect(f"{group['code']} {key}", group[key], row[heads[key][not zh]])
        expect(f"{group['code']} rank", ranks.get(group["code"]), row["同级名次" if zh else "Rank in level"])
        expect(f"{group['code']} grade", bands[group["grade"]], row["等级" if zh else "Grade"])
        if shown := tops.get(group["code"]):
            counts = group["counts"]
            expect(f"{group['code']} shown score", group["rounded"], shown["得分" if zh else "Score"])
            expect(f"{group['code']} shown items", counts["items"] - counts["out_of_scope"], shown["题数" if zh else "Items"])
            expect(f"{group['code']} shown missing", counts["blank"] + counts["unreadable"] + counts["no_data"],
                   shown["空白或缺资料" if zh else "Blank or no data"])
    return wrong


# ------------------------------------------------------------ the run

def run(ecap, office, work, args):
    failures = 0
    known = bases(ecap, work / "surveys", args.seed)
    living = work / "living"
    living.mkdir()
    for base in known:
        base.results, base.folder = base.score(ecap, base.inputs, work / "scored" / base.name, "--formulas", "--format", "xlsx")
        shutil.copyfile(base.folder / "report.xlsx", living / f"{base.name}.xlsx")
        base.book = Book(living / f"{base.name}.xlsx")

    # A comparison that finds nothing must first have found what is planted.
    first = living / f"{known[0].name}.xlsx"
    places = [("计算_总分", "B4"), ("计算_题目", "K10"), ("总览", "A5"), ("自检", "A2")]
    planted = work / "planted.xlsx"
    plant(first, planted, places)
    [computed] = office.recalculate([planted], work / "planted")
    found = {(sheet, cell) for sheet, cell, _ in differences(planted, computed)[0]}
    if found != set(places):
        raise Failed(f"planted {sorted(places)}, found {sorted(found)}: this LibreOffice does not recalculate, or nothing is compared")
    print(f"planted false values: all {len(places)} found, nothing else")

    paths = [living / f"{base.name}.xlsx" for base in known]
    for base, path, computed in zip(known, paths, office.recalculate(paths, work / "computed")):
        wrong, formulas = differences(path, computed)
        verdict = Book(computed).value(SHEETS[base.lang]["check"], "A2")
        if verdict != AGREE[base.lang]:
            wrong.append((SHEETS[base.lang]["check"], "A2", f"says {verdict!r}"))
        if formulas < 20 * len(base.tree["items"]):
            wrong.append(("", "", f"only {formulas} formulas"))
        print(f"{base.name}: {formulas} formulas, {len(wrong)} not as stored")
        for sheet, cell, what in wrong[:SHOWN]:
            print(f"    {sheet}!{cell} {what}")
        failures += len(wrong)

    failures += committed(office, work / "committed")
    rng = random.Random(f"changes/{args.seed}")
    # A few more than asked for, since some are none that a workbook can follow.
    drawn = changes(rng, known, args.changes + max(2, args.changes // 20))
    scored = list(ThreadPoolExecutor(2).map(lambda job: rescored(ecap, work, *job), enumerate(drawn)))
    # Where a change let others speak, the workbook cannot follow; ecap decides who speaks.
    kept = [(number, change, results) for number, (change, results) in enumerate(zip(drawn, scored))
            if counting(results) == counting(change.base.results)][:args.changes]
    if len(kept) < args.changes:
        raise Failed(f"only {len(kept)} changes that a workbook can follow")
    changed = work / "changed"
    changed.mkdir()
    made = []
    for number, change, _ in kept:
        made.append(changed / f"{number}.xlsx")
        change.living(living / f"{change.base.name}.xlsx", made[-1])
    tried = Counter()
    moved = 0
    for (number, change, results), computed in zip(kept, office.recalculate(made, work / "changed-computed")):
        book = Book(computed)
        wrong = compare(change, results, book)
        tried.update((change.item["scale"]["type"], change.state, change.item["criticality"]))
        if results["total"]["score"] != change.base.results["total"]["score"]:
            moved += 1
            # Held against what was scored before the change, the comparison has to see it.
            if not compare(change, change.base.results, book):
                wrong.append("the comparison does not see the change")
        if wrong:
            failures += 1
            print(f"change {number}: {change.base.name} {change.item['ref']} {change.place} {change.state} {change.typed!r} {change.inputs}")
            for line in wrong[:SHOWN]:
                print(f"    {line}")
    print(f"{len(kept)} changes compared, of {len(drawn)} drawn, {moved} moved the total: {dict(sorted(tried.items()))}")
    if len(kept) < 0.9 * args.changes:
        failures += 1
        print(f"only {len(kept)} of {args.changes} changes could be compared")
    wanted = {item["scale"]["type"] for base in known for item in base.tree["items"]} | {"veto", "key", "no_data", "not_applicable", "blank", "unreadable"}
    if args.changes >= 100 and (missing := wanted - set(tried)):
        failures += 1
        print(f"no change tried {sorted(missing)}")
    return failures


def committed(office, work):
    """The living workbooks of reports/, as they are."""
    (work / "given").mkdir(parents=True)
    found = [path for path in sorted((ROOT / "reports").rglob("report.xlsx")) if any(sheet in Book(path).sheets for sheet in ("自检", "Self-check"))]
    if not found:
        raise Failed("reports/ holds no living workbook")
    copies = []
    for path in found:
        copies.append(work / "given" / f"{path.parent.name}.xlsx")
        shutil.copyfile(path, copies[-1])
    failures = 0
    for path, copy, computed in zip(found, copies, office.recalculate(copies, work / "computed")):
        wrong, formulas = differences(copy, computed)
        print(f"{path.relative_to(ROOT)}: {formulas} formulas, {len(wrong)} not as stored")
        failures += len(wrong)
    return failures


def rescored(ecap, work, number, change):
    folder = work / "rescored" / str(number)
    folder.mkdir(parents=True)
    change.survey(change.base.inputs, folder / "in")
    results, _ = change.base.score(ecap, folder / "in", folder / "out", "--format", "json")
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--ecap", default=ROOT / "target" / "debug" / "ecap", type=Path)
    parser.add_argument("--changes", default=100, type=int)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--keep", type=Path, help="keep everything made in this folder")
    args = parser.parse_args()
    if not shutil.which("soffice"):
        sys.exit("soffice (LibreOffice Calc) is needed: without it nothing is checked")
    with tempfile.TemporaryDirectory(prefix="living-") as made:
        work = args.keep.resolve() if args.keep else Path(made)
        work.mkdir(parents=True, exist_ok=True)
        try:
            failures = run(args.ecap.resolve(), Office(Path(made)), work, args)
        except Failed as failed:
            sys.exit(str(failed))
    print("failed" if failures else "all as stored, all changes alike")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
