"""Scores filled survey workbooks a second time, from the contract alone.

Nothing here was taken from ecap's source. "Reading:" marks the places where
the contract's words left a choice; `§` numbers are the contract's sections,
from §9 on those of docs/formats.md.
"""

import argparse
import hashlib
import html
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

from answers import BLANK, READABLE, Reading
from cells import fraction, normal
from open_points import OPEN
from settings import PROFILES, Settings, is_settings, out_of_scope, read_settings
from week import copies_of, demanded_of, week
from workbooks import name_respondents, read_workbook, verification_of, voices

STATES = ("answered", "not_applicable", "no_data", "blank", "unreadable", "out_of_scope")


# ---------------------------------------------------------------- the tree

def load_tree(text):
    """The tree with every number kept as its decimal text says (§1)."""
    return json.loads(text, parse_float=Decimal)


# ------------------------------------------------------- one state an item

def choose(item, said, leads, outsiders):
    """The (reading, row) pairs that count (§4.4)."""
    # Reading: "has a review" is asked of the versions in force, a torn review included.
    reviews = [(voice.review, voice.review_row) for voice in said if voice.review != BLANK]
    return reviews or choose_self(item, said, leads, outsiders)


def choose_self(item, said, leads, outsiders):
    """The same as if nobody had reviewed."""
    # Reading: a review workbook without a review of the item says nothing; only surveys hold self-ratings.
    own = [voice for voice in said if not voice.review_kind]
    for chosen in ([voice for voice in own if voice.key == ("assessor",)], [voice for voice in own if voice.key in leads]):
        readable = [(voice.own, voice.own_row) for voice in chosen if voice.own.state in READABLE]
        if readable:
            return readable
    if item["lead"] in outsiders:
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

    def __init__(self, tree, values, weights):
        self.children = {}
        for kind, name in (("groups", "code"), ("items", "id")):
            for node in tree[kind]:
                weight = weights.get(node[name]) if kind == "groups" else None
                self.children.setdefault(node["parent"], []).append((kind, node[name], weight or fraction(node["weight"])))
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


@dataclass
class Options:
    how: str
    missing: str
    target: object = None
    profile: str | None = None
    settings: Settings | None = None
    unscored: set = field(default_factory=set)  # who sent files that are not scored
    digests: dict = field(default_factory=dict)
    common: list = field(default_factory=list)  # the settings, and files that are not scored

    def inputs(self, books):
        files = [(file, self.digests[file]) for file in [*self.common, *[book.file for book in books]]]
        return [{"file": file, "sha256": digest} for file, digest in sorted(files, key=lambda one: (one[0].encode(), one[1]))]


def score_unit(tree, books, options):
    settings = options.settings or Settings()
    policy = Policy(tree["policy"])
    outsiders = {department["id"] for department in tree["departments"] if department["outsider"]}
    profile = options.profile or settings.profile
    outside = out_of_scope(tree, settings, profile)
    name_respondents(books, tree, settings)
    states, worths, selves, answers, failed, said_of, counting = {}, {}, {}, {}, set(), {}, set()
    for item in tree["items"]:
        name = item["id"]
        said_of[name] = said = voices(books, name)
        counted = [] if name in outside else choose(item, said, settings.leads(item), outsiders)
        counting |= {id(row) for _, row in counted}
        answers[name] = list_answers(books, item, [row for _, row in counted], settings)
        if name in outside:
            states[name] = "out_of_scope"
            selves[name] = "out_of_scope", None
            continue
        states[name], worths[name] = merge([reading for reading, _ in counted], options.how)
        selves[name] = merge([reading for reading, _ in choose_self(item, said, settings.leads(item), outsiders)], options.how)
        if item["criticality"] == "veto" and has_failed_veto(item, states[name], [r for r, _ in counted]):
            failed.add(name)

    unscored = None if options.missing == "exclude" else Fraction(0)

    def value(state, worth, unknown):
        if state == "answered":
            return 100 * worth
        return {"no_data": Fraction(0), "not_applicable": None, "out_of_scope": None}.get(state, unknown)

    def values(unknown):
        return {name: value(state, worths.get(name), unknown) for name, state in states.items()}

    mid = Climb(tree, values(unscored), settings.weights)
    low, high = Climb(tree, values(Fraction(0)), settings.weights), Climb(tree, values(Fraction(100)), settings.weights)
    full = Climb(tree, dict.fromkeys(states, Fraction(0)), settings.weights)

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

    def aim(kind, name, node):
        if (kind, name) in settings.targets:
            return settings.targets[kind, name], "settings"
        if node["target"] is not None:
            return fraction(node["target"]), "tree"
        return (fraction(options.target), "option") if options.target is not None else (Fraction(100), "default")

    def lost(score, share, wanted):
        gap = None if score is None else max(Fraction(0), wanted - score)
        return gap, None if gap is None else share * gap

    def total_grade(score):
        return policy.grade(score, policy.caps(failing, len(zero_keys)))

    groups = []
    for group in tree["groups"]:
        code = group["code"]
        score, share, (wanted, wanted_from) = mid.groups[code], mid.shares["groups", code], aim("groups", code, group)
        gap, loss = lost(score, share, wanted)
        # Reading: "full shares (nothing left)" are those of the whole tree; only then are the items in scope taken.
        everything = sum(full.shares["items", name] for name in under[code] if name not in outside)
        stayed = sum(full.shares["items", name] for name in under[code] if mid.items[name] is not None)
        groups.append({
            "code": code, "weight": settings.weights.get(code) or fraction(group["weight"]), "share": share,
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
        score, share, (wanted, wanted_from) = mid.items[name], mid.shares["items", name], aim("items", name, item)
        gap, loss = lost(score, share, wanted)
        items.append({
            "id": name, "state": states[name], "score": score, "weight": fraction(item["weight"]), "share": share,
            "target": wanted, "target_from": wanted_from, "gap": gap, "loss": loss, "cumulative_loss": None,
            "answers": answers[name],
            "by_selves": {"state": selves[name][0], "score": value(*selves[name], unscored)},
        })
    running = Fraction(0)
    present = [item for item in items if item["loss"] is not None]
    for item in sorted(present, key=lambda item: -int(item["loss"] * 10**9 + Fraction(1, 2))):
        running += item["loss"]
        item["cumulative_loss"] = running

    declared = Climb(tree, values(unscored), {}).total
    return {
        "unit": unit_of(books, settings), "period": books[0].place[1],
        "policy": policy_of(tree, settings, profile, outside, {
            "score": declared, "rounded": rounded(declared, tree["policy"]["decimals"]), "grade": total_grade(declared)}),
        "total": {
            "score": mid.total, "low": low.total, "high": high.total,
            "rounded": rounded(mid.total, tree["policy"]["decimals"]),
            "grade": total_grade(mid.total),
            "grade_low": policy.grade(low.total, policy.caps(could_fail, len(zero_keys) + unknown_keys)),
            "grade_high": policy.grade(high.total, policy.caps(failing, len(zero_keys))),
        },
        "counts": count(states.values()), "groups": groups, "items": items,
        **week(tree, books, options, outside, states, said_of, {name: low.shares["items", name] for name in states}),
        "inputs": options.inputs(books),
        "demanded": demanded_of(tree, books, options.settings, outside, counting),
        "copies": copies_of(tree, books, outside),
    }


def unit_of(books, settings):
    """Parent and class are those of the first workbook that states them, else of the settings (§13)."""
    name = books[0].place[0]
    doubtful = "elsewhere" in OPEN and settings.says.get("unit") != name

    def first(label):
        said = next((normal(book.cover[label].value) for book in books if not book.cover[label].blank), None)
        return said or settings.says.get(label)

    stated = [label for label in ("parent", "class") if not doubtful or any(not book.cover[label].blank for book in books)]
    return {"name": name, **{label: first(label) for label in stated}}


def policy_of(tree, settings, profile, outside, declared):
    """What the settings and the profile changed."""
    scope = local = None
    if profile or settings.left_out:
        scope = {"profile": profile, "items": len(tree["items"]) - len(outside), "left_out": [
            {"code": one["code"], "name": one["name"], "items": len(set(one["ids"]) - out_of_scope(tree, Settings(), profile)), "reason": one["reason"],
             "approved_by": one["approved_by"]} for one in settings.left_out]}
    changed = {group["code"]: settings.weights[group["code"]] for group in tree["groups"]
               if settings.weights.get(group["code"], fraction(group["weight"])) != fraction(group["weight"])}
    if changed or settings.targets or settings.by_department:
        groups = {group["code"]: group for group in tree["groups"]}
        refs = {item["id"]: item["ref"] for item in tree["items"]}
        local = {
            "weights": [{"code": code, "name": groups[code]["name"], "default": fraction(groups[code]["weight"]), "local": weight}
                        for code, weight in changed.items()],
            "targets": [{"code": name if kind == "groups" else refs[name], "target": target}
                        for (kind, name), target in settings.targets.items()],
            "default_weights": declared if changed else None,
            "departments": [{"name": name, "leads": [lead for lead, keys in settings.stands.items() if key in keys],
                             "moved": [refs[item] for item, to in settings.moved.items() if to == key]}
                            for key, name in settings.names.items()],
        }
    return {"weights": "settings" if changed else "declared", "scope": scope, "local": local}


def count(states):
    found = Counter(states)
    return {"items": found.total(), **{state: found[state] for state in STATES}}


def list_answers(books, item, counting, settings):
    result = []
    for book in books:
        first = book.rows.get(item["id"])
        for row in [first, *[row for row in book.extra if row.item is item]] if first else ():
            result.append({
                "file": book.file, "sheet": row.sheet, "row": row.number, "cells": row.cells, "texts": row.texts,
                "first": row is first, "review_kind": book.review_kind,
                "respondent": settings.department_of(book.key, item),
                "submission": book.submission, "counts": any(row is other for other in counting),
                "self": row.own, "review": row.review, "verification": verification_of(row),
            })
    return result


def settings_in(folder):
    """The first settings workbook of a folder."""
    return next((path for path in sorted(folder.rglob("*.xlsx")) if is_settings(sheet_names(path))), None)


def sheet_names(path):
    with zipfile.ZipFile(path) as archive:
        return [html.unescape(name) for name in re.findall(r'<sheet [^>]*name="([^"]*)"', archive.read("xl/workbook.xml").decode())]


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def recompute(tree, folder, merge=None, missing=None, target=None, profile=None, settings=None):
    """{(unit, period): results} of every workbook under a folder."""
    folder = Path(folder)
    settings = settings or settings_in(folder)
    read = read_settings(settings, tree) if settings else None
    files = sorted((path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx")
                    if not path.name.startswith(("~$", ".~lock")) and path != settings), key=lambda name: name.encode())
    options = Options(merge or tree["policy"]["merge"], missing or tree["policy"]["missing"], target, profile, read)
    if settings:
        options.common.append(settings.relative_to(folder).as_posix() if folder in settings.parents else settings.name)
        options.digests[options.common[0]] = digest_of(settings)
    places = {}
    for file in files:
        options.digests[file] = digest_of(folder / file)
        book = read_workbook(folder / file, file, tree, read or Settings())
        if book and book.place:
            places.setdefault(book.place, []).append(book)
            continue
        options.common.append(file)
        if book and read:
            options.unscored.add(read.key_of(normal(book.cover["respondent"].value), tree))
    return {place: score_unit(tree, books, options) for place, books in places.items()}


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
    parser.add_argument("--profile", choices=PROFILES)
    parser.add_argument("--settings", type=Path)
    args = parser.parse_args()
    tree = load_tree(args.tree.read_text("utf-8"))
    for result in recompute(tree, args.folder, args.merge, args.missing, args.target, args.profile, args.settings).values():
        print(json.dumps(plain_json(result), ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
