"""A folder of 300 surveys from strangers: 270 good ones by four writers (ecap and openpyxl, openpyxl, LibreOffice, Python), 30 hostile ones.

`ecap score` reads the folder three times, the files named in three different orders; every item's score and every total is compared with
what this script computes from the answers it wrote, and each hostile file must have an error that names it.
"""

import argparse
import collections
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

UNITS, HOSTILE = 270, 30
LEVELS = "anchors: [{zh: 零, en: zero}, {zh: 一, en: one}, {zh: 二, en: two}, {zh: 三, en: three}]"
RATE = "numerator: {zh: 子, en: n}, denominator: {zh: 母, en: d}"
KINDS = ["level", "level", "level", "yes_no", "yes_no", "rate", "rate", "over", "count", "quantity"]
SCALES = {
    "level": f"{{type: level, {LEVELS}}}",
    "yes_no": '{type: yes_no, pass: "yes"}',
    "rate": f"{{type: rate, linear: {{zero: 0, full: 100}}, {RATE}}}",
    "over": f"{{type: rate, linear: {{zero: 0, full: 200}}, may_exceed_100: true, {RATE}}}",
    "count": "{type: count, unit: {zh: 次, en: times}, direction: higher, cuts: [1, 2, 4, 8]}",
    "quantity": "{type: quantity, unit: {zh: 人, en: people}, linear: {zero: 0, full: 50}}",
}


def tree_text():
    items = "".join(f"  - {{id: q{n}, question: {{zh: 第{n}题, en: Item {n}}}, scale: {SCALES[kind]}}}\n" for n, kind in enumerate(KINDS, 1))
    return f'id: strangers\nedition: "1"\nname: {{zh: 陌生, en: Strangers}}\nitems:\n{items}'


def answer(rng, kind):
    """What goes into the cell, its number format, and its score."""
    if kind == "level":
        level = rng.randint(0, 3)
        return level, None, 100 * level / 3
    if kind == "yes_no":
        yes = rng.random() < 0.6
        return ("是" if yes else "否"), None, 100 * yes
    if kind == "rate":
        if rng.random() < 0.5:
            part = rng.randint(0, 40)
            return f"{part}/40", None, 100 * part / 40
        percent = rng.randint(0, 100)
        return percent / 100, "0%", percent
    if kind == "over":
        percent = rng.randint(90, 200)
        return percent / 100, rng.choice(("0%", "0.00%", '0.0"约"%')), percent / 2
    if kind == "count":
        count = rng.randint(0, 9)
        return count, None, 25 * sum(count >= cut for cut in (1, 2, 4, 8))
    quantity = rng.randint(0, 500) / 10
    return quantity, None, 100 * quantity / 50


def fill(sheet, answers):
    heads = {sheet.cell(row, column).value: (row, column) for row in range(1, 12) for column in range(1, 12)}
    top, own = heads["自评"]
    ids = heads["id"][1]
    for row in range(top + 1, sheet.max_row + 1):
        found = answers.get(sheet.cell(row, ids).value)
        if found:
            cell = sheet.cell(row, own)
            cell.value = found[0]
            cell.number_format = found[1] or "General"


def scratch(unit, answers, path):
    book = Workbook()
    cover = book.active
    cover.title = "填报说明"
    for row in (("被评估单位", unit), ("评估期", "2026"), ("填报单位", "评估组"), ("第几次报送", 1), ("指标体系", "strangers")):
        cover.append(row)
    sheet = book.create_sheet("00")
    sheet.append(("编号", "自评", "id"))
    for key in answers:
        sheet.append((None, None, key))
    fill(sheet, answers)
    book.save(path)


def csv_text(unit, answers):
    """A cover fits on top of the rows: its labels stand in the first column."""
    lines = [f"被评估单位,{unit}", "评估期,2026", "填报单位,评估组", "第几次报送,1", "指标体系,strangers", "", "编号,自评,id"]
    for key, (value, form, _) in answers.items():
        lines.append(f",{f'{round(100 * value)}%' if form else value},{key}")
    return "\r\n".join(lines) + "\r\n"


def changed(bytes_, part, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes_)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == part else content)
    return out.getvalue()


def hostile(good, xls, ods):
    """Thirty files: name's ending and bytes."""
    last = "xl/worksheets/sheet2.xml"
    cell = lambda xml: lambda text: text.replace("</sheetData>", f'<row r="99">{xml}</row></sheetData>')
    without = lambda part: changed_names(good, lambda name: None if name == part else name)
    html = "<html><table><tr><td>编号</td><td>自评</td></tr></table></html>"
    rows = '<table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999" office:value-type="float" office:value="1"/></table:table-row></table:table>'
    circle = bytearray(xls)
    table = 512 * (1 + int.from_bytes(xls[76:80], "little"))
    for at in range(table, table + 512, 4):
        if int.from_bytes(circle[at : at + 4], "little") < 0xFFFFFFF0:
            circle[at : at + 4] = bytes(4)
    files = [
        ("xlsx", b""), ("xlsx", b"%PDF-1.7\n%"), ("xls", html.encode()), ("xls", html.encode("gbk")), ("xlsx", bytes(5000)),
        ("xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        ("xls", b"MIME-Version: 1.0\r\n"), ("xlsx", b"\x89PNG\r\n\x1a\n"), ("xlsx", b"Rar!\x1a\x07\x00"), ("xls", bytes(circle)),
        ("xls", xls[: len(xls) // 3]), ("xls", xls[:512]), ("ods", ods[: len(ods) // 2]),
        ("ods", changed(ods, "content.xml", lambda text: text.replace("</table:table>", rows, 1))),
        ("ods", changed(ods, "content.xml", lambda text: text[: len(text) // 2])),
        ("csv", "编号,自评,id\r\n".encode("gbk") + b"\x81"), ("csv", b"\x00\x01\x02"),
        *(("xlsx", good[: len(good) * part // 5]) for part in (1, 2, 3, 4)),
        ("xlsx", changed(good, last, cell('<c r="A4294967395"><v>1</v></c>'))), ("xlsx", changed(good, last, cell('<c r="XFE99"><v>1</v></c>'))),
        ("xlsx", changed(good, last, cell('<c r="A99" t="s"><v>999999</v></c>'))),
        ("xlsx", changed(good, last, cell('<c r="A99"><v>1</v></c><c r="A99"><v>2</v></c>'))),
        ("xlsx", changed(good, last, lambda text: text[:-30])), ("xlsx", changed(good, "xl/workbook.xml", lambda text: text[:-30])),
        ("xlsx", without(last)), ("xlsx", without("xl/styles.xml")), ("xlsx", bomb(good, last)),
    ]
    assert len(files) == HOSTILE, len(files)
    return files


def changed_names(bytes_, name_of):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes_)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name_of(name):
                new.writestr(name_of(name), old.read(name))
    return out.getvalue()


def bomb(good, part):
    return changed(good, part, lambda text: text.replace("</sheetData>", "<row/>" * 30_000_000 + "</sheetData>"))


def convert(office, folder, files, ending):
    """Many files in one call of LibreOffice."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{office}", "--convert-to", ending, "--outdir", folder, *files]
    subprocess.run(command, check=True, capture_output=True)
    return [folder / f"{file.stem}.{ending}" for file in files]


def write(ecap, root, seed):
    """The 300 files by stem, each with its ending and bytes, and what is to come of the good ones."""
    rng = random.Random(seed)
    tree = root / "tree.yaml"
    tree.write_text(tree_text(), encoding="utf-8")
    work = root / "work"
    work.mkdir()
    units = [f"单位{number:03}" for number in range(UNITS)]
    answers = {unit: {f"q{n}": answer(rng, kind) for n, kind in enumerate(KINDS, 1)} for unit in units}
    blank = work / "blank.xlsx"
    command = [ecap, "survey", "--tree", tree, "--unit", "空白", "--period", "2026", "--respondent", "评估组", "-o", blank]
    subprocess.run(command, check=True, capture_output=True)
    files = {}
    groups = {name: units[45 * at : 45 * (at + 1)] for at, name in enumerate(("blank", "scratch", "xlsx", "xls", "ods", "csv"))}
    for name, group in groups.items():
        for unit in group:
            path = work / f"{unit}.xlsx"
            if name == "blank":
                own = work / "own.xlsx"
                command = [ecap, "survey", "--tree", tree, "--unit", unit, "--period", "2026", "--respondent", "评估组", "-o", own]
                own.unlink(missing_ok=True)
                subprocess.run(command, check=True, capture_output=True)
                book = load_workbook(own)
                fill(next(sheet for sheet in book if any(cell.value == "自评" for row in sheet for cell in row)), answers[unit])
                book.save(path)
            elif name == "csv":
                files[unit] = ("csv", csv_text(unit, answers[unit]).encode("gbk"))
                continue
            else:
                scratch(unit, answers[unit], path)
            files[unit] = ("xlsx", path.read_bytes())
    for ending in ("xlsx", "xls", "ods"):
        out = work / f"office-{ending}"
        out.mkdir()
        paths = convert(root / "office", out, [work / f"{unit}.xlsx" for unit in groups[ending]], ending)
        for number, path in enumerate(paths):
            # What WPS calls .et are the same bytes.
            named = "et" if ending == "xls" and number % 3 == 0 else ending
            files[path.stem] = (named, path.read_bytes())
    first = lambda ending: files[groups[ending][1]][1]
    for number, (ending, content) in enumerate(hostile(files[groups["scratch"][0]][1], first("xls"), first("ods"))):
        files[f"坏{number:02}"] = (ending, content)
    return tree, files, answers


def score(ecap, root, tree, files, answers, order):
    """Reads a folder where the files stand in this order; returns what was wrong."""
    folder, out = root / "收回", root / "out"
    for one in (folder, out):
        shutil.rmtree(one, ignore_errors=True)
    folder.mkdir()
    names = {}
    for place, stem in enumerate(order):
        ending, content = files[stem]
        names[stem] = f"{place:03}-{stem}.{ending}"
        (folder / names[stem]).write_bytes(content)
    command = [ecap, "score", folder, "--tree", tree, "-o", out, "--format", "md", "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, text=True)
    wrong = []
    found = {}
    errors = collections.Counter()
    for path in out.rglob("results.json"):
        results = json.loads(path.read_text(encoding="utf-8"))
        found[results["unit"]["name"]] = results
    for line in (done.stdout + done.stderr).splitlines():
        if line.startswith("错误："):
            errors.update(stem for stem, name in names.items() if line.startswith(f"错误：{name}"))
    for unit, asked in answers.items():
        if unit not in found:
            wrong.append(f"{names[unit]}: no results")
            continue
        results = found[unit]
        for item in results["items"]:
            if item["score"] is None or abs(item["score"] - asked[item["id"]][2]) > 1e-6:
                wrong.append(f"{names[unit]}: {item['id']} {asked[item['id']]} was scored {item['score']}")
        total = sum(one[2] for one in asked.values()) / len(asked)
        if results["total"]["score"] is None or abs(results["total"]["score"] - total) > 1e-6:
            wrong.append(f"{names[unit]}: total {results['total']['score']}, not {total}")
    wrong += [f"{names[unit]}: an error on a good file" for unit in answers if errors[unit]]
    wrong += [f"{names[stem]}: no error names it" for stem in files if stem not in answers and not errors[stem]]
    wrong += [f"results of {unit}, of whom there is no good file" for unit in found if unit not in answers]
    named = sum(bool(errors[stem]) for stem in files if stem not in answers)
    return len(found), named, wrong, done.returncode, {unit: one["total"]["score"] for unit, one in found.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ecap")
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    ecap = str(Path(arguments.ecap).resolve())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        tree, files, answers = write(ecap, root, arguments.seed)
        kinds = collections.Counter(files[unit][0] for unit in answers)
        print(f"{len(files)} files, good ones: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}")
        stems = sorted(files)
        orders = [stems, stems[::-1], random.Random(arguments.seed).sample(stems, len(stems))]
        failed, totals = False, []
        for number, order in enumerate(orders, 1):
            scored, named, wrong, code, total = score(ecap, root, tree, files, answers, order)
            totals.append(total)
            print(f"order {number}: {scored} results of {UNITS}, {named} of {HOSTILE} hostile files named, {len(wrong)} wrong, exit code {code}")
            print("\n".join(wrong[:20]), end="\n" if wrong else "")
            failed |= bool(wrong)
        same = all(total == totals[0] for total in totals)
        print("the same results in every order" if same else "RESULTS DIFFER BETWEEN ORDERS")
    sys.exit(failed or not same)


if __name__ == "__main__":
    main()
