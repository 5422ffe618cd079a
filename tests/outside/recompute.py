"""Scores filled survey workbooks a second time, from the contract alone.

Nothing here was taken from ecap's source. "Reading:" marks the places where
the contract's words left a choice; `§` numbers are the contract's sections.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

STATES = ("answered", "not_applicable", "no_data", "blank", "unreadable", "out_of_scope")
READABLE = ("answered", "not_applicable", "no_data")

HEADERS = {
    "ref": ("编号", "Ref"), "self": ("自评", "Self"), "note": ("说明", "Note"),
    "review": ("复核", "Review"), "review_note": ("复核说明", "Review note"), "id": ("id",),
}
LABELS = {
    "unit": ("被评估单位", "Unit"), "period": ("评估期", "Period"),
    "respondent": ("填报单位", "Respondent"), "submission": ("第几次报送", "Submission"),
    "tree": ("指标体系", "Tree"), "kind": ("kind",),
}
ASSESSOR = ("评估组", "Assessor")
DURATION_UNITS = {"s": "秒", "min": "分钟", "h": "小时", "d": "天"}
NUMERALS = "一二三四五六七八九十"


# ---------------------------------------------------------------- the tree

def load_tree(text):
    """The tree with every number kept as its decimal text says (§1)."""
    return json.loads(text, parse_float=Decimal)


def fraction(number):
    """Exactly what the number's shortest decimal text says."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


# ------------------------------------------------------------------- cells

@dataclass(frozen=True)
class Cell:
    value: object = None
    format: str = "General"
    lost: bool = False  # a formula without a stored value

    @property
    def blank(self):
        return not self.lost and (self.value is None or normal(self.value) == "")


def normal(value):
    """Trimmed NFKC text; a number is its shortest decimal text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()


def cell_of(formulas, values, row, column):
    if column is None:
        return Cell()
    asked = formulas.cell(row, column)
    stored = values.cell(row, column)
    # openpyxl reads a stored empty text and no stored value both as None; the type tells them apart.
    lost = asked.data_type == "f" and stored.value is None and stored.data_type not in ("s", "str")
    return Cell(stored.value, asked.number_format or "General", lost)


# ----------------------------------------------------------------- reading

@dataclass(frozen=True)
class Reading:
    state: str
    value: object = None  # as read: equal readings are equal versions
    worth: Fraction | None = None

    @property
    def score(self):
        return self.worth * 100 if self.state == "answered" else None


BLANK = Reading("blank")
UNREADABLE = Reading("unreadable")


class Unreadable(Exception):
    pass


NUMBER = r"-?\d+(?:\.\d+)?"
GROUPED = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?"


def read(item, cell, reason):
    """One answer cell of an item, with the text of its 说明 or 复核说明 (§3)."""
    if cell.blank:
        return BLANK
    try:
        state, value = read_value(item, cell, reason)
    except Unreadable:
        return UNREADABLE
    return Reading(state, value, worth(item["scale"], value) if state == "answered" else None)


def read_value(item, cell, reason):
    if cell.lost or isinstance(cell.value, (bool, date, datetime, time, timedelta)):
        raise Unreadable
    if isinstance(cell.value, (int, float)):
        text = None
        number = fraction(cell.value)
    else:
        text = normal(cell.value).lower()
        number = None
        if text in ("查无资料", "no data"):
            return "no_data", None
        if text in ("不适用", "n/a"):
            if item["na"] is None or not reason:
                raise Unreadable
            return "not_applicable", None
    return "answered", READERS[item["scale"]["type"]](item, text, number, is_percent(cell.format))


def is_percent(number_format):
    # Reading: an escaped sign (\% , and _% or *%, which only pad) is as good as quoted; LibreOffice
    # saves 0"%" as 0\%, and the number it shows is the same.
    return "%" in re.sub(r'"[^"]*"|[\\_*].', "", number_format)


def plain(text, units=()):
    """A number in text, with the item's own unit after it or without."""
    ends = "|".join(re.escape(normal(unit).lower()) for unit in units)
    found = re.fullmatch(rf"({GROUPED}|{NUMBER})(?:\s*(?:{ends}))?" if units else f"({NUMBER})", text)
    if not found:
        raise Unreadable
    return Fraction(found[1].replace(",", ""))


def ratio(text):
    found = re.fullmatch(rf"({NUMBER})\s*/\s*({NUMBER})", text)
    if not found:
        return None
    if Fraction(found[2]) <= 0:
        raise Unreadable
    return 100 * Fraction(found[1]) / Fraction(found[2])


def percent_sign(text):
    found = re.fullmatch(rf"({NUMBER})\s*%", text)
    return Fraction(found[1]) if found else None


def read_level(item, text, number, _percent):
    if number is None:
        counted = re.fullmatch(r"(\d+)\s*[分级]?", text)
        # Reading: a Chinese numeral is read before 级 only ("二级"), neither alone nor before 分.
        named = re.fullmatch(rf"([{NUMERALS}])\s*级", text)
        if not counted and not named:
            raise Unreadable
        number = int(counted[1]) if counted else NUMERALS.index(named[1]) + 1
    if number != int(number) or not 0 <= number <= item["scale"]["top"]:
        raise Unreadable
    return int(number)


def read_yes_no(item, text, _number, _percent):
    yes, no = ["是", "yes", "y"], ["否", "no", "n"]
    # Reading: "the question asks 是否有" = its zh text holds 是否有.
    if "是否有" in item["question"]["zh"]:
        yes += ["有", "√"]
        no += ["无", "×"]
    if text in yes:
        return "yes"
    if text in no:
        return "no"
    raise Unreadable


def read_rate(item, text, number, percent):
    value = None
    if number is not None and percent:
        value = 100 * number
    elif text is not None:
        value = ratio(text)
        if value is None:
            value = percent_sign(text)
    if value is None:
        value = plain(text) if number is None else number
        if 0 < value <= 1:
            raise Unreadable
    if value < 0 or value > 100 and not item["scale"]["may_exceed_100"]:
        raise Unreadable
    return value


def units_of(scale):
    unit = scale["unit"]
    if isinstance(unit, dict):
        return list(unit.values())
    if scale["type"] == "duration":
        return [unit, DURATION_UNITS[unit]]
    return [unit]


def read_measure(item, text, number, percent):
    scale = item["scale"]
    in_percent = scale["type"] == "range" and scale["unit"] == "%"
    value = number
    if number is not None:
        # Reading: a percent format multiplies in rates and % ranges only; elsewhere the stored value is read.
        if percent and in_percent:
            value = 100 * number
    else:
        value = ratio(text) if in_percent else None
        if value is None:
            value = plain(text, units_of(scale))
    if value < 0 and (scale["type"] != "range" or in_percent):
        raise Unreadable
    if scale["type"] == "count" and value.denominator != 1:
        raise Unreadable
    return value


def read_checklist(item, text, number, _percent):
    size = len(item["scale"]["elements"])
    if text in ("全部", "all"):
        return frozenset(range(1, size + 1))
    if text in ("无", "none"):
        return frozenset()
    words = re.split(r"\s*[、,]\s*|\s+", text) if text is not None else [str(number)]
    if not all(re.fullmatch(r"\d+", word) and 1 <= int(word) <= size for word in words):
        raise Unreadable
    return frozenset(int(word) for word in words)


def read_points(item, text, number, _percent):
    scale = item["scale"]
    full = fraction(scale["full"])
    if text is not None and text.startswith("扣"):
        return earned_by_lines(scale, text[1:].strip())
    value = number if text is None else plain(text)
    if not 0 <= value <= full:
        raise Unreadable
    return value


def earned_by_lines(scale, text):
    earned = fraction(scale["full"])
    if text == "无":
        return earned
    seen = set()
    for word in re.split(r"\s*[、,]\s*|\s+", re.sub(r"\s*×\s*", "×", text)):
        found = re.fullmatch(r"(\d+)(?:×(\d+))?", word)
        if not found:
            raise Unreadable
        line, times = int(found[1]), int(found[2] or 1)
        if not 1 <= line <= len(scale["deductions"]) or times < 1 or line in seen:
            raise Unreadable
        seen.add(line)
        deduction = scale["deductions"][line - 1]
        lost = fraction(deduction["points"]) * times
        cap = deduction.get("max")
        earned -= lost if cap is None else min(lost, fraction(cap))
    return earned


READERS = {
    "level": read_level, "yes_no": read_yes_no, "rate": read_rate, "count": read_measure,
    "quantity": read_measure, "duration": read_measure, "range": read_measure,
    "checklist": read_checklist, "points": read_points,
}


# ------------------------------------------------------------------- worth

def worth(scale, value):
    """What a value is worth, 0 to 1 (§2)."""
    kind = scale["type"]
    if kind == "level":
        given = scale.get("worth")
        return fraction(given[value]) if given else Fraction(value, scale["top"])
    if kind == "yes_no":
        return Fraction(value == scale["pass"])
    if kind == "range":
        return range_worth(scale, value)
    if kind == "points":
        return max(Fraction(0), value) / fraction(scale["full"])
    if kind == "checklist":
        reached = sum(len(value) >= cut for cut in scale["cuts"])
        there = {scale["elements"][number - 1]["id"] for number in value}
        if not set(scale.get("must") or ()) <= there:
            reached = min(reached, 1)
        return Fraction(reached, len(scale["cuts"]))
    if scale.get("linear"):
        zero, full = fraction(scale["linear"]["zero"]), fraction(scale["linear"]["full"])
        return min(Fraction(1), max(Fraction(0), (value - zero) / (full - zero)))
    better = (lambda cut: value >= cut) if scale["direction"] == "higher" else (lambda cut: value <= cut)
    return Fraction(sum(better(fraction(cut)) for cut in scale["cuts"]), len(scale["cuts"]))


def range_worth(scale, value):
    low, high = map(fraction, scale["band"])
    if low <= value <= high:
        return Fraction(1)
    below = [(fraction(step["below"]), step["score"]) for step in scale["outside"]
             if "below" in step and value < fraction(step["below"])]
    above = [(fraction(step["above"]), step["score"]) for step in scale["outside"]
             if "above" in step and value > fraction(step["above"])]
    bound, score = min(below) if below else max(above)
    return fraction(score) / 3


# --------------------------------------------------------------- workbooks

@dataclass
class Row:
    item: dict
    sheet: str
    number: int
    own: Reading
    review: Reading
    texts: dict
    cells: dict
    duplicate: bool = False


@dataclass
class Workbook:
    file: str
    cover: dict
    review_kind: bool
    rows: dict = field(default_factory=dict)
    extra: list = field(default_factory=list)
    key: tuple = ()
    submission: int = 1

    @property
    def place(self):
        return normal(self.cover["unit"].value), normal(self.cover["period"].value)


def labelled(formulas, values):
    found = {}
    for row in range(1, formulas.max_row + 1):
        label = normal(formulas.cell(row, 1).value)
        for name, labels in LABELS.items():
            if label in labels and name not in found:
                found[name] = cell_of(formulas, values, row, 2)
    return found


def find_cover(book):
    for name in ("填报说明", "Cover"):
        if name in book.sheetnames:
            return name
    for sheet in book.worksheets:
        labels = [normal(sheet.cell(row, 1).value) for row in range(1, sheet.max_row + 1)]
        if any(label in LABELS["period"] for label in labels):
            return sheet.title
    return None


def find_header(sheet):
    for row in range(1, sheet.max_row + 1):
        columns = {}
        for column in range(1, sheet.max_column + 1):
            text = normal(sheet.cell(row, column).value)
            for name, titles in HEADERS.items():
                if text in titles:
                    columns.setdefault(name, column)
        if ("ref" in columns or "id" in columns) and ("self" in columns or "review" in columns):
            return row, columns
    return None


def read_workbook(path, file, tree):
    """One workbook, or None where §6 says that it is not scored."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    cover_name = find_cover(formulas)
    if cover_name is None:
        return None
    cover = labelled(formulas[cover_name], values[cover_name])
    stored = labelled(formulas["_ecap"], values["_ecap"]) if "_ecap" in formulas.sheetnames else {}
    for name in LABELS:
        cover.setdefault(name, Cell())
    if cover["unit"].blank or cover["period"].blank:
        return None
    for name in ("unit", "period"):
        kept = normal(stored[name].value) if name in stored else ""
        if kept and kept != normal(cover[name].value):
            return None
    if not cover["tree"].blank and normal(cover["tree"].value) != normal(tree["id"]):
        return None
    book = Workbook(file, cover, normal(stored.get("kind", Cell()).value) == "review")
    by_id = {item["id"]: item for item in tree["items"]}
    by_ref = {item["ref"]: item for item in tree["items"]}
    for sheet in formulas.worksheets:
        header = find_header(sheet)
        if header:
            read_rows(book, sheet, values[sheet.title], header, by_id, by_ref)
    book.submission = submission_of(cover["submission"])
    return book


def read_rows(book, sheet, values, header, by_id, by_ref):
    top, columns = header
    for number in range(top + 1, sheet.max_row + 1):
        cells = {name: cell_of(sheet, values, number, columns.get(name)) for name in HEADERS}
        item = by_id.get(normal(cells["id"].value)) or by_ref.get(normal(cells["ref"].value))
        if item is None:
            continue
        if book.review_kind:
            cells["self"] = Cell()
        row = Row(item, sheet.title, number,
                  read(item, cells["self"], normal(cells["note"].value)),
                  read(item, cells["review"], normal(cells["review_note"].value)),
                  {name: cells[name].value for name in ("self", "note", "review", "review_note")},
                  {name: f"{get_column_letter(columns[name])}{number}" for name in ("self", "review") if name in columns})
        first = book.rows.get(item["id"])
        if first is None:
            book.rows[item["id"]] = row
        elif filled(row) and not filled(first):
            book.rows[item["id"]] = row
            book.extra.append(first)
        else:
            book.extra.append(row)


def filled(row):
    return row.own != BLANK or row.review != BLANK


def submission_of(cell):
    text = normal(cell.value) if not cell.lost and not isinstance(cell.value, bool) else ""
    found = re.fullmatch(r"(\d+)|第(\d+)次", text)
    number = int(found[1] or found[2]) if found else 1
    return max(number, 1)


def name_respondents(books, tree):
    """Gives each workbook of one unit and period the key of its respondent (§4.4)."""
    departments = {normal(name): department["id"]
                   for department in tree["departments"] for name in department["name"].values()}
    for book in books:
        name = normal(book.cover["respondent"].value)
        # Reading: "the unit's only workbook" = the only scored one of this unit and period, of either kind.
        if name in ASSESSOR or not name and len(books) == 1:
            book.key = ("assessor",)
        elif name in departments:
            book.key = ("department", departments[name])
        else:
            book.key = ("name", name) if name else ("nameless", book.file)


# ------------------------------------------------------- one state an item

@dataclass
class Voice:
    """What one respondent says of an item in one kind of workbook."""
    key: tuple
    review_kind: bool
    own: Reading
    own_row: Row | None
    review: Reading
    review_row: Row | None


def in_force(entries):
    """The version that holds, and its row: none where versions tear (§4.2).

    entries: (number, reading, row), ordered by file.
    """
    def agreed(some):
        return len({(reading.state, reading.value) for _, reading, _ in some}) == 1

    # Readings: equal = the same state and the same value (45/50 and 90% are), so two unreadable cells are,
    # whatever their text; a higher number's blank beats a lower number's answer.
    if not agreed(entries):
        highest = max(number for number, _, _ in entries)
        entries = [entry for entry in entries if entry[0] == highest]
    if not agreed(entries):
        entries = [entry for entry in entries if entry[1] != BLANK]
    if not agreed(entries):
        return UNREADABLE, None
    return entries[0][1], entries[0][2]


def voices(books, item_id):
    streams = {}
    for book in books:
        if item_id in book.rows:
            streams.setdefault((book.key, book.review_kind), []).append(book)
    result = []
    for (key, review_kind), versions in streams.items():
        rows = [(book.submission, book.rows[item_id]) for book in versions]
        own, own_row = in_force([(number, row.own, row) for number, row in rows])
        review, review_row = in_force([(number, row.review, row) for number, row in rows])
        result.append(Voice(key, review_kind, own, own_row, review, review_row))
    return result


def choose(item, said, outsiders):
    """The (reading, row) pairs that count (§4.4)."""
    # Reading: "has a review" is asked of the versions in force, a torn review included.
    reviews = [(voice.review, voice.review_row) for voice in said if voice.review != BLANK]
    if reviews:
        return reviews
    # Reading: a review workbook without a review of the item says nothing; only surveys hold self-ratings.
    own = [voice for voice in said if not voice.review_kind]
    leads = as_list(item["lead"])
    for chosen in ([voice for voice in own if voice.key == ("assessor",)],
                   [voice for voice in own if voice.key[0] == "department" and voice.key[1] in leads]):
        readable = [(voice.own, voice.own_row) for voice in chosen if voice.own.state in READABLE]
        if readable:
            return readable
    if outsiders.intersection(leads):
        # Whatever is readable here was said by neither the assessor nor the outsider.
        # Reading: what was set aside stands as blank, so an unreadable cell beside it still counts.
        own = [voice for voice in own if voice.own.state not in READABLE]
    return [(voice.own, voice.own_row) for voice in own]


MERGES = {"mean": lambda worths: sum(worths) / len(worths), "median": median, "min": min, "max": max}


def merge(readings, how):
    """(state, worth) of an item from what counts (§4.5)."""
    worths = [reading.worth for reading in readings if reading.state == "answered"]
    if worths:
        return "answered", Fraction(MERGES[how](worths))
    said = {reading.state for reading in readings}
    for state in ("no_data", "not_applicable", "unreadable"):
        if state in said:
            return state, None
    return "blank", None


# ----------------------------------------------------------------- scoring

class Climb:
    """Scores and shares of every node for one value an item; None has left."""

    def __init__(self, tree, values):
        self.children = {}
        for kind, name in (("groups", "code"), ("items", "id")):
            for node in tree[kind]:
                self.children.setdefault(node["parent"], []).append((kind, node[name], fraction(node["weight"])))
        self.items = values
        self.groups = {}
        self.total = self.climb(None)
        self.shares = {}
        self.descend(None, Fraction(1))

    def score(self, kind, name):
        return self.items[name] if kind == "items" else self.groups[name]

    def climb(self, parent):
        for kind, name, _ in self.children.get(parent, ()):
            if kind == "groups":
                self.groups[name] = self.climb(name)
        present = [(weight, self.score(kind, name)) for kind, name, weight in self.children.get(parent, ())
                   if self.score(kind, name) is not None]
        if not present:
            return None
        return sum(weight * score for weight, score in present) / sum(weight for weight, _ in present)

    def descend(self, parent, share):
        present = sum(weight for kind, name, weight in self.children.get(parent, ())
                      if self.score(kind, name) is not None)
        for kind, name, weight in self.children.get(parent, ()):
            own = share * weight / present if self.score(kind, name) is not None else Fraction(0)
            self.shares[kind, name] = own
            if kind == "groups":
                self.descend(name, own)


def rounded(score, decimals):
    """Half away from zero, from the integer nearest to score x 1e9 (§1)."""
    if score is None:
        return None
    nearest = int(score * 10**9 + Fraction(1, 2))
    step = 10 ** (9 - decimals)
    return Fraction((nearest + step // 2) // step, 10**decimals)


class Policy:
    def __init__(self, policy):
        self.policy = policy
        self.codes = [band["code"] for band in policy["bands"]]

    def grade(self, score, caps=()):
        """The band of the rounded score, capped by band codes; null caps nothing."""
        if score is None:
            return None
        exact = rounded(score, self.policy["decimals"])
        band = next(index for index, band in enumerate(self.policy["bands"]) if exact >= fraction(band["from"]))
        return self.codes[max([band] + [self.codes.index(cap) for cap in caps if cap is not None])]

    def caps(self, vetoes, keys):
        veto, key = self.policy["veto"], self.policy["key"]
        result = []
        if vetoes:
            result.append(veto["one"] if vetoes == 1 else veto["two"])
        if keys:
            result.append(key["one"] if keys < 3 else key["three"])
        return result


def has_failed_veto(item, state, counted):
    # Reading: "any answer that counts" is an answered one; 查无资料 fails where the item itself is no data.
    limit = fraction(item["fails_at"])
    return state == "no_data" or any(r.state == "answered" and r.score <= limit for r in counted)


def veto_count(items):
    return len({item["veto_group"] or ("alone", item["id"]) for item in items})


def score_unit(tree, books, how, missing, target):
    policy = Policy(tree["policy"])
    outsiders = {department["id"] for department in tree["departments"] if department["outsider"]}
    name_respondents(books, tree)
    states, worths, answers, failed = {}, {}, {}, set()
    for item in tree["items"]:
        said = voices(books, item["id"])
        counted = choose(item, said, outsiders)
        states[item["id"]], worths[item["id"]] = merge([reading for reading, _ in counted], how)
        answers[item["id"]] = list_answers(books, item["id"], [row for _, row in counted])
        if item["criticality"] == "veto" and has_failed_veto(item, states[item["id"]], [r for r, _ in counted]):
            failed.add(item["id"])

    def values(unknown):
        known = {"answered": lambda worth: 100 * worth, "no_data": lambda _: Fraction(0), "not_applicable": lambda _: None}
        return {name: known[state](worths[name]) if state in known else unknown for name, state in states.items()}

    mid = Climb(tree, values(None if missing == "exclude" else Fraction(0)))
    low, high = Climb(tree, values(Fraction(0))), Climb(tree, values(Fraction(100)))
    full = Climb(tree, dict.fromkeys(states, Fraction(0)))

    unknown = {name for name, state in states.items() if state in ("blank", "unreadable")}
    vetoes = [item for item in tree["items"] if item["criticality"] == "veto"]
    zero_keys = [item for item in tree["items"] if item["criticality"] == "key"
                 and item["id"] not in unknown and mid.items[item["id"]] == 0]
    unknown_keys = sum(item["criticality"] == "key" and item["id"] in unknown for item in tree["items"])
    failing = veto_count([item for item in vetoes if item["id"] in failed])
    could_fail = veto_count([item for item in vetoes if item["id"] in failed | unknown])

    parents = {group["code"]: group["parent"] for group in tree["groups"]}

    def chain(item):
        code = item["parent"]
        while code is not None:
            yield code
            code = parents[code]

    under = {group["code"]: [] for group in tree["groups"]}
    capped = set()  # level-1 groups with a key item at 0
    for item in tree["items"]:
        for code in chain(item):
            under[code].append(item["id"])
    for item in zero_keys:
        capped.update(code for code in chain(item) if parents[code] is None)

    def aim(node):
        if node["target"] is not None:
            return fraction(node["target"]), "tree"
        return (fraction(target), "option") if target is not None else (Fraction(100), "default")

    def lost(score, share, wanted):
        gap = None if score is None else max(Fraction(0), wanted - score)
        return gap, None if gap is None else share * gap

    groups = []
    for group in tree["groups"]:
        code = group["code"]
        score, share, (wanted, wanted_from) = mid.groups[code], mid.shares["groups", code], aim(group)
        gap, loss = lost(score, share, wanted)
        everything = sum(full.shares["items", name] for name in under[code])
        stayed = sum(full.shares["items", name] for name in under[code] if mid.items[name] is not None)
        groups.append({
            "code": code, "weight": fraction(group["weight"]), "share": share,
            "score": score, "low": low.groups[code], "high": high.groups[code],
            "rounded": rounded(score, tree["policy"]["decimals"]),
            "grade": policy.grade(score, [tree["policy"]["key"]["group"]] if code in capped else []),
            "coverage": stayed / everything if everything else None,
            "target": wanted, "target_from": wanted_from, "gap": gap, "loss": loss,
            "counts": count(states[name] for name in under[code]),
        })

    items = []
    for item in tree["items"]:
        name = item["id"]
        score, share, (wanted, wanted_from) = mid.items[name], mid.shares["items", name], aim(item)
        gap, loss = lost(score, share, wanted)
        items.append({
            "id": name, "state": states[name], "score": score, "weight": fraction(item["weight"]), "share": share,
            "target": wanted, "target_from": wanted_from, "gap": gap, "loss": loss, "cumulative_loss": None,
            "answers": answers[name],
        })
    running = Fraction(0)
    present = [item for item in items if item["loss"] is not None]
    for item in sorted(present, key=lambda item: -int(item["loss"] * 10**9 + Fraction(1, 2))):
        running += item["loss"]
        item["cumulative_loss"] = running

    keys = len(zero_keys)
    return {
        "total": {
            "score": mid.total, "low": low.total, "high": high.total,
            "rounded": rounded(mid.total, tree["policy"]["decimals"]),
            "grade": policy.grade(mid.total, policy.caps(failing, keys)),
            "grade_low": policy.grade(low.total, policy.caps(could_fail, keys + unknown_keys)),
            "grade_high": policy.grade(high.total, policy.caps(failing, keys)),
        },
        "counts": count(states.values()), "groups": groups, "items": items,
    }


def count(states):
    found = Counter(states)
    return {"items": found.total(), **{state: found[state] for state in STATES}}


def list_answers(books, item_id, counting):
    result = []
    for book in books:
        first = book.rows.get(item_id)
        for row in [first, *[row for row in book.extra if row.item["id"] == item_id]] if first else ():
            result.append({
                "file": book.file, "sheet": row.sheet, "row": row.number, "cells": row.cells, "texts": row.texts,
                "first": row is first, "review_kind": book.review_kind,
                "respondent": {"department": book.key[-1], "assessor": "assessor"}.get(book.key[0]),
                "submission": book.submission, "counts": any(row is other for other in counting),
                "self": row.own, "review": row.review,
            })
    return result


def recompute(tree, folder, how=None, missing=None, target=None):
    """{(unit, period): results} of every workbook under a folder."""
    folder = Path(folder)
    files = sorted((path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")
                    if not path.name.startswith(("~$", ".~lock"))), key=lambda name: name.encode())
    places = {}
    for file in files:
        book = read_workbook(folder / file, file, tree)
        if book:
            places.setdefault(book.place, []).append(book)
    how, missing = how or tree["policy"]["merge"], missing or tree["policy"]["missing"]
    return {place: score_unit(tree, books, how, missing, target) for place, books in places.items()}


def plain_json(value):
    """For printing: fractions as floats, readings as results.json spells them."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, Reading):
        return {"state": value.state, "score": plain_json(value.score)}
    if isinstance(value, dict):
        return {name: plain_json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain_json(inner) for inner in value]
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tree", type=Path, help="what `ecap tree show --json` printed")
    parser.add_argument("folder", type=Path, help="filled workbooks")
    parser.add_argument("--merge", choices=MERGES)
    parser.add_argument("--missing", choices=("zero", "exclude"))
    parser.add_argument("--target", type=Decimal)
    args = parser.parse_args()
    tree = load_tree(args.tree.read_text("utf-8"))
    for (unit, period), result in recompute(tree, args.folder, args.merge, args.missing, args.target).items():
        print(json.dumps({"unit": unit, "period": period, **plain_json(result)}, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
