"""Who has returned what, and which findings the page asks for (§12)."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from answers import BLANK, READABLE
from cells import folded, normal
from open_points import OPEN
from settings import ASSESSOR
from workbooks import filled, verification_of, voices


def week(tree, books, options, outside, states, said_of, shares):
    """`assessment` and `returns`, but for the errors, which are counted among the findings (§12.3)."""
    settings = options.settings
    if settings is None:
        return {"assessment": None, "returns": []}
    asked = {}
    for item in tree["items"] if settings.by_department else ():
        keys = askers(tree, item, settings) if item["id"] not in outside else ()
        for key in keys:
            asked.setdefault(key, []).append(Asked(item, key, states[item["id"]], said_of[item["id"]], books))
    returns = [one_return(key, settings, asked[key], books, shares) for key in (*settings.names, ("assessor",)) if key in asked]
    for one in returns:
        one["doubtful"] = "unscored-files" in OPEN and one["key"] in options.unscored
    unknown = any(state in ("blank", "unreadable") for state in states.values())
    waiting = any(one["blank"] for one in returns)
    doubtful = any(one["doubtful"] for one in returns)
    return {"assessment": {**{name: settings.dates.get(name) for name in ("reference_date", "deadline")},
                           "assessor": settings.says.get("assessor"), "draft": unknown or waiting,
                           "doubtful": not unknown and doubtful},
            "returns": returns}


@dataclass
class Asked:
    """An item that a department is asked for."""
    item: dict
    key: tuple
    said_state: str
    said: list
    books: list

    @property
    def rows(self):
        return [(book.key, book.rows[self.item["id"]]) for book in self.books if self.item["id"] in book.rows]

    @property
    def settled(self):
        """The assessors have spoken: by a review, or in their own workbook."""
        return any(voice.review.state != "blank" or voice.key == ("assessor",) and voice.own.state in READABLE for voice in self.said)

    @property
    def silent(self):
        """Asked, though others answered."""
        return not self.settled and not any(key == self.key and filled(row) for key, row in self.rows)

    @property
    def state(self):
        if self.said_state == "unreadable":
            # What only a review made unreadable is not the department's.
            reviewed = any(row.review.state != "blank" for _, row in self.rows)
            return "answered" if reviewed and self.key != ("assessor",) else "unreadable"
        return "blank" if self.said_state == "blank" or self.silent else self.said_state


def askers(tree, item, settings):
    """Who is asked for an item: the real departments of its lead, or the assessors."""
    if item["id"] in settings.moved:
        return [settings.moved[item["id"]]]
    real = [key for key in settings.stands.get(item["lead"], ()) if key[0] == "real"]
    outsiders = [department["id"] for department in tree["departments"] if department["outsider"]]
    return real or ([("assessor",)] if item["lead"] in outsiders else [])


def one_return(key, settings, asked, books, shares):
    # An empty form is no return; errors count in the latest submission.
    own = [book for book in books if book.key == key and any(filled(row) for row in book.rows.values())]
    latest = max((book.submission for book in own), default=1)
    refs = {wanted: [one.item["ref"] for one in asked if one.state == wanted] for wanted in ("blank", "unreadable")}
    return {
        "key": key, "department": settings.names.get(key, ASSESSOR[0]), "assessor": key == ("assessor",),
        "files": [book.file for book in own], "items": len(asked), **refs,
        "current": [book.file for book in own if book.submission == latest],
        "missing_share": sum((shares[one.item["id"]] for one in asked if one.said_state in refs), Fraction(0)),
        "came": bool(own), "authority": key in settings.authorities,
    }


def finish(mine, findings):
    """The recomputed unit with what depends on the findings of results.json."""
    errors = Counter(one["place"]["file"] for one in findings if one["severity"] == "error")
    returns = []
    for one in mine["returns"]:
        count_of = sum(errors[file] for file in one["current"])
        state = ("missing" if not one["came"] else "incomplete" if one["blank"]
                 else "errors" if count_of or one["unreadable"] else "complete")
        returns.append({**one, "errors": count_of, "state": state})
    assessment = mine["assessment"] and {
        **mine["assessment"], "draft": mine["assessment"]["draft"] or any(one["state"] == "errors" for one in returns)}
    return {**mine, "assessment": assessment, "returns": returns}


# ----------------------------------------------------------------- findings

def demanded_of(tree, books, settings, outside, counting):
    """(severity, file or None for the settings, sheet, row) of findings that the page asks for."""
    wanted = []
    if settings:
        leads = {item["lead"] for item in tree["items"] if item["id"] not in outside | set(settings.moved)}
        unnamed = [("error", sheet, row) for lead, sheet, row in settings.unnamed if lead in leads]
        wanted = [(severity, None, sheet, row) for severity, sheet, row in settings.demanded + unnamed]
    for book in books:
        for row in book.rows.values() if book.review_kind else ():
            # Reading: where the review is empty or does not count, a warning is not certain.
            if id(row) in counting and normal(row.texts["verification"]) and not verification_of(row):
                wanted.append(("warning", book.file, row.sheet, row.number))
    return wanted


def copies(books, item):
    """What 各方自评 says of an item (§12.1), and whether the page leaves no doubt of it."""
    lines, certain = [], True
    for voice in voices(books, item["id"]):
        if voice.review_kind or voice.own == BLANK:
            continue
        if voice.own_row is None:
            certain = False
            continue
        book = next(book for book in books if book.rows.get(item["id"]) is voice.own_row)
        name, typed, text = normal(book.cover["respondent"].value), voice.own_row.texts["self"], voice.own_row.shown
        # Reading: sure only where a name and an answer can be written in no other way.
        plain_name = voice.key[0] in ("name", "real") and folded(name) == folded(voice.key[-1])
        plain_answer = voice.own.state == "answered" and (text == typed or not isinstance(typed, str))
        certain = certain and plain_name and plain_answer
        lines.append((name, book.file, f"{name}：{text}"))
    return "；".join(line for *_, line in sorted(lines)) or None, certain


def copies_of(tree, books, outside):
    """{(file, sheet, row): whether the copy of the self-ratings is not what the surveys say}, where that is certain."""
    reviews = [book for book in books if book.review_kind]
    differ = {}
    for item in tree["items"] if reviews else ():
        text, certain = copies(books, item)
        having = [book for book in reviews if item["id"] in book.rows]
        latest = max((book.submission for book in having), default=1)
        for book in having if certain and item["id"] not in outside else ():
            row = book.rows[item["id"]]
            # An empty copy beside an unfilled review says nothing.
            if book.submission == latest and (normal(row.texts["copy"]) or filled(row)):
                differ[book.file, row.sheet, row.number] = normal(row.texts["copy"]) != normal(text)
    return differ
