"""Fills the sample surveys from the answers in samples/source/.

    cargo build && python samples/make.py target/debug/ecap

The workbooks are what offices would send: the blank survey that `ecap survey` writes, filled by another program.
Fixed dates keep the bytes the same from run to run.
"""

import csv
import datetime
import re
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
VERIFICATION = "核验方式"


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
                    data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-20T00:00:00Z", data)
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


# 栖云区's departments: who answers for which leads of the tree, and whom to call.
REAL = {
    "区政府办公室": (["政府办公室", "数据管理部门"], "办公室综合科 0871-6200101"),
    "区应急管理局": (["应急管理部门", "地震工作部门"], "救援协调科 0871-6200202"),
    "区财政局": (["财政部门"], "行政政法科 0871-6200303"),
    "区消防救援大队": (["消防救援机构"], "作战训练科 0871-6200404"),
    "区公安分局": (["公安部门", "人民武装部", "国防动员(人防)部门"], "指挥中心 0871-6200505"),
    "区卫生健康局": (["卫生健康部门", "红十字会"], "应急办 0871-6200606"),
    "区自然资源和水务局": (["自然资源部门", "水利部门", "林业和草原部门", "气象部门", "农业农村部门"], "防汛办 0871-6200707"),
    "区住房城乡建设局": (["住房城乡建设部门", "城市管理部门", "交通运输部门", "生态环境部门"], "质量安全科 0871-6200808"),
    "区发展改革和工信局": (["发展改革部门", "工业和信息化部门", "粮食和物资储备部门", "商务部门", "科学技术部门"], "运行科 0871-6200909"),
    "区民政局": (["民政部门", "残疾人联合会", "人力资源社会保障部门"], "救助科 0871-6201010"),
    "区委组织部": (["机构编制部门", "组织部门"], "干部科 0871-6201111"),
    "区委宣传部": (["宣传部门", "教育部门", "文化和旅游部门", "共青团组织", "司法行政部门"], "新闻科 0871-6201212"),
}
SEND = ["survey", "--by-department"]


def by_label(sheet, values, last=40):
    """Fills column B beside labels in column A."""
    for row in range(1, last):
        if sheet.cell(row, 1).value in values:
            sheet.cell(row, 2).value = values[sheet.cell(row, 1).value]


def below(sheet, header, lines):
    """Writes lines under a header, its columns found by their words."""
    for row in range(1, sheet.max_row + 1):
        columns = {cell.value: cell.column for cell in sheet[row] if cell.value in header}
        if len(columns) == len(header):
            for offset, line in enumerate(lines, start=1):
                for word, value in zip(header, line):
                    if value is not None:
                        sheet.cell(row + offset, columns[word]).value = value
            return
    raise SystemExit(f"no {header} in {sheet.title}")


def qiyun(ecap):
    """A whole assessment: settings, twelve departments (one late, one half filled at first, one twice), the site review."""
    folder = HERE / "qiyun"
    qiyun_settings(ecap, folder)
    settings = ["--settings", str(folder / "评估设置.xlsx")]
    answers = {line["id"]: line for line in read("qiyun.csv")}
    late = set((SOURCE / "qiyun-half.txt").read_text(encoding="utf-8").split())
    first, second = folder / "收回", folder / "补交"
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([ecap, "survey", "--by-department", *settings, "-o", made], check=True, capture_output=True)
        for blank_file in sorted(Path(made).glob("*.xlsx")):
            if "评估组" in blank_file.name:
                continue  # The assessors fill the review workbook.
            workbook = openpyxl.load_workbook(blank_file)
            fill(workbook, answers, set())
            if "区民政局" in blank_file.name:
                save(workbook, second / blank_file.name)
            elif "区住房城乡建设局" in blank_file.name:
                cover(workbook, submission="第2次")
                save(workbook, second / f"{blank_file.stem}(补).xlsx")
                workbook = openpyxl.load_workbook(blank_file)
                fill(workbook, answers, late)
                save(workbook, first / blank_file.name)
            else:
                save(workbook, first / blank_file.name)
                if "区消防救援大队" in blank_file.name:
                    save(workbook, first / f"{blank_file.stem}(1).xlsx")
    with tempfile.TemporaryDirectory() as made:
        review = Path(made) / "review.xlsx"
        command = [ecap, "survey", "--review", str(first), str(second), *settings, "-o", str(review)]
        subprocess.run(command, check=True, capture_output=True)
        workbook = openpyxl.load_workbook(review)
    places = rows(workbook)
    for line in read("qiyun-review.csv"):
        place = places[line["id"]]
        put(place, REVIEW, line["review"])
        put(place, VERIFICATION, line["verification"])
        put(place, REVIEW_NOTE, line["review_note"])
    save(workbook, folder / "现场复核表.xlsx")


def fill(workbook, answers, left_blank):
    """Answers, evidence and notes into the rows that the workbook has."""
    for item, place in rows(workbook).items():
        if item in answers and item not in left_blank:
            line = answers[item]
            put(place, OWN, line["answer"])
            put(place, EVIDENCE, line["evidence"])
            put(place, NOTE, line["note"])


def qiyun_settings(ecap, folder):
    """评估设置.xlsx as the office of 栖云区 fills it."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([ecap, "init", "--unit", "栖云区", "--period", "2026", "-o", made], check=True, capture_output=True)
        workbook = openpyxl.load_workbook(Path(made) / "评估设置.xlsx")
    unit = {"上级单位": "云州市", "类别": "市辖区", "基准日": "2026-10-31", "报送截止日": "2026-11-20", "评估单位": "栖云区应急管理局"}
    by_label(workbook["单位与时限"], unit)
    sheet = workbook["部门对照"]
    real = {lead: (name, contact) for name, (leads, contact) in REAL.items() for lead in leads}
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in real:
            sheet.cell(row, 3).value, sheet.cell(row, 4).value = real[sheet.cell(row, 1).value]
    below(sheet, ["编号", "改由"], [["12.1.02", "区应急管理局"]])
    below(workbook["范围"], ["编号", "不评理由", "批准人"], [["09.3.05", "海绵城市由云州市统一核定，不下达到区，区里没有数据", None]])
    below(workbook["目标"], ["编号", "目标"], [["16", 80], ["07", 85]])
    sheet = workbook["权重"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "07":
            sheet.cell(row, 4).value = 2
    save(workbook, folder / "评估设置.xlsx")


def main():
    ecap = sys.argv[1]
    makers = {"linjiang": linjiang, "wanghai": wanghai, "broken": broken, "qiyun": qiyun}
    for name in sys.argv[2:] or makers:
        makers[name](ecap)


if __name__ == "__main__":
    main()
