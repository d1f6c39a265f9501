"""Which row of the matrix and which sub kegiatan of the ledger are one: by code, else by name within their parent. Near misses are offered.

Everything is looked up in tables; names are compared letter by letter only among few that share a rare word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lakip_xl.ledger.codes import normal
from lakip_xl.ledger.entered import Leaf
from lakip_xl.ledger.items import Offer
from lakip_xl.ledger.spent import Spent
from lakip_xl.table.codes import ANY, Code

NEAR, MOST_OFFERS, MOST_COMPARED = 80.0, 3, 60
"""How alike two names must be (percent of their letters) to be offered, how many are offered, and among how many they are sought."""

RENAMED = 70.0
"""Two names of one code that are less alike than this are no spelling of each other. Spellings in real data lie above 85."""


@dataclass
class Matched:
    """Pairs that are one (``by_name`` where a code is missing), what stands alone on either side, and what is offered for it."""

    pairs: list[tuple[Leaf, Spent, bool]] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)
    offers: dict[int, tuple[Offer, ...]] = field(default_factory=dict)


def match(leaves: list[Leaf], spent: Iterable[Spent], parents: dict[tuple[str, Code], str]) -> Matched:
    """Pairs the two sides. ``parents`` are the plain names of program and kegiatan that the ledger gives, by unit and code."""
    made = Matched()
    left = _by_code(leaves, list(spent), made)
    paired = {id(leaf) for leaf, _, _ in made.pairs}
    left = _by_name([leaf for leaf in leaves if id(leaf) not in paired], left, parents, made)
    paired = {id(leaf) for leaf, _, _ in made.pairs}
    made.leaves = [leaf for leaf in leaves if id(leaf) not in paired]
    made.spent = left
    order = {id(leaf): number for number, leaf in enumerate(leaves)}
    made.pairs.sort(key=lambda pair: order[id(pair[0])])
    _offer(made)
    return made


def _by_code(leaves: list[Leaf], spent: list[Spent], made: Matched) -> list[Spent]:
    codes = {(leaf.unit, leaf.code): leaf for leaf in leaves if leaf.code}
    open_urusan: dict[tuple[str, Code], list[Leaf]] = defaultdict(list)
    tails_of: dict[tuple[str, Code], list[Leaf]] = defaultdict(list)
    for row in leaves:
        if len(row.code) > 2:
            tails_of[row.unit, row.code[2:]].append(row)
        if ANY in row.code:
            open_urusan[row.unit, row.code[2:]].append(row)
    left: list[Spent] = []
    used: set[int] = set()
    for each in spent:
        leaf: Leaf | None = codes.get((each.unit, each.code)) if each.code else None
        if leaf is None and each.code:
            # X.XX.01 in one of the two stands for the urusan of the other, where only one row can be meant.
            tails = open_urusan.get((each.unit, each.code[2:]), [])
            if ANY in each.code:
                tails = tails_of.get((each.unit, each.code[2:]), [])
            leaf = tails[0] if len(tails) == 1 else None
        if leaf is None or id(leaf) in used:
            left.append(each)
        else:
            used.add(id(leaf))
            made.pairs.append((leaf, each, False))
    return left


def _by_name(
    leaves: list[Leaf], spent: list[Spent], parents: dict[tuple[str, Code], str], made: Matched
) -> list[Spent]:
    """Pairs by name where one side has no code, the parent is the same as far as it is known, and nobody else bears the name."""
    rows: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        rows[leaf.unit, normal(leaf.name)].append(leaf)
    sought: dict[tuple[str, str], list[Spent]] = defaultdict(list)
    for each in spent:
        if normal(each.name):
            sought[each.unit, normal(each.name)].append(each)
    taken: set[int] = set()
    for at, found in sought.items():
        for each in found:
            fits = [leaf for leaf in rows.get(at, []) if not (leaf.code and each.code) and _kin(leaf, each, parents)]
            rivals = [
                other
                for other in found
                if len(fits) == 1 and _kin(fits[0], other, parents) and not (fits[0].code and other.code)
            ]
            if len(fits) == 1 and len(rivals) == 1:
                made.pairs.append((fits[0], each, True))
                taken.add(id(each))
    return [each for each in spent if id(each) not in taken]


def _kin(leaf: Leaf, each: Spent, parents: dict[tuple[str, Code], str]) -> bool:
    """Whether nothing says that the two stand under different parents."""
    if not each.code:
        return True
    if leaf.parent_code and leaf.parent_code != each.code[: len(leaf.parent_code)]:
        return False
    above = parents.get((each.unit, each.code[:-1]))
    return not (above and leaf.parents) or above == leaf.parents[-1]


def renamed(leaf: Leaf, each: Spent) -> bool:
    """Whether the ledger calls a row of the same code by quite another name."""
    one, other = normal(leaf.name), normal(each.name)
    if not one or not other or one == other or one.startswith(other) or other.startswith(one):
        return False
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(one, other) < RENAMED


def _offer(made: Matched) -> None:
    """Near misses between what stands alone on the two sides."""
    leaves = [leaf for leaf in made.leaves if leaf.name]
    if not leaves or not made.spent:
        return
    words: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, leaf in enumerate(leaves):
        for word in set(normal(leaf.name).split()):
            words[leaf.unit, word].append(number)
    for each in made.spent:
        found = tuple(_near(each, leaves, words))
        if found:
            made.offers[id(each)] = tuple(
                Offer(leaf.kode, leaf.name, round(score, 1), leaf.cells[0] if leaf.cells else None)
                for leaf, score in found
            )
            for leaf, score in found:
                known = made.offers.get(id(leaf), ())
                if len(known) < MOST_OFFERS:
                    made.offers[id(leaf)] = (*known, Offer(each.kode, each.name, round(score, 1)))


def _near(each: Spent, leaves: list[Leaf], words: dict[tuple[str, str], list[int]]) -> Iterator[tuple[Leaf, float]]:
    from rapidfuzz import fuzz, process

    wanted = normal(each.name)
    rare = sorted((words[each.unit, word] for word in set(wanted.split()) if (each.unit, word) in words), key=len)
    numbers: dict[int, None] = {}
    for group in rare:
        if numbers and len(numbers) + len(group) > MOST_COMPARED:
            break
        numbers.update(dict.fromkeys(group[:MOST_COMPARED]))
    choices = {number: normal(leaves[number].name) for number in numbers}
    for _, score, number in process.extract(
        wanted, choices, scorer=fuzz.token_sort_ratio, limit=MOST_OFFERS, score_cutoff=NEAR
    ):
        yield leaves[number], score
