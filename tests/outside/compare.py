"""Compares a recomputed unit with the `results.json` that ecap wrote."""

import re
from fractions import Fraction

from cells import normal
from open_points import OPEN
from settings import ASSESSOR
from recompute import STATES
from settings import PROFILES
from week import finish

TOLERANCE = 1e-9
TOTAL = ("score", "low", "high", "rounded", "grade", "grade_low", "grade_high")
COUNTS = ("items", *STATES)
GROUP = ("weight", "share", "score", "low", "high", "rounded", "grade", "coverage", "target", "target_from", "gap", "loss")
SCOPE = ("profile", "items")
LEFT_OUT = ("code", "items", "reason", "approved_by")
LOCAL_WEIGHT = ("code", "default", "local")
ASSESSMENT = ("reference_date", "deadline", "assessor", "draft")
RETURN = ("assessor", "state", "items", "errors", "files", "missing_share")
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


    def maybe(self, where, names, mine, theirs):
        """An object or null."""
        if mine is None or theirs is None:
            self.check(where, mine and "an object", theirs and "an object")
        else:
            self.fields(where, names, mine, theirs)
        return mine is not None and isinstance(theirs, dict)

    def each(self, where, names, mine, theirs):
        """Lists of objects, one by one."""
        self.check(f"{where}, how many", len(mine), len(theirs) if isinstance(theirs, list) else "no list")
        for index, (one, other) in enumerate(zip(mine, theirs or ())):
            self.fields(f"{where}[{index}]", names, one, other)
            if "name" in one:
                self.texts(f"{where}[{index}].name", one["name"], other.get("name"))

    def texts(self, where, mine, theirs):
        self.fields(where, ("zh", "en"), mine, theirs)


def compare(mine, theirs):
    """Every disagreement, one line each."""
    found = Comparison()
    mine = finish(mine, theirs.get("findings") or ())
    compare_settings(found, mine, theirs)
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
                found.fields(f"{where}.by_selves", ("state", "score"), node["by_selves"], other.get("by_selves"))
                compare_answers(found, where, node["answers"], other.get("answers") or [])
    return found.differences


def compare_settings(found, mine, theirs):
    """What the settings say and what came of it."""
    # Covers of one unit may spell its name in several ways.
    found.fields("unit", mine["unit"], mine["unit"], spelled_alike(theirs.get("unit")))
    found.check("period", mine["period"], spelled_alike(theirs.get("period")))
    policy = theirs.get("policy") or {}
    found.check("policy.weights", mine["policy"]["weights"], policy.get("weights"))
    scope, other = mine["policy"]["scope"], policy.get("scope")
    if found.maybe("policy.scope", SCOPE, scope, profile_word(other)):
        found.each("policy.scope.left_out", LEFT_OUT, scope["left_out"], other.get("left_out"))
    local, other = mine["policy"]["local"], policy.get("local", "no such key")
    if found.maybe("policy.local", (), local, other):
        found.each("policy.local.weights", LOCAL_WEIGHT, local["weights"], other.get("weights"))
        found.each("policy.local.targets", ("code", "target"), local["targets"], other.get("targets"))
        named = [{one["name"]: (sorted(map(str, one["leads"])), sorted(map(str, one["moved"]))) for one in some or () if one["name"] not in ASSESSOR}
                 for some in (local["departments"], other.get("departments"))]
        found.check("policy.local.departments", *named)
        found.maybe("policy.local.default_weights", ("score", "rounded", "grade"), local["default_weights"], other.get("default_weights"))
    wanted = [name for name in ASSESSMENT if not (name == "draft" and mine["assessment"] and mine["assessment"]["doubtful"])]
    found.maybe("assessment", wanted, mine["assessment"], theirs.get("assessment", "no such key"))
    compare_returns(found, mine["returns"], theirs.get("returns") or [])
    found.each("inputs", ("file", "sha256"), mine["inputs"], theirs.get("inputs"))
    compare_findings(found, mine["demanded"], theirs.get("findings") or ())
    compare_copies(found, mine["copies"], theirs.get("findings") or ())


def compare_returns(found, mine, theirs):
    authorities = {one["department"] for one in mine if one["authority"] and "authority-order" in OPEN}
    orders = [[one.get("department") for one in some if one.get("department") not in authorities] for some in (mine, theirs)]
    found.check("returns, in order", *orders)
    found.check("returns, how many", len(mine), len(theirs))
    by_name = {one.get("department"): one for one in theirs}
    for one in mine:
        where, other = f"returns[{one['department']}]", by_name.get(one["department"], {})
        unsure = {"state", "errors", "files"} if one["doubtful"] else set()
        found.fields(where, [name for name in RETURN if name not in unsure], one, other)
        for name in ("blank", "unreadable"):
            found.check(f"{where}.{name}", one.get(name), other.get(name))


def profile_word(scope):
    """Reading: the page does not say in which language a profile is written."""
    words = {english: word for word, english in PROFILES.items()}
    return scope if not isinstance(scope, dict) else {**scope, "profile": words.get(scope.get("profile"), scope.get("profile"))}


def spelled_alike(value):
    if isinstance(value, dict):
        return {name: spelled_alike(inner) for name, inner in value.items()}
    return normal(value) if isinstance(value, str) else value


def compare_findings(found, demanded, findings):
    """Only that the findings which the page asks for are there, at their row; `file` None is the settings workbook."""
    there = set()
    for one in findings:
        place = one["place"]
        row = int(re.sub(r"\D", "", place["cell"] or "0"))
        there |= {(one["severity"], file, place["sheet"], row) for file in (place["file"], None)}
    for severity, file, sheet, row in demanded:
        if (severity, file, sheet, row) not in there:
            found.differences.append(f"findings: no {severity} at {file or 'the settings'} {sheet} row {row}")


def compare_copies(found, differ, findings):
    """Which copies of self-ratings are not what the surveys say (§12.1)."""
    warned = {(one["place"]["file"], one["place"]["sheet"], int(re.sub(r"\D", "", one["place"]["cell"] or "0")))
              for one in findings if one["code"] == "review-copy-differs"}
    for place, wanted in differ.items():
        found.check(f"review-copy-differs at {place}", wanted, place in warned)


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
        if other.get("review") is not None:
            found.check(f"{at}.review.verification", answer["verification"], other["review"].get("verification"), about)
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
