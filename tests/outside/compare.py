"""Compares a recomputed unit with the `results.json` that ecap wrote."""

import re
from fractions import Fraction

from recompute import STATES

TOLERANCE = 1e-9
TOTAL = ("score", "low", "high", "rounded", "grade", "grade_low", "grade_high")
COUNTS = ("items", *STATES)
GROUP = ("weight", "share", "score", "low", "high", "rounded", "grade", "coverage", "target", "target_from", "gap", "loss")
ITEM = ("state", "score", "weight", "share", "target", "target_from", "gap", "loss", "cumulative_loss")


def same(mine, theirs):
    if isinstance(mine, (Fraction, int, float)) and not isinstance(mine, bool):
        return isinstance(theirs, (int, float)) and not isinstance(theirs, bool) and abs(float(mine) - theirs) <= TOLERANCE
    return mine == theirs and type(mine) is type(theirs)


def show(value):
    return repr(float(value)) if isinstance(value, Fraction) else repr(value)


class Comparison:
    def __init__(self):
        self.differences = []

    def check(self, where, mine, theirs, about=""):
        if not same(mine, theirs):
            self.differences.append(f"{where}: recomputed {show(mine)}, ecap {show(theirs)}{about}")

    def fields(self, where, names, mine, theirs, about=""):
        if not isinstance(theirs, dict):
            self.differences.append(f"{where}: ecap has no such object{about}")
            return
        for name in names:
            # A key that is missing is not the null that the contract asks for.
            self.check(f"{where}.{name}", mine[name], theirs.get(name, "no such key"), about)


def compare(mine, theirs):
    """Every disagreement, one line each."""
    found = Comparison()
    found.fields("total", TOTAL, mine["total"], theirs.get("total"))
    found.fields("counts", COUNTS, mine["counts"], theirs.get("counts"))
    for kind, name, names in (("groups", "code", GROUP), ("items", "id", ITEM)):
        nodes = {node.get(name): node for node in theirs.get(kind, ())}
        found.check(f"{kind} in tree order", [node[name] for node in mine[kind]], list(nodes))
        for node in mine[kind]:
            other = nodes.get(node[name])
            where = f"{kind}[{node[name]}]"
            about = cells_of(node, other) if kind == "items" else ""
            found.fields(where, names, node, other, about)
            if other is None:
                continue
            if kind == "groups":
                found.fields(f"{where}.counts", COUNTS, node["counts"], other.get("counts"))
            else:
                compare_answers(found, where, node["answers"], other.get("answers") or [])
    return found.differences


def row_key(answer):
    """(file, sheet, row) of an answer in results.json, from the first cell it names."""
    place = answer.get("place") or {}
    for cell in (place.get("cell"), *((answer.get(name) or {}).get("cell") for name in ("self", "review"))):
        row = re.search(r"\d+$", cell or "")
        if row:
            return place.get("file"), place.get("sheet"), int(row[0])
    return None


def compare_answers(found, where, mine, theirs):
    by_row = {row_key(answer): answer for answer in theirs}
    for answer in mine:
        place = answer["file"], answer["sheet"], answer["row"]
        other = by_row.pop(place, None)
        at = f"{where}.answers[{place[0]} {place[1]} row {place[2]}]"
        about = f"; typed {answer['texts']}"
        if other is None:
            # Readings: an item's second row in a workbook, and a review workbook's empty row, need not be listed.
            if answer["first"] and not (answer["review_kind"] and answer["review"].state == "blank"):
                found.differences.append(f"{at}: missing from ecap's{about}")
            continue
        if not (answer["review_kind"] and answer["review"].state == "blank"):
            found.check(f"{at}.counts", answer["counts"], other.get("counts"), about)
        found.check(f"{at}.submission", answer["submission"], other.get("submission"), about)
        found.check(f"{at}.respondent.id", answer["respondent"], (other.get("respondent") or {}).get("id"), about)
        for name in ("self", "review"):
            if not (name == "self" and answer["review_kind"]):
                compare_cell(found, f"{at}.{name}", answer[name], other.get(name), about)
    for place in by_row:
        found.differences.append(f"{where}.answers: ecap lists {place}, which holds no row of this item")


def compare_cell(found, where, mine, theirs, about):
    # Reading: an empty cell may be null as a whole.
    if theirs is None:
        found.check(f"{where}.state", mine.state, "blank", about)
        return
    found.check(f"{where}.state", mine.state, theirs.get("state"), about)
    # Reading: only an answered cell's score is certain (100 x worth), and that of 不适用 (null).
    if mine.state in ("answered", "not_applicable"):
        found.check(f"{where}.score", mine.score, theirs.get("score"), about)


def cells_of(mine, theirs):
    """What was typed for an item, and how both sides took it."""
    by_row = {row_key(answer): answer for answer in (theirs or {}).get("answers") or ()}
    lines = []
    for answer in mine["answers"]:
        other = by_row.get((answer["file"], answer["sheet"], answer["row"])) or {}
        for name in ("self", "review"):
            if answer[name].state != "blank" or (other.get(name) or {}).get("state", "blank") != "blank":
                cell = answer["cells"].get(name, "?")
                lines.append(f"\n      {answer['file']} {answer['sheet']}!{cell} {name} {answer['texts'][name]!r}: "
                             f"recomputed {answer[name].state}, ecap {(other.get(name) or {}).get('state')}; "
                             f"counts: {answer['counts']}, {other.get('counts')}")
    return "".join(lines)
