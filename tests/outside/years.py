"""Splits the change between two years a second time, from docs/method/year-change.md alone, and compares with ecap.

Nothing here was taken from ecap's source. "Reading:" marks the places where
the page's words left a choice. The same --seed and --pairs make the same
pairs; --only K runs one of them.
"""

import argparse
import copy
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook

from answers import READERS, Unreadable, worth
from cells import fraction, normal
from generate import LEVELS, MAKERS, ladder, text
from recompute import MERGES

CAUSES = ("rose", "fell", "no_data", "blank", "not_applicable", "weights", "added", "removed", "redefined", "scope", "options")
MIRRORED = {"rose": "fell", "fell": "rose", "added": "removed", "removed": "added"}
UNKNOWN = ("blank", "unreadable")
TOLERANCE = 1e-9
SHOWN = 12  # lines of disagreement a pair
# What an item asks, and what only says how much an answer is worth (§1).
ASKS = ("type", "unit", "anchors", "elements", "numerator", "denominator", "top", "may_exceed_100", "full", "deductions")


# ------------------------------------------------------------- the two years

class Year:
    """One year's tree and results: children, weights and scores by node.

    A node is ("item", id) or ("group", the codes from the top down to its own).
    Reading: a group under another parent is another group, and its items have moved.
    """

    def __init__(self, tree, results, renamed=None):
        renamed = renamed or {}
        self.period, self.merge, self.missing = results["period"], results["policy"]["merge"], results["policy"]["missing"]
        self.asked = tree and {renamed.get(item["id"], item["id"]): item for item in tree["items"]}
        self.items = {renamed.get(item["id"], item["id"]): item for item in results["items"]}
        self.parent, self.weight, self.score = {}, {}, {}
        self.children = defaultdict(list)
        paths = {None: ()}
        for one in results["groups"] + results["items"]:
            parent = ("group", paths[one["parent"]]) if one["parent"] is not None else None
            if "id" in one:
                node = ("item", renamed.get(one["id"], one["id"]))
            else:
                paths[one["code"]] = (*paths[one["parent"]], one["code"])
                node = ("group", paths[one["code"]])
            self.parent[node] = parent
            self.children[parent].append(node)
            self.weight[node] = fraction(one["weight"])
            self.score[node] = None if one["score"] is None else fraction(one["score"])
        self.score[None] = None if results["total"]["score"] is None else fraction(results["total"]["score"])

    def state(self, item):
        return self.items[item]["state"]

    def sums_up(self, group):
        """Reading: a group states no weight where it weighs what its children weigh together."""
        return abs(self.weight[group] - sum(self.weight[child] for child in self.children[group])) <= TOLERANCE

    def present(self, node):
        """Its weight among its siblings; 0 without a score."""
        return self.weight[node] if self.score.get(node) is not None else Fraction(0)

    def shares(self, group, weigh=None):
        """{item: its share in a group}, after leaving unless it is said how a node weighs."""
        weigh = weigh or self.present
        found = {}

        def go(node, share):
            if node is not None and node[0] == "item":
                found[node[1]] = share
                return
            weights = {child: weigh(child) for child in self.children[node]}
            for child, weight in weights.items():
                if weight:
                    go(child, share * weight / sum(weights.values()))

        go(group, Fraction(1))
        return found

    def known_shares(self, group):
        """Reading: of a group without a score, by the full weights."""
        return self.shares(group) or self.shares(group, self.weight.get)

    def in_scope(self, node):
        """Its full weight; 0 if nothing in it is in scope."""
        if node[0] == "item":
            return Fraction(0) if self.state(node[1]) == "out_of_scope" else self.weight[node]
        return self.weight[node] if any(map(self.in_scope, self.children[node])) else Fraction(0)


def lists(value):
    return value if isinstance(value, list) else [value]


class Pair:
    """Two years of one unit, their items paired. A tree is None where it is not at hand."""

    def __init__(self, old_tree, old, new_tree, new, crosswalk=()):
        told = [(lists(line["old"]), lists(line["new"]), line["change"]) for line in crosswalk]
        # Reading: what the crosswalk says of an id comes before `retired`, that of the later tree.
        said = {one for olds, _, _ in told for one in olds}
        told += [([one["id"]], one["replaced_by"], "retired") for one in new_tree.get("retired", ()) if one["id"] not in said]
        renamed = {olds[0]: news[0] for olds, news, change in told if change == "same"}
        self.before, self.after = Year(old_tree, old, renamed), Year(new_tree, new)
        self.years = (self.before, self.after)
        self.mapped = [set(), set()]  # ids that became others, by year
        for olds, news, change in told:
            # Reading: ids that stand in neither year say nothing.
            if change != "same" and any(one in self.before.items for one in olds) and any(one in self.after.items for one in news):
                self.mapped[0].update(olds)
                self.mapped[1].update(news)
        both = [item for item in self.before.items if item in self.after.items]
        # Reading: where the crosswalk says that only the id changed, no revision is looked at.
        self.same = {item for item in both if self.before.items[item]["rev"] == self.after.items[item]["rev"] or item in renamed.values()}
        self.reread = {item for item in both if item not in self.same and self.asked_alike(item) and self.readable_by_both(item)}
        self.same |= self.reread
        self.parts = defaultdict(lambda: dict.fromkeys(CAUSES, Fraction(0)))  # of the whole change, by item
        self.inside(None, Fraction(1))

    def asked_alike(self, item):
        if not all(year.asked for year in self.years):
            return False
        one, other = (year.asked[item] for year in self.years)
        return one["question"] == other["question"] and all(one["scale"].get(key) == other["scale"].get(key) for key in ASKS)

    # ------------------------------------------------- answers by both rules

    def readable_by_both(self, item):
        """Whether both years' answers have a worth on both scales."""
        try:
            for answers, rule in itertools.product((0, 1), repeat=2):
                self.score_by(item, answers, rule, again=True)
        except Unreadable:
            return False
        return True

    def score_by(self, item, answers, rule, again=None):
        """x(a, r): the score of one year's answers by the rule of another, its scale and its way of merging."""
        year, other = self.years[answers], self.years[rule]
        again = item in self.reread if again is None else again
        # What is no answer scores the same by any rule; another way of merging needs answers in both years.
        answered = year.state(item) == "answered" and (again or all(one.state(item) == "answered" for one in self.years))
        if not answered or answers == rule or not again and year.merge == other.merge:
            return year.score["item", item]
        return 100 * Fraction(MERGES[other.merge](self.worths(item, answers, rule if again else answers)))

    def worths(self, item, answers, scale):
        """What one year's answers of an item are worth on the scale of another."""
        cells = counting(self.years[answers].items[item])
        if scale == answers:
            return [fraction(cell["score"]) / 100 for cell in cells]
        return [read_again(self.years[scale].asked[item], cell["text"]) for cell in cells]

    # -------------------------------------------------------------- the split

    def inside(self, group, share):
        """What the children of a group with a score in both years moved (§2)."""
        nodes = list(dict.fromkeys(self.before.children[group] + self.after.children[group]))
        at = [{node: node in year.parent and year.parent[node] == group for node in nodes} for year in self.years]
        weights = [[year.present(node) if there[node] else Fraction(0) for node in nodes] for year, there in zip(self.years, at)]
        scores = [[year.score[node] if there[node] else None for node in nodes] for year, there in zip(self.years, at)]
        sums = [sum(some) for some in weights]
        known = [(one if one is not None else other, other if other is not None else one) for one, other in zip(*scores)]
        means = [0 if one is None else (one + other) / 2 for one, other in known]
        level = sum((one + other) / 2 * mean for one, other, mean in zip(*weights, means)) / (sums[0] * sums[1])
        for node, one, other, first, second, mean in zip(nodes, *weights, *scores, means):
            if first is not None and second is not None:
                mean_share = (one / sums[0] + other / sums[1]) / 2
                if node[0] == "group":
                    self.inside(node, share * mean_share)
                else:
                    self.scored_otherwise(node[1], share * mean_share)
            each = share * ((1 / sums[0] + 1 / sums[1]) / 2 * mean - level)
            if node[0] == "group" and first is not None and second is not None:
                self.declared_otherwise(node, each, self.after.weight[node] - self.before.weight[node])
            elif one != other and node[0] == "item":
                self.add(node[1], self.why_weight(node[1]), each * (other - one))
            elif one != other:
                self.in_one_year(node, each * (other - one))

    def add(self, item, cause, points):
        self.parts[item][cause] += points

    def scored_otherwise(self, item, share):
        """An item with a score in both years, in the same group."""
        x1, x2 = (year.score["item", item] for year in self.years)
        if item not in self.same:
            self.add(item, "redefined", share * (x2 - x1))
            return
        x = {(answers, rule): self.score_by(item, answers, rule) for answers in (0, 1) for rule in (0, 1)}
        moved = (x[1, 0] - x[0, 0] + x[1, 1] - x[0, 1]) / 2
        cause = self.why_state(*(year.state(item) for year in self.years)) or ("rose" if moved > 0 else "fell")
        self.add(item, cause, share * moved)
        # Reading: where thresholds and the way of merging changed both, they are one rule, and the item is redefined.
        self.add(item, "redefined" if item in self.reread else "options", share * (x2 - x1 - moved))

    @staticmethod
    def why_state(one, other):
        """The cause of another state; None where both years were answered, or are alike."""
        # Reading: of two states that are no answers, the first in this order is the cause.
        for states, cause in ((("out_of_scope",), "scope"), (("not_applicable",), "not_applicable"), (UNKNOWN, "blank"), (("no_data",), "no_data")):
            if (one in states) != (other in states):
                return cause
        return None

    def why_weight(self, item):
        """The cause of an item's joining, leaving or weighing otherwise."""
        if not all(item in year.items for year in self.years) or self.before.parent["item", item] != self.after.parent["item", item]:
            return self.why_declared(item)
        if all(year.score["item", item] is not None for year in self.years):
            return "weights"
        if item not in self.same:
            return "redefined"
        return self.why_state(*(year.state(item) for year in self.years)) or "options"

    def in_one_year(self, group, effect):
        """A group with a score in one year only."""
        year = self.years[self.after.score.get(group) is not None]
        for item, share in year.shares(group).items():
            self.add(item, self.why_weight(item), effect * share)

    def declared_otherwise(self, node, each, change):
        """Gives what a node's own weight moved, `each` a unit, to what changed it."""
        there = [node in year.parent for year in self.years]
        if node[0] == "item":
            self.add(node[1], self.why_declared(node[1]), each * change)
        elif not all(there):
            for item, share in self.years[there[1]].known_shares(node).items():
                self.add(item, self.why_declared(item), each * change * share)
        elif all(year.sums_up(node) for year in self.years):
            for child, below in self.changes_under(node).items():
                self.declared_otherwise(child, each, below)
        else:
            shares = [year.known_shares(node) for year in self.years]
            for item in dict.fromkeys(itertools.chain(*shares)):
                self.add(item, "weights", each * change * sum(some.get(item, 0) for some in shares) / 2)

    def changes_under(self, group):
        changes = defaultdict(Fraction)
        for sign, year in zip((-1, 1), self.years):
            for child in year.children[group]:
                changes[child] += sign * year.weight[child]
        return changes

    def why_declared(self, item):
        """The cause of a change of what an item weighs in its group, whether it has a score or not."""
        there = [item in year.items for year in self.years]
        if not all(there):
            return "redefined" if item in self.mapped[there[1]] else "added" if there[1] else "removed"
        moved = self.before.parent["item", item] != self.after.parent["item", item]
        # Reading: an item that moved and was redefined is redefined.
        return "redefined" if moved and item not in self.same else "weights"

    # ------------------------------------------------------------- comparable

    def comparable(self):
        """How many items, what they hold of either year's full weight, and both years' totals on them alone."""
        items = {item for item in self.same if all(year.state(item) != "out_of_scope" for year in self.years)}
        # Reading: the full weight is that of what is in scope.
        full = [year.shares(None, year.in_scope) for year in self.years]
        found = {"items": len(items), "reread": len(items & self.reread),
                 "share_before": sum(full[0][item] for item in items), "share_after": sum(full[1][item] for item in items),
                 "total_before": self.alike(items, 0), "total_after": self.alike(items, 1)}
        return found

    def alike(self, items, answers):
        """A year's total on these items, by the later year's weights, scales and options."""
        year = self.years[answers]

        def score(node):
            if node is not None and node[0] == "item":
                if node[1] not in items:
                    return None
                state = year.state(node[1])
                if state in UNKNOWN:
                    return Fraction(0) if self.after.missing == "zero" else None
                if state != "answered" or answers == 1 or node[1] not in self.reread and year.merge == self.after.merge:
                    return year.score[node]
                return 100 * Fraction(MERGES[self.after.merge](self.worths(node[1], answers, 1 if node[1] in self.reread else answers)))
            present = [(self.after.weight[child], score(child)) for child in self.after.children[node]]
            present = [(weight, value) for weight, value in present if value is not None]
            return sum(weight * value for weight, value in present) / sum(weight for weight, _ in present) if present else None

        return score(None)

    # ----------------------------------------------------------------- groups

    def group_parts(self):
        """[(code, {cause: points})], an item counted where it stands in the later year, else in the earlier."""
        groups = [node for year in (self.after, self.before) for node in year.parent if node[0] == "group"]
        found = {node: dict.fromkeys(CAUSES, Fraction(0)) for node in groups}
        for item, parts in self.parts.items():
            year = self.after if item in self.after.items else self.before
            node = year.parent["item", item]
            while node is not None:
                for cause, points in parts.items():
                    found[node][cause] += points
                node = year.parent[node]
        return [(self.named(node), parts) for node, parts in found.items()]

    def named(self, group):
        """A group's code, and the code it has in either year."""
        code = group[1][-1]
        return (code, *(code if group in year.parent else None for year in self.years))


def counting(item):
    """The answered cells that count."""
    cells = [answer["review"] if (answer["review"] or {}).get("state", "blank") != "blank" else answer["self"]
             for answer in item["answers"] if answer["counts"]]
    return [cell for cell in cells if cell["state"] == "answered"]


def read_again(item, typed):
    return worth(item["scale"], READERS[item["scale"]["type"]](item, normal(typed).lower(), None, False))


# ------------------------------------------------------------------ comparing

class Comparison:
    def __init__(self):
        self.wrong = []
        self.compared = 0
        self.largest = 0.0

    def number(self, where, mine, theirs):
        self.compared += 1
        if mine is None or not is_number(theirs):
            if mine is not None or theirs is not None:
                self.wrong.append(f"{where}: recomputed {mine}, ecap {theirs}")
            return
        off = abs(float(mine) - theirs)
        self.largest = max(self.largest, off)
        if off > TOLERANCE:
            self.wrong.append(f"{where}: recomputed {float(mine)!r}, ecap {theirs!r}")

    def parts(self, where, mine, theirs):
        for cause in CAUSES:
            self.number(f"{where}.{cause}", mine[cause], theirs.get(cause))
        if set(theirs) != set(CAUSES):
            self.wrong.append(f"{where}: its codes are {sorted(theirs)}")

    def listed(self, where, mine, theirs, name):
        """Lists of (node, parts); `name` is the key of its name, or what names a row."""
        rows = [defaultdict(list), defaultdict(list)]
        named = name if callable(name) else lambda row: row[name]
        for some, pairs in zip(rows, (mine, ((named(one), one["parts"]) for one in theirs))):
            for code, parts in pairs:
                some[code].append(parts)
        for code in sorted({*rows[0], *rows[1]}, key=str):
            own, other = rows[0][code], rows[1][code]
            if len(own) != len(other):
                self.wrong.append(f"{where}[{code}]: recomputed {len(own)} times, ecap has it {len(other)} times")
            if len(own) == len(other) == 2 and far(own, other) > far(own, other[::-1]):
                other = other[::-1]
            for k, (parts, their_parts) in enumerate(zip(own, other)):
                self.parts(f"{where}[{code}]" + "'" * k, parts, their_parts)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def together(rows):
    """The sum of all parts; None if one is no number."""
    numbers = [points for row in rows for points in row["parts"].values()]
    return sum(numbers) if all(map(is_number, numbers)) else None


def far(some, others):
    return sum(abs(float(one[cause]) - other[cause]) for one, other in zip(some, others) for cause in CAUSES if is_number(other.get(cause)))


def compare_step(pair, step):
    """A Comparison of one step of `compare --json`."""
    found = Comparison()
    mine = {item: pair.parts[item] for item in [*pair.after.items, *pair.before.items]}
    change = pair.after.score[None] - pair.before.score[None]
    sums = {cause: sum(one[cause] for one in mine.values()) for cause in CAUSES}
    if [step["from"], step["to"]] != [year.period for year in pair.years]:
        found.wrong.append(f"from {step['from']} to {step['to']}")
    found.number("points", change, step["points"])
    found.number("sum of the recomputed parts", change, float(sum(sums.values())))
    found.number("sum of ecap's parts", change, together([step]))
    found.number("sum of ecap's items", change, together(step["items"]))
    found.parts("parts", sums, step["parts"])
    found.listed("items", mine.items(), step["items"], "id")
    found.listed("groups", pair.group_parts(), step["groups"], lambda row: (row["code"], row["before"], row["after"]))
    wanted = pair.comparable()
    if not set(wanted) <= set(step["comparable"]):
        found.wrong.append(f"comparable: {sorted(step['comparable'])}")
    for name, value in wanted.items():
        found.number(f"comparable.{name}", value, step["comparable"].get(name))
    return found


def mirrored(parts):
    return {MIRRORED.get(cause, cause): -points for cause, points in parts.items()}


def compare_swapped(step, swapped, renamed):
    """Swapped years give every part with the opposite sign."""
    found = Comparison()
    found.number("swapped points", -step["points"], swapped["points"])
    found.parts("swapped parts", mirrored(step["parts"]), swapped["parts"])
    items = [(renamed.get(one["id"], one["id"]), mirrored(one["parts"])) for one in step["items"]]
    found.listed("swapped items", items, swapped["items"], "id")
    for one, other in (("before", "after"), ("after", "before")):
        found.number(f"swapped comparable.share_{one}", step["comparable"][f"share_{other}"], swapped["comparable"][f"share_{one}"])
    return found


# ------------------------------------------------------------ pairs of years

RESPONDENTS = ("水利局", "气象局", "住建局")


class Maker:
    """A random tree of one year and what became of it in the next."""

    def __init__(self, seed):
        self.rng = rng = random.Random(f"years/{seed}")
        self.stated = rng.choice((0, 0.3, 0.7, 1))  # how many groups state a weight
        self.plain = rng.random() < 0.3  # every item weighs what its criticality says
        self.levels = rng.random() < 0.2
        self.number = 0
        self.crosswalk, self.retired = [], []
        self.old = self.grow()
        self.new = copy.deepcopy(self.old)
        self.change()

    # A node is {"code", "weight", "nodes"} or an item as a tree file spells it.

    def grow(self):
        rng = self.rng
        wanted, depth = rng.randint(5, 25), rng.randint(1, 3)
        nodes = []
        while sum(1 for _ in walk_items(nodes)) < wanted:
            nodes.append(self.group(depth) if rng.random() < 0.8 else self.item())
        return nodes

    def group(self, depth):
        rng = self.rng
        nodes = [self.item() for _ in range(rng.randint(1, 4) if depth == 1 else rng.randint(0, 2))]
        if depth > 1:
            nodes += [self.group(rng.randint(1, depth - 1)) for _ in range(rng.randint(1, 2))]
        rng.shuffle(nodes)
        self.number += 1
        return {"code": f"g{self.number}", "weight": self.weight() if rng.random() < self.stated else None, "nodes": nodes}

    def weight(self):
        # Their sums are exact in 64 bits, whatever their order: see check_order.
        return self.rng.choice((1, 1, 2, 3, 0.5, 1.25, 4.25))

    def item(self):
        rng = self.rng
        self.number += 1
        criticality = rng.choice(("normal",) * 5 + ("key", "veto"))
        item = {"id": f"y-{self.number:04d}", "rev": rng.choice((1, 1, 2)), "question": text(f"是否有第{self.number}项？", f"Item {self.number}?"),
                "criticality": criticality, "na": text("确无此类对象", "No such object here")}
        if not self.plain and rng.random() < 0.4:
            item["weight"] = self.weight()
        if self.levels and rng.random() < 0.6:
            item["levels"] = sorted(rng.sample(LEVELS, rng.randint(1, 3)), key=LEVELS.index)
        return item | {"scale": MAKERS[rng.choice(list(MAKERS))](rng)}

    def change(self):
        rng = self.rng
        for holder, node in list(walk(self.new)):
            if any(one is node for one in holder):
                self.change_group(holder, node) if "nodes" in node else self.change_item(holder, node)
        for _ in range(rng.choice((0, 0, 1, 2, 4))):
            rng.choice(self.places()).append(self.item())
        if rng.random() < 0.2:
            rng.choice(self.places()).append(self.group(rng.randint(1, 2)))
        if rng.random() < 0.3:
            self.map_items()
        prune(self.new)
        if not self.new:
            self.new.append(self.item())

    def places(self):
        return [self.new] + [node["nodes"] for _, node in walk(self.new) if "nodes" in node]

    def change_group(self, holder, node):
        chance = self.rng.random()
        if chance < 0.1 and node["weight"] is not None:
            node["weight"] = self.weight()
        elif chance < 0.14:
            node["weight"] = None if node["weight"] is not None else self.weight()
        elif chance < 0.17:
            holder.remove(node)
            holder += node["nodes"]  # the group is gone, its children move up
            node["nodes"].clear()
        elif chance < 0.20:
            holder.remove(node)
            self.rng.choice(self.places()).append(node)
        elif chance < 0.22 and len(self.new) > 1:
            holder.remove(node)
            node["nodes"].clear()

    def change_item(self, holder, item):
        chance = self.rng.random()
        if chance < 0.07:
            holder.remove(item)
        elif chance < 0.14:
            holder.remove(item)
            self.rng.choice(self.places()).append(item)
        if 0.10 < chance < 0.22:
            item["rev"] += 1
            self.worth_otherwise(item["scale"])
        elif 0.22 < chance < 0.26:
            item["rev"] += 1
            item["question"] = text(item["question"]["zh"] + "改", item["question"]["en"] + " Changed")
        if self.rng.random() < 0.08:
            item["criticality"] = self.rng.choice(("normal", "key", "veto"))
        if self.rng.random() < 0.05 and "weight" in item:
            item["weight"] = self.weight()

    def worth_otherwise(self, scale):
        """Another worth of the same answers."""
        rng, kind = self.rng, scale["type"]
        if kind == "level":
            top = scale["top"]
            scale["worth"] = [0] + [x / 1000 for x in ladder(rng, 1, 999, top - 1, whole=True)] + [1]
        elif kind == "yes_no":
            scale["pass"] = "no" if scale["pass"] == "yes" else "yes"
        elif kind == "range":
            low, high = ladder(rng, 5 if scale["unit"] == "%" else -50, 60, 2)
            scale |= {"band": [low, high], "outside": [{"below": low, "score": rng.randint(0, 2)}, {"above": high, "score": rng.randint(0, 2)}]}
        elif kind == "checklist":
            size = len(scale["elements"])
            scale["cuts"] = ladder(rng, 1, size, rng.randint(1, min(4, size)), whole=True)
            scale.pop("must", None)
            if len(scale["cuts"]) > 1 and rng.random() < 0.5:
                scale["must"] = [rng.choice(scale["elements"])["id"]]
        elif kind == "points":
            scale["deductions"] = scale["deductions"][:1]  # not among what may change: the item is redefined
        else:
            fresh = MAKERS[kind](rng)
            while kind == "rate" and fresh["may_exceed_100"] != scale["may_exceed_100"]:
                fresh = MAKERS[kind](rng)
            for key in ("cuts", "linear", "direction"):
                scale.pop(key, None)
                if key in fresh:
                    scale[key] = fresh[key]

    def map_items(self):
        """Items that the crosswalk or the list of retired ids says became others."""
        rng = self.rng
        spots = [(holder, node) for holder, node in walk(self.new) if "nodes" not in node]
        old = {item["id"] for item in walk_items(self.old)}
        spots = [spot for spot in spots if spot[1]["id"] in old]
        rng.shuffle(spots)
        for _ in range(rng.randint(1, 3)):
            kind = rng.choice(("same", "same", "split", "merged", "redefined", "retired"))
            taken = [spots.pop() for _ in range(2 if kind == "merged" else 1) if spots]
            if len(taken) < (2 if kind == "merged" else 1):
                return
            if kind == "same":
                item = taken[0][1]
                was = item["id"]
                self.number += 1
                item["id"] = f"y-{self.number:04d}"
                item["rev"] = next(one["rev"] for one in walk_items(self.old) if one["id"] == was)
                same = next(one for one in walk_items(self.old) if one["id"] == was)
                item |= {key: copy.deepcopy(same[key]) for key in ("question", "scale")}
                self.crosswalk.append({"old": was, "new": item["id"], "change": "same"})
                continue
            fresh = [self.item() for _ in range(2 if kind == "split" else 1)]
            for holder, item in taken:
                holder[:] = [one for one in holder if one is not item]
            holder = rng.choice((taken[0][0], rng.choice(self.places())))
            holder.extend(fresh)
            olds, news = [item["id"] for _, item in taken], [item["id"] for item in fresh]
            if kind == "retired":
                holder[:] = [one for one in holder if one is not fresh[0]]
                news = [next(walk_items(self.new))["id"]]
            if kind == "retired":
                self.retired.append({"id": olds[0], "edition": "2", "replaced_by": news if rng.random() < 0.7 else []})
            else:
                self.crosswalk.append({"old": olds if len(olds) > 1 else olds[0], "new": news if len(news) > 1 else news[0], "change": kind})

    def tree(self, later):
        return tree_of(self.new, "2", self.retired) if later else tree_of(self.old, "1")

    # ----------------------------------------------------------- the answers

    def years(self):
        """For each year (period, options, {respondent: {item: (answer, reason)}})."""
        rng = self.rng
        options = {"merge": rng.choice((None, None, *MERGES)), "missing": rng.choice((None, None, "zero", "exclude")),
                   "profile": rng.choice(LEVELS) if self.levels and rng.random() < 0.6 else None}
        both = [dict(options), dict(options)]
        for name, some in (("merge", MERGES), ("missing", ("zero", "exclude"))):
            if rng.random() < 0.35:
                both[1][name] = rng.choice(list(some))
        if self.levels and rng.random() < 0.4:
            both[1]["profile"] = rng.choice((None, *LEVELS))
        respondents = rng.sample(RESPONDENTS, rng.choice((1, 1, 2, 3)))
        sure = rng.choice((0.6, 0.75, 0.95))
        first = {name: {item["id"]: self.answer(item, sure) for item in walk_items(self.old)} for name in respondents}
        renamed = {line["new"]: line["old"] for line in self.crosswalk if line["change"] == "same"}
        second = {name: {item["id"]: self.answer_later(item, first[name].get(renamed.get(item["id"], item["id"])), sure)
                         for item in walk_items(self.new)} for name in respondents}
        if rng.random() < 0.5:
            self.empty_a_group(first, self.old)
        if rng.random() < 0.5:
            self.empty_a_group(second, self.new)
        return both, (first, second)

    def empty_a_group(self, answers, nodes):
        """All of a group is not applicable."""
        groups = [node for _, node in walk(nodes) if "nodes" in node]
        if groups:
            for item in walk_items(self.rng.choice(groups)["nodes"]):
                for said in answers.values():
                    said[item["id"]] = ("不适用", "确无")

    def answer_later(self, item, before, sure):
        if before is None or self.rng.random() < 0.5:
            return self.answer(item, sure)
        return before

    def answer(self, item, sure):
        rng = self.rng
        if rng.random() > sure:
            return rng.choice((("不适用", "确无"), ("查无资料", ""), ("", ""), ("说不清", "")))
        said = typed(rng, item["scale"]), ""
        return (*said, typed(rng, item["scale"]), "抽查") if rng.random() < 0.06 else said


def tree_of(nodes, edition, retired=()):
    """A tree file; a group that states no weight has none there."""
    groups, items = [], []

    def go(nodes, parent, level):
        for node in nodes:
            if "nodes" not in node:
                items.append({"id": node["id"], "parent": parent, **node})
                continue
            weight = {} if node["weight"] is None else {"weight": node["weight"]}
            groups.append({"code": node["code"], "parent": parent, "level": level, "name": text(node["code"], node["code"]), **weight})
            go(node["nodes"], node["code"], level + 1)

    go(nodes, None, 1)
    tree = {"id": "years", "edition": edition, "name": text("两年", "Two years"), "departments": []}
    return tree | ({"retired": retired} if retired else {}) | {"groups": groups, "items": items}


def typed(rng, scale):
    """An answer that the scale can read."""
    kind = scale["type"]
    if kind == "level":
        return str(rng.randint(0, scale["top"]))
    if kind == "yes_no":
        return rng.choice(("是", "否", "有", "无"))
    if kind == "checklist":
        size = len(scale["elements"])
        return "、".join(map(str, sorted(rng.sample(range(1, size + 1), rng.randint(0, size))))) or "无"
    if kind == "points":
        return rng.choice((str(rng.randint(0, int(scale["full"]))), "扣1", "扣无", "扣1×2"))
    if kind == "rate":
        whole = rng.randint(2, 90)
        return rng.choice((f"{rng.randint(0, whole)}/{whole}", f"{rng.randint(0, 100)}%", str(rng.randint(2, 100))))
    near = [x for x in scale.get("cuts") or [*(scale.get("linear") or {}).values(), *scale.get("band", ())]]
    value = rng.choice((rng.choice(near), rng.uniform(min(near) - 3, max(near) * 1.2 + 3)))
    value = round(value) if kind == "count" else round(value, 1)
    if kind != "range" or scale["unit"] == "%":
        value = max(0, value)
    value = int(value) if value == int(value) else value
    return rng.choice((str(value), value))


def walk(nodes):
    """(the list that holds it, node), parents first."""
    for node in list(nodes):
        yield nodes, node
        if "nodes" in node:
            yield from walk(node["nodes"])


def walk_items(nodes):
    return (node for _, node in walk(nodes) if "nodes" not in node)


def prune(nodes):
    """Takes groups without items away."""
    for node in list(nodes):
        if "nodes" in node:
            prune(node["nodes"])
            if not node["nodes"]:
                nodes[:] = [one for one in nodes if one is not node]


def write_answers(path, unit, period, respondent, answers):
    book = Workbook(write_only=True)
    cover = book.create_sheet("填报说明")
    for line in (("被评估单位", unit), ("评估期", period), ("填报单位", respondent), ("第几次报送", 1), ("指标体系", "years")):
        cover.append(line)
    sheet = book.create_sheet("题")
    sheet.append(("id", "自评", "说明", "复核", "复核说明"))
    for item, (answer, reason, *review) in answers.items():
        sheet.append((item, answer if answer != "" else None, reason or None, *review))
    book.save(path)


# ----------------------------------------------------------------------- ecap

class Failed(Exception):
    pass


def call(ecap, *arguments):
    done = subprocess.run([ecap, *map(str, arguments)], capture_output=True, timeout=600)
    if done.returncode not in (0, 1):
        raise Failed(f"ecap {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode(errors='replace')[:2000]}")
    return done.stdout.decode()


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return path


def crosswalk_option(path, lines):
    """YAML takes JSON."""
    return ("--crosswalk", write_json(path, {"items": lines})) if lines else ()


def score_year(ecap, folder, tree, options, *surveys):
    """The results.json of one year."""
    flags = [part for name, value in options.items() if value for part in (f"--{name}", value)]
    call(ecap, "score", *surveys, "--tree", tree, *flags, "-o", folder, "--format", "json")
    return next(Path(folder).rglob("results.json"))


def shown_tree(ecap, tree):
    return json.loads(call(ecap, "tree", "show", "--json", "--tree", tree))


def compare_years(ecap, old, new, old_tree, new_tree, crosswalk=()):
    """The one step of `compare --json`; the old tree may be None."""
    earlier = ("--old-tree", old_tree) if old_tree else ()
    said = json.loads(call(ecap, "compare", old, new, "--tree", new_tree, *earlier, *crosswalk, "--json"))
    return said["steps"][0]


def swap_crosswalk(lines, retired):
    turned = {"split": "merged", "merged": "split"}
    swapped = [{"old": line["new"], "new": line["old"], "change": turned.get(line["change"], line["change"])} for line in lines]
    for one in retired:
        if one["replaced_by"]:
            swapped.append({"old": one["replaced_by"], "new": one["id"], "change": "merged" if len(one["replaced_by"]) > 1 else "redefined"})
    return swapped


def make_pair(ecap, folder, seed):
    """(the maker, the files of the trees, those of the results) of a random pair."""
    maker = Maker(seed)
    options, answers = maker.years()
    return maker, *score_years(ecap, folder, [maker.tree(later) for later in (0, 1)], options, answers)


def score_years(ecap, folder, trees, options, answers):
    """(the files of the trees, those of the results) of two years."""
    files, results = [], []
    for later in (0, 1):
        place = folder / f"year-{later + 1}"
        (place / "in").mkdir(parents=True)
        files.append(write_json(place / "tree.json", trees[later]))
        for respondent, said in answers[later].items():
            write_answers(place / "in" / f"{respondent}.xlsx", "City", str(2026 + later), respondent, said)
        results.append(score_year(ecap, place / "out", files[-1], options[later], place / "in"))
    return files, results


def open_pair(ecap, folder, seed):
    """(Pair, step, swapped step, {new id: old id}) of a random pair; None where a year has no total."""
    maker, trees, results = make_pair(ecap, folder, seed)
    texts = [json.loads(path.read_text("utf-8")) for path in results]
    if any(one["total"]["score"] is None for one in texts):
        return None
    shown = [shown_tree(ecap, tree) for tree in trees]
    if maker.rng.random() < 0.1:
        trees[0] = shown[0] = None  # the earlier tree is not at hand
    step = compare_years(ecap, *results, *trees, crosswalk_option(folder / "crosswalk.yaml", maker.crosswalk))
    swapped = None
    if trees[0]:
        swapped = swap_years(ecap, folder, trees, texts, swap_crosswalk(maker.crosswalk, maker.retired))
    renamed = {line["new"]: line["old"] for line in maker.crosswalk if line["change"] == "same"}
    return Pair(shown[0], texts[0], shown[1], texts[1], maker.crosswalk), step, swapped, renamed


def check_pair(job):
    """(number, lines that are wrong, how many figures, the largest deviation, what was seen)."""
    ecap, seed, number, folder = job
    seen = Counter()
    try:
        opened = open_pair(ecap, folder, f"{seed}/{number}")
        if opened is None:
            return number, [], 0, 0.0, Counter({"a year without a total": 1})
        pair, step, swapped, renamed = opened
        found = [compare_step(pair, step)] + ([compare_swapped(step, swapped, renamed)] if swapped else [])
        seen.update(cause for one in pair.parts.values() for cause, points in one.items() if points)
        seen.update({"reread": len(pair.reread), "swapped": bool(swapped)})
        return number, [line for one in found for line in one.wrong], sum(one.compared for one in found), max(one.largest for one in found), seen
    except Exception as error:
        return number, [str(error) if isinstance(error, Failed) else traceback.format_exc()], 0, 0.0, seen


def swap_years(ecap, folder, trees, results, crosswalk):
    """The step of the two years with their periods exchanged."""
    periods = [one["period"] for one in results]
    paths = [write_json(folder / f"swapped-{k}.json", {**one, "period": period}) for k, (one, period) in enumerate(zip(results, reversed(periods)))]
    return compare_years(ecap, paths[1], paths[0], trees[1], trees[0], crosswalk_option(folder / "swapped.yaml", crosswalk))


def run(args, work):
    numbers = range(args.pairs) if args.only is None else [args.only]
    jobs = [(args.ecap, args.seed, number, work / f"pair-{number}") for number in numbers]
    passed = failed = compared = 0
    largest, seen = 0.0, Counter()
    with ProcessPoolExecutor(args.jobs) as pool:
        for number, wrong, figures, deviation, what in pool.map(check_pair, jobs):
            compared, largest = compared + figures, max(largest, deviation)
            seen += what
            passed, failed = passed + (not wrong), failed + bool(wrong)
            report(f"pair {number} (--seed {args.seed} --only {number})", wrong)
    if args.only is None and args.pairs >= 100:
        missing = [what for what in (*CAUSES, "reread", "swapped") if not seen[what]]
        report(f"the run: never seen {missing}", missing)
        failed += bool(missing)
    print(", ".join(f"{name} {count}" for name, count in seen.most_common()))
    print(f"{passed} passed, {failed} failed; {compared} figures, the largest deviation {largest:.1e}")
    return failed


def report(what, wrong):
    if wrong:
        print(f"FAILED {what}")
        for line in wrong[:SHOWN]:
            print(f"    {line}")
        if len(wrong) > SHOWN:
            print(f"    ... and {len(wrong) - SHOWN} more")


# ------------------------------------------------------------ pairs by hand

def plain_item(name, weight=1):
    return {"id": name, "question": text(name, name), "weight": weight, "na": text("无", "none"),
            "scale": {"type": "points", "full": 100, "deductions": []}}


def plain_group(code, weight, *items):
    return {"code": code, "weight": weight, "nodes": list(items)}


def by_hand(ecap, folder, old, new, first, second):
    """The step between two years of one respondent."""
    said = [{"水利局": {item: ("不适用", "确无") if answer is None else (str(answer), "") for item, answer in some.items()}} for some in (first, second)]
    trees, results = score_years(ecap, folder, [tree_of(old, "1"), tree_of(new, "2")], ({}, {}), said)
    return compare_years(ecap, *results, *trees)


def check_worked_example(ecap, work):
    """The example of the page (§4), by its own figures."""
    item, group = plain_item, plain_group
    step = by_hand(ecap, work / "example", [group("A", 1, item("a"), item("b")), group("B", 1, item("c"), item("d"))],
                   [group("A", 1, item("a"), item("b")), group("B", 1, item("c"), item("d"), item("e"))],
                   {"a": 60, "b": 80, "c": 40, "d": None}, {"a": 90, "b": 80, "c": 40, "d": 100, "e": 10})
    found = Comparison()
    found.number("points", 12.5, step["points"])
    wanted = {"a": {"rose": 7.5}, "b": {}, "c": {}, "d": {"not_applicable": 17.5}, "e": {"added": -12.5}}
    found.listed("items", [(name, dict.fromkeys(CAUSES, 0) | parts) for name, parts in wanted.items()], step["items"], "id")
    return found.wrong


def check_order(ecap, work):
    """The same years with the items of a group in another order."""
    item, group = plain_item, plain_group
    a, b, c, d = item("a", 0.1), item("b", 0.2), item("c", 0.3), item("d", 0.1)
    first, second = {"a": 10, "b": 20, "c": 80, "z": 10}, {"d": 90, "b": 20, "c": 80, "z": 10}
    steps = [by_hand(ecap, work / f"order-{k}", [group("g", None, a, b, c), item("z")], [group("g", None, *items), item("z")], first, second)
             for k, items in enumerate(((d, b, c), (c, b, d)))]
    found = Comparison()
    found.listed("items", [(one["id"], one["parts"]) for one in steps[0]["items"]], steps[1]["items"], "id")
    return found.wrong


def check_by_hand(ecap, work):
    failed = 0
    for what, check in (("the worked example", check_worked_example), ("another order", check_order)):
        wrong = check(ecap, work)
        report(what, wrong)
        failed += bool(wrong)
    return failed


# ----------------------------------------------------------------- the sample

def read_crosswalk(path):
    """The lines of a crosswalk that writes each on a line of its own."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        inside = re.match(r"\s*- *\{(.*)\}", line)
        if inside:
            pairs = re.findall(r"(\w+): *(\[[^\]]*\]|[^,\s]+)", inside[1])
            found.append({key: re.findall(r"[^\[\],\s]+", value) if value[0] == "[" else value for key, value in pairs})
    return found


def check_sample(ecap, samples, work):
    """The two years of the sample."""
    later = samples / "linjiang-2027"
    trees = [work / "built-in.json", *later.glob("*.json")]
    trees[0].write_text(call(ecap, "tree", "show", "--json"), "utf-8", newline="")
    crosswalk = next(later.glob("*.yaml"))
    results = [score_year(ecap, work / folder.name, tree, {}, folder) for tree, folder in zip(trees, (samples / "linjiang", later))]
    step = compare_years(ecap, *results, *trees, ("--crosswalk", crosswalk))
    old, new = (json.loads(path.read_text("utf-8")) for path in results)
    pair = Pair(shown_tree(ecap, trees[0]), old, shown_tree(ecap, trees[1]), new, read_crosswalk(crosswalk))
    found = compare_step(pair, step)
    report("the sample", found.wrong)
    print(f"the sample: {step['points']:+.4f} points, {len(pair.reread)} items read again, {found.compared} figures, "
          f"the largest deviation {found.largest:.1e}: {'failed' if found.wrong else 'passed'}")
    return bool(found.wrong)


# ------------------------------------------------------------------ self-test

def leaves(node, path=()):
    if isinstance(node, (dict, list)):
        for name, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(inner, (*path, name))
    else:
        yield path, node


def falsehoods(value):
    if isinstance(value, str):
        return [value + "x"]
    if value is None:
        return [0.0, "x"]
    return [value + 1, value - 1e-8, None, str(value)] + ([-value] if abs(value) > TOLERANCE else [])


def planted(step, path, value):
    false = copy.deepcopy(step)
    holder = false
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    return false


def false_steps(rng, step, skipped):
    """(what is false, the step with it)."""
    shapes = defaultdict(list)
    for path, value in leaves(step):
        if path not in skipped:
            shapes[tuple(name for name in path if isinstance(name, str))].append((path, value))
    for some in shapes.values():
        # Those that are not 0 too: most parts are.
        chosen = rng.sample(some, min(2, len(some))) + rng.sample(telling := [one for one in some if one[1]], min(2, len(telling)))
        for path, value in chosen:
            for false in falsehoods(value):
                yield f"{path}: {value!r} made {false!r}", planted(step, path, false)
    for name in ("items", "groups"):
        rows = step[name]
        if rows:
            yield f"{name} without the first", planted(step, (name,), rows[1:])
            yield f"{name} with the last twice", planted(step, (name,), rows + rows[-1:])
            for row, cause in itertools.product(range(len(rows)), CAUSES):
                points = rows[row]["parts"][cause]
                other = rng.choice([one for one in CAUSES if one != cause])
                if abs(points) > TOLERANCE and rng.random() < 0.2:
                    moved = {**rows[row]["parts"], cause: 0, other: rows[row]["parts"][other] + points}
                    yield f"{name}[{row}]: {cause} called {other}", planted(step, (name, row, "parts"), moved)


def self_test(args, work):
    """Every figure that is compared, made false, must be seen; the truth must pass."""
    tried, missed = 0, []
    for number in range(8):
        opened = open_pair(args.ecap, work / f"pair-{number}", f"self-test/{args.seed}/{number}")
        if opened is None:
            continue
        pair, step, swapped, renamed = opened
        rng = random.Random(number)
        wanted = pair.comparable()
        # Which item an item came from is the crosswalk's word and no figure.
        origins = {path for path, _ in leaves(step) if path[0] == "items" and "from" in path}
        skipped = origins | {("comparable", name) for name in step["comparable"] if name not in wanted}
        checks = [(step, lambda one: compare_step(pair, one), skipped)]
        if swapped:
            free = {("from",), ("to",)} | {path for path, _ in leaves(swapped) if path[0] in ("groups", "comparable") or path[0] == "items" and "from" in path}
            checks.append((swapped, lambda one: compare_swapped(step, one, renamed), free))
        for truth, check, skipped in checks:
            tried += 2
            if check(truth).wrong:
                missed.append(f"pair {number}: the truth itself was refused: {check(truth).wrong[0]}")
            if check(planted(truth, ("points",), truth["points"] + 1e-11)).wrong:
                missed.append(f"pair {number}: a difference of 1e-11 was refused")
            for what, false in false_steps(rng, truth, skipped):
                if truth is swapped and what.startswith("groups"):
                    continue
                tried += 1
                if not check(false).wrong:
                    missed.append(f"pair {number}: {what}")
    for line in missed:
        print("MISSED", line)
    print(f"{tried - len(missed)} passed, {len(missed)} failed")
    return len(missed)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ecap", required=True, help="the program to check")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--only", type=int, help="one pair of the run, by its number")
    parser.add_argument("--keep", type=Path, help="an empty folder that keeps all files")
    parser.add_argument("--jobs", type=int, default=min(8, os.cpu_count() or 1))
    parser.add_argument("--samples", type=Path, help="the samples' folder: checks linjiang and linjiang-2027 too")
    parser.add_argument("--self-test", action="store_true", help="plants wrong figures in what ecap says")
    args = parser.parse_args()
    args.ecap = str(Path(args.ecap).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        work = args.keep or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        if args.self_test:
            sys.exit(bool(self_test(args, work)))
        failed = check_sample(args.ecap, args.samples, work) if args.samples else 0
        failed += check_by_hand(args.ecap, work)
        sys.exit(bool(run(args, work) + failed))


if __name__ == "__main__":
    main()
