"""Plants what an auditor of self-assessments looks for, and counts what `ecap check --audit` finds of it.

    python suspicions.py target/debug/ecap /some/empty/folder --seed 1

Made from the words of the issue alone. Clean districts hold innocent look-alikes;
every planted district is a fresh one with a single fault. The seed decides all of it.
"""

import argparse
import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from multiprocessing import Pool
from pathlib import Path
from xml.sax.saxutils import escape

THIS, LAST = 2026, 2025
YEARS = (THIS, LAST)
ANSWERED, NOT_APPLICABLE, NO_DATA, BLANK = "answered", "not_applicable", "no_data", "blank"
PART_FOUND = Fraction(9, 10)
ALARMS_ALLOWED = 1

# ------------------------------------------------------------ the tree

# Ref of an item: refs without which its score says nothing.
REQUIRES = {
    "18.4.01": "03.1.05 08.7.02 16.2.01 18.1.01 18.1.05 18.1.06 18.2.01 18.2.02 18.2.04 18.2.10 18.2.11 18.4.06 18.5.01 18.5.06",
    "02.1.01": "02.1.02 02.1.03 02.1.06 02.3.05 08.3.04 15.1.01",
    "03.1.01": "03.1.02 03.1.07 03.2.04 03.2.06 03.2.08",
    "03.3.01": "03.3.02 03.3.03 03.3.04",
    "04.1.01": "04.1.02 04.1.04 04.1.05",
    "05.1.01": "15.3.05",
    "05.2.01": "05.2.03 05.2.06",
    "06.1.01": "06.1.06 07.1.01 08.3.02 16.1.02 18.6.02",
    "06.1.02": "06.1.05 06.1.07 06.4.04",
    "06.3.01": "06.3.02 06.3.05 06.3.06",
    "07.2.01": "07.2.06",
    "08.1.02": "08.1.01",
    "10.2.01": "13.4.05",
    "11.1.01": "11.1.05",
    "12.1.01": "12.1.05 12.1.06",
    "12.3.01": "12.3.03 12.3.05",
    "13.1.01": "13.1.02",
    "13.2.02": "13.2.03",
    "13.3.01": "13.3.03 13.3.04",
    "15.2.01": "15.2.04",
    "16.1.01": "16.1.03",
    "16.3.03": "16.3.04 16.3.05",
    "17.3.01": "17.3.02",
}


class Tree:
    """The city tree, its items by ref, and the pairs of which one requires the other."""

    def __init__(self, tree):
        self.items = {item["ref"]: item for item in tree["items"]}
        self.groups = {group["code"]: group["name"]["zh"] for group in tree["groups"]}
        self.leads = {one["id"]: one["name"]["zh"] for one in tree["departments"] if not one["outsider"]}
        self.by_lead = {lead: [ref for ref, item in self.items.items() if item["lead"] == lead] for lead in self.leads}
        self.outside = [ref for ref, item in self.items.items() if item["lead"] not in self.leads]
        self.dependants = {base: refs.split() for base, refs in REQUIRES.items()}
        self.id, self.edition = tree["id"], tree["edition"]
        self.digest = None


def load_tree(ecap, work):
    """The tree with `requires` added, and its file: none where the program does not know the key."""
    shown = subprocess.run([ecap, "tree", "show", "--json"], check=True, capture_output=True).stdout
    plain = json.loads(shown)
    tree = Tree(plain)
    wanted = {}
    for base, refs in tree.dependants.items():
        for ref in refs:
            wanted.setdefault(ref, []).append(tree.items[base]["id"])
    for item in plain["items"]:
        item.pop("requires", None)
        scale = item.pop("scale")
        if item["ref"] in wanted:
            item["requires"] = wanted[item["ref"]]
        item["scale"] = scale
    path = work / "tree.json"
    path.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    known = subprocess.run([ecap, "tree", "check", "--tree", path], capture_output=True).returncode == 0
    text = path.read_bytes() if known else shown.strip()
    tree.digest = hashlib.sha256(text).hexdigest()
    return tree, path if known else None


# ------------------------------------------------------------ scales

def steps_of(scale):
    kind = scale["type"]
    return scale["top"] if kind == "level" else 1 if kind == "yes_no" else 3 if kind == "range" else len(scale["cuts"])


def number_of(text):
    """The number of a rate in percent, or of a measure."""
    text = str(text)
    if "/" in text:
        above, below = text.split("/")
        return Fraction(above) / Fraction(below) * 100
    return Fraction(text.rstrip("%"))


def step_of(item, text):
    """How many steps of its scale an answer reaches."""
    scale = item["scale"]
    kind = scale["type"]
    if kind == "level":
        return int(text)
    if kind == "yes_no":
        return int(text == {"yes": "是", "no": "否"}[scale["pass"]])
    if kind == "checklist":
        chosen = set(chosen_of(scale, text))
        reached = sum(len(chosen) >= cut for cut in scale["cuts"])
        musts = {number for number, one in enumerate(scale["elements"], 1) if one["id"] in scale.get("must", [])}
        return reached if musts <= chosen else min(reached, 1)
    value = number_of(text)
    if kind == "range":
        low, high = map(exact, scale["band"])
        if low <= value <= high:
            return 3
        held = [step for step in scale["outside"]
                if ("below" in step and value < exact(step["below"])) or ("above" in step and value > exact(step["above"]))]
        return min(step["score"] for step in held)
    return cuts_met(value, [exact(cut) for cut in scale["cuts"]], scale.get("direction") == "lower")


def exact(number):
    return Fraction(str(number))


def chosen_of(scale, text):
    if text in ("全部", "无"):
        return range(1, len(scale["elements"]) + 1) if text == "全部" else ()
    return [int(part) for part in str(text).split("、")]


def worth_of(item, step):
    scale = item["scale"]
    return scale["worth"][step] if scale.get("worth") else step / steps_of(scale)


def type_checklist(rng, scale, step):
    size, cuts = len(scale["elements"]), scale["cuts"]
    musts = [number for number, one in enumerate(scale["elements"], 1) if one["id"] in scale.get("must", [])]
    low = cuts[step - 1] if step else 0
    high = size if step == len(cuts) else max(low, cuts[step] - 1)
    count = rng.randint(low, high)
    if step == 0 and rng.random() < 0.4:
        count = 0
    if count == size:
        return rng.choice(("全部", "全部", "、".join(map(str, range(1, size + 1)))))
    first = musts if step > 1 or (step and rng.random() < 0.5) else []
    first = first[:count]
    others = [number for number in range(1, size + 1) if number not in first]
    return "、".join(map(str, sorted(first + rng.sample(others, count - len(first))))) or "无"


def type_rate(rng, scale, step, size, style):
    """A numerator of this size that reaches the step, or one near it."""
    cuts, lower = [exact(cut) for cut in scale["cuts"]], scale.get("direction") == "lower"
    most = cuts[-1] * 2 if cuts[-1] <= 12 and not lower else Fraction(100)
    bounds = [Fraction(0), *cuts, most] if not lower else [min(most, cuts[0] * 2), *cuts, Fraction(0)]
    near, far = bounds[step], bounds[step + 1]
    if step == 0 and not lower:
        near = far * Fraction(rng.randint(25, 70), 100)
    low, high = sorted((near, far))
    inside = (int(low * size / 100), int(high * size / 100) + 1)
    for _ in range(30):
        number = rng.randint(*inside)
        if 0 <= number <= most * size / 100 and reach(number, size, cuts, lower) == step:
            break
    else:
        number = min(range(max(0, inside[0] - 1), min(size, inside[1] + 1) + 1),
                     key=lambda one: abs(reach(one, size, cuts, lower) - step))
    if style == "fraction":
        return f"{number}/{size}"
    share = 100 * number / size
    for digits in (1, 2, 4) if style == "percent" else (0, 1, 2, 4):
        text = f"{share:.{digits}f}%"
        if cuts_met(number_of(text), cuts, lower) == reach(number, size, cuts, lower):
            return text.replace(".0%", "%")
    return f"{number}/{size}"


def reach(number, size, cuts, lower):
    return cuts_met(Fraction(100 * number, size), cuts, lower)


def cuts_met(value, cuts, lower):
    return sum(value <= cut if lower else value >= cut for cut in cuts)


def type_measure(rng, item, step):
    scale = item["scale"]
    cuts, lower = [float(cut) for cut in scale["cuts"]], scale.get("direction") == "lower"
    capped = scale["type"] == "count" and re.search("抽|月份|10件", item["question"]["zh"])
    if lower:
        bounds = [cuts[0] * 2 + 2, *cuts, cuts[-1] * 0.3]
    else:
        bounds = [0, *cuts, cuts[-1] if capped else cuts[-1] * 1.5 + 1]
    bounds = [min(bound, float(scale.get("max", bound))) for bound in bounds]
    whole = all(cut == int(cut) for cut in cuts)
    for _ in range(200):
        value = rng.uniform(*sorted((bounds[step], bounds[step + 1])))
        typed = round(value) if whole and scale["type"] != "quantity" else round(value, 1 if scale["type"] == "quantity" else 2)
        if step_of(item, typed) == step:
            return typed
    edge = bounds[step]
    return int(edge) if edge == int(edge) else edge


def type_range(rng, scale, step):
    low, high = map(float, scale["band"])
    if step == 3:
        value = rng.uniform(low, high)
    else:
        below = [one["below"] for one in scale["outside"] if "below" in one and one["score"] == step]
        above = [one["above"] for one in scale["outside"] if "above" in one and one["score"] == step]
        value = below[0] * 0.8 if below else above[0] * 1.1 if above else low * 0.9
    value = min(value, float(scale.get("max", value)))
    return f"{value:.1f}%" if high < 10 else f"{round(value)}%"


def type_step(rng, item, step, size=None, style="fraction"):
    scale = item["scale"]
    kind = scale["type"]
    if kind == "level":
        return step
    if kind == "yes_no":
        return {"yes": "是", "no": "否"}[scale["pass"] if step else {"yes": "no", "no": "yes"}[scale["pass"]]]
    if kind == "checklist":
        return type_checklist(rng, scale, step)
    if kind == "rate":
        return type_rate(rng, scale, step, size, style)
    return type_range(rng, scale, step) if kind == "range" else type_measure(rng, item, step)


# ------------------------------------------------------------ sizes

SAMPLE = re.compile(r"抽[^0-9，；（）]{0,6}(\d+)(?=[台个户名处张条种家笔栋支所块份日人点])")
FIXED = {"03.2.07": 30, "08.2.02": 5, "11.2.04": 7, "11.3.03": 40, "18.6.04": 10, "12.2.02": 10, "15.1.04": 10, "13.2.04": 20,
         "04.2.08": 40, "05.1.06": 24, "17.4.02": 26, "09.1.08": 22, "16.3.04": 10, "12.3.04": 20, "14.2.06": 20, "16.2.06": 20,
         "17.5.01": 50, "06.3.03": 20, "03.2.02": 12}
# Words of a denominator, the size usual for it, and whether it stays from year to year.
SIZES = (
    ("常住人口", (140000, 820000), False), ("支出决算", (210000, 930000), False), ("账面原值", (1200000, 8800000), False),
    ("正文总字数", (19000, 52000), False), ("播种面积", (4200, 88000), False), ("家庭户数", (52000, 240000), False),
    ("总小时数", (8760, 8760), True), ("公里", (17, 96), True), ("报告卡", (420, 4300), False),
    ("最高等级", (2, 7), False), ("类别数", (3, 6), True), ("同级行政区", (3, 7), True), ("河流", (2, 6), True),
    ("电信企业", (4, 4), True), ("调查组", (2, 5), False), ("工程项目", (3, 9), False), ("建设项目", (3, 9), False),
    ("乡镇（街道）总", "towns", True), ("乡镇（街道）数", "towns", True), ("村（社区）", "villages", True), ("行政村", "villages", True),
    ("成员单位", "members", True), ("中小学校", (31, 88), True), ("养老", (14, 63), False), ("外国人", (24, 160), False),
    ("应转移人数", (87, 1460), False), ("住户", (61, 930), False), ("居民总数", (210, 2900), False), ("户数", (18, 210), False),
    ("队员", (46, 230), False), ("人数", (34, 190), False), ("志愿者", (38, 240), False), ("警情", (24, 230), False),
    ("工单", (61, 780), False), ("条款", (43, 58), True), ("预案", (9, 34), False), ("灾种", (5, 11), True), ("种类", (5, 12), True),
    ("类型", (16, 27), True), ("工作组", (7, 11), True), ("部门", (15, 27), True), ("演练", (6, 22), False), ("隐患", (13, 78), False),
    ("", (7, 64), False),
)


def sizes_of(rng, place, item):
    """The denominators of this and of last year."""
    words = item["scale"]["denominator"].get("zh", "")
    sample = FIXED.get(item["ref"])
    found = SAMPLE.search(words)
    if sample or found:
        full = sample or int(found[1])
        if rng.random() < 0.75:
            return full, full
        return tuple(rng.randint(max(3, full // 3), full) for _ in YEARS)
    usual, stays = next((usual, stays) for word, usual, stays in SIZES if word in words)
    if isinstance(usual, str):
        size = getattr(place, usual)
        return size, size if rng.random() < 0.9 else size + rng.choice((-1, 1))
    size = rng.randint(*usual)
    return size, size if stays else max(1, round(size * rng.uniform(0.86, 1.12)))


# ------------------------------------------------------------ words

DISTRICTS = ("栖云区", "临江区", "望海区", "清溪区", "文昌区", "南陵区", "东岭区", "白沙区", "武宁区", "龙泉区", "安阳区", "北湖区")
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何林罗高"
DOCUMENTS = ("文件", "台账", "数据", "单据", "影像", "图件")
GAPS = ("涉及单位多，{month}月起逐家核对，尚未全部办完", "人员{month}月调整后没有及时更新", "系统升级，部分记录没有迁移，正在补录",
        "经费{month}月才到位，余下部分列入下年计划", "还差一项，已列入整改台账，责任科室{surname}科长", "受汛期影响推迟，预计{next}年一季度补齐",
        "两个街道没有按时报送，已书面催办", "有{few}项记录缺签字，不计入", "新设科室{month}月才挂牌，台账从当月起记",
        "抽查中{few}处没有见到原件，按没有计", "老旧设备待更新，已报{next}年预算", "文件正在修订，{month}月征求过一次意见")
WHY_CUT = ("现场核对原件，少{few}项", "抽查{few}处与所报不符", "文件没有正式印发，不予认可", "记录没有签字，按没有计", "台账与系统导出数对不上",
           "佐证材料是上一版，不能证明现状", "实测没有达到所报时限")
WHY_RAISED = ("补交了原件，经核有效", "台账漏记，现场查实多{few}项")
TEMPLATES = (
    "《{short}{source}》（{sign}发〔{year}〕{number}号）", "{source}（{year}年{month}月）", "{source}（{sign}函〔{year}〕{number}号附件）",
    "{source}（{year}年{month}月{day}日导出，共{pages}页）", "{year}年{source}，{month}月{day}日由{person}签字",
    "{source}原件{few}份（{before}年11月至{year}年{month}月）", "{sign}办〔{year}〕{number}号通知及{source}",
    "{source}，存{year}年第{number}号卷", "{source}（{year}.{month}.{day}）{pages}页", "{person}{month}月{day}日核对的{source}（{year}年版）",
)


def words(rng, year):
    return {"month": rng.randint(1, 10), "day": rng.randint(1, 28), "few": rng.randint(2, 9), "surname": rng.choice(SURNAMES),
            "person": rng.choice(SURNAMES) + rng.choice("志海建国晓明文丽红军伟芳") + rng.choice(("", *"华平强敏斌")), "year": year,
            "before": year - 1, "next": year + 1, "number": rng.randint(2, 148), "pages": rng.randint(2, 46)}


# Name after the district's word, sign in document numbers, other names people use for it, its heads, leads of the tree.
OFFICES = (
    ("政府办公室", "政", ("区府办",), ("主任",), ("gov-office", "market-regulation")),
    ("应急管理局", "应急", ("应急局",), ("局长", "副局长"), ("emergency", "earthquake")),
    ("财政局", "财", (), ("局长", "总会计师"), ("finance",)),
    ("消防救援大队", "消", ("消防大队",), ("大队长", "教导员"), ("fire",)),
    ("公安分局", "公", ("公安局",), ("局长", "指挥中心主任"), ("public-security", "armed-forces", "civil-defence")),
    ("卫生健康局", "卫健", ("卫健局",), ("局长", "分管副局长"), ("health", "red-cross")),
    ("自然资源局", "自然资", ("资规局",), ("局长",), ("natural-resources", "forestry")),
    ("水务局", "水", ("水利局",), ("局长", "总工程师"), ("water", "meteorology", "agriculture")),
    ("住房和城乡建设局", "住建", ("住建局",), ("局长", "副局长"), ("housing", "urban-management", "transport", "ecology")),
    ("发展和改革局", "发改", ("发改局",), ("局长",), ("development-reform", "commerce", "industry", "science")),
    ("粮食和物资储备局", "粮储", ("粮储局",), ("局长",), ("grain-reserves",)),
    ("民政局", "民", (), ("局长", "副局长"), ("civil-affairs", "disabled-federation", "human-resources", "youth-league")),
    ("大数据管理局", "数", ("数据局",), ("局长",), ("data",)),
    ("委组织部", "组", ("组织部",), ("部长", "副部长"), ("staffing", "organization")),
    ("委宣传部", "宣", ("宣传部",), ("部长", "副部长"), ("publicity", "education", "culture-tourism")),
    ("司法局", "司", (), ("局长",), ("justice",)),
)
MERGES = (("大数据管理局", "政府办公室"), ("司法局", "委宣传部"), ("粮食和物资储备局", "发展和改革局"), ("水务局", "自然资源局"))
# A second real department of a lead, which answers a part of the same items.
SECONDS = (
    ("housing", "综合行政执法局", "综执"), ("civil-affairs", "残疾人联合会", "残联"), ("health", "疾病预防控制中心", "疾控"),
    ("fire", "政府专职消防队管理中心", "专消"), ("finance", "国库集中支付中心", "国库"), ("public-security", "交通警察大队", "交警"),
    ("gov-office", "委办公室", "委办"), ("emergency", "防灾减灾中心", "防减"), ("water", "河道管理所", "河"), ("data", "政务服务中心", "政务"),
)


# ------------------------------------------------------------ a district

@dataclass
class Answer:
    text: object
    state: str = ANSWERED
    step: int | None = None
    evidence: str = ""
    note: str = ""


@dataclass
class Department:
    name: str
    sign: str
    others: tuple
    heads: tuple
    leads: tuple
    quality: float = 0.7
    before: float = 0.68
    traits: set = field(default_factory=set)
    style: str = "fraction"
    templates: tuple = TEMPLATES
    asked: list = field(default_factory=list)
    answers: dict = field(default_factory=lambda: {year: {} for year in YEARS})

    def counting(self, year=THIS):
        """Refs that were answered."""
        return [ref for ref, answer in self.answers[year].items() if answer.state == ANSWERED]


# All levels at the top; levels as last year; far better than last year; much that does not apply, approved by somebody
# above; small numbers in its rates; lower than others, though within their spread.
TRAITS = ("good", "stable", "improved", "excused", "small", "strict")


class Place:
    """A district: who is asked what, what was answered in two years, and what the assessors found."""

    def __init__(self, rng, tree):
        self.rng, self.tree = rng, tree
        self.name = rng.choice(DISTRICTS)
        self.short = self.name[:-1]
        self.towns, self.villages, self.members = rng.randint(6, 16), rng.randint(71, 223), rng.randint(27, 43)
        self.mapped = rng.random() < 0.75
        self.level, self.reviews, self.unreviewed, self.cut = rng.uniform(0.6, 0.8), {}, set(), {}
        self.coverage, self.look_alikes = {}, []
        self.departments = self.offices() if self.mapped else self.plain_leads()
        self.ask_others()
        for one in self.departments:
            one.quality = min(0.93, max(0.35, self.level + max(-0.09, min(0.09, rng.gauss(0, 0.05)))))
            one.before = one.quality - rng.uniform(-0.03, 0.05)
            one.style = rng.choices(("fraction", "percent", "whole"), (80, 12, 8))[0]
            one.templates = tuple(rng.sample(TEMPLATES, rng.randint(4, 7)))
        self.homes = {ref: one for one in reversed(self.departments) for ref in one.asked
                      if tree.items[ref]["lead"] in one.leads and "second" not in one.traits}

    def offices(self):
        rng, tree = self.rng, self.tree
        merged = dict(rng.sample(MERGES, rng.randint(0, 3)))
        made = []
        for word, sign, others, heads, leads in OFFICES:
            if word not in merged:
                own = leads + tuple(lead for one in OFFICES if merged.get(one[0]) == word for lead in one[4])
                made.append(Department("区" + word, self.short[0] + sign, others, heads, own))
        for one in made:
            one.asked = [ref for lead in one.leads for ref in tree.by_lead[lead]]
        for lead, word, sign in rng.sample(SECONDS, rng.randint(1, 2)):
            some = [ref for ref in tree.by_lead[lead] if rng.random() < 0.8]
            some = some if len(some) < 40 else rng.sample(some, rng.randint(20, 40))
            made.append(Department("区" + word, self.short[0] + sign, (), ("主任", "负责人"), (lead,), traits={"second"}, asked=some))
        return made

    def plain_leads(self):
        tree, rng = self.tree, self.rng
        wanted = sorted(tree.by_lead, key=lambda lead: -len(tree.by_lead[lead]))[:rng.randint(9, 14)]
        made = []
        for lead in wanted:
            office = next(one for one in OFFICES if lead in one[4])
            made.append(Department(tree.leads[lead], self.short[0] + office[1], ("区" + office[0],), ("主要负责人", "分管负责人"), (lead,),
                                   asked=list(tree.by_lead[lead])))
        return made

    def ask_others(self):
        """Some items are also answered by a department that confirms them."""
        part = self.rng.choice((0.1, 0.2, 0.3)) if self.mapped else self.rng.choice((0.25, 0.4, 0.55))
        for ref, item in self.tree.items.items():
            if item["lead"] in self.tree.leads:
                for one in self.departments:
                    if ref not in one.asked and set(item["confirm"]) & set(one.leads) and self.rng.random() < part:
                        one.asked.append(ref)

    # -------------------------------------------------------- look-alikes

    def disguise(self, target=None, traits=TRAITS):
        """Innocent departments that look odd; never the one that gets a plant."""
        rng = self.rng
        free = [one for one in self.departments if one is not target]
        rng.shuffle(free)
        wanted = rng.sample(traits, rng.randint(min(3, len(traits)), min(5, len(traits))))
        if "good" in wanted:
            self.lift(rng.uniform(0.74, 0.82))
        for trait in wanted:
            fitting = [one for one in free if self.fits(one, trait)]
            pair = [(one, two) for one in fitting for two in fitting
                    if trait == "good" and one.asked[0] != two.asked[0] and len(set(one.asked) & set(two.asked)) > 7]
            chosen = list(pair[0]) if pair and rng.random() < 0.5 else fitting[:2 if trait == "good" else 1]
            for one in chosen:
                free.remove(one)
                one.traits.add(trait)
                self.look_alikes.append(f"{trait} {one.name}")
                if trait == "good":
                    one.quality = one.before = 0.95
                elif trait == "improved":
                    one.quality = min(0.92, self.level + 0.1)
                    one.before = one.quality - rng.uniform(0.25, 0.38)
                elif trait == "strict":
                    one.quality = one.before = self.level - rng.uniform(0.1, 0.14)

    def lift(self, level):
        """Where two departments are good throughout, the others are not poor."""
        shift, self.level = max(0, level - self.level), max(level, self.level)
        for one in self.departments:
            one.quality, one.before = min(0.93, one.quality + shift), min(0.93, one.before + shift)

    def fits(self, one, trait):
        items = [self.tree.items[ref] for ref in one.asked]
        if trait == "good":
            return 5 <= len(items) <= 60
        if trait == "excused":
            return 5 <= sum(self.may_leave(item["ref"]) for item in items) <= 20
        if trait == "small":
            return len(items) <= 16
        return 5 <= len(items) <= 40

    def may_leave(self, ref):
        item = self.tree.items[ref]
        return item["na"] is not None and item["criticality"] != "veto" and ref not in self.tree.dependants

    # -------------------------------------------------------- answers

    def answer(self):
        for one in self.departments:
            for ref in one.asked:
                if self.homes.get(ref) is one:
                    self.own(one, ref)
        for one in self.departments:
            for ref in one.asked:
                if self.homes.get(ref) is not one:
                    self.same_facts(one, self.homes[ref], ref) if ref in self.homes else self.own(one, ref)
        for year in YEARS:
            self.reconcile(year)
        for one in self.departments:
            for ref in one.asked:
                self.document(one, ref)

    def own(self, one, ref):
        """What the department knows itself, last year and this."""
        rng, item = self.rng, self.tree.items[ref]
        scale = item["scale"]
        steps = steps_of(scale)
        bias = rng.gauss(0, 0.1 if "good" in one.traits else 0.3 if scale["type"] == "level" else 0.22)
        step = {year: min(steps, max(0, round(steps * (quality + bias + rng.gauss(0, 0.05)))))
                for year, quality in ((THIS, one.quality), (LAST, one.before))}
        if "good" in one.traits and scale["type"] == "level":
            step = dict.fromkeys(YEARS, steps)
        if "stable" in one.traits:
            step[LAST] = step[THIS]
        if "improved" in one.traits:
            step[THIS] = max(step.values())
        if ref in self.tree.dependants:
            step = {year: max(1, at) if rng.random() < 0.93 else at for year, at in step.items()}
        size = dict.fromkeys(YEARS)
        if scale["type"] == "rate":
            size = dict(zip(YEARS, sizes_of(rng, self, item)))
            if "small" in one.traits and max(size.values()) < 300:
                few = rng.randint(2, 7)
                size = {THIS: few, LAST: max(2, few + rng.choice((-1, 0, 0, 1)))}
        texts = {LAST: type_step(rng, item, step[LAST], size[LAST], one.style)}
        again = {"checklist": 1 if "stable" in one.traits else 0.8, "count": 0.35, "duration": 0.12, "quantity": 0.08}
        if step[THIS] == step[LAST] and rng.random() < again.get(scale["type"], 0):
            texts[THIS] = texts[LAST]
        else:
            texts[THIS] = type_step(rng, item, step[THIS], size[THIS], one.style)
        for year in YEARS:
            one.answers[year][ref] = Answer(texts[year], step=step_of(item, texts[year]))
        self.leave(one, ref)

    def leave(self, one, ref):
        """Not applicable, no data, and what was forgotten."""
        rng = self.rng
        if self.may_leave(ref) and rng.random() < (0.72 if "excused" in one.traits else 0.1):
            for year in YEARS if rng.random() < 0.85 else [rng.choice(YEARS)]:
                one.answers[year][ref] = self.excuse(one, ref, year)
        elif ref not in self.tree.dependants:
            for year in YEARS:
                if rng.random() < 0.012:
                    one.answers[year][ref] = Answer("查无资料", NO_DATA, note="登记从{month}月才开始，此前没有留存".format(**words(rng, year)))
                elif rng.random() < 0.025:
                    one.answers[year][ref] = Answer(None, BLANK)

    def excuse(self, one, ref, year, approved=False):
        """Not applicable, with the tree's condition and how it was made sure."""
        rng = self.rng
        condition = self.tree.items[ref]["na"]["zh"]
        reason = rng.choice((
            "经{sign}科{month}月{day}日核查，{condition}", "{condition}（{year}年{month}月书面核实，{sign}函〔{year}〕{number}号）",
            "{condition}，{month}月{day}日与相关科室会签确认", "{condition}。{year}年度登记簿{pages}页逐条查过")).format(
                condition=condition, sign=one.sign, **{**words(rng, year)})
        if approved or "excused" in one.traits or rng.random() < 0.35:
            reason += rng.choice(("。", "；")) + "批准：" + rng.choice(self.approvers(one))
        return Answer("不适用", NOT_APPLICABLE, note=reason)

    def approvers(self, one):
        """Posts above the department, some with a name much like its own."""
        word = one.name.removeprefix("区")
        above = ["分管副区长", "区委常委、常务副区长", f"市{word}分管领导" if self.mapped else "市级主管部门分管领导", "评估组组长", "区长"]
        if "emergency" not in one.leads and one.name not in ("区防灾减灾中心",):
            above += ["区应急委办公室主任", "区应急管理局局长"]
        return above

    def same_facts(self, one, home, ref):
        """Another department's word on the same facts: mostly the same, from papers of its own."""
        rng, item = self.rng, self.tree.items[ref]
        scale = item["scale"]
        steps = steps_of(scale)
        agree = {"yes_no": 0.93, "level": 0.7, "checklist": 0.5, "rate": 0.3, "count": 0.5, "duration": 0.4}.get(scale["type"], 0.4)
        same, shift = rng.random() < agree, rng.choice((-1, 0, 0, 1))
        size = sizes_of(rng, self, item) if scale["type"] == "rate" else (None, None)
        for year, own_size in zip(YEARS, size):
            told = home.answers[year][ref]
            if told.state == NOT_APPLICABLE:
                one.answers[year][ref] = self.excuse(one, ref, year, approved="excused" in home.traits)
                continue
            if told.state != ANSWERED:
                self.own_once(one, ref, year, own_size)
                continue
            top = "good" in one.traits and scale["type"] == "level"
            step = steps if top else told.step if same else min(steps, max(0, told.step + (shift if steps > 1 else 0)))
            if ref in self.tree.dependants and told.step:
                step = max(1, step)
            text = told.text if same and step == told.step else type_step(rng, item, step, own_size, one.style)
            one.answers[year][ref] = Answer(text, step=step_of(item, text))

    def own_once(self, one, ref, year, size):
        item = self.tree.items[ref]
        steps = steps_of(item["scale"])
        text = type_step(self.rng, item, min(steps, max(1, round(steps * one.quality))), size, one.style)
        one.answers[year][ref] = Answer(text, step=step_of(item, text))

    def document(self, one, ref):
        """Evidence and remarks; a standing document serves both years, unless the answer rose."""
        rng, item = self.rng, self.tree.items[ref]
        now, then = (one.answers[year][ref] for year in YEARS)
        home = self.homes.get(ref)
        standing = item["time"] == "as_of" and item["facets"]["control"] in ("文件", "协议", "机构人员") and rng.random() < 0.35
        old = self.paper(one, item, rng.randint(2021, 2024)) if standing else None
        for year, answer in ((LAST, then), (THIS, now)):
            if answer.state != ANSWERED or answer.note:
                continue  # A note at this point says why there is nothing.
            at_top = answer.step == steps_of(item["scale"])
            rose = year == THIS and (then.state != ANSWERED or now.step > then.step)
            answer.evidence = old if old and not rose else self.paper(one, item, year)
            if home and home is not one and not rose and rng.random() < 0.15 and home.answers[year][ref].evidence:
                answer.evidence = home.answers[year][ref].evidence
            if not at_top and rng.random() < 0.6:
                answer.note = rng.choice(GAPS).format(**words(rng, year))
            if at_top and rng.random() < 0.012:
                answer.evidence, answer.note = "", "佐证：" + answer.evidence
            elif not at_top and not rose and rng.random() < 0.05 + 0.4 * (answer.step == 0):
                answer.evidence = ""

    def paper(self, one, item, year):
        """A document's name with numbers and dates of its year."""
        rng = self.rng
        kinds = [part for part in item["evidence"] if part["kind"] in DOCUMENTS] or item["evidence"]
        source = re.sub("(村|乡镇)（(社区|街道)）", r"\1\2", rng.choice(kinds)["zh"])
        source = re.split("[（：，；]", source)[0][:26]
        return rng.choice(one.templates).format(source=source, short=self.short, sign=one.sign, **words(rng, year))

    def reconcile(self, year):
        """Where a base has no score, nothing that requires it has one."""
        for base, refs in self.tree.dependants.items():
            told = [one.answers[year][base] for one in self.departments if base in one.answers[year]]
            if any(answer.state != BLANK and not answer.step for answer in told):
                for ref in refs:
                    for one in self.departments:
                        if ref in one.answers[year]:
                            one.answers[year][ref] = self.nothing(ref, year)

    def nothing(self, ref, year):
        item = self.tree.items[ref]
        note = self.rng.choice(("尚未制定，已列入{next}年计划", "没有建立，{month}月起草了初稿", "没有", "还没有开展")).format(**words(self.rng, year))
        if item["scale"]["type"] == "duration" and item["scale"].get("direction") == "lower":
            found = re.search("填(9+)", item["question"]["zh"])
            text = int(found[1]) if found else type_step(self.rng, item, 0)
        elif item["scale"]["type"] == "checklist":
            text = "无"
        elif item["scale"]["type"] == "rate" and item["scale"].get("direction") != "lower":
            text = f"0/{sizes_of(self.rng, self, item)[0]}"
        elif item["scale"]["type"] in ("count", "quantity", "duration") and item["scale"].get("direction") != "lower":
            text = 0
        elif item["scale"]["type"] == "range":
            text = "100%"
        else:
            text = type_step(self.rng, item, 0, 20)
        return Answer(text, step=step_of(item, text), note=note)

    # -------------------------------------------------------- reviews

    def review(self):
        """The assessors' workbook: a part of the items, mostly agreeing."""
        rng = self.rng
        for one in self.departments:
            part = self.coverage.get(one.name, rng.uniform(0.2, 0.45))
            for ref in one.asked:
                answer = one.answers[THIS][ref]
                home = self.homes.get(ref, one) is one
                if home and ref not in self.unreviewed and answer.state == ANSWERED and (ref in self.cut or rng.random() < part):
                    self.reviews[ref] = self.checked(one, ref, answer)
        for ref in self.tree.outside:
            if rng.random() < 0.6:
                item = self.tree.items[ref]
                steps = steps_of(item["scale"])
                size = sizes_of(rng, self, item)[0] if item["scale"]["type"] == "rate" else None
                step = min(steps, max(0, round(steps * rng.gauss(self.level, 0.2))))
                self.reviews[ref] = (type_step(rng, item, step, size), "", rng.choice(("抽查", "实测")))

    def checked(self, one, ref, answer):
        rng, item = self.rng, self.tree.items[ref]
        steps, step, note = steps_of(item["scale"]), answer.step, ""
        if ref in self.cut:
            step = max(int(ref in self.tree.dependants), step - self.cut[ref])
        elif step and rng.random() < (0.03 if steps == 1 else 0.1):
            step = step - 1 if rng.random() < 0.65 else step + 1
            step = min(steps, max(int(ref in self.tree.dependants), step))
        text = answer.text
        if step != answer.step:
            note = rng.choice(WHY_CUT if step < answer.step else WHY_RAISED).format(**words(rng, THIS))
            sizes = re.fullmatch(r"\d+/(\d+)", str(text))
            size = int(sizes[1]) if sizes else 20
            text = type_step(rng, item, step, size)
        return text, note, rng.choice(("查文件", "查文件", "抽查", "实测"))

    # -------------------------------------------------------- measures

    def worth(self, one, year=THIS):
        """The mean of what a department's answers are worth."""
        refs = one.counting(year)
        return sum(worth_of(self.tree.items[ref], one.answers[year][ref].step) for ref in refs) / max(1, len(refs))

    def is_usual(self):
        """Chance has put no department of any size far from the others, or far from its reviews."""
        means = sorted(self.worth(one) for one in self.departments if len(one.counting()) >= 6)
        middle = means[len(means) // 2]
        for one in self.departments:
            lost = [self.lost(one, ref) for ref in one.asked if self.homes.get(ref) is one and ref in self.reviews]
            if len(lost) >= 5 and sum(lost) / len(lost) > 0.2 or len(one.counting()) >= 8 and abs(self.worth(one) - middle) > 0.25:
                return False
        return True

    def lost(self, one, ref):
        """How much of the scale the review took off a department's own answer."""
        item = self.tree.items[ref]
        return worth_of(item, one.answers[THIS][ref].step) - worth_of(item, step_of(item, self.reviews[ref][0]))

    def tops(self, one, year=THIS):
        return [ref for ref in one.counting(year) if one.answers[year][ref].step == steps_of(self.tree.items[ref]["scale"])]

    def of_type(self, one, *types):
        return [ref for ref in one.asked if self.tree.items[ref]["scale"]["type"] in types]

    def put(self, one, ref, text, **more):
        """Sets this year's answer and keeps the rest of the row."""
        answer = one.answers[THIS][ref]
        changed = replace(answer, text=text, state=ANSWERED, step=step_of(self.tree.items[ref], text), **more)
        one.answers[THIS][ref] = changed

    def by_name(self, name):
        return next(one for one in self.departments if one.name == name)


# ------------------------------------------------------------ plants

@dataclass
class Plant:
    names: set
    what: str
    refs: set = field(default_factory=set)


STOCK = ("详见台账", "已落实，资料备查", "见附件", "资料齐全", "按要求开展，有记录")


def straight_line(rng, place, one):
    """A workbook, a sheet or all levels answered alike without a look at the questions."""
    tree = place.tree
    big = [code for code, count in Counter(ref[:2] for ref in one.asked).items() if count >= 8]
    levels = place.of_type(one, "level")
    form = rng.choice(["middle", "middle", "top"] + ["sheet"] * bool(big) + ["levels"] * (len(levels) >= 12))
    refs = one.asked
    if form == "sheet":
        code = rng.choice(big)
        refs = [ref for ref in one.asked if ref[:2] == code]
    if form == "levels":
        refs = levels
    refs = [ref for ref in refs if one.answers[THIS][ref].state == ANSWERED]
    part = rng.choice((1, 1, 0.95, 0.88))
    refs = rng.sample(refs, max(min(8, len(refs)), round(part * len(refs))))
    high = form == "top" or (form == "sheet" and rng.random() < 0.4)
    mark, share, number = rng.choice((1, 2, 2)), rng.choice(("80%", "85%", "90%", "75%")), rng.choice((1, 2, 3, 30))
    chosen = rng.choice(("1、2", "1、2、3", "1、2、3、4"))
    for ref in refs:
        item = tree.items[ref]
        kind, top = item["scale"]["type"], steps_of(item["scale"])
        same = {"level": top if high else min(mark, top), "yes_no": "是", "checklist": "全部" if high else chosen, "rate": "100%" if high else share,
                "range": one.answers[THIS][ref].text}
        if kind in same:
            place.put(one, ref, same[kind])
        elif not high:
            place.put(one, ref, min(number, item["scale"].get("max", number)))
        else:
            place.put(one, ref, type_step(rng, item, top))
    words_of = STOCK if high else rng.choice((None, None, STOCK, ("",)))
    phrase = rng.choice(words_of) if words_of else None
    for ref in refs:
        if phrase is not None and rng.random() < 0.92:
            one.answers[THIS][ref].evidence, one.answers[THIS][ref].note = phrase, ""
    return Plant({one.name}, f"{form}, {len(refs)} of {len(one.asked)} rows, "
                             f"{'tops' if high else f'{mark}/{share}'}, evidence {'its own' if phrase is None else repr(phrase)}")


def sharing(place, one):
    """Departments with enough items in common, not only answers that leave no choice."""
    for other in place.departments:
        common = [ref for ref in one.asked if ref in other.asked]
        free = [ref for ref in common if place.tree.items[ref]["scale"]["type"] not in ("yes_no", "level")]
        if other is not one and len(common) >= 10 and len(free) >= 6:
            yield other, common


def copied(rng, place, one):
    """Answers on the shared items taken over from another respondent."""
    other, common = rng.choice(list(sharing(place, one)))
    form = rng.choice(("whole", "whole", "whole", "signs changed", "in part", "answers only" if len(common) >= 14 else "whole"))
    common = [ref for ref in common if other.answers[THIS][ref].state == ANSWERED]
    if form == "in part":
        common = rng.sample(common, max(10, round(rng.uniform(0.8, 0.9) * len(common)))) if len(common) > 10 else common
    for ref in common:
        source = other.answers[THIS][ref]
        mine = replace(source)
        if form == "signs changed":
            mine.evidence = source.evidence.replace(other.sign, one.sign)
        if form == "answers only":
            mine.evidence = place.paper(one, place.tree.items[ref], THIS) if rng.random() < 0.6 else ""
            mine.note = one.answers[THIS][ref].note
        if form == "in part" and rng.random() < 0.15:
            mine.evidence = place.paper(one, place.tree.items[ref], THIS)
        one.answers[THIS][ref] = mine
    return Plant({one.name, other.name}, f"{form}, {len(common)} rows of {other.name}")


def copied_last_year(rng, place, one):
    """This year's column is last year's."""
    form = rng.choice(("verbatim", "verbatim", "years changed", "years changed", "in part", "answers only", "no evidence"))
    refs = [ref for ref in one.asked if one.answers[LAST][ref].state != BLANK]
    if form == "in part":
        refs = rng.sample(refs, round(rng.uniform(0.8, 0.92) * len(refs)))
    for ref in refs:
        now, then = one.answers[THIS][ref], one.answers[LAST][ref]
        mine = replace(then)
        if form == "years changed":
            mine.evidence, mine.note = (re.sub("202[5-6]", lambda year: str(int(year[0]) + 1), text) for text in (then.evidence, then.note))
            mine.evidence = then.evidence if re.search("202[1-4]", then.evidence) and "2025" not in then.evidence else mine.evidence
        if form == "answers only":
            fresh = now.evidence if now.evidence and now.evidence != then.evidence else place.paper(one, place.tree.items[ref], THIS)
            mine.evidence = fresh if then.evidence else ""
            mine.note = then.note if rng.random() < 0.5 else now.note if now.state == then.state else then.note
        if form == "no evidence" and then.state == ANSWERED:
            mine.evidence = ""
        one.answers[THIS][ref] = mine
    moving = len([ref for ref in refs if ref in place.of_type(one, "rate", "count", "duration", "quantity")])
    return Plant({one.name}, f"{form}, {len(refs)} of {len(one.asked)} rows, {moving} of them counts and rates")


def top_without_evidence(rng, place, one):
    """Full marks with nothing, or nothing that says anything, beside them."""
    tops = place.tops(one)
    form = rng.choice(("empty", "empty", "empty", "sign", "words", "mixed"))
    count = min(len(tops), max(rng.choice((2, 3, 3, 4, 5, 6, 8, 12, 20)), 4 if form == "words" else 0))
    refs = set(rng.sample(tops, count))
    for ref in refs:
        chosen = rng.choice(("empty", "sign", "words")) if form == "mixed" else form
        text = {"empty": "", "sign": rng.choice(("无", "/", "—", "-")), "words": rng.choice(("已落实", "有", "按要求完成", "符合要求", "已做"))}[chosen]
        one.answers[THIS][ref].evidence, one.answers[THIS][ref].note = text, ""
    place.unreviewed |= refs
    return Plant({one.name}, f"{form}, {count} of {len(tops)} top marks: {'、'.join(sorted(refs))}", refs)


def contradiction(rng, place, _one):
    """A score without what it requires."""
    # Any base will do: few departments hold most of them.
    base = rng.choice([base for base, refs in place.tree.dependants.items() if base in place.homes and any(ref in place.homes for ref in refs)])
    one = place.homes[base]
    all_refs = [ref for ref in place.tree.dependants[base] if ref in place.homes]
    chosen = rng.sample(all_refs, min(len(all_refs), rng.choice((1, 1, 1, 2, 3))))
    unknown = rng.random() < 0.06
    for each in place.departments:
        if base in each.asked:
            each.answers[THIS][base] = (Answer("查无资料", NO_DATA, note="没有查到相关文件") if unknown else place.nothing(base, THIS))
        for ref in all_refs:
            if ref in each.asked and ref not in chosen:
                each.answers[THIS][ref] = place.nothing(ref, THIS)
    names = {one.name}
    for ref in chosen:
        home, item = place.homes[ref], place.tree.items[ref]
        steps = steps_of(item["scale"])
        step = steps if rng.random() < 0.6 else rng.randint(1, steps)
        size = sizes_of(rng, place, item)[0] if item["scale"]["type"] == "rate" else None
        place.put(home, ref, type_step(rng, item, step, size), evidence=place.paper(home, item, THIS), note="")
        names.add(home.name)
        for each in place.departments:
            if each is not home and ref in each.asked:
                each.answers[THIS][ref] = place.nothing(ref, THIS)
    shown = "、".join(f"{ref}={place.homes[ref].answers[THIS][ref].text}" for ref in chosen)
    place.unreviewed |= {base, *all_refs}
    return Plant(names, f"{base}={one.answers[THIS][base].text}, yet {shown}", {base, *chosen})


def over_rating(rng, place, one):
    """The reviews take back much of what the department gave itself."""
    refs = [ref for ref in one.counting() if place.homes.get(ref) is one and ref not in place.tree.dependants
            and one.answers[THIS][ref].step and place.tree.items[ref]["scale"]["type"] != "range"]
    place.coverage[one.name] = rng.uniform(0.05, 0.15)
    count = min(len(refs), rng.choice((6, 8, 10, 14, 20)))
    seen = rng.sample(refs, count)
    part, hard = rng.choice((0.6, 0.75, 0.9, 1)), rng.random() < 0.5
    # Less than this on average is no more than strict reviewing.
    lost, floor = 0, 0.33 if count < 10 else 0.25
    for ref in seen:
        steps, at = steps_of(place.tree.items[ref]["scale"]), one.answers[THIS][ref].step
        down = 0 if rng.random() > part else rng.randint(1, at) if hard else rng.choice((1, 1, min(2, at)))
        place.cut[ref] = down
        lost += down / steps
    for ref in sorted(seen, key=lambda ref: -one.answers[THIS][ref].step):
        if lost < floor * count and not place.cut[ref]:
            steps = steps_of(place.tree.items[ref]["scale"])
            place.cut[ref], lost = 1, lost + 1 / steps
    for ref in seen:
        if lost < floor * count and place.cut[ref] < one.answers[THIS][ref].step:
            place.cut[ref], lost = place.cut[ref] + 1, lost + 1 / steps_of(place.tree.items[ref]["scale"])
    cuts = sum(bool(place.cut[ref]) for ref in seen)
    return Plant({one.name}, f"{cuts} of {count} reviewed answers cut, {100 * lost / count:.0f} points on average")


def far_away(rng, place, one):
    """Before the answers: a department far below or far above all others."""
    if rng.random() < 0.6:
        move_all(place, one, rng.uniform(0.7, 0.82), rng.uniform(0.05, 0.25))
    else:
        move_all(place, one, rng.uniform(0.4, 0.5), rng.uniform(0.93, 0.99))


def move_all(place, one, others, own):
    shift = others - place.level
    place.level = others
    for each in place.departments:
        each.quality, each.before = each.quality + shift, each.before + shift
    one.quality = one.before = own


def outlier(_rng, place, one):
    """Far from the others: at least a third of the scale from their middle, and beyond every one of any size."""
    means = [place.worth(each) for each in place.departments if each is not one and len(each.counting()) >= 6]
    middle, mine = sorted(means)[len(means) // 2], place.worth(one)
    if abs(mine - middle) < 0.33 or min(means) - 0.08 < mine < max(means) + 0.08:
        return None
    return Plant({one.name}, f"mean {100 * mine:.0f} over {len(one.counting())} items, the others {100 * min(means):.0f} to "
                             f"{100 * max(means):.0f}, middle {100 * middle:.0f}")


def digits(rng, place, one):
    """Rates as people make them up."""
    form = rng.choice(("fives", "fives", "tens", "round parts", "round parts", "one digit", "one value"))
    rates = [ref for ref in place.of_type(one, "rate") if one.answers[THIS][ref].state == ANSWERED
             and min(place.tree.items[ref]["scale"]["cuts"]) > 12]
    rates = rng.sample(rates, round((rng.choice((1, 0.9, 0.8)) if len(rates) > 13 else 1) * len(rates)))
    digit, value = rng.choice("3678"), rng.choice(("95%", "96%", "90%", "98.5%", "92%", "19/20", "47/50"))
    for ref in rates:
        item = place.tree.items[ref]
        now = float(number_of(one.answers[THIS][ref].text))
        now = rng.choice((now, 95, 90, 85, 80)) if now >= 99 else now
        if form in ("fives", "tens"):
            unit = 5 if form == "fives" else 10
            text = f"{min(100, max(unit, unit * round(now / unit)))}%"
        elif form == "round parts":
            size = rng.choice((100, 100, 50, 20, 200, 10)) if not SAMPLE.search(item["scale"]["denominator"]["zh"]) else 20
            share = min(100, max(5, 5 * round(now / 5)))
            share = share if share * size % 100 == 0 else 10 * round(share / 10)
            text = f"{share * size // 100}/{size}"
        elif form == "one digit":
            text = f"{min(9, int(now // 10))}{digit}%" if now >= 10 else f"1{digit}%"
        else:
            text = value if rng.random() < 0.85 else one.answers[THIS][ref].text
        if step_of(item, text) > one.answers[LAST][ref].step if one.answers[LAST][ref].state == ANSWERED else False:
            one.answers[THIS][ref].evidence = place.paper(one, item, THIS)
        place.put(one, ref, text)
    shown = "、".join(str(one.answers[THIS][ref].text) for ref in rates[:8])
    return Plant({one.name}, f"{form}, {len(rates)} rates: {shown}…")


def jump(rng, place, one):
    """From next to nothing to nearly all, with last year's evidence or none."""
    refs = [ref for ref in one.counting() if one.answers[LAST][ref].state == ANSWERED and place.homes.get(ref) is one
            and place.tree.items[ref]["scale"]["type"] != "range" and ref not in place.tree.dependants]
    bases = {ref for refs_of in place.tree.dependants.values() for ref in refs_of}
    refs = [ref for ref in refs if ref not in bases]
    if not refs:
        return None
    refs = rng.sample(refs, min(len(refs), rng.choice((1, 2, 2, 3, 4, 5, 6, 8))))
    form = rng.choice(("same", "same", "same", "old date", "none", "touched up"))
    for ref in refs:
        item = place.tree.items[ref]
        steps = steps_of(item["scale"])
        low = 0 if steps < 3 or rng.random() < 0.7 else 1
        high = steps if low or rng.random() < 0.75 else max(1, steps - 1)
        for year, step in ((LAST, low), (THIS, high)):
            size = sizes_of(rng, place, item)[0] if item["scale"]["type"] == "rate" else None
            text = type_step(rng, item, step, size, one.style)
            evidence = place.paper(one, item, LAST)
            one.answers[year][ref] = Answer(text, step=step_of(item, text), evidence=evidence)
        then = one.answers[LAST][ref]
        then.note = rng.choice(GAPS).format(**words(rng, LAST))
        one.answers[THIS][ref].evidence = {
            "same": then.evidence, "old date": place.paper(one, item, LAST), "none": "",
            "touched up": then.evidence + rng.choice(("，已完善", "（已补充）", "等"))}[form]
    shown = "、".join(f"{ref} {one.answers[LAST][ref].text}→{one.answers[THIS][ref].text}" for ref in refs)
    place.unreviewed |= set(refs)
    return Plant({one.name}, f"evidence {form}: {shown}", set(refs))


WEAK_REASONS = ("不涉及", "本单位无此项业务", "本区无此类情况", "无相关职责", "无此类对象", "本年度未发生", "不属于本单位工作范围")


def na_share(rng, place, one):
    """Not applicable on far more of what allows it than others use it for, and than last year."""
    allowed = [ref for ref in one.asked if place.may_leave(ref)]
    for ref in allowed:
        if one.answers[LAST][ref].state == NOT_APPLICABLE and rng.random() < 0.7:
            place_back(rng, place, one, ref)
    part = rng.uniform(0.6, 1)
    refs = rng.sample(allowed, max(5, round(part * len(allowed))))
    form = rng.choice(("one phrase", "phrases", "the condition"))
    phrase = rng.choice(WEAK_REASONS)
    for ref in refs:
        reason = {"one phrase": phrase, "phrases": rng.choice(WEAK_REASONS), "the condition": place.tree.items[ref]["na"]["zh"]}[form]
        one.answers[THIS][ref] = Answer("不适用", NOT_APPLICABLE, note=reason)
    before = sum(one.answers[LAST][ref].state == NOT_APPLICABLE for ref in allowed)
    return Plant({one.name}, f"{len(refs)} of {len(allowed)} that allow it ({before} last year, {len(one.asked)} items), {form}: {phrase}", set(refs))


def place_back(rng, place, one, ref):
    """Last year it was answered after all."""
    item = place.tree.items[ref]
    size = sizes_of(rng, place, item)[0] if item["scale"]["type"] == "rate" else None
    step = max(0, round(steps_of(item["scale"]) * min(1, one.before)))
    text = type_step(rng, item, step, size, one.style)
    one.answers[LAST][ref] = Answer(text, step=step_of(item, text), evidence=place.paper(one, item, LAST))


def na_self_granted(rng, place, one):
    """The approver of a not-applicable is the department's own head."""
    allowed = [ref for ref in one.asked if place.may_leave(ref)]
    refs = rng.sample(allowed, min(len(allowed), rng.choice((1, 1, 1, 2, 2, 3, 4))))
    head = rng.choice(one.heads)
    word = next((word for word in ("局", "大队", "部", "中心", "办公室") if one.name.endswith(word)), "部门")
    own = [f"{one.name}{head}", f"{one.name}{head}", f"{rng.choice(SURNAMES)}建国（{one.name}{head}）", f"本{word}{head}", "本单位主要负责人",
           f"{one.name}领导班子", f"我{word}{head}"]
    own += [f"{other}{head}" for other in one.others]
    approver = rng.choice(own)
    lead_in = rng.choice(("批准：", "批准：", "批准：", "批准:", "批准人："))
    if lead_in == "批准人：" and "：" in approver:
        lead_in = "批准："
    for ref in refs:
        condition = rng.choice((place.tree.items[ref]["na"]["zh"], rng.choice(WEAK_REASONS)))
        one.answers[THIS][ref] = Answer("不适用", NOT_APPLICABLE, note=f"{condition}{rng.choice('，；。')}{lead_in}{approver}")
    return Plant({one.name}, f"{lead_in}{approver}: {'、'.join(refs)}", set(refs))


@dataclass(frozen=True)
class Kind:
    """A suspicion: which department can have it, and how it gets it."""
    code: str
    fits: object
    plant: object
    before: object = None
    by_item: bool = False


def allowing(place, one):
    return sum(place.may_leave(ref) for ref in one.asked)


def rates(place, one):
    return sum(min(place.tree.items[ref]["scale"]["cuts"]) > 12 for ref in place.of_type(one, "rate"))


def has_base(place, one):
    return any(place.homes.get(base) is one and any(ref in place.homes for ref in refs) for base, refs in place.tree.dependants.items())


KINDS = (
    Kind("audit-straight-line", lambda place, one: len(one.asked) >= 10, straight_line),
    Kind("audit-copied", lambda place, one: any(sharing(place, one)), copied),
    Kind("audit-copied-last-year", lambda place, one: len(one.asked) >= 9 and len(place.of_type(one, "rate", "count", "duration")) >= 5,
         copied_last_year),
    Kind("audit-top-without-evidence", lambda place, one: len(one.asked) >= 8, top_without_evidence, by_item=True),
    Kind("audit-contradiction", has_base, contradiction, by_item=True),
    Kind("audit-over-rating", lambda place, one: len(one.asked) >= 10 and "second" not in one.traits, over_rating),
    Kind("audit-outlier", lambda place, one: len(one.asked) >= 9, outlier, far_away),
    Kind("audit-digits", lambda place, one: rates(place, one) >= 10, digits),
    Kind("audit-jump", lambda place, one: len(one.asked) >= 8 and "second" not in one.traits, jump, by_item=True),
    Kind("audit-na-share", lambda place, one: allowing(place, one) >= 6, na_share),
    Kind("audit-na-self-granted", lambda place, one: allowing(place, one) >= 1, na_self_granted, by_item=True),
)


def clean_district(rng, tree):
    """Nobody is at fault in it, and chance has made nobody look it."""
    while True:
        place = Place(rng, tree)
        place.disguise()
        place.answer()
        place.review()
        if place.is_usual():
            return place


def planted_district(rng, tree, kind):
    """A fresh district with one fault of the kind; tried again where it holds nobody for it."""
    while True:
        place = Place(rng, tree)
        fitting = [one for one in place.departments if kind.fits(place, one)]
        if not fitting:
            continue
        target = rng.choice(fitting)
        # Beside an outlier only what leaves the means alone.
        place.disguise(target, ("stable", "excused", "small") if kind.before else TRAITS)
        if kind.before:
            kind.before(rng, place, target)
        place.answer()
        plant = kind.plant(rng, place, target) if enough(kind, place, target) else None
        if plant:
            place.review()
            return place, plant


def enough(kind, place, one):
    """Whether the answers leave room for a plant that an auditor would call one."""
    if kind.code == "audit-top-without-evidence":
        return len(place.tops(one)) >= 3
    if kind.code == "audit-digits":
        return sum(one.answers[THIS][ref].state == ANSWERED for ref in place.of_type(one, "rate")) >= 10
    if kind.code == "audit-copied":
        return all(sum(other.answers[THIS][ref].state == ANSWERED for ref in common) >= 10 for other, common in sharing(place, one))
    if kind.code == "audit-over-rating":
        return sum(place.homes.get(ref) is one and one.answers[THIS][ref].step and ref not in place.tree.dependants
                   for ref in one.counting()) >= 6
    return True


# ------------------------------------------------------------ workbooks

HEADER = ["编号", "指标", "牵头部门", "自评", "佐证材料", "说明", "复核", "复核说明", "id"]
REVIEW_HEADER = ["编号", "指标", "牵头部门", "各方自评", "佐证材料", "复核", "核验方式", "复核说明", "id"]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_book(path, sheets):
    """A bare workbook from (title, rows): a library takes ten times as long."""
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                      f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      f'<Override PartName="/xl/workbook.xml" ContentType="{PARTS}.sheet.main+xml"/>'
                      + "".join(f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{PARTS}.worksheet+xml"/>'
                                for number in numbers) + "</Types>")
        book.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                      f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
            f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers) + "</Relationships>")
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>' + "".join(
            f'<sheet name="{escape(title)}" sheetId="{number}"{" state=" + chr(34) + "veryHidden" + chr(34) if title == "_ecap" else ""} '
            f'r:id="rId{number}"/>' for number, (title, _) in zip(numbers, sheets)) + "</sheets></workbook>")
        for number, (_, rows) in zip(numbers, sheets):
            book.writestr(f"xl/worksheets/sheet{number}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>' + "".join(
                f'<row r="{at}">{"".join(cell_of(f"{chr(64 + column)}{at}", value) for column, value in enumerate(row, 1))}</row>'
                for at, row in enumerate(rows, 1)) + "</sheetData></worksheet>")


def cell_of(place, value):
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def write_forms(path, place, year, respondent, kind, sheets):
    """Cover, sheets and hidden copy of a survey or of the review workbook."""
    cover = [("被评估单位", place.name), ("上级单位", "云州市"), ("类别", "市辖区"), ("评估期", str(year)), ("填报单位", respondent),
             ("第几次报送", 1), ("指标体系", place.tree.id), ("版本", place.tree.edition), ("摘要", place.tree.digest)]
    hidden = [("unit", place.name), ("period", str(year)), ("respondent", respondent), ("kind", kind)]
    write_book(path, [("填报说明", cover), *sheets, ("_ecap", hidden)])


def lead_name(place, ref):
    return place.tree.leads.get(place.tree.items[ref]["lead"], "上级或评估组")


def by_sheet(place, refs):
    sheets = {}
    for ref in sorted(refs):
        sheets.setdefault(ref[:2], []).append(ref)
    return [(f"{code} {place.tree.groups[code]}"[:31], held) for code, held in sheets.items()]


def write_survey(folder, place, year, number, one):
    sheets = []
    for title, refs in by_sheet(place, one.asked):
        rows = [HEADER]
        for ref in refs:
            item, answer = place.tree.items[ref], one.answers[year][ref]
            rows.append((ref, item["question"]["zh"], lead_name(place, ref), answer.text, answer.evidence, answer.note, None, None, item["id"]))
        sheets.append((title, rows))
    write_forms(folder / file_name(year, number, one), place, year, one.name, "survey", sheets)


def file_name(year, number, one):
    return f"{number:02}_{one.name}_{year}_自评表.xlsx"


def write_review(folder, place):
    sheets = []
    for title, refs in by_sheet(place, place.reviews):
        rows = [REVIEW_HEADER]
        for ref in refs:
            item = place.tree.items[ref]
            told = [f"{one.name}：{one.answers[THIS][ref].text}" for one in sorted(place.departments, key=lambda one: one.name)
                    if ref in one.answers[THIS] and one.answers[THIS][ref].state != BLANK]
            text, note, way = place.reviews[ref]
            rows.append((ref, item["question"]["zh"], lead_name(place, ref), "；".join(told), None, text, way, note, item["id"]))
        sheets.append((title, rows))
    write_forms(folder / "现场复核表.xlsx", place, THIS, "评估组", "review", sheets)


def write_settings(folder, place, year):
    unit = [("被评估单位", place.name), ("上级单位", "云州市"), ("类别", "市辖区"), ("评估期", str(year)), ("评估单位", f"{place.name}应急管理局")]
    leads = [("牵头部门", "题数", "实际部门", "联系人")]
    for lead, name in place.tree.leads.items():
        leads.append((name, len(place.tree.by_lead[lead]), "、".join(one.name for one in place.departments if lead in one.leads)))
    write_book(folder / "评估设置.xlsx", [("单位与时限", unit), ("部门对照", leads)])


def write_district(folder, place):
    """Two folders: this year's workbooks and last year's."""
    for year in YEARS:
        held = folder / str(year)
        held.mkdir(parents=True)
        if place.mapped:
            write_settings(held, place, year)
        for number, one in enumerate(place.departments, 1):
            write_survey(held, place, year, number, one)
    write_review(folder / str(THIS), place)


# ------------------------------------------------------------ the run

@dataclass
class Job:
    options: argparse.Namespace
    tree: Tree
    tree_file: Path | None
    kind: str | None
    number: int


def run(job):
    """One district: made, checked, and what was said of it."""
    options = job.options
    label = f"{job.kind or 'clean'}-{job.number:02}"
    rng = random.Random(f"{options.seed}/{label}")
    folder = options.work / label
    shutil.rmtree(folder, ignore_errors=True)
    kind = next((one for one in KINDS if one.code == job.kind), None)
    if kind:
        place, plant = planted_district(rng, job.tree, kind)
    else:
        place, plant = clean_district(rng, job.tree), None
    write_district(folder, place)
    said, trouble = check(options, job.tree_file, folder)
    if not options.keep:
        shutil.rmtree(folder)
    files = {file_name(THIS, number, one): one.name for number, one in enumerate(place.departments, 1)}
    return job.kind, label, place, plant, [(code, *named(args, at, files), args) for code, args, at in said], trouble


def check(options, tree_file, folder):
    """The audit findings of a district, and what kept it from being read."""
    command = [options.ecap, "check", folder / str(THIS), "--json"]
    command += [] if options.plain else ["--audit", "--last", folder / str(LAST)]
    command += ["--tree", tree_file] if tree_file else []
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 2:
        return [], [f"could not run: {done.stderr.strip()[:300]}"]
    findings = json.loads(done.stdout)["findings"]
    errors = [one["message"]["zh"] for one in findings if one["severity"] == "error" and not one["code"].startswith("audit-")]
    if options.plain:
        last = subprocess.run([*command[:2], folder / str(LAST), *command[3:]], capture_output=True, text=True)
        errors += [one["message"]["zh"] for one in json.loads(last.stdout)["findings"] if one["severity"] == "error"]
    return [(one["code"], one["args"], one["place"]["file"]) for one in findings if one["code"].startswith("audit-")], errors


def named(args, file, files):
    """Respondents and refs that a finding names."""
    names = {part for part in re.split("[、，,；;]", str(args.get("respondent") or "")) if part}
    names.add(str(args.get("respondent") or ""))
    names.add(files.get(Path(file).name if file else "", ""))
    items = args.get("items") or ""
    return names - {""}, set(items if isinstance(items, list) else re.split("[、，,；;\\s]+", str(items)))


class Tally:
    def __init__(self, plain, codes):
        self.plain, self.codes = plain, codes
        self.planted, self.found, self.alarms, self.beside, self.lines = Counter(), Counter(), Counter(), Counter(), []

    def add(self, wanted, label, place, plant, said, trouble):
        for line in trouble[:3]:
            self.lines.append(f"TROUBLE {label} {place.name}: {line}")
        if plant is None:
            for code, names, _, args in said:
                if code not in self.codes:
                    continue
                self.alarms[code] += 1
                self.lines.append(f"ALARM {code} {label} {place.name} {'、'.join(sorted(names)) or '?'}: {json.dumps(args, ensure_ascii=False)[:300]} "
                                  f"(look-alikes: {'; '.join(place.look_alikes)})")
            return
        kind = next(one for one in KINDS if one.code == wanted)
        mine = [one for one in said if one[0] == wanted]
        hit = [one for one in mine if one[1] & plant.names and (not kind.by_item or one[2] & plant.refs)]
        self.planted[wanted] += 1
        self.found[wanted] += bool(hit)
        self.beside[wanted] += sum(not one[1] & plant.names for one in mine)
        if not hit and not self.plain:
            self.lines.append(f"MISS {wanted} {label} {place.name} {'、'.join(sorted(plant.names))}: {plant.what}")


def report(tally, kinds, plants, districts):
    """The table; true where every kind holds."""
    good = not any(line.startswith("TROUBLE") for line in tally.lines)
    print("\n".join(tally.lines))
    print(f"{'kind':28} {'found':>9} {'alarms in ' + str(districts):>14} {'beside plants':>14}")
    for kind in kinds:
        code = kind.code
        held = tally.found[code] >= PART_FOUND * plants and tally.alarms[code] <= ALARMS_ALLOWED
        good = good and held
        print(f"{code:28} {tally.found[code]:>4} of {tally.planted[code]:<3} {tally.alarms[code]:>12} {tally.beside[code]:>14}"
              f"{'' if held else '   short'}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ecap", type=Path, help="the program")
    parser.add_argument("work", type=Path, help="a folder to work in")
    parser.add_argument("--seed", default="1", help="another seed makes other districts and other plants")
    parser.add_argument("--plants", type=int, default=50, metavar="N", help="plants a kind")
    parser.add_argument("--districts", type=int, default=20, metavar="N", help="clean districts")
    parser.add_argument("--only", metavar="KIND", choices=[one.code for one in KINDS] + ["clean"], help="one kind, or the clean districts only")
    parser.add_argument("--keep", action="store_true", help="keep the workbooks")
    parser.add_argument("--plain", action="store_true", help="check without --audit: only whether all of it can be read")
    parser.add_argument("--list", action="store_true", help="print every plant")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    options = parser.parse_args()
    options.ecap = options.ecap.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    tree, tree_file = load_tree(options.ecap, options.work)
    if tree_file is None:
        print("this program does not know `requires`: the plain tree is used, contradictions cannot be found")
    kinds = [one for one in KINDS if options.only in (None, "clean", one.code)]
    options.plants = 0 if options.only == "clean" else options.plants
    wanted = [(None, number) for number in range(options.districts)]
    wanted += [(one.code, number) for one in kinds for number in range(options.plants)]
    tally = Tally(options.plain, {one.code for one in kinds})
    with Pool(options.processes) as pool:
        jobs = [Job(options, tree, tree_file, kind, number) for kind, number in wanted]
        for result in pool.imap(run, jobs, chunksize=4):
            tally.add(*result)
            if options.list and result[3]:
                print(f"{result[1]} {result[2].name} {'、'.join(sorted(result[3].names))}: {result[3].what}")
    kinds = [] if options.plain else kinds
    return 0 if report(tally, kinds, options.plants, options.districts) else 1


if __name__ == "__main__":
    sys.exit(main())
