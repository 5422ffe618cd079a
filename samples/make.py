"""Fills the sample surveys from the answers in samples/source/.

    cargo build && python samples/make.py target/debug/ecap

The workbooks are what offices would send: the blank survey that `ecap survey` writes, filled by another program.
Fixed dates keep the bytes the same from run to run.
"""

import csv
import datetime
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from random import Random

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
    "区公安分局": (["公安部门", "人民武装部", "国防动员（人防）部门"], "指挥中心 0871-6200505"),
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


# What the sample's next edition changes; ids of items that are gone, and what takes their place.
GONE = {"eca-0256": ["eca-0406", "eca-0407"], "eca-0322": [], "eca-0346": []}
MERGED = (["eca-0305", "eca-0308"], "eca-0408")
CUTS = {"eca-0310": [60, 85, 100], "eca-0311": [70, 85, 100], "eca-0339": [60, 90, 100], "eca-0182": [85, 95, 100]}
REWORDED = {
    "eca-0307": ("评估期内，应急管理部门主办的应急培训班，开班前摸底测试的结果怎样使用？", "In the period, how are the results of the tests before training courses of the emergency management department used?"),
    "eca-0347": ("近24个月内，本地应急领域对外交流的成果用到了哪一步？", "In the last 24 months, how far have results of the jurisdiction's exchanges with others on emergency matters been put to use?"),
}
NEW = [
    ("eca-0406", "eca-0256", "12.1.04", "截至评估基准日，辖区江河洪水淹没范围的模型推演做到了哪一步？", "At the reference date, how far has modelling of the extent of river floods been taken?"),
    ("eca-0407", "eca-0256", "12.1.90", "截至评估基准日，辖区城市内涝积水范围的模型推演做到了哪一步？", "At the reference date, how far has modelling of the extent of urban waterlogging been taken?"),
    ("eca-0408", "eca-0305", "15.1.01", "评估期内，应急岗位人员列入培训需求台账的占多少？", "In the period, what share of staff in emergency posts were in the register of training needs?"),
    ("eca-0409", "eca-0226", "11.1.90", "截至评估基准日，辖区乡镇（街道）中，配有应急无人机并有持证飞手的占多少？", "At the reference date, what share of townships and subdistricts have an emergency drone and a licensed pilot for it?"),
    ("eca-0410", "eca-0226", "11.1.91", "截至评估基准日，辖区地下空间（车库、商场、地铁站）中，应急广播能播到的占多少？", "At the reference date, what share of underground spaces (garages, malls, metro stations) can the emergency broadcast reach?"),
]


def next_edition(ecap):
    """The embedded tree as it might be a year later: items added, gone, split, merged, redefined, moved; one weight changed."""
    tree = json.loads(subprocess.run([ecap, "tree", "show", "--json"], check=True, capture_output=True, text=True).stdout)
    tree["edition"] = "2027.1"
    tree["retired"] = [{"id": item, "edition": "2027.1", "replaced_by": new} for item, new in GONE.items() if new]
    tree["retired"] += [{"id": item, "edition": "2027.1", "replaced_by": []} for item, new in GONE.items() if not new]
    tree["retired"] += [{"id": item, "edition": "2027.1", "replaced_by": []} for item in MERGED[0]]
    known = {item["id"]: item for item in tree["items"]}
    fresh = []
    for item, like, ref, zh, en in NEW:
        fresh.append({**known[like], "id": item, "rev": 1, "ref": ref, "question": {"zh": zh, "en": en}})
        fresh[-1].pop("fact", None)
    for item, cuts in CUTS.items():
        known[item]["rev"] = 2
        known[item]["scale"]["cuts"] = cuts
    for item, (zh, en) in REWORDED.items():
        known[item]["rev"] = 2
        known[item]["question"] = {"zh": zh, "en": en}
    # Public education on fire drills now stands with the training of the public.
    known["eca-0340"]["parent"], known["eca-0340"]["ref"] = "15.2", "15.2.90"
    known["eca-0340"]["weight"] = 1
    items = [item for item in tree["items"] if item["id"] not in GONE and item["id"] not in MERGED[0]] + fresh
    for group in tree["groups"]:
        if group["code"] == "16":
            group["weight"] = 2
    order = {group["code"]: index for index, group in enumerate(tree["groups"])}
    tree["items"] = sorted(items, key=lambda item: order[item["parent"]])
    # Keys in the order of the contract.
    head = list(tree)
    head.remove("retired")
    head.insert(head.index("policy"), "retired")
    return {key: tree[key] for key in head}


def a_year_later(answer, item, random):
    """The answer of the next year: mostly the same level with this year's counts, sometimes a step up, now and then one down."""
    kind, turn = item["scale"]["type"], random.random()
    step = 1 if turn < 0.22 else -1 if turn < 0.28 else 0
    if kind == "level" and answer.isdigit():
        return str(max(0, min(item["scale"]["top"], int(answer) + step)))
    if kind == "checklist" and "、" in answer and step > 0:
        return "全部"
    if kind == "rate" and "/" in answer:
        part, whole = (int(number) for number in answer.split("/"))
        more = random.randint(0, 2)
        better = 1 if item["scale"].get("direction") == "higher" else -1
        part = part + (more if part == whole else random.randint(0, more)) + better * step * round(whole * 0.15)
        return f"{max(0, min(whole + more, part))}/{whole + more}"
    if kind == "yes_no" and step:
        return item["scale"]["pass"].replace("yes", "是").replace("no", "否") if step > 0 else answer
    return answer


def linjiang_2027(ecap):
    """The same district a year later, under another edition of the tree."""
    folder = HERE / "linjiang-2027"
    folder.mkdir(exist_ok=True)
    tree = next_edition(ecap)
    path = folder / "指标体系-2027.json"
    path.write_text(json.dumps(tree, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    old, new = MERGED
    crosswalk = f"# 2026.1 版到 2027.1 版；其余去向见指标体系的 retired。\nitems:\n  - {{old: [{', '.join(old)}], new: {new}, change: merged}}\n"
    (folder / "对照.yaml").write_text(crosswalk, encoding="utf-8")
    with tempfile.TemporaryDirectory() as made:
        blank_file = Path(made) / "blank.xlsx"
        command = [ecap, "survey", "--tree", str(path), "--unit", "临江区", "--period", "2027", "--respondent", "评估组", "-o", str(blank_file)]
        subprocess.run(command, check=True, capture_output=True)
        workbook = openpyxl.load_workbook(blank_file)
    cover(workbook, parent="江州市", kind="市辖区")
    random = Random(2027)
    answers = {line["id"]: line for line in read("linjiang-01-09.csv", "linjiang-10-18.csv")}
    like = {item: base for item, base, *_ in NEW}
    items = {item["id"]: item for item in tree["items"]}
    for item, place in rows(workbook).items():
        line = answers[like.get(item, item)]
        put(place, OWN, a_year_later(line["answer"], items[item], random))
        put(place, EVIDENCE, re.sub(r"202[4-6]", lambda year: str(int(year[0]) + 1), line["evidence"]))
        put(place, NOTE, line["note"])
    # What was unknown is known now, and the reverse.
    places = rows(workbook)
    for item, text, note in [("eca-0313", "查无资料", "上年的成绩册没有移交"), ("eca-0228", "95", "")]:
        put(places[item], OWN, text)
        put(places[item], NOTE, note)
    save(workbook, folder / "临江区_2027_自评表.xlsx")


def wanghai_2025(ecap):
    """Last year of 望海区 as somebody's table: level 1, three level-2 lines, one old name, one line that matches nothing."""
    lines = [("指标名称", "得分", "满分")]
    groups = json.loads(subprocess.run([ecap, "tree", "show", "--json"], check=True, capture_output=True, text=True).stdout)["groups"]
    random = Random(2025)
    top = [group for group in groups if group["level"] == 1]
    for group in top:
        name = "应急队伍" if group["code"] == "04" else group["name"]["zh"]
        lines.append((name, round(random.uniform(0.45, 0.95) * 50, 1), 50))
        if group["code"] == "16":
            lines += [(below["name"]["zh"], round(random.uniform(3, 9), 1), 10) for below in groups if below["parent"] == "16"]
    lines.append(("创新加分", 2, 5))
    lines.append(("合计", round(sum(line[1] for line in lines[1:] if line[2] == 50), 1), 900))
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "2025年度考核得分"
    sheet.append(["望海区2025年度应急能力考核得分表"])
    for line in lines:
        sheet.append(line)
    sheet.column_dimensions["A"].width = 34
    save(workbook, HERE / "wanghai-2025" / "上年得分.xlsx")
    text = "# 上年考核表里的旧名。\nnames:\n  - {old: 应急队伍, new: 专业队伍}\n"
    (HERE / "wanghai-2025" / "对照.yaml").write_text(text, encoding="utf-8")


# Two places with the same answers and other hazards: likelihood and consequence, and what the judgement rests on.
PLACES = {
    "biwan": ("碧湾区", "海州市", "市辖区", {
        "台风": (5, 5, "近20年有11年受台风正面影响，2019年登陆一次（区志、气象局台账）"),
        "洪涝": (3, 3, "城区内涝点9处，外江有堤防，没有山洪沟（2024年洪涝风险普查）"),
        "地质灾害": ("无", None, "辖区为冲积平原，没有在册隐患点（2024年地质灾害详查）"),
        "地震": (1, 3, "基本烈度6度，历史上没有破坏性地震"),
        "森林火灾": ("无", None, "没有成片林地"),
        "危险化学品": (3, 5, "临港化工园区有重大危险源14处（2025年备案）"),
        "矿山": ("无", None, "没有矿山"),
        "火灾": (4, 3, "老城区和港区仓库，年均火灾120起（消防救援大队统计）"),
        "交通": (3, 3, "港区疏港公路危险货物车辆日均900辆次"),
        "公用事业": (3, 3, "燃气管网46公里超过20年"),
        "传染病": (3, 3, "国际客运口岸，2024年输入病例6例"),
        "群体事件": (2, 2, "近三年没有较大群体性事件"),
    }),
    "qingling": ("青岭县", "云州市", "县", {
        "台风": ("无", None, "距海岸300公里以上，只受外围降雨影响，计入洪涝"),
        "洪涝": (5, 4, "山洪沟31条，近10年有9年发生洪涝，2021年转移1.2万人"),
        "地质灾害": (4, 5, "在册隐患点214处，受威胁3600户（2025年汛前核查）"),
        "地震": (2, 4, "基本烈度7度，1970年发生过5.5级地震"),
        "森林火灾": (4, 3, "森林覆盖率68%，年均火情7起（林业局统计）"),
        "危险化学品": (1, 2, "只有加油站11座，没有生产、储存企业"),
        "矿山": ("无", None, "矿山已于2020年全部关闭"),
        "火灾": (3, 2, "木结构村寨6处，年均火灾35起"),
        "交通": (3, 2, "山区公路临水临崖路段82公里"),
        "公用事业": (2, 2, "县城供水单水源"),
        "传染病": (2, 2, "近五年没有突发公共卫生事件"),
        "群体事件": (2, 2, "近三年没有较大群体性事件"),
    }),
}


def place(ecap, name):
    unit, parent, kind, hazards = PLACES[name]
    folder = HERE / name
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([ecap, "init", "--unit", unit, "--period", "2026", "-o", made], check=True, capture_output=True)
        workbook = openpyxl.load_workbook(Path(made) / "评估设置.xlsx")
    by_label(workbook["单位与时限"], {"上级单位": parent, "类别": kind, "基准日": "2026-10-31"})
    sheet = workbook["灾种"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in hazards:
            for column, value in enumerate(hazards[sheet.cell(row, 1).value], start=2):
                sheet.cell(row, column).value = value
    save(workbook, folder / "评估设置.xlsx")
    workbook = blank(ecap, unit, "2026", "评估组")
    cover(workbook, parent=parent, kind=kind)
    fill(workbook, {line["id"]: line for line in read("two-places.csv")}, set())
    save(workbook, folder / f"{unit}_2026_自评表.xlsx")


def column_of(sheet, row):
    return {cell.value: cell.column for cell in sheet[row] if cell.value}


# Ref: state, done, evidence, reviewer, opinion, and what else was changed; three months after the ledger was made.
# The second closes its own work, the third has no evidence: both have to be told.
LEDGER = {
    "16.2.02": ("已销号", "2026-12-10", "应急〔2026〕41号修订稿及签收单", "区政府办督查室主任", "抽查3份，齐全", {}),
    "15.2.01": ("已销号", "2026-12-12", "重印的培训计划（应急〔2026〕44号）", "应急管理部门副主任", "同意", {}),
    "17.3.01": ("已销号", "2026-12-20", None, "县政府办督查室主任", "口头说已办", {}),
    "16.3.06": ("待复核", "2026-12-28", "清单印发稿", None, None, {}),
    "14.2.03": ("整改中", None, None, None, None, {"进展情况": "已列入一季度采购，等待开标"}),
    "05.2.02": ("整改中", None, None, None, None, {"责任单位": "县应急管理局、县财政局", "进展情况": "两家商定共同承办"}),
    "13.3.03": ("整改中", None, None, None, None, {"时限": datetime.datetime(2027, 6, 30), "进展情况": "县政府常务会议同意延期"}),
    "07.1.06": ("未启动", None, None, None, None, {}),
}


def ledger(ecap):
    """青岭县's ledger as it comes back after three months."""
    with tempfile.TemporaryDirectory() as made:
        command = [ecap, "plan", str(HERE / "qingling"), "-o", made, "--date", "2026-11-22"]
        subprocess.run(command, check=True, capture_output=True)
        workbook = openpyxl.load_workbook(next(Path(made).glob("*/整改台账.xlsx")))
    sheet = workbook["整改台账"]
    columns = column_of(sheet, 2)
    rows = {sheet.cell(row, columns["编号"]).value: row for row in range(3, sheet.max_row + 1)}
    for ref, (state, done, evidence, reviewer, opinion, more) in LEDGER.items():
        row = rows[ref]
        filled = {"状态": state, "佐证材料": evidence, "复核人（职务）": reviewer, "复核意见": opinion, **more}
        if done:
            filled["完成日期"] = datetime.datetime.fromisoformat(done)
        for name, value in filled.items():
            if value:
                sheet.cell(row, columns[name]).value = value
    save(workbook, HERE / "qingling-ledger" / "整改台账.xlsx")


def answer_class(ecap):
    """A class of 18 before and after the course; each knows more after it, some nothing new."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([ecap, "train", str(HERE / "biwan"), "-o", made], check=True, capture_output=True)
        folder = next(Path(made).iterdir())
        with zipfile.ZipFile(folder / "答案.docx") as word:
            pages = re.sub(r"<[^>]+>", "\n", word.read("word/document.xml").decode())
        # A number and its letter are held together by a space that does not break.
        lines = pages.replace("\u00a0", " ").splitlines()
        listed = next(line for line in lines if line.startswith("1 ") and "；" in line)
        key = [one.split()[1] for one in listed.split("；")]
        random = Random(2026)
        bodies = ["区应急管理局", "区水务局", "滨海街道办事处", "区卫生健康局", "区住房和城乡建设局", "区消防救援大队"]
        knows = [random.uniform(0.35, 0.65) for _ in range(18)]
        for session, date, gain in [("训前", "2026-12-01", 0.0), ("训后", "2026-12-04", 0.28)]:
            workbook = openpyxl.load_workbook(folder / "答题表.xlsx")
            cover = workbook["测评说明"]
            by_label(cover, {"场次": session, "测评日期": datetime.datetime.fromisoformat(date)})
            sheet = workbook["答题"]
            for trainee, skill in enumerate(knows):
                row = 2 + trainee
                sheet.cell(row, 2).value = f"{trainee + 1:02d}号"
                sheet.cell(row, 3).value = bodies[trainee % len(bodies)]
                for question, right in enumerate(key):
                    others = [letter for letter in "ABCD" if letter != right]
                    answer = right if random.random() < skill + gain else random.choice(others)
                    # Some leave one open.
                    sheet.cell(row, 4 + question).value = None if random.random() < 0.01 else answer
            save(workbook, HERE / "biwan-class" / f"答题表_{session}.xlsx")


def main():
    ecap = sys.argv[1]
    makers = {
        "linjiang": linjiang,
        "linjiang-2027": linjiang_2027,
        "wanghai": wanghai,
        "wanghai-2025": wanghai_2025,
        "broken": broken,
        "qiyun": qiyun,
        "biwan": lambda ecap: place(ecap, "biwan"),
        "qingling": lambda ecap: place(ecap, "qingling"),
        "qingling-ledger": ledger,
        "biwan-class": answer_class,
    }
    for name in sys.argv[2:] or makers:
        makers[name](ecap)


if __name__ == "__main__":
    main()
