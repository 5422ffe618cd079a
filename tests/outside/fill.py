"""Fills blank survey workbooks in every way the contract's section 3 lists, and in ways it refuses.

A respondent *means* something of an item (a `Meaning`) and *types* it in one
of many forms (a `Typing`), so that two of them can agree in other words.
"""

import datetime
import html
import re
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from openpyxl import Workbook, load_workbook

from answers import DURATION_UNITS, NUMERALS, units_of
from cells import fraction, is_one_of, normal
from settings import ASSESSOR, Settings
from week import askers, copies
from workbooks import LABELS, VERIFICATIONS, find_cover, find_header, name_respondents, read_workbook

WIDE = {ord("!") + k: 0xFF01 + k for k in range(94)}
SPACES = (None, "", " ", "　", " \n ", "\u00a0")
STRAY_NOTES = (None, None, None, "见附件", "补充说明", "n/a", " ")


@dataclass(frozen=True)
class Meaning:
    state: str
    value: object = None


@dataclass(frozen=True)
class Typing:
    value: object
    format: str | None = None
    reason: str | None = None  # goes to 说明 or 复核说明
    meant: Meaning | None = None


# A formula's text decides its stored value; one that is not here has none.
STORED = {'=""': ("str", ""), "=1/0": ("e", "#DIV/0!"), "=1=1": ("b", "1")}


def number_text(number):
    return format(Decimal(number.numerator) / number.denominator, "f")


def terminates(number):
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def number_cell(number):
    return int(number) if number.denominator == 1 else float(number_text(number))


# ------------------------------------------------------------ what is meant

def mean_value(rng, item, quality):
    """A value of the item's scale: its best with probability `quality`."""
    scale, best = item["scale"], rng.random() < quality
    kind = scale["type"]
    if kind == "level":
        return scale["top"] if best else rng.randint(0, scale["top"])
    if kind == "yes_no":
        other = {"yes": "no", "no": "yes"}[scale["pass"]]
        return scale["pass"] if best else rng.choice((scale["pass"], other, other))
    if kind == "checklist":
        size = len(scale["elements"])
        return frozenset(range(1, size + 1)) if best else frozenset(rng.sample(range(1, size + 1), rng.randint(0, size)))
    if kind == "points":
        return mean_points(rng, scale, best)
    if kind == "range":
        return mean_range(rng, scale, best)
    return mean_measure(rng, scale, best)


def mean_points(rng, scale, best):
    lines = len(scale["deductions"])
    if rng.random() < 0.5:
        return ("lines", ()) if best else ("lines", tuple(
            (line, rng.choice((1, 1, 2, 3, 9))) for line in rng.sample(range(1, lines + 1), rng.randint(0, lines))))
    full = fraction(scale["full"])
    return "earned", full if best else full * rng.choice((Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)))


def mean_measure(rng, scale, best):
    """A value at, just beside or far from a cut."""
    if scale.get("linear"):
        zero, full = fraction(scale["linear"]["zero"]), fraction(scale["linear"]["full"])
        value = full if best else zero + (full - zero) * Fraction(rng.randint(-20, 120), 100)
    else:
        cuts = [fraction(cut) for cut in scale["cuts"]]
        step = Fraction(1) if scale["type"] == "count" else Fraction(rng.choice((1, 10, 100)), 100)
        value = cuts[-1] if best else rng.choice(cuts) + step * rng.choice((-5, -1, 0, 0, 1, 5))
        if scale["type"] == "rate" and not best and rng.random() < 0.2:
            total = rng.randint(3, 60)
            value = Fraction(100 * rng.randint(0, total), total)
    value = max(Fraction(0), value)
    if "max" in scale:
        value = min(value, fraction(scale["max"]))
    if scale["type"] == "count":
        return Fraction(round(value))
    if scale["type"] == "rate" and not scale["may_exceed_100"]:
        value = min(Fraction(100), value)
    return value


def mean_range(rng, scale, best):
    low, high = map(fraction, scale["band"])
    if best:
        return rng.choice((low, high, (low + high) / 2))
    bounds = [fraction(step.get("below", step.get("above"))) for step in scale["outside"]]
    value = rng.choice(bounds or [low]) + Fraction(rng.choice((-300, -1, 0, 1, 300)), 100)
    if "max" in scale:
        value = min(value, fraction(scale["max"]))
    return max(Fraction(0), value) if scale["unit"] == "%" else value


# ----------------------------------------------------------- how it is typed

def wide(text):
    return text.translate(WIDE)


def type_value(rng, item, value):
    """(cell value, number format) in one of the forms §3 lists."""
    kind = item["scale"]["type"]
    forms = {"level": level_forms, "yes_no": yes_no_forms, "rate": rate_forms, "checklist": checklist_forms,
             "points": points_forms}.get(kind, measure_forms)(rng, item, value)
    typed, number_format = rng.choice([form if isinstance(form, tuple) else (form, None) for form in forms])
    if isinstance(typed, str) and rng.random() < 0.1:
        typed = rng.choice((f" {typed}", f"{typed} ", f"　{typed}\n"))
    if rng.random() < 0.03:
        typed = as_formula(typed)
    return typed, number_format


def as_formula(typed):
    if isinstance(typed, str):
        typed = typed.replace("\n", " ")
        formula = f'="{typed}"'
        STORED[formula] = ("str", typed)
    else:
        formula = f"={typed!r}+0"
        STORED[formula] = ("n", repr(typed))
    return formula


def level_forms(_rng, _item, value):
    forms = [value, float(value), str(value), f"{value}分", f"{value}级", f"{value} 分", wide(f"{value}分"), wide(str(value))]
    return forms + [f"{NUMERALS[value - 1]}级"] * 2 if value else forms


def yes_no_forms(_rng, item, value):
    forms = {"yes": ["是", "是", "Yes", "YES", "y", "Ｙ", "ｙｅｓ"], "no": ["否", "否", "No", "no", "N", "ｎ", "ＮＯ"]}[value]
    if "是否有" in item["question"]["zh"]:
        forms += {"yes": ["有", "√"], "no": ["无", "×"]}[value]
    return forms


def ratio_forms(rng, value):
    share = value / 100
    many = rng.choice((1, 1, 2, 5))
    text = f"{share.numerator * many}/{share.denominator * many}"
    return [text, text.replace("/", " / "), wide(text)]


def percent_forms(value):
    text = number_text(value)
    return [f"{text}%", f"{text} %", wide(f"{text}%"),
            (number_cell(value / 100), "0%"), (number_cell(value / 100), "0.00%"), (number_cell(value / 100), "0.0%;-0.0%")]


def rate_forms(rng, _item, value):
    forms = ratio_forms(rng, value)
    if terminates(value):
        forms += percent_forms(value)
        if value == 0 or value > 1:
            # The quoted sign is decoration: the stored number is the rate.
            forms += [number_cell(value), number_text(value), wide(number_text(value)), (number_cell(value), '0.0"%"')]
    return forms


def measure_forms(rng, item, value):
    scale = item["scale"]
    in_percent = scale["unit"] == "%"
    text = number_text(value)
    cell = number_cell(value)
    forms = [cell, cell, text, wide(text), (cell, "#,##0.0###"), (cell, '0.00"个"')]
    if in_percent:
        return forms + percent_forms(value) + ratio_forms(rng, value)
    for unit in units_of(scale):
        forms += [f"{text}{unit}", f"{text} {unit}", f"{wide(text)}{unit}", f"{text}{unit.upper()}"]
    if abs(value) >= 1000:
        whole, _, rest = text.partition(".")
        grouped = f"{int(whole):,}" + (f".{rest}" if rest else "")
        forms += [grouped, grouped, wide(grouped), f"{grouped}{units_of(scale)[0]}"]
    return forms


def checklist_forms(rng, item, value):
    size = len(item["scale"]["elements"])
    if not value:
        return ["无", "None", "none"]
    numbers = [str(number) for number in value]
    rng.shuffle(numbers)
    if rng.random() < 0.1:
        numbers.append(rng.choice(numbers))
    forms = [mark.join(numbers) for mark in ("、", ",", "，", " ", "、 ", " , ", "　")] + [wide("、".join(numbers))]
    if len(numbers) == 1:
        forms.append(int(numbers[0]))
    return forms + ["全部", "All", "全部", "ALL"] if len(value) == size else forms


def points_forms(rng, _item, value):
    how, value = value
    if how == "earned":
        return [number_cell(value), number_text(value), wide(number_text(value)), f" {number_text(value)} "]
    if not value:
        return ["扣无", "扣 无"]
    words = [f"{line}{sign}{times}" if times > 1 or rng.random() < 0.2 else str(line)
             for line, times in value for sign in [rng.choice(("×", "×", " × "))]]
    forms = ["扣" + mark.join(words) for mark in ("、", ",", "，", " ", "、 ")]
    return forms + ["扣 " + "、".join(words), wide("扣" + ",".join(words))]


# -------------------------------------------------------- what is unreadable

# Refused whatever the scale; =2*1 has no stored value.
NEVER = ("/", "—", "－", True, False, datetime.datetime(2024, 4, 5), datetime.time(8, 30), "=1/0", "=1=1", "#N/A", "=2*1", "=2*1",
         "见附件", "无法统计", "不涉及", "NA", "不适用（无此类对象）", "查无", "约90", "N.A.")


def unreadable_forms(item):
    """Cells that §3 refuses for this item's scale."""
    scale = item["scale"]
    kind = scale["type"]
    forms = []
    if kind == "level":
        top = scale["top"]
        forms += [top + 1, f"{top + 1}分", -1, 0.5, "零级", "两级", "优秀", "2-3", "十一级", "二等"]
    if kind == "yes_no":
        forms += ["✓", "x", "X", 1, 0, "是的", "基本是", "true", "√√"]
        if "是否有" not in item["question"]["zh"]:
            forms += ["有", "无", "√", "×"] * 2
    if kind == "rate":
        forms += [0.9, 0.9, 1, 1, "0.5", "1", "1", "０．９", -5, "-5%", (-0.05, "0%"), "3/0", "0/0", "5/-2", "4/5/6",
                  "90分", "90%%", "无"]
        if not scale["may_exceed_100"]:
            forms += [101, "100.01%", "51/50", (45, "0%")]
    if kind in ("count", "quantity", "duration"):
        forms += [-1, "-2", "12,34", "三", "50/100", "无", "5光年", "5左右", "1，2"]
    if kind == "count":
        forms += [2.5, "2.5", "0.1"]
    if kind == "duration":
        forms += [f"5{unit}" for code, name in DURATION_UNITS.items() if code != scale["unit"] for unit in (code, name)]
    if kind == "range":
        forms += ["-1%", -1, "3/0", "2/-1", (-0.02, "0%")] if scale["unit"] == "%" else ["2/100", "5光年", "12,34", "2%"]
        forms += ["1~3", "正常"]
    if "max" in scale:
        forms += [number_cell(fraction(scale["max"]) + 1)] * 2
    if kind == "checklist":
        size = len(scale["elements"])
        forms += [0, "0", size + 1, f"1、{size + 1}", "1;2", "1到2", "①和②", "第1项", 1.5, "-1", "全"]
    if kind == "points":
        size, over = len(scale["deductions"]), number_cell(fraction(scale["full"]) + Fraction(1, 2))
        forms += [-1, over, str(over), "扣", f"扣{size + 1}", "扣1、1", "扣1×2、1", "扣1×0", "扣1x2", "扣1*2", "扣1×1.5",
                  "扣0", "扣-1", "无"]
    return forms


def type_meaning(rng, item, meaning):
    """One cell for a meaning: its value, its number format, the reason beside it."""
    number_format, reason = None, rng.choice(STRAY_NOTES)
    if meaning.state == "answered":
        value, number_format = type_value(rng, item, meaning.value)
    elif meaning.state == "no_data":
        value = rng.choice(("查无资料", "查无资料", "No data", "NO DATA", "no data", " 查无资料 "))
    elif meaning.state == "not_applicable":
        value = rng.choice(("不适用", "不适用", "N/A", "n/a", "Ｎ／Ａ", "不适用 "))
        reason = rng.choice(("确无此类对象", "批准：应急管理局局长，确无此类对象", "Approved by: bureau chief", "3 处均无此类对象"))
    elif meaning.state == "blank":
        value = rng.choice(SPACES + (None,) * 12 + ('=""',))
    else:
        # Reading: a reason of white space is none, nor is one of words that say nothing.
        if rng.random() < 0.2:
            value, reason = rng.choice(("不适用", "N/A")), rng.choice((None, "", " ", "　", "无", "/", "见附件", "同上", 3))
        elif item["na"] is None and rng.random() < 0.4:
            value, reason = rng.choice(("不适用", "N/A")), "确无此类对象"
        else:
            form = rng.choice(NEVER if rng.random() < 0.4 else unreadable_forms(item))
            value, number_format = form if isinstance(form, tuple) else (form, None)
    return Typing(value, number_format, reason, meaning)


# ------------------------------------------------------------ the workbook

@dataclass
class Cover:
    unit: object
    period: object
    respondent: object
    submission: object
    drop: str | None = None  # a label whose value is lost
    other_tree: bool = False
    other_stored: bool = False  # the hidden copy names another unit
    parent: object = None
    class_: object = None


def write_cover(book, cover):
    sheet = book[find_cover(book)]
    wanted = {"unit": cover.unit, "period": cover.period, "respondent": cover.respondent, "submission": cover.submission,
              "parent": cover.parent, "class": cover.class_}
    if cover.other_tree:
        wanted["tree"] = "some-other-tree"
    if cover.drop:
        wanted[cover.drop] = None
    for row in range(1, sheet.max_row + 1):
        for name, labels in LABELS.items():
            if name in wanted and is_one_of(sheet.cell(row, 1).value, labels):
                sheet.cell(row, 2).value = wanted[name]
    if "_ecap" in book.sheetnames:
        hidden = book["_ecap"]
        for row in range(1, hidden.max_row + 1):
            if is_one_of(hidden.cell(row, 1).value, LABELS["unit"]) and cover.other_stored:
                hidden.cell(row, 2).value = "别的单位"


def item_rows(book, tree):
    """(sheet, row, columns, item) of every row that asks an item."""
    by_id = {item["id"]: item for item in tree["items"]}
    for sheet in book.worksheets:
        header = find_header(sheet)
        if header:
            top, columns = header
            for row in range(top + 1, sheet.max_row + 1):
                item = by_id.get(normal(sheet.cell(row, columns["id"]).value))
                if item:
                    yield sheet, row, columns, item


def put(sheet, row, column, typing):
    cell = sheet.cell(row, column)
    if typing.format:
        cell.number_format = typing.format
    cell.value = typing.value


def fill(blank, out, tree, cover, answers, rng, changes=()):
    """Fills a blank survey and saves it.

    answers: {item id: (self Typing, review Typing)}; changes: names from CHANGES.
    """
    book = load_workbook(blank)
    for sheet in book.worksheets:
        for merged in list(sheet.merged_cells.ranges) if find_header(sheet) else ():
            sheet.unmerge_cells(str(merged))
    for sheet, row, columns, item in item_rows(book, tree):
        own, review = answers[item["id"]]
        put(sheet, row, columns["self"], own)
        sheet.cell(row, columns["note"]).value = own.reason
        put(sheet, row, columns["review"], review)
        sheet.cell(row, columns["review_note"]).value = review.reason
    write_cover(book, cover)
    for change in changes:
        rows = list(item_rows(book, tree))
        if rows:
            CHANGES[change](book, rows, rng)
    save(book, out)


def save(book, out):
    book.save(out)
    if any(cell.data_type == "f" for sheet in book.worksheets for line in sheet.iter_rows() for cell in line):
        store_values(out)


def store_values(path):
    """Gives the formulas of a saved workbook the stored values that Excel would."""
    def stored(match):
        place, style, formula = match[1], match[2] or "", html.unescape(match[3])
        if "=" + formula not in STORED:
            return match[0]
        kind, value = STORED["=" + formula]
        mark = "" if kind == "n" else f' t="{kind}"'
        return f'<c r="{place}"{style}{mark}><f>{match[3]}</f><v>{html.escape(value)}</v></c>'

    with zipfile.ZipFile(path) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in parts:
            if info.filename.startswith("xl/worksheets/sheet"):
                content = re.sub(r'<c r="([A-Z]+\d+)"( s="\d+")?><f>([^<]*)</f><v\s*(?:/>|></v>)</c>', stored,
                                 content.decode()).encode()
            archive.writestr(info, content)


REVIEW_TITLES = (("编号", "指标", "牵头部门", "各方自评", "佐证材料", "复核", "核验方式", "复核说明", "id"),
                 ("Ref", "Indicator", "Lead", "Self-ratings", "Evidence", "Review", "Verification", "Review note", "id"))
WAYS = (None, *(word for words in VERIFICATIONS.values() for word in words))
NO_WAYS = ("看了", "查文件、抽查", "Documents?", 1, "?")


def fill_review(blank, out, tree, cover, answers, rng, copied=None):
    """A review workbook for the items of a blank survey, laid out by §6; `copied` is what 各方自评 says of each item."""
    survey = load_workbook(blank)
    book = Workbook()
    front = book.active
    front.title = "填报说明"
    source = survey[find_cover(survey)]
    for row in range(1, source.max_row + 1):
        for column in (1, 2):
            front.cell(row, column).value = source.cell(row, column).value
    hidden = book.create_sheet("_ecap")
    for line in survey["_ecap"].iter_rows():
        for cell in line:
            hidden[cell.coordinate].value = "review" if cell.value == "survey" else cell.value
    hidden.sheet_state = "veryHidden"
    titles = rng.choice(REVIEW_TITLES)
    nonsense = rng.choice((0, 0.05))
    for sheet, _, _, item in item_rows(survey, tree):
        if sheet.title not in book.sheetnames:
            book.create_sheet(sheet.title).append(titles)
        target = book[sheet.title]
        review = answers[item["id"]][1]
        row = target.max_row + 1
        copy = (copied or {}).get(item["id"])
        if rng.random() < 0.03:
            copy = rng.choice((None, "2", "是", "某局：45/50", f"{copy}；某局：0"))
        values = (item["ref"], item["question"]["zh"], None, copy, None, None,
                  rng.choice(NO_WAYS if rng.random() < nonsense else WAYS), review.reason, item["id"])
        for column, value in enumerate(values, 1):
            target.cell(row, column).value = value
        put(target, row, 6, review)
    write_cover(book, cover)
    save(book, out)


# ------------------------------------------------------------ what is moved

def contents(sheet, row):
    return [(cell.value, cell.number_format) for cell in sheet[row]]


def set_contents(sheet, row, values):
    for column, (value, number_format) in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.value, cell.number_format = value, number_format


def survey_sheets(rows):
    return list({sheet.title: sheet for sheet, *_ in rows}.values())


def shuffle_rows(_book, rows, rng):
    kept = [contents(sheet, row) for sheet, row, *_ in rows]
    rng.shuffle(kept)
    for (sheet, row, *_), values in zip(rows, kept):
        set_contents(sheet, row, values)


def insert_column(_book, rows, rng):
    for sheet in survey_sheets(rows):
        top, columns = find_header(sheet)
        place = rng.randint(1, max(columns.values()))
        sheet.insert_cols(place)
        sheet.cell(top, place).value = "本部门备注"
        sheet.cell(top + 1, place).value = "2"


def swap_columns(_book, rows, rng):
    for sheet in survey_sheets(rows):
        top, columns = find_header(sheet)
        one, other = rng.sample(sorted(columns.values()), 2)
        for row in range(top, sheet.max_row + 1):
            first, second = sheet.cell(row, one), sheet.cell(row, other)
            kept = first.value, first.number_format
            first.value, first.number_format = second.value, second.number_format
            second.value, second.number_format = kept


def rename_sheets(book, rows, rng):
    for number, sheet in enumerate(survey_sheets(rows)):
        if rng.random() < 0.5:
            sheet.title = f"改名{number}"


def move_sheets(book, rows, rng):
    for sheet in survey_sheets(rows):
        book.move_sheet(sheet, rng.randint(-2, 2))


def rename_cover(book, _rows, _rng):
    book[find_cover(book)].title = "封面"


def add_sheet(book, _rows, _rng):
    sheet = book.create_sheet("工作记录")
    for values in (("事项", "说明"), ("01.1.01", "2"), ("自己的笔记", 5)):
        sheet.append(values)


def clear_ids(_book, rows, rng):
    for sheet, row, columns, _ in rows:
        if rng.random() < 0.3:
            sheet.cell(row, columns["id"]).value = None


def clear_refs(_book, rows, rng):
    for sheet, row, columns, _ in rows:
        if rng.random() < 0.3:
            sheet.cell(row, columns["ref"]).value = None


def wrong_refs(_book, rows, rng):
    for sheet, row, columns, _ in rows:
        if rng.random() < 0.05:
            sheet.cell(row, columns["ref"]).value = rng.choice(rows)[3]["ref"]


def lose_rows(_book, rows, rng):
    for sheet, row, *_ in rows:
        if rng.random() < 0.1:
            set_contents(sheet, row, [(None, "General")] * sheet.max_column)


def lose_sheet(book, rows, rng):
    sheets = survey_sheets(rows)
    if len(sheets) > 1:
        book.remove(rng.choice(sheets))


def copy_sheet(book, rows, rng):
    copy = book.copy_worksheet(rng.choice(survey_sheets(rows)))
    copy.title = "复制的表"
    top, columns = find_header(copy)
    for row in range(top + 1, copy.max_row + 1):
        if rng.random() < 0.3:
            copy.cell(row, columns["self"]).value = rng.choice(("2", "是", 95, None))


def repeat_rows(_book, rows, rng):
    for sheet, row, columns, _ in rng.sample(rows, min(3, len(rows))):
        end = sheet.max_row + 1
        set_contents(sheet, end, contents(sheet, row))
        if rng.random() < 0.5:  # the first of the two is empty, so the second counts
            for name in ("self", "review"):
                sheet.cell(row, columns[name]).value = None
        else:
            sheet.cell(end, columns["self"]).value = rng.choice(("2", "是", 95, "扣无"))


def add_unknown_row(_book, rows, rng):
    sheet, _, columns, _ = rng.choice(rows)
    row = sheet.max_row + 1
    for name, value in (("ref", "99.9.99"), ("id", "zzz-9999"), ("self", "2")):
        sheet.cell(row, columns[name]).value = value


# In this order: rows move between sheets only while all sheets have the same columns.
CHANGES = {change.__name__: change for change in (
    shuffle_rows, wrong_refs, repeat_rows, add_unknown_row, lose_rows, lose_sheet, copy_sheet, insert_column, swap_columns,
    rename_sheets, move_sheets, rename_cover, add_sheet, clear_ids, clear_refs)}
# After these an id or a ref alone must carry the row, so only one of them at a time.
LONE = ("wrong_refs", "clear_ids", "clear_refs")


def pick_changes(rng):
    if rng.random() < 0.4:
        return ()
    picked = rng.sample(list(CHANGES), rng.randint(1, 4))
    chosen = [name for name in CHANGES if name in picked]
    lone = [name for name in chosen if name in LONE]
    # Clearing comes last: rows are found by id until then.
    return tuple(name for name in chosen if name not in LONE) + tuple(lone and [rng.choice(lone)])


# ------------------------------------------------------------------ a unit

class Unit:
    """One unit and period: what is true of it, who reports it, how well."""

    def __init__(self, rng, tree, name, period):
        self.rng, self.tree, self.name, self.period = rng, tree, name, period
        self.quality = rng.choice((0.3, 0.8, 0.95, 1, 1))
        self.faults = rng.choice((0, 0, 0.03, 0.4))
        self.blanks = rng.choice((0, 0, 0.02, 0.2))
        self.no_data = rng.choice((0, 0, 0.04, 0.3))
        self.not_applicable = rng.choice((0, 0.05, 0.3, 0.6))
        self.agreement = rng.choice((0.4, 0.9, 0.98))
        self.truth = {item["id"]: self.draw(item) for item in tree["items"]}

    def draw(self, item):
        chance = self.rng.random
        if chance() < self.faults:
            return Meaning("unreadable")
        if chance() < self.blanks:
            return Meaning("blank")
        if chance() < self.no_data:
            return Meaning("no_data")
        if item["na"] is not None and chance() < self.not_applicable:
            return Meaning("not_applicable")
        return Meaning("answered", mean_value(self.rng, item, self.quality))

    def opinion(self, before, keep):
        """What somebody means of every item who mostly agrees with `before`."""
        return {item["id"]: before[item["id"]] if self.rng.random() < keep else self.draw(item) for item in self.tree["items"]}

    def reviews(self, rate):
        return {item["id"]: self.draw(item) if self.rng.random() < rate else Meaning("blank") for item in self.tree["items"]}

    def type_all(self, own, review):
        return {item["id"]: (type_meaning(self.rng, item, own[item["id"]]), type_meaning(self.rng, item, review[item["id"]]))
                for item in self.tree["items"]}


def spell(rng, text):
    """The same cover text as NFKC reads it."""
    return rng.choice((text, text, text, f" {text} ", wide(text) if text.isascii() and " " not in text else text))


def spell_period(rng, period):
    return rng.choice((period, period, int(period), wide(period)))


def spell_submission(rng, number):
    if number == 1 and rng.random() < 0.3:
        return rng.choice((None, "最终版", 0, 1.5, "第二次"))  # none of these is a number of 1 or more
    return rng.choice((number, number, str(number), f"第{number}次", wide(f"第{number}次"), float(number)))


def respondents(rng, tree, number):
    """Names for the cover: (both spellings, None for nobody)."""
    departments = [tuple(department["name"].values()) for department in tree["departments"]]
    rng.shuffle(departments)
    towns = [(name,) for name in ("某街道办事处", "甲镇人民政府", "乙镇人民政府", "Town of C")]
    if number == 1:
        return [rng.choice([None, ASSESSOR, departments[0], towns[0]])]
    if rng.random() < 0.3:
        return towns[:number]  # nobody's word is above the others': all are merged
    names = departments[:number] + [ASSESSOR, None, towns[0]]
    rng.shuffle(names)
    return names[:number]


@dataclass
class Office:
    """A settings workbook that was made: what it says, and the names that may stand on covers."""
    settings: Settings
    people: list

    def pick(self, rng, number):
        """Mostly one real department after the other, so that some units have heard from all of them."""
        others = [*self.people, ASSESSOR, None, ("某街道办事处",)]
        reals = [(name,) for name in self.settings.names.values()] + [ASSESSOR]
        rng.shuffle(reals)
        return [reals[index] if index < len(reals) and rng.random() < 0.7 else rng.choice(others) for index in range(number)]

    def own_items(self, tree, person):
        key = ("assessor",) if person is None else self.settings.key_of(person[0], tree)
        return {item["id"] for item in tree["items"] if key in askers(tree, item, self.settings)}


def spoil(rng, cover, often):
    """What keeps a workbook from being scored, unless the settings mend it."""
    if rng.random() < often:
        cover = replace(cover, **rng.choice(({"drop": "unit"}, {"drop": "period"}, {"other_tree": True}, {"other_stored": True})))
    return cover


def make_unit(rng, tree, blanks, folder, stem, name, period, number, office=None):
    """Writes `number` filled workbooks of one unit; gives [(path, what was typed, changes)]."""
    unit = Unit(rng, tree, name, period)
    distinct = number if number < 3 else rng.randint(2, number)
    people = office.pick(rng, distinct) if office else respondents(rng, tree, distinct)
    reviewed = rng.choice((0, 0, 0.05, 0.4))
    kinds = [index > 0 and rng.random() < (0.35 if office else 0.2) for index in range(number)]
    written, surveys = [], []
    memory = {}
    for index in sorted(range(number), key=lambda index: kinds[index]):
        path = folder / rng.choice(("", "", "补报")) / f"{stem}-{index + 1}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        blank, review_kind = rng.choice(blanks), kinds[index]
        cover = Cover(spell(rng, name), spell_period(rng, period), None, spell_submission(rng, 1),
                      parent=rng.choice((None, None, "上级市")), class_=rng.choice((None, None, "县级市")))
        if review_kind:
            cover.respondent, key = rng.choice(ASSESSOR), "review"
        else:
            person = people[index] if index < len(people) else rng.choice(people)
            cover.respondent, key = None if person is None else spell(rng, rng.choice(person)), person
        version, own, review = memory.get(key, (0, None, None))
        if own is None:
            own = unit.opinion(unit.truth, unit.agreement)
            review = unit.reviews(rng.choice((0.1, 0.3, 0.9)) if review_kind else reviewed)
            if office and not review_kind and rng.random() < 0.6:
                asked = office.own_items(tree, person)
                own = {name: meaning if name in asked else Meaning("blank") for name, meaning in own.items()}
        else:
            own = {name: Meaning("blank") if rng.random() < 0.05 else meaning for name, meaning in unit.opinion(own, 0.85).items()}
            review = {name: meaning if rng.random() < 0.8 else new for (name, meaning), new
                      in zip(review.items(), unit.reviews(reviewed).values())}
            cover.submission = spell_submission(rng, rng.choice((version, version + 1, version + 1, 3)))
        memory[key] = (version + 1, own, review)
        typed = unit.type_all(own, review)
        if office and not review_kind and rng.random() < 0.04:
            typed = {name: (Typing(None), Typing(None)) for name in typed}  # an empty form
        changes = () if review_kind else pick_changes(rng)
        if office or number > 2 and index == number - 1:
            cover = spoil(rng, cover, 0.15 if office else 0.2)
        if not review_kind and rng.random() < 0.05:
            cover.drop = cover.drop or "tree"
        if review_kind:
            surveys = surveys or read_surveys(tree, folder, [one for one, *_ in written], office)
            copied = {item["id"]: copies(surveys, item)[0] for item in tree["items"]}
            fill_review(blank, path, tree, cover, typed, rng, copied)
        else:
            fill(blank, path, tree, cover, typed, rng, changes)
        written.append((path, typed, changes))
    return written


def read_surveys(tree, folder, paths, office):
    """The surveys written so far, as they will be read."""
    settings = office.settings if office else Settings()
    books = [read_workbook(path, path.relative_to(folder).as_posix(), tree, settings) for path in sorted(paths)]
    books = [book for book in books if book and book.place]
    name_respondents(books, tree, settings)
    return books
