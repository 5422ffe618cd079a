"""Reads a settings workbook (§12.2): what is assessed, by which weights and targets, and who answers for what."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from openpyxl import load_workbook

from cells import folded, fraction, is_one_of, normal

ASSESSOR = ("评估组", "Assessor")
SHEETS = {"dates": ("单位与时限", "Unit and dates"), "departments": ("部门对照", "Departments"), "scope": ("范围", "Scope"),
          "weights": ("权重", "Weights"), "targets": ("目标", "Targets")}
LABELS = {
    "unit": ("被评估单位", "Unit"), "parent": ("上级单位", "Parent unit"), "class": ("类别", "Class"), "period": ("评估期", "Period"),
    "reference_date": ("基准日", "Reference date"), "deadline": ("报送截止日", "Deadline"), "assessor": ("评估单位", "Assessing body"),
}
HEADERS = {
    "lead": ("牵头部门", "Lead"), "count": ("题数", "Items"), "real": ("实际部门", "Department"), "contact": ("联系人", "Contact"),
    "ref": ("编号", "Ref"), "moved": ("改由", "Moved to"), "reason": ("不评理由", "Reason"), "approved": ("批准人", "Approved by"),
    "name": ("名称", "Name"), "default": ("默认权重", "Default weight"), "weight": ("本地权重", "Local weight"),
    "target": ("目标", "Target"),
}
ALL = ("全部", "All")
PROFILES = {"市": "city", "区县": "district", "乡镇街道": "township", "社区村": "community", "核心": "core"}
DATE = r"(\d{4})-(\d{2})-(\d{2})|(\d{4})/(\d{2})/(\d{2})|(\d{4})年(\d{2})月(\d{2})日"
PLAIN = r"-?\d+(?:\.\d+)?"


@dataclass
class Settings:
    says: dict = field(default_factory=dict)  # the texts of 单位与时限
    dates: dict = field(default_factory=dict)
    stands: dict = field(default_factory=dict)  # department -> keys of the real ones
    names: dict = field(default_factory=dict)  # key of a real one -> its name, in the order of the settings
    moved: dict = field(default_factory=dict)  # item -> key
    by_department: bool = False
    authorities: set = field(default_factory=set)  # those that stand for outsider departments
    profile: str | None = None
    left_out: list = field(default_factory=list)
    weights: dict = field(default_factory=dict)
    targets: dict = field(default_factory=dict)
    demanded: list = field(default_factory=list)  # (severity, sheet, row) of the findings that the page asks for
    unnamed: list = field(default_factory=list)  # (department, sheet, row) of those for which nobody is named

    def key_of(self, name, tree):
        """Whom a name on a cover stands for, or None."""
        if is_one_of(name, ASSESSOR):
            return ("assessor",)
        if ("real", folded(name)) in self.names:
            return "real", folded(name)
        for department in tree["departments"]:
            if is_one_of(name, department["name"].values()):
                reals = self.stands.get(department["id"], ())
                return reals[0] if len(reals) == 1 else ("department", department["id"])
        return None

    def leads(self, item):
        if item["id"] in self.moved:
            return [self.moved[item["id"]]]
        if item["lead"] is None:
            return []
        return [("department", item["lead"]), *self.stands.get(item["lead"], ())]

    def department_of(self, key, item):
        """The id that results.json gives for a respondent to an item."""
        if key[0] == "real":
            stood = [name for name, reals in self.stands.items() if key in reals]
            return item["lead"] if item["lead"] in stood else next(iter(stood), None)
        return {"department": key[-1], "assessor": "assessor"}.get(key[0])


# ------------------------------------------------------------------- tables

def is_settings(names):
    return all(any(is_one_of(name, SHEETS[kind]) for name in names) for kind in ("dates", "departments"))


def sheet_of(book, kind):
    return next((sheet for sheet in book.worksheets if is_one_of(sheet.title, SHEETS[kind])), None)


def titles_in(line):
    found = {}
    for cell in line:
        for name, titles in HEADERS.items():
            if is_one_of(cell.value, titles):
                found.setdefault(name, cell.column)
    return found


def table(sheet, *needed):
    """(row number, {title: value}) of each row under the header row that holds the titles."""
    columns = None
    for line in sheet.iter_rows():
        titles = titles_in(line)
        if columns is None and set(needed) <= set(titles):
            columns = titles
        elif columns is not None:
            # Reading: a table ends where the headers of another one stand in its columns.
            if len(titles) > 1 and set(titles.values()) & {columns[name] for name in needed}:
                return
            values = {name: line[column - 1].value for name, column in columns.items()}
            if normal(values[needed[0]]):
                yield line[0].row, values


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number_of(value):
    # Reading: a number typed as text is read as in an answer.
    if is_number(value):
        return fraction(value)
    return Fraction(normal(value)) if re.fullmatch(PLAIN, normal(value)) else None


def node_of(tree, value):
    """(kind, node) that a cell under 编号 names, or None."""
    if is_number(value):
        text = f"{int(value):02d}" if value == int(value) else None
    else:
        text = normal(value)
    for kind, names in (("groups", ("code",)), ("items", ("ref", "id"))):
        for node in tree[kind]:
            if text in [node[name] for name in names]:
                return kind, node
    return None


def items_under(tree, kind, node):
    if kind == "items":
        return [node]
    codes = {node["code"]}
    for group in tree["groups"]:
        if group["parent"] in codes:
            codes.add(group["code"])
    return [item for item in tree["items"] if item["parent"] in codes]


# ------------------------------------------------------------------- sheets

def read_settings(path, tree):
    book = load_workbook(path, data_only=True)
    settings = Settings()
    read_dates(settings, sheet_of(book, "dates"))
    for kind, reader in (("scope", read_scope), ("weights", read_weights), ("targets", read_targets), ("departments", read_departments)):
        sheet = sheet_of(book, kind)
        if sheet:
            reader(settings, sheet, tree)
    return settings


def read_dates(settings, sheet):
    for label, value, *_ in sheet.iter_rows(max_col=2, values_only=True):
        for name, labels in LABELS.items():
            if is_one_of(label, labels):
                if name in ("reference_date", "deadline"):
                    settings.dates.setdefault(name, date_of(value))
                else:
                    settings.says.setdefault(name, normal(value) or None)


def date_of(value):
    if isinstance(value, datetime):
        return value.date().isoformat()
    found = re.fullmatch(DATE, normal(value))
    try:
        return date(*[int(part) for part in found.groups() if part]).isoformat() if found else None
    except ValueError:
        return None


def read_scope(settings, sheet, tree):
    for line in sheet.iter_rows():
        for cell, right in zip(line, line[1:]):
            if is_one_of(cell.value, SHEETS["scope"]) and settings.profile is None:
                settings.profile = profile_of(right.value)
    for row, values in table(sheet, "ref", "reason"):
        found = node_of(tree, values["ref"])
        if not found:
            continue
        kind, node = found
        items = items_under(tree, kind, node)
        reason, approved = normal(values["reason"]), normal(values.get("approved"))
        if not reason or not approved and any(item["criticality"] == "veto" for item in items):
            settings.demanded.append(("error", sheet.title, row))
            continue
        code, name = ("code", "name") if kind == "groups" else ("ref", "question")
        settings.left_out.append({"code": node[code], "name": node[name], "ids": [item["id"] for item in items],
                                  "reason": reason, "approved_by": approved})


def profile_of(value):
    """The level's word in the tree, or None for all."""
    return next((word for word, english in PROFILES.items() if is_one_of(value, (word, english))), None)


def in_profile(item, profile):
    if profile in (None, *ALL):
        return True
    if profile == "核心":
        return item.get("core", False)
    return "levels" not in item or profile in item["levels"]


def read_weights(settings, sheet, tree):
    for _, values in table(sheet, "ref", "weight"):
        found, weight = node_of(tree, values["ref"]), number_of(values["weight"])
        if found and found[0] == "groups" and weight is not None and weight > 0:
            settings.weights[found[1]["code"]] = weight


def read_targets(settings, sheet, tree):
    for _, values in table(sheet, "ref", "target"):
        found, target = node_of(tree, values["ref"]), number_of(values["target"])
        if found and target is not None and 0 <= target <= 100:
            kind, node = found
            settings.targets[kind, node["code" if kind == "groups" else "id"]] = target


# -------------------------------------------------------------- departments

def split_names(value):
    return [name for name in (part.strip() for part in re.split("[、,;]", normal(value))) if name]


def read_departments(settings, sheet, tree):
    departments = {department["id"]: department for department in tree["departments"]}
    rows = []
    for row, values in table(sheet, "lead", "real"):
        lead = next((name for name, one in departments.items() if is_one_of(values["lead"], one["name"].values())), None)
        if lead:
            rows.append((row, lead, split_names(values["real"])))
    places = {folded(name) for _, lead, names in rows if not departments[lead]["outsider"] for name in names}
    for row, lead, names in rows:
        for name in names:
            if departments[lead]["outsider"] and folded(name) in places:
                settings.demanded.append(("error", sheet.title, row))
            else:
                key = settings.key_of(name, {"departments": ()}) or ("real", folded(name))
                settings.stands.setdefault(lead, []).append(key)
                if key[0] == "real":
                    settings.names.setdefault(key, name)
                if departments[lead]["outsider"]:
                    settings.authorities.add(key)
    read_moves(settings, sheet, tree, departments, places)
    settings.by_department = bool(settings.names)
    for department in departments.values():
        if department["outsider"]:
            # Reading: what stays with 评估组 is its own, so the outsider department's name stands for 评估组 (§6.2, §12.2).
            alone = [("assessor",)] if settings.by_department else []
            settings.stands[department["id"]] = [key for key in settings.stands.get(department["id"], ()) if key[0] == "real"] or alone
    if settings.by_department:
        settings.unnamed = [(lead, sheet.title, row) for row, lead, names in rows if not names and not departments[lead]["outsider"]]


def read_moves(settings, sheet, tree, departments, places):
    for row, values in table(sheet, "ref", "moved"):
        found, name = node_of(tree, values["ref"]), normal(values["moved"])
        if not found or found[0] == "groups" or not name:
            continue
        item = found[1]
        if item["lead"] is not None and departments[item["lead"]]["outsider"] and folded(name) in places:
            settings.demanded.append(("error", sheet.title, row))
            continue
        key = "real", folded(name)
        settings.names.setdefault(key, name)
        settings.moved[item["id"]] = key


def out_of_scope(tree, settings, profile):
    """Ids that are not assessed."""
    left = {name for one in settings.left_out for name in one["ids"]}
    return left | {item["id"] for item in tree["items"] if not in_profile(item, profile)}
