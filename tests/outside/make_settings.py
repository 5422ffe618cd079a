"""Random settings workbooks (§12.2), right and wrong in every way the page names."""

import datetime
from dataclasses import dataclass, field

from openpyxl import Workbook

from fill import wide
from settings import ALL, ASSESSOR, HEADERS, LABELS, PROFILES, SHEETS, in_profile, items_under

REALS = ("区应急局", "区水务局", "区财政局", "区卫健局", "City Police", "区城管局", "市气象台", "Fire Station 3")
AUTHORITIES = ("省应急厅", "Province Office")
NEWCOMERS = ("区体育局", "Parks Office")
REASONS = ("本区没有此项职责", "not a duty here", " 今年不评 ")
APPROVERS = ("评估组长", "lead assessor")
DATES = ("2026-11-20", "2026/11/20", "2026年11月20日", datetime.datetime(2026, 11, 20), datetime.date(2025, 1, 5),
         None, "年底", "2026-02-30")
BAD_WEIGHTS = (0, -1, "高", "1/2", "-0.5", True)
BAD_TARGETS = (101, -1, "高", 100.5, "满分", True)
UNKNOWN_REFS = ("99.9.99", "zzz-9999", 1.1, 98)


@dataclass
class Table:
    titles: tuple
    rows: list = field(default_factory=list)


class Maker:
    def __init__(self, rng, tree, unit, period, assessed):
        self.rng, self.tree, self.unit, self.period, self.assessed = rng, tree, unit, period, assessed
        self.lang = rng.choice((0, 0, 1))
        self.outsiders = {one["id"] for one in tree["departments"] if one["outsider"]}
        self.people = []

    def word(self, pair):
        """In the workbook's language, sometimes in the other, sometimes in odd letters."""
        text = pair[self.lang if self.rng.random() < 0.9 else 1 - self.lang]
        return self.rng.choice((text,) * 8 + (f" {text} ", text.upper(), wide(text) if text.isascii() and " " not in text else text))

    def make(self, path):
        book = Workbook()
        book.active.title = SHEETS["dates"][self.lang]
        self.dates(book.active)
        makers = {"departments": self.departments, "scope": self.scope, "weights": self.weights, "targets": self.targets}
        for kind, make in makers.items():
            if kind == "departments" or self.rng.random() < 0.85:
                sheet = book.create_sheet(SHEETS[kind][self.lang])
                self.lay_out(sheet, make(sheet))
        for sheet in book.worksheets:
            if self.rng.random() < 0.2:
                book.move_sheet(sheet, self.rng.randint(-2, 2))
        book.save(path)
        return self.people

    # ---------------------------------------------------------------- layout

    def lay_out(self, sheet, tables):
        """The tables beside or below one another, with moved columns and rows between."""
        rng = self.rng
        beside = rng.random() < 0.6
        row, column = rng.choice((1, 2, 2, 5)), rng.choice((1, 1, 1, 3))
        row = max(row, sheet.max_row + 2 if sheet.max_row > 1 else row)
        if row > 1 and sheet.max_row == 1 and sheet["A1"].value is None:
            sheet["A1"] = "填表说明：只填白色的格。"
        for table in tables:
            width, bottom = self.write_table(sheet, table, row, column)
            if beside:
                column += width + 1
            else:
                row = bottom + rng.choice((2, 3))

    def write_table(self, sheet, table, top, left):
        rng = self.rng
        order = list(table.titles)
        if rng.random() < 0.3:
            rng.shuffle(order)
        if rng.random() < 0.3:
            order.insert(rng.randint(0, len(order)), None)  # a column of the office's own
        for offset, name in enumerate(order):
            sheet.cell(top, left + offset).value = self.word(HEADERS[name]) if name else "备注"
        row = top
        for values in table.rows:
            row += rng.choice((1,) * 9 + (2,))
            for offset, name in enumerate(order):
                sheet.cell(row, left + offset).value = values.get(name) if name else rng.choice((None, "见文件"))
        return len(order), row

    def dates(self, sheet):
        rng = self.rng
        values = {"unit": rng.choice((self.unit, self.unit, f" {self.unit}", None)), "parent": rng.choice(("江州市", None)),
                  "class": rng.choice(("市辖区", None)), "period": rng.choice((self.period, int(self.period), None)),
                  "reference_date": rng.choice(DATES), "deadline": rng.choice(DATES), "assessor": rng.choice(("省评估中心", None))}
        lines = [(self.word(LABELS[name]), value) for name, value in values.items() if rng.random() < 0.9]
        lines += rng.sample([("联系电话", "12345"), (None, None), ("制表", "办公室"), ("项目", "内容")], rng.randint(0, 3))
        rng.shuffle(lines)
        for row, (label, value) in enumerate(lines, 1 + rng.randint(0, 2)):
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = label, value
            if rng.random() < 0.3:
                sheet.cell(row, 3).value = "怎样填"

    # ----------------------------------------------------------- departments

    def departments(self, _sheet):
        rng = self.rng
        leads = [one for one in self.tree["departments"] if one["id"] not in self.outsiders]
        reals = rng.sample(REALS, rng.randint(1, 3))
        style = rng.choice(("one", "few", "few", "few", "shared", "shared", "own", "nobody"))
        table = Table(("lead", "count", "real", "contact"))
        named = []
        for lead in leads:
            names = self.reals_of(lead, reals, style)
            named += [name for name in names if name not in named]
            table.rows.append(self.lead_row(lead, names))
        for lead in self.tree["departments"]:
            if lead["id"] in self.outsiders:
                table.rows.append(self.outsider_row(lead, named))
        if rng.random() < 0.2:
            rng.shuffle(table.rows)
        if rng.random() < 0.1:
            table.rows.pop(rng.randrange(len(table.rows)))
        tables = [table]
        if named:
            tables.append(self.moves(named))
        self.people += [(name,) for name in named] + [tuple(lead["name"].values()) for lead in leads[:3]]
        self.people += [tuple(one["name"].values()) for one in self.tree["departments"] if one["id"] in self.outsiders]
        return tables

    def reals_of(self, lead, reals, style):
        rng = self.rng
        if style == "nobody" or style != "few" and rng.random() < 0.05:
            return []
        if style == "own":
            return [rng.choice(tuple(lead["name"].values()))]
        if style == "shared" and rng.random() < 0.5 and len(reals) > 1:
            return rng.sample(reals, rng.randint(2, min(3, len(reals))))
        return [rng.choice(reals)]

    def lead_row(self, lead, names):
        rng = self.rng
        text = rng.choice(("、", "、", ",", "，", "；", "; ", " 、 ")).join(names) or rng.choice((None, "", " "))
        return {"lead": self.word(tuple(lead["name"].values())), "count": rng.choice((None, 3)), "real": text,
                "contact": rng.choice((None, "王科长", "王、李"))}

    def outsider_row(self, lead, named):
        """Mostly the assessors; sometimes an authority, sometimes a department of the place, which is refused."""
        choices = [None, ASSESSOR[0], ASSESSOR[0], ASSESSOR[1]] + ([self.rng.choice(AUTHORITIES)] if named else []) + named[:1]
        return {"lead": self.word(tuple(lead["name"].values())), "real": self.rng.choice(choices)}

    def moves(self, named):
        rng = self.rng
        table = Table(("ref", "moved"))
        for item in rng.sample(self.tree["items"], min(len(self.tree["items"]), rng.choice((0, 1, 3, 6)))):
            own = item["lead"] in self.outsiders
            name = rng.choice(named if own else named * 2 + list(NEWCOMERS))
            if (name,) not in self.people:
                self.people.append((name,))
            table.rows.append({"ref": self.ref(item), "moved": name})
        if rng.random() < 0.3:
            table.rows.append({"ref": rng.choice(UNKNOWN_REFS), "moved": rng.choice(named)})
        return table

    # ------------------------------------------------------------- the others

    def ref(self, node):
        if "code" in node:
            code = node["code"]
            return int(code) if code.isdigit() and self.rng.random() < 0.3 else code
        return self.rng.choice((node["ref"], node["ref"], node["id"], f" {node['ref']} "))

    def some_nodes(self, most):
        nodes = self.tree["groups"] + self.tree["items"]
        return self.rng.sample(nodes, min(len(nodes), self.rng.randint(0, most)))

    def scope(self, sheet):
        rng = self.rng
        profiles = usable_profiles(self.tree)
        profile = rng.choice(profiles) if profiles and rng.random() < 0.4 else None
        if rng.random() < 0.8 or profile:
            row, column = rng.choice(((1, 1), (2, 1)))
            sheet.cell(row, column).value = self.word(SHEETS["scope"])
            sheet.cell(row, column + 1).value = self.word((profile, PROFILES[profile]) if profile else ALL)
        table = Table(("ref", "reason", "approved"))
        inside = {item["id"] for item in self.tree["items"] if in_profile(item, self.assessed or profile)}
        for node in self.some_nodes(4):
            under = {item["id"] for item in items_under(self.tree, "groups" if "code" in node else "items", node)}
            if inside - under:
                inside -= under
                table.rows.append({"ref": self.ref(node), "reason": rng.choice(REASONS + (REASONS[0], None, " ")),
                                   "approved": rng.choice((None, *APPROVERS))})
        if rng.random() < 0.2:
            table.rows.append({"ref": rng.choice(UNKNOWN_REFS), "reason": REASONS[0]})
        return [table]

    def weights(self, _sheet):
        rng = self.rng
        table = Table(("ref", "name", "default", "weight"))
        chosen = rng.choice((0, 0, 0.2, 0.8))
        for group in self.tree["groups"]:
            if rng.random() < chosen:
                weight = rng.choice((0.5, 2, 3.25, 7, "2.5", rng.choice(BAD_WEIGHTS)))
            elif rng.random() < 0.5:
                weight = rng.choice((None, None, " "))
            else:
                continue
            table.rows.append({"ref": self.ref(group), "name": group["name"]["zh"], "default": rng.choice((group["weight"], None)),
                               "weight": weight})
        if rng.random() < 0.2:
            table.rows.append({"ref": rng.choice(UNKNOWN_REFS), "weight": 2})
        return [table]

    def targets(self, _sheet):
        rng = self.rng
        table = Table(("ref", "target"))
        for node in self.some_nodes(6):
            table.rows.append({"ref": self.ref(node), "target": rng.choice((0, 60, 77.5, 100, "85", None, rng.choice(BAD_TARGETS)))})
        if rng.random() < 0.2:
            table.rows.append({"ref": rng.choice(UNKNOWN_REFS), "target": 90})
        return [table]


def usable_profiles(tree):
    """Those that leave something in and something out."""
    counts = {profile: sum(in_profile(item, profile) for item in tree["items"]) for profile in PROFILES}
    return [profile for profile, number in counts.items() if 0 < number < len(tree["items"])]


def make_settings(rng, tree, path, unit, period, assessed=None):
    """Writes a settings workbook; gives the names that may stand on covers, as `respondents` does.

    Whatever it leaves out, something of the profile `assessed` stays.
    """
    return Maker(rng, tree, unit, period, assessed).make(path)
