"""Fills the sample surveys from the answers in samples/source/.

    cargo build && python samples/make.py target/debug/ecap

The workbooks are what offices would send: the blank survey that `ecap survey` writes, filled by another program.
Fixed dates keep the bytes the same from run to run.
"""

import csv
import datetime
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
SOURCE = HERE / "source"
FIXED = datetime.datetime(2026, 11, 20)
OWN, EVIDENCE, NOTE, REVIEW, REVIEW_NOTE, ID = "自评", "佐证材料", "说明", "复核", "复核说明", "id"


def blank(ecap, unit, period, respondent):
    """An empty survey as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        command = [ecap, "survey", "--unit", unit, "--period", period, "--respondent", respondent, "-o", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        return openpyxl.load_workbook(path)


def rows(workbook):
    """Each item's id with its sheet, row and columns."""
    found = {}
    for sheet in workbook.worksheets:
        header = {cell.value: cell.column for cell in sheet[1]}
        if ID not in header:
            continue
        for row in range(2, sheet.max_row + 1):
            item = sheet.cell(row, header[ID]).value
            if item:
                found[item] = (sheet, row, header)
    return found


def typed(text):
    """A bare number is typed as a number, unless the cell is a text cell."""
    try:
        return int(text)
    except ValueError:
        return text


def put(place, column, text):
    sheet, row, header = place
    if text:
        cell = sheet.cell(row, header[column])
        cell.value = text if cell.number_format == "@" or column not in (OWN, REVIEW) else typed(text)


def cover(workbook, **values):
    labels = {"parent": "上级单位", "kind": "类别", "submission": "第几次报送", "period": "评估期"}
    sheet = workbook["填报说明"]
    for row in range(1, 15):
        for key, value in values.items():
            if sheet.cell(row, 1).value == labels[key]:
                sheet.cell(row, 2).value = value


def save(workbook, path):
    """Saved with every date fixed."""
    workbook.properties.created = workbook.properties.modified = FIXED
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.xlsx"
        workbook.save(raw)
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name == "docProps/core.xml":
                    # openpyxl stamps the time of saving over the one set above.
                    start, end = data.index(b"<dcterms:modified"), data.index(b"</dcterms:modified>")
                    data = data[:start] + b'<dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-20T00:00:00Z' + data[end:]
                target.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def read(*names):
    for name in names:
        with open(SOURCE / name, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def linjiang(ecap):
    """A district in one workbook, filled by the assessors."""
    workbook = blank(ecap, "临江区", "2026", "评估组")
    cover(workbook, parent="江州市", kind="市辖区")
    places = rows(workbook)
    for line in read("linjiang-01-09.csv", "linjiang-10-18.csv"):
        place = places[line["id"]]
        put(place, OWN, line["answer"])
        put(place, EVIDENCE, line["evidence"])
        put(place, NOTE, line["note"])
    save(workbook, HERE / "linjiang" / "临江区_2026_自评表.xlsx")


def wanghai(ecap):
    """A district answered by several departments; the fire service sends its file twice."""
    lines = list(read("wanghai.csv"))
    respondents = list(dict.fromkeys(line["respondent"] for line in lines))
    for respondent in respondents:
        workbook = blank(ecap, "望海区", "2026", respondent)
        cover(workbook, parent="海州市", kind="市辖区")
        places = rows(workbook)
        for line in lines:
            if line["respondent"] == respondent:
                place = places[line["id"]]
                put(place, OWN, line["answer"])
                put(place, EVIDENCE, line["evidence"])
                put(place, NOTE, line["note"])
                put(place, REVIEW, line["review"])
                put(place, REVIEW_NOTE, line["review_note"])
        save(workbook, HERE / "wanghai" / f"{respondent}_2026_自评表.xlsx")
        if respondent == "消防救援机构":
            again = [place for item, place in sorted(places.items()) if place[0].cell(place[1], place[2][OWN]).value is not None][:2]
            for sheet, row, header in again:
                cell = sheet.cell(row, header[OWN])
                cell.value = "查无资料" if cell.value != "查无资料" else 0
                sheet.cell(row, header[NOTE]).value = "第一次报送时的登记表作废，正在补登"
            cover(workbook, submission="第2次")
            save(workbook, HERE / "wanghai" / "消防救援机构_2026_自评表(补报).xlsx")


def broken(ecap):
    """One workbook with the faults that offices make; the surveys' golden bad example."""
    workbook = blank(ecap, "青山县", "2026", "评估组")
    places = rows(workbook)
    scale = {line["id"]: line for line in read("broken.csv")}
    for item, line in scale.items():
        place = places[item]
        sheet, row, header = place
        for column, key in ((OWN, "answer"), (EVIDENCE, "evidence"), (NOTE, "note")):
            put(place, column, line[key])
        if line["fault"] == "date":
            cell = sheet.cell(row, header[OWN])
            cell.value, cell.number_format = datetime.date(2026, 3, 5), "m-d"
        elif line["fault"] == "number":
            sheet.cell(row, header[OWN]).value = float(line["answer"])
        elif line["fault"] == "wrong ref":
            sheet.cell(row, header[ID]).value = None
            sheet.cell(row, header["编号"]).value = "99.9.99"
        elif line["fault"] == "twice":
            last = sheet.max_row + 1
            for column in header.values():
                sheet.cell(last, column).value = sheet.cell(row, column).value
    sheet = workbook["02 管理机构"]
    for cell in sheet[1]:
        if cell.value == OWN:
            cell.value = "自评得分"
    cover(workbook, period="2025")
    save(workbook, HERE / "broken" / "青山县_2026_自评表.xlsx")


def main():
    ecap = sys.argv[1]
    wanted = sys.argv[2:] or ["linjiang", "wanghai", "broken"]
    for name in wanted:
        {"linjiang": linjiang, "wanghai": wanghai, "broken": broken}[name](ecap)


if __name__ == "__main__":
    main()
