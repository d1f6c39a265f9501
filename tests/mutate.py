"""How many faults put into the rules would their tests notice? Not a test: ``python tests/mutate.py [-v] [MODULE ...]``.

One operator, number, severity or word of logic at a time is changed in a module of ``lakip_xl.rules``; then all rules judge anew
what the tests look at. A mutant is killed when a finding in a case file appears, goes missing, moves, or changes its severity,
words or figures (``test_cases``, ``test_catalogue``, ``test_words``), when a planted fault is not found or more or less is said
beside it (``test_seeded_faults``), or when a correct workbook alarms (``test_no_false_alarm``). Workbooks are read once, and
nothing is written.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT.parent), str(ROOT)]

import seeded  # noqa: E402
from casefiles import all_cases, examine  # noqa: E402
from correct import PERIODS, TRAITS, correct  # noqa: E402
from lakip_xl import tasks  # noqa: E402
from lakip_xl.findings import Severity  # noqa: E402
from lakip_xl.form.spec import Period  # noqa: E402
from lakip_xl.table.model import Document  # noqa: E402

RULES = ROOT.parent / "lakip_xl" / "rules"
WORDS = ("__init__", "__main__", "catalogue", "core", "pages", "schema", "spelling", "words")
"""Modules that judge nothing: what rules are, and how they are said."""
FIGURES = ("efficiency",)
"""What works out figures of Ringkasan and BAB III: tests/summary and tests/narrative hold those, and no finding shows them."""
NAMES = sorted(path.stem for path in RULES.glob("*.py") if path.stem not in (*WORDS, *FIGURES))
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SEVERITY = {"ERROR": "WARNING", "WARNING": "INFO", "INFO": "ERROR"}


def mutants(tree: ast.Module) -> Iterator[tuple[ast.Module, int, str]]:
    """Every changed tree with the line of its change and what was changed."""
    for place, node in enumerate(ast.walk(tree)):
        kinds = []
        if isinstance(node, ast.Compare):
            kinds = [f"operator {n}" for n, op in enumerate(node.ops) if type(op) in COMPARED]
        elif isinstance(node, ast.BoolOp):
            kinds = ["and/or"]
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            kinds = ["number"]
        elif isinstance(node, ast.Name) and node.id in SEVERITY:
            kinds = ["severity"]
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            kinds = ["not"]
        for kind in kinds:
            changed = copy.deepcopy(tree)
            _change(next(n for k, n in enumerate(ast.walk(changed)) if k == place), kind)
            yield (
                ast.fix_missing_locations(changed),
                node.lineno,
                f"{kind} ({ast.unparse(node)}, column {node.col_offset + 1})",
            )


def _change(node: ast.AST, kind: str) -> None:
    match node:
        case ast.Compare():
            place = int(kind.split()[1])
            node.ops[place] = COMPARED[type(node.ops[place])]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Constant():
            node.value += 1  # type: ignore[operator]
        case ast.Name():
            node.id = SEVERITY[node.id]
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the rules from a changed tree."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = f"lakip_xl.rules.{name}", tree

    def find_spec(self, fullname: str, path: object, target: object = None) -> object:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: object) -> None:
        exec(compile(self.tree, self.name, "exec"), vars(module))


def forget(document: Document) -> None:
    """Drops what rules found out and kept: a changed rule must find it out anew. What the schemas refuse stays, for it is slow."""
    for owner in (document, *document.tables.values()):
        stays = {f.name for f in dataclasses.fields(owner)} | {"refused", "frame"}
        for name in [name for name in vars(owner) if name not in stays]:
            del vars(owner)[name]
    document.memo.clear()
    for table in document.tables.values():
        for row in (*table.rows, *((table.total,) if table.total else ())):
            row.silent = row.known = None


def anew() -> Any:
    """The catalogue of the rules as they are now, imported anew."""
    for name in [name for name in sys.modules if name == "lakip_xl.rules" or name.startswith("lakip_xl.rules.")]:
        if name != "lakip_xl.rules.schema":  # not mutated; what it refuses is kept with the tables, for it is slow
            del sys.modules[name]
    return importlib.import_module("lakip_xl.rules.catalogue")


def weights(catalogue: Any) -> object:
    """The severities of all rules."""
    return tuple((rule.code, *(rule.severity[period] for period in Period)) for rule in catalogue.RULES)


def said(catalogue: Any, document: Document) -> object:
    """What the rules find in a case, with its words and figures."""
    forget(document)
    findings = catalogue.check(document)
    outside = importlib.import_module("lakip_xl.rules.overview").outside(document, findings)
    return outside.most and outside, [
        (f.cell, f.code, f.severity, f.found, f.expected, f.difference, f.rupiah, f.related, *catalogue.render(f))
        for f in findings
    ]


def told(catalogue: Any, outcome: seeded.Outcome) -> object:
    """What the test with planted faults asserts: found or not, and how many further findings."""
    forget(outcome.document)
    outcome.tell(catalogue.check(outcome.document))
    return bool(outcome.hits), len(outcome.further)


def alarms(catalogue: Any, document: Document) -> object:
    """What must be nothing in a correct workbook."""
    forget(document)
    return [(f.cell, f.code) for f in catalogue.check(document) if f.severity is not Severity.INFO]


SOME = 2
"""Faults of each planter that are looked at: all would take too long."""
Check = tuple[Callable[[Any, Any], object], Any, object]
"""How to look, at what, and what is right."""


def checks(catalogue: Any) -> list[tuple[str, Check]]:
    """Everything that is looked at, with the code of the rule that it is about."""
    looked = [(case.name.split(":")[0], said, examine(case).document) for case in all_cases()]
    seeded.load()
    looked += [(p.code, told, outcome) for p in seeded.PLANTERS for outcome in seeded.outcomes(p)[:SOME]]
    traits = [frozenset(TRAITS[n::5]) - {"explained"} for n in range(5)]
    correct_ones = [correct(seed, period, 25, traits[seed % 5]).to_bytes() for seed, period in enumerate(PERIODS)]
    looked += [("", alarms, tasks.examine(data).document) for data in correct_ones]
    return [(code, (look, at, look(catalogue, at))) for code, look, at in looked]


def survives(right: list[Check], severities: object) -> bool:
    """Whether nothing that is looked at differs under the rules as they are now."""
    catalogue = anew()
    return weights(catalogue) == severities and all(look(catalogue, at) == wanted for look, at, wanted in right)


def main(arguments: list[str]) -> None:
    catalogue = anew()
    everything, severities = checks(catalogue), weights(catalogue)
    total = killed = 0
    for name in [a for a in arguments if a != "-v"] or NAMES:
        source = (RULES / f"{name}.py").read_text(encoding="utf-8")
        # What is about the module's own rules comes first: it kills most mutants soon.
        right = [check for _, check in sorted(everything, key=lambda each: not each[0] or f'"{each[0]}"' not in source)]
        here = here_killed = 0
        for changed, line, kind in mutants(ast.parse(source)):
            finder = Mutated(name, changed)
            sys.meta_path.insert(0, finder)
            try:
                survived = survives(right, severities)
            except Exception:
                survived = False
            finally:
                sys.meta_path.remove(finder)
            here, here_killed = here + 1, here_killed + (not survived)
            if survived and "-v" in arguments:
                sys.stdout.write(f"{name}.py:{line}: {kind} survives\n")
                sys.stdout.flush()
        sys.stdout.write(f"{name}: {here_killed}/{here}\n")
        total, killed = total + here, killed + here_killed
    sys.stdout.write(f"killed {killed}/{total}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
