"""The contract's rules on examples small enough to be worked out by hand.

`python -m unittest` here, or pytest.
"""

import datetime
import random
import tempfile
import unittest
import warnings
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook, load_workbook

import fill
import handmade
from fill import Cover, Typing, put, store_values, write_cover
from generate import SCALES, make_tree, print_tree
from answers import read
from cells import Cell
from recompute import Policy, load_tree, recompute, rounded
from settings import SHEETS
from week import finish

LEVEL = {"type": "level", "top": 4, "anchors": []}
YES_NO = {"type": "yes_no", "pass": "yes"}
RATE = {"type": "rate", "unit": "%", "direction": "higher", "cuts": [60, 90, 95, 100], "may_exceed_100": False}
POINTS = {"type": "points", "full": 10, "deductions": [{"id": "d1", "points": 2, "max": 6}, {"id": "d2", "points": 1},
                                                       {"id": "d3", "points": 9}]}
CHECKLIST = {"type": "checklist", "elements": [{"id": f"e{k}"} for k in range(1, 7)], "cuts": [3, 5, 6], "must": ["e1", "e3"]}
RANGE = {"type": "range", "unit": "%", "band": [1, 3], "outside": [
    {"below": 1, "score": 1}, {"below": 0.5, "score": 0}, {"above": 3, "score": 2}]}
BANDS = [{"code": "a", "from": 90}, {"code": "b", "from": 80}, {"code": "c", "from": 60}, {"code": "d", "from": 0}]


def item(name, scale=LEVEL, parent="01", question="是否开展？", **more):
    return {"id": name, "ref": name, "parent": parent, "question": {"zh": question, "en": "?"}, "weight": 1,
            "criticality": "normal", "fails_at": 0, "veto_group": None, "target": None, "na": {"zh": "无", "en": "none"},
            "lead": "fire", "confirm": [], "scale": scale} | more


def group(code, parent=None, weight=1, target=None):
    return {"code": code, "parent": parent, "level": code.count(".") + 1, "name": {"zh": "组", "en": "Group"},
            "weight": weight, "target": target}


def a_tree(items, groups=None, **policy):
    return {"id": "t", "edition": "1", "groups": groups if groups is not None else [group("01")], "items": items,
            "departments": [{"id": "fire", "name": {"zh": "消防", "en": "Fire"}, "outsider": False},
                            {"id": "water", "name": {"zh": "水利", "en": "Water"}, "outsider": False},
                            {"id": "above", "name": {"zh": "上级", "en": "Above"}, "outsider": True}],
            "policy": {"decimals": 1, "bands": BANDS, "veto": {"one": "c", "two": "d"},
                       "key": {"one": "b", "three": "c", "group": "b"}, "missing": "zero", "merge": "mean"} | policy}


def reading(scale, value, number_format="General", reason="", **more):
    return read(item("x", scale, **more), Cell(value, number_format), reason)


class Cells(unittest.TestCase):
    def worths(self, scale, expected, **more):
        for typed, wanted in expected.items():
            value, number_format = typed if isinstance(typed, tuple) else (typed, "General")
            with self.subTest(typed=typed):
                got = reading(scale, value, number_format, **more)
                self.assertEqual(got.worth if got.state == "answered" else got.state, wanted)

    def test_level(self):
        half, bad = Fraction(1, 2), "unreadable"
        self.worths(LEVEL, {2: half, 2.0: half, "2分": half, "2级": half, "二级": half, "２": half, " 2 分 ": half, 0: 0, "四级": 1,
                            5: bad, "五级": bad, 1.5: bad, -1: bad, "零级": bad, "两级": bad, "": "blank", "　": "blank"})
        self.worths({"type": "level", "top": 3, "worth": [0, 0.4, Decimal("0.8"), 1]}, {1: Fraction(2, 5), "2级": Fraction(4, 5)})

    def test_yes_no(self):
        self.worths(YES_NO, {"是": 1, "Y": 1, "ＹＥＳ": 1, "no": 0, "有": "unreadable", "√": "unreadable", True: "unreadable"})
        self.worths(YES_NO, {"有": 1, "√": 1, "×": 0, "无": 0, "✓": "unreadable", "x": "unreadable"}, question="是否有预案？")
        self.worths({"type": "yes_no", "pass": "no"}, {"否": 1, "是": 0})

    def test_rate(self):
        quarter, half, bad = Fraction(1, 4), Fraction(1, 2), "unreadable"
        self.worths(RATE, {"45/50": half, "90%": half, 90: half, (0.9, "0%"): half, "８９．９％": quarter, 0: 0, "0/5": 0, "0.5%": 0,
                           0.9: bad, 1: bad, "0.9": bad, (90, '0"%"'): half, (90, "0\\%"): half, (90, "0%"): bad, "101%": bad, 101: bad, "-1%": bad,
                           "3/0": bad, "3/-1": bad, "—": bad, "／": bad, "－": bad, datetime.datetime(2024, 4, 5): bad})
        # 7/100 meets a cut of 7 %, though 0.07 * 100 in doubles passes it by a hair.
        self.worths({**RATE, "cuts": [7]}, {"7/100": 1, (0.07, "0%"): 1, "6.99%": 0})
        self.worths({**RATE, "direction": "lower", "cuts": [7]}, {"7/100": 1, (0.07, "0%"): 1, "7.01%": 0})
        self.worths({**RATE, "cuts": [100, 120], "may_exceed_100": True}, {"6/5": 1, 110: half})

    def test_measures(self):
        count = {"type": "count", "unit": {"zh": "次", "en": "times"}, "direction": "lower", "cuts": [1000, 0]}
        half, bad = Fraction(1, 2), "unreadable"
        self.worths(count, {0: 1, "1,000次": half, "１，０００": half, "1000 TIMES": half, "1001": 0, 1.5: bad, -1: bad, "10,00": bad, "5人": bad})
        people = {"type": "quantity", "unit": {"zh": "人", "en": "people"}, "linear": {"zero": 0, "full": 20}}
        self.worths(people, {5: Fraction(1, 4), "7.5人": Fraction(3, 8), 30: 1, 0: 0, "-1": bad})
        falling = {"type": "quantity", "unit": {"zh": "人", "en": "people"}, "linear": {"zero": 20, "full": 0}}
        self.worths(falling, {5: Fraction(3, 4), 30: 0})
        minutes = {"type": "duration", "unit": "min", "direction": "lower", "cuts": [180, 120, 60]}
        self.worths(minutes, {"60分钟": 1, "61min": Fraction(2, 3), 180: Fraction(1, 3), 181: 0, "1h": bad, -1: bad})

    def test_range(self):
        bad = "unreadable"
        self.worths(RANGE, {1: 1, "3%": 1, "2/100": 1, (0.02, "0.0%"): 1, 0.99: Fraction(1, 3), 0.5: Fraction(1, 3), 0.49: 0,
                            "3.01%": Fraction(2, 3), 200: Fraction(2, 3), -1: bad})
        self.worths({**RANGE, "unit": "m"}, {-1: 0, "2m": 1, "2/100": bad, "2%": bad})

    def test_checklist(self):
        third, bad = Fraction(1, 3), "unreadable"
        self.worths(CHECKLIST, {"1、3、5": third, "1,2,3,4,5": Fraction(2, 3), "1 2 3 4 5 6": 1, "全部": 1, "ALL": 1, "无": 0, "none": 0,
                                "2、3、4、5、6": third, "2,4": 0, "1,1,3,5": third, 3: 0, 7: bad, "0": bad, "1;3": bad})

    def test_points(self):
        bad = "unreadable"
        self.worths(POINTS, {7.5: Fraction(3, 4), "7.5": Fraction(3, 4), "扣1、2": Fraction(7, 10), "扣1×5": Fraction(4, 10),
                             "扣2×3、1×2": Fraction(3, 10), "扣1×3，3": 0, "扣无": 1, 11: bad, -1: bad, "扣1、1": bad, "扣4": bad,
                             "扣1×0": bad, "扣1x2": bad, "扣": bad})

    def test_state_words(self):
        self.assertEqual(reading(LEVEL, "不适用", reason="没有河流").state, "not_applicable")
        self.assertEqual(reading(LEVEL, "n/a", reason="没有河流").state, "not_applicable")
        self.assertEqual(reading(LEVEL, "不适用").state, "unreadable")
        self.assertEqual(reading(LEVEL, "不适用", reason="没有河流", na=None).state, "unreadable")
        self.assertEqual(reading(LEVEL, "查无资料").state, "no_data")
        self.assertEqual(reading(LEVEL, "NO DATA").state, "no_data")


def write_settings(path, **rows):
    """A settings workbook of these rows; the two sheets by which it is known are always there."""
    book = Workbook()
    book.remove(book.active)
    for kind in ("dates", "departments", *(kind for kind in rows if kind not in ("dates", "departments"))):
        sheet = book.create_sheet(SHEETS[kind][0])
        for row in rows.get(kind, ()):
            sheet.append(row)
    book.save(path)


class Assessment(unittest.TestCase):
    """Workbooks of one unit: [(cover changes, {item: self, or (self, review)})]."""

    def score(self, tree, *filled, changes=(), **options):
        warnings.simplefilter("ignore")
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            blank = handmade.write_blank(tree, folder / "blank.xlsx")
            (folder / "in").mkdir()
            for index, (cover, typed) in enumerate(filled):
                answers = {}
                for one in tree["items"]:
                    pair = typed.get(one["id"], None)
                    own, review = pair if isinstance(pair, tuple) else (pair, None)
                    answers[one["id"]] = (Typing(own, None, "理由" if own == "不适用" else None),
                                          Typing(review, None, "理由" if review == "不适用" else None))
                cover = {"unit": "甲市", "period": 2024, "respondent": None, "submission": 1} | cover
                review_kind = cover.pop("review", False)
                write = (lambda *args: fill.fill_review(*args)) if review_kind else (lambda *args: fill.fill(*args, changes))
                write(blank, folder / "in" / f"{index}.xlsx", tree, Cover(**cover), answers, random.Random(1))
            if "settings" in options:
                write_settings(folder / "in" / "设置.xlsx", **options["settings"])
            self.places = recompute(tree, folder / "in", *(options.get(name) for name in ("how", "missing", "target", "profile")))
        self.result = self.places.get(("甲市", "2024"))
        return self.result

    def states(self):
        return {one["id"]: one["state"] for one in self.result["items"]}

    def scores(self):
        return {one["id"]: one["score"] for one in self.result["items"]}

    def counting(self, name):
        return [answer["counts"] for one in self.result["items"] if one["id"] == name for answer in one["answers"]]

    def total(self, *names):
        return tuple(self.result["total"][name] for name in names)


class Scoring(Assessment):
    def test_weights_of_what_left_go_to_siblings(self):
        tree = a_tree([item("a", weight=2), item("b", weight=1), item("c", weight=1), item("d", parent="02")],
                      [group("01", weight=3), group("02", weight=1)])
        self.score(tree, ({}, {"a": 4, "b": "不适用", "c": 2, "d": 0}))
        # 01: (2x100 + 1x50)/3 = 250/3; total: (3 x 250/3 + 0)/4 = 62.5
        self.assertEqual(self.total("score", "low", "high", "rounded", "grade"), (Fraction(125, 2),) * 4 + ("c",))
        one, two = self.result["groups"]
        self.assertEqual((one["score"], one["share"], one["coverage"]), (Fraction(250, 3), Fraction(3, 4), Fraction(3, 4)))
        self.assertEqual((two["share"], two["loss"]), (Fraction(1, 4), 25))
        shares = [one["share"] for one in self.result["items"]]
        self.assertEqual(shares, [Fraction(1, 2), 0, Fraction(1, 4), Fraction(1, 4)])
        self.assertEqual([one["loss"] for one in self.result["items"]], [0, None, Fraction(25, 2), 25])
        self.assertEqual([one["cumulative_loss"] for one in self.result["items"]], [Fraction(75, 2), None, Fraction(75, 2), 25])

    def test_a_group_leaves_with_all_its_children(self):
        tree = a_tree([item("a"), item("b", parent="02.1")], [group("01"), group("02"), group("02.1", "02")])
        self.score(tree, ({}, {"a": 3, "b": "不适用"}))
        self.assertEqual(self.total("score"), (75,))
        self.assertEqual([(g["score"], g["share"], g["coverage"], g["grade"]) for g in self.result["groups"]],
                         [(75, 1, 1, "c"), (None, 0, 0, None), (None, 0, 0, None)])

    def test_everything_left(self):
        self.score(a_tree([item("a")]), ({}, {"a": "不适用"}))
        self.assertEqual(self.total("score", "low", "high", "rounded", "grade", "grade_low", "grade_high"), (None,) * 7)

    def test_low_and_high(self):
        tree = a_tree([item(name) for name in "abcd"])
        filled = ({}, {"a": 4, "b": None, "c": "看附件", "d": "查无资料"})
        self.score(tree, filled)
        self.assertEqual(self.states(), {"a": "answered", "b": "blank", "c": "unreadable", "d": "no_data"})
        self.assertEqual(self.total("score", "low", "high", "grade", "grade_low", "grade_high"), (25, 25, 75, "d", "d", "c"))
        self.score(tree, filled, missing="exclude")
        self.assertEqual(self.total("score", "low", "high"), (50, 25, 75))
        self.assertEqual(self.result["groups"][0]["coverage"], Fraction(1, 2))
        self.assertEqual(self.scores(), {"a": 100, "b": None, "c": None, "d": 0})

    def test_all_blank_excluded(self):
        self.score(a_tree([item("a")]), ({}, {}), missing="exclude")
        self.assertEqual(self.total("score", "low", "high", "grade", "grade_low", "grade_high"), (None, 0, 100, None, "d", "a"))

    def test_targets(self):
        tree = a_tree([item("a", target=80), item("b")], [group("01", target=70)])
        self.score(tree, ({}, {"a": 2, "b": 4}), target="90")
        self.assertEqual([(one["target"], one["target_from"], one["gap"], one["loss"]) for one in self.result["items"]],
                         [(80, "tree", 30, 15), (90, "option", 0, 0)])
        self.assertEqual([(g["target"], g["target_from"], g["gap"]) for g in self.result["groups"]], [(70, "tree", 0)])

    def test_vetoes(self):
        vetoes = [item("v", criticality="veto", fails_at=50), item("w", criticality="veto"), item("a", weight=98)]
        for typed, grades in (({"v": 4, "w": 4}, ("a", "a", "a")), ({"v": 2, "w": 4}, ("c", "c", "c")),
                              ({"v": 3, "w": 4}, ("a", "a", "a")), ({"v": 2, "w": 0}, ("d", "d", "d")),
                              ({"v": "查无资料", "w": 4}, ("c", "c", "c")), ({"w": 4}, ("a", "c", "a")),
                              ({"v": 2}, ("c", "d", "c")), ({"v": "不适用", "w": 4}, ("a", "a", "a"))):
            with self.subTest(typed=typed):
                self.score(a_tree(vetoes), ({}, {"a": 4, **typed}))
                self.assertEqual(self.total("grade", "grade_low", "grade_high"), grades)
                self.assertGreaterEqual(self.total("score")[0], 90)
        together = [vetoes[0] | {"veto_group": "g"}, vetoes[1] | {"veto_group": "g"}, vetoes[2]]
        self.score(a_tree(together), ({}, {"a": 4, "v": 0, "w": 0}))
        self.assertEqual(self.total("grade"), ("c",))
        self.score(a_tree(vetoes, veto={"one": None, "two": None}), ({}, {"a": 4, "v": 0, "w": 0}))
        self.assertEqual(self.total("grade"), ("a",))

    def test_any_answer_that_counts_fails_a_veto(self):
        tree = a_tree([item("v", criticality="veto", lead="above"), item("w", criticality="veto", lead="none"), item("a", weight=98)])
        self.score(tree, ({"respondent": "水利"}, {"a": 4, "v": 0, "w": 0}), ({"respondent": "乡镇"}, {"a": 4, "v": 4, "w": 4}))
        self.assertEqual(self.states()["v"], "blank")  # an outsider's item: both are set aside
        self.assertEqual(self.scores()["w"], 50)
        self.assertEqual(self.total("grade"), ("c",))

    def test_keys(self):
        tree = a_tree([item("k", criticality="key"), item("l", parent="02.1", criticality="key"), item("m", criticality="key"),
                       item("a", weight=98), item("b", parent="02.1", weight=99)], [group("01"), group("02"), group("02.1", "02")])
        self.score(tree, ({}, {"k": 4, "l": 0, "m": None, "a": 4, "b": 4}))
        self.assertEqual(self.total("grade", "grade_low", "grade_high"), ("b", "b", "b"))
        self.assertEqual([g["grade"] for g in self.result["groups"]], ["a", "b", "a"])
        self.score(tree, ({}, {"k": "查无资料", "l": 0, "m": None, "a": 4, "b": 4}))
        self.assertEqual(self.total("grade", "grade_low", "grade_high"), ("b", "c", "b"))

    def test_rounding(self):
        self.assertEqual(rounded(Fraction("89.95"), 1), 90)
        self.assertEqual(rounded(Fraction("89.9499999999"), 1), 90)  # 1e-10 short: the nearest 1e-9 is 89.95
        self.assertEqual(rounded(Fraction("89.949999999"), 1), Fraction("89.9"))
        self.assertEqual(rounded(Fraction("0.5"), 0), 1)
        policy = Policy(a_tree([])["policy"])
        self.assertEqual([policy.grade(Fraction(score)) for score in ("89.95", "89.94", "60", "59.94")], ["a", "b", "c", "d"])


class Joining(Assessment):
    def setUp(self):
        self.tree = a_tree([item("a"), item("b", lead="water"), item("o", lead="above")])

    def test_versions(self):
        fire = {"respondent": "消防"}
        self.score(self.tree, (fire | {"submission": "第2次"}, {"a": 1, "b": None}), (fire, {"a": 4, "b": 3}))
        self.assertEqual(self.scores(), {"a": 25, "b": 0, "o": 0})
        self.assertEqual((self.states()["b"], self.counting("a"), self.counting("b")), ("blank", [True, False], [True, False]))
        self.score(self.tree, (fire, {"a": 1, "b": None}), (fire | {"respondent": "Fire", "submission": "第x次"}, {"a": 4, "b": 3}))
        self.assertEqual(self.states(), {"a": "unreadable", "b": "answered", "o": "blank"})
        self.assertEqual((self.counting("a"), self.counting("b"), self.counting("o")), ([False, False], [False, True], [True, False]))
        self.score(self.tree, (fire, {"a": "二级"}), (fire | {"submission": 2}, {"a": "2分"}))
        self.assertEqual((self.scores()["a"], self.counting("a")), (50, [True, False]))

    def test_review_beats_torn_selfs(self):
        fire = {"respondent": "消防"}
        self.score(self.tree, (fire, {"a": (1, 3)}), (fire, {"a": (4, "三级")}))
        self.assertEqual((self.scores()["a"], self.counting("a")), (75, [True, False]))

    def test_reviews(self):
        self.score(self.tree, ({"respondent": "消防"}, {"a": 4, "b": (4, "看附件"), "o": 4}),
                   ({"respondent": "水利"}, {"a": 2, "b": 4}),
                   ({"respondent": "评估组", "review": True}, {"a": (None, 1), "o": (None, "不适用")}))
        self.assertEqual(self.states(), {"a": "answered", "b": "unreadable", "o": "not_applicable"})
        self.assertEqual(self.scores()["a"], 25)

    def test_assessor_then_lead_then_all(self):
        fire, water = ({"respondent": "Fire"}, {"a": 4, "b": 0}), ({"respondent": "水利"}, {"a": 1, "b": "看附件"})
        self.score(self.tree, fire, water)
        self.assertEqual(self.scores(), {"a": 100, "b": 0, "o": 0})
        self.assertEqual((self.counting("a"), self.counting("b")), ([True, False], [True, True]))
        self.score(self.tree, fire, water, ({"respondent": "Assessor"}, {"a": 2, "b": None, "o": 3}))
        self.assertEqual(self.scores(), {"a": 50, "b": 0, "o": 75})

    def test_outsiders_item(self):
        self.score(self.tree, ({}, {"o": 4}))
        self.assertEqual(self.states()["o"], "answered")  # the only workbook, without a name
        self.score(self.tree, ({"respondent": "消防"}, {"o": 4}))
        self.assertEqual((self.states()["o"], self.counting("o")), ("blank", [False]))
        self.score(self.tree, ({}, {"o": 4}), ({"respondent": "消防"}, {}))
        self.assertEqual(self.states()["o"], "blank")
        self.score(self.tree, ({"respondent": "上级"}, {"o": 3}), ({"respondent": "消防"}, {"o": 4}))
        self.assertEqual(self.scores()["o"], 75)

    def test_merge(self):
        towns = [({"respondent": name}, {"a": value}) for name, value in (("甲", 0), ("乙", 1), ("丙", 4), ("丁", 4))]
        for how, wanted in (("mean", Fraction(225, 4)), ("median", Fraction(125, 2)), ("min", 0), ("max", 100)):
            self.score(self.tree, *towns, how=how)
            self.assertEqual(self.scores()["a"], wanted, how)
        for said, state in ((("查无资料", "不适用", "x"), "no_data"), (("不适用", "x", None), "not_applicable"),
                            (("x", None), "unreadable"), ((None, None), "blank"), (("不适用", 4), "answered")):
            self.score(self.tree, *[({"respondent": str(k)}, {"a": value}) for k, value in enumerate(said)])
            self.assertEqual(self.states()["a"], state, said)

    def test_two_nameless_are_two_respondents(self):
        self.score(self.tree, ({}, {"a": 4}), ({}, {"a": 2}))
        self.assertEqual((self.scores()["a"], self.counting("a")), (75, [True, True]))

    def test_what_changes_nothing(self):
        typed = {"a": 3, "b": "不适用", "o": "二级"}
        plain = self.score(self.tree, ({}, typed))
        for change in ("shuffle_rows", "insert_column", "swap_columns", "rename_sheets", "move_sheets", "rename_cover", "add_sheet",
                       "clear_ids", "clear_refs", "wrong_refs", "add_unknown_row"):
            with self.subTest(change=change):
                moved = self.score(self.tree, ({}, typed), changes=(change,))
                self.assertEqual(moved["total"], plain["total"])
                self.assertEqual([one["state"] for one in moved["items"]], [one["state"] for one in plain["items"]])

    def test_first_filled_row_counts(self):
        warnings.simplefilter("ignore")
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(handmade.write_blank(self.tree, Path(scratch, "a.xlsx")))
            book = load_workbook(path)
            write_cover(book, Cover("甲市", 2024, None, 1))
            sheet = book.worksheets[1]
            for value in (" ", 3, 1):
                sheet.append(("a", None, None, None, value, None, None, None, None, "a"))
            book.save(path)
            (result,) = recompute(self.tree, scratch).values()
        self.assertEqual(result["items"][0]["score"], 75)
        self.assertEqual([answer["first"] for answer in result["items"][0]["answers"]].count(True), 1)

    def test_what_is_not_scored(self):
        good = ({}, {"a": 4, "o": 4})
        self.score(self.tree, good, ({"unit": None}, {}), ({"period": " "}, {}), ({"other_tree": True}, {}),
                   ({"other_stored": True}, {}))
        self.assertEqual((list(self.places), self.states()["o"]), ([("甲市", "2024")], "answered"))
        self.score(self.tree, good, ({"unit": " 甲市", "period": "２０２４", "drop": "tree", "respondent": "消防"}, {"a": 0}))
        self.assertEqual((list(self.places), self.scores()["a"]), ([("甲市", "2024")], 0))

    def test_formulas(self):
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(handmade.write_blank(self.tree, Path(scratch, "a.xlsx")))
            book = load_workbook(path)
            write_cover(book, Cover("甲市", 2024, None, 1))
            fill.STORED["=1+2"] = ("n", "3")
            for row, formula in ((2, "=1+2"), (3, '=""'), (4, "=2*1")):
                put(book.worksheets[1], row, 5, Typing(formula))
            book.save(path)
            store_values(path)
            (result,) = recompute(self.tree, scratch).values()
        self.assertEqual([one["state"] for one in result["items"]], ["answered", "blank", "unreadable"])


LEADS, REFS = ("牵头部门", "实际部门"), ("编号", "不评理由", "批准人")


class SettingsWorkbook(Assessment):
    def setUp(self):
        self.tree = a_tree([item("a", core=True), item("b", lead="water", criticality="veto"), item("o", parent="02", lead="above")],
                           [group("01"), group("02", weight=3)])
        self.departments = [LEADS, ("消防", "甲局、乙局"), ("Water", "甲局"), ("上级", "评估组")]

    def setting(self, *filled, **rows):
        return self.score(self.tree, *filled, settings={"departments": self.departments} | rows)

    def test_real_departments_lead(self):
        one, two = ({"respondent": "甲局"}, {"a": 4, "b": 4}), ({"respondent": "乙局"}, {"a": 2, "b": 0})
        self.setting(one, two, ({"respondent": "某街道"}, {"a": 0, "b": 0}))
        self.assertEqual(self.scores(), {"a": 75, "b": 100, "o": 0})
        self.assertEqual([[answer["respondent"] for answer in one["answers"]] for one in self.result["items"]],
                         [["fire", "fire", None], ["water", "fire", None], ["fire", "fire", None]])
        self.setting(({"respondent": "水利", "submission": 2}, {"b": 3}), one)
        self.assertEqual((self.scores()["b"], self.counting("b")), (75, [True, False]))

    def test_moved_items(self):
        moved = [(*LEADS, None, "编号", "改由"), ("消防", "甲局", None, "b", "丙局"), ("水利", "乙局", None, "o", "甲局")]
        self.setting(({"respondent": "乙局"}, {"a": 0, "b": 0, "o": 4}), ({"respondent": "丙局"}, {"a": 0, "b": 3}),
                     departments=moved)
        self.assertEqual((self.scores()["b"], self.states()["o"]), (75, "blank"))
        self.assertEqual([(one["department"], one["items"]) for one in self.result["returns"]],
                         [("甲局", 1), ("丙局", 1), ("评估组", 1)])
        self.assertEqual(self.result["demanded"], [("error", None, "部门对照", 3)])

    def test_what_is_left_out(self):
        full = ({"respondent": "评估组"}, {"a": 4, "b": 2, "o": 0})
        self.setting(full, scope=[("范围", "全部"), REFS, (2, "没有"), ("a", " ", "组长"), ("b", "没有"), ("9.9", "没有")])
        self.assertEqual(self.states(), {"a": "answered", "b": "answered", "o": "out_of_scope"})
        self.assertEqual((self.total("score"), self.result["counts"]["out_of_scope"]), ((75,), 1))
        self.assertEqual([one["coverage"] for one in self.result["groups"]], [1, None])
        self.assertEqual([one[-1] for one in self.result["demanded"]], [4, 5])
        self.assertEqual(self.result["policy"]["scope"]["left_out"],
                         [{"code": "02", "name": group("02")["name"], "items": 1, "reason": "没有", "approved_by": ""}])
        self.setting(full, scope=[("Scope", "core")])
        self.assertEqual((self.total("score"), self.result["policy"]["scope"]["items"]), ((100,), 1))
        self.score(self.tree, full, profile="市", settings={"scope": [("范围", "核心")]})
        self.assertEqual(self.states()["b"], "answered")

    def test_local_weights_and_targets(self):
        full = ({"respondent": "评估组"}, {"a": 4, "b": 4, "o": 0})
        self.setting(full, weights=[("编号", "本地权重"), ("01", "3"), ("02", 0)],
                     targets=[("编号", "目标"), ("01", 80), ("o", 60), ("a", 101)])
        self.assertEqual(self.total("score"), (50,))
        self.assertEqual(self.result["policy"]["local"]["default_weights"], {"score": 25, "rounded": 25, "grade": "d"})
        self.assertEqual([one["code"] for one in self.result["policy"]["local"]["weights"]], ["01"])
        self.assertEqual([(one["target"], one["target_from"]) for one in self.result["groups"] + self.result["items"]],
                         [(80, "settings"), (100, "default"), (100, "default"), (100, "default"), (60, "settings")])
        self.setting(full, weights=[("编号", "本地权重"), ("02", 3)])
        local = self.result["policy"]["local"]
        self.assertEqual((self.result["policy"]["weights"], local["weights"], local["default_weights"]), ("declared", [], None))

    def test_unit_period_and_dates(self):
        dates = [("被评估单位", "甲市"), ("评估期", 2024), ("上级单位", "乙省"), ("基准日", datetime.date(2026, 1, 5)),
                 ("报送截止日", "2026年02月30日"), ("评估单位", "丙")]
        self.setting(({"drop": "unit"}, {"a": 4}), ({"period": None, "respondent": "某街道"}, {}), ({"other_stored": True}, {}),
                     ({"unit": "丁市"}, {}), dates=dates)
        self.assertEqual((list(self.places), len(self.result["items"][0]["answers"])), ([("甲市", "2024"), ("丁市", "2024")], 3))
        self.assertEqual(self.result["unit"], {"name": "甲市", "parent": "乙省", "class": None})
        self.assertEqual({name: self.result["assessment"][name] for name in ("reference_date", "deadline", "assessor")},
                         {"reference_date": "2026-01-05", "deadline": None, "assessor": "丙"})

    def test_by_selves(self):
        self.setting(({"respondent": "甲局"}, {"a": 4, "b": (4, "x"), "o": 4}),
                     ({"respondent": "评估组", "review": True}, {"a": (None, 1)}))
        self.assertEqual(self.states(), {"a": "answered", "b": "unreadable", "o": "blank"})
        self.assertEqual([(one["by_selves"]["state"], one["by_selves"]["score"]) for one in self.result["items"]],
                         [("answered", 100), ("answered", 100), ("blank", 0)])

    def returns(self, *findings):
        result = finish(self.result, [{"severity": "error", "place": {"file": file}} for file in findings])
        return {one["department"]: (one["state"], one["blank"], one["missing_share"]) for one in result["returns"]}

    def test_returns(self):
        self.setting(({"respondent": "甲局"}, {"a": 4, "b": 4}), ({"respondent": "评估组"}, {}))
        self.assertEqual(self.returns(), {"甲局": ("complete", [], 0), "乙局": ("missing", ["a"], 0),
                                          "评估组": ("missing", ["o"], Fraction(3, 4))})
        self.assertEqual(self.returns("0.xlsx")["甲局"][0], "errors")
        self.setting(({"respondent": "甲局"}, {"a": 4}), ({"respondent": "评估组"}, {"a": 2, "o": 2}))
        self.assertEqual(self.returns("0.xlsx"), {"甲局": ("incomplete", ["b"], Fraction(1, 8)), "乙局": ("missing", [], 0),
                                                  "评估组": ("complete", [], 0)})
        self.setting(({"respondent": "甲局"}, {}), departments=[LEADS, ("消防", None), ("上级", "评估组")])
        self.assertEqual((self.returns(), self.result["demanded"]), ({}, []))


class Generated(unittest.TestCase):
    def test_what_is_typed_is_read_as_meant(self):
        warnings.simplefilter("ignore")
        seen = set()
        for seed in range(12):
            tree = load_tree(print_tree(make_tree(f"meant/{seed}")))
            rng = random.Random(seed)
            with tempfile.TemporaryDirectory() as scratch:
                blanks = [handmade.write_blank(tree, Path(scratch, f"{lang}.xlsx"), lang) for lang in ("zh", "en")]
                folder = Path(scratch, "in")
                folder.mkdir()
                written = fill.make_unit(rng, tree, blanks, folder, "u", "City", "2024", 3)
                results = recompute(tree, folder)
            typed = {path.relative_to(folder).as_posix(): (answers, changes) for path, answers, changes in written}
            scales = {one["id"]: one["scale"]["type"] for one in tree["items"]}
            for one in (one for result in results.values() for one in result["items"]):
                for answer in one["answers"]:
                    answers, changes = typed[answer["file"]]
                    if {"repeat_rows", "copy_sheet"} & set(changes):
                        continue
                    for name, typing in zip(("self", "review"), answers[one["id"]]):
                        if name == "self" and answer["review_kind"]:
                            continue
                        got = answer[name]
                        self.assertEqual(got.state, typing.meant.state, (seed, one["id"], typing))
                        if got.state == "answered" and scales[one["id"]] != "points":
                            self.assertEqual(got.value, typing.meant.value, (seed, one["id"], typing))
                        seen.add((scales[one["id"]], got.state))
        self.assertLessEqual({(scale, state) for scale in SCALES for state in ("answered", "blank")}, seen)

    def test_every_depth_and_scale(self):
        for depth in range(1, 7):
            trees = [make_tree(f"depth/{seed}", depth) for seed in range(20)]
            self.assertEqual(max(g["level"] for tree in trees for g in tree["groups"]), depth)
        self.assertEqual({one["scale"]["type"] for tree in trees for one in tree["items"]}, set(SCALES))

    def test_a_seed_makes_the_same_tree(self):
        self.assertEqual(print_tree(make_tree("x")), print_tree(make_tree("x")))


if __name__ == "__main__":
    unittest.main()
