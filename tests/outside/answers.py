"""Reads one answer cell and says what it is worth (§2, §3)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from cells import fraction, normal

READABLE = ("answered", "not_applicable", "no_data")
DURATION_UNITS = {"s": "秒", "min": "分钟", "h": "小时", "d": "天"}
NUMERALS = "一二三四五六七八九十"


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


# Reading: what fills 说明 and says nothing (docs/formats.md, 不适用 without a reason), of what fill.py draws.
SAYS_NOTHING = ("", "无", "/", "见附件", "同上", "3")

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
            if item["na"] is None or reason in SAYS_NOTHING:
                raise Unreadable
            return "not_applicable", None
    return "answered", READERS[item["scale"]["type"]](item, text, number, is_percent(cell.format))


def is_percent(number_format):
    # Reading: an escaped sign (\% , and _% or *%, which only pad) is as good as quoted; LibreOffice
    # saves 0"%" as 0\%, and the number it shows is the same.
    return "%" in re.sub(r'"[^"]*"|[\\_*].', "", number_format)


def shown(cell):
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and is_percent(cell.format):
        return normal(float(100 * fraction(cell.value))) + "%"
    return normal(cell.value)


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
    if "max" in scale and value > fraction(scale["max"]):
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
