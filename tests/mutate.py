"""How many faults put into the rules would the case files notice? Not a test: ``python tests/mutate.py [-v] [MODULE ...]``.

One operator, number, severity or word of logic at a time is changed in a module of ``lakip_xl.rules``; then all rules judge the
workbooks of the case files anew. A mutant is killed when a finding appears, goes missing, moves, or changes its severity, its
words or its figures: what ``test_cases``, ``test_catalogue`` and ``test_words`` assert. The workbooks are read once, and nothing is
written.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT.parent), str(ROOT)]

from casefiles import all_cases, examine  # noqa: E402
from lakip_xl.form.spec import Period  # noqa: E402
from lakip_xl.table.model import Document  # noqa: E402

RULES = ROOT.parent / "lakip_xl" / "rules"
WORDS = ("__init__", "__main__", "catalogue", "core", "pages", "schema", "words")
"""Modules that judge nothing: what rules are, and how they are said."""
NAMES = sorted(path.stem for path in RULES.glob("*.py") if path.stem not in WORDS)
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SEVERITY = {"ERROR": "WARNING", "WARNING": "INFO", "INFO": "ERROR"}


def mutants(tree: ast.Module) -> Iterator[tuple[ast.Module, int, str]]:
    """Every changed tree with the line and the kind of its change."""
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
            yield ast.fix_missing_locations(changed), node.lineno, kind


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
    for table in document.tables.values():
        for row in (*table.rows, *((table.total,) if table.total else ())):
            row.silent = row.known = None


def judged(documents: list[Document]) -> tuple[object, ...]:
    """What the rules as they are imported now find in all documents, and the severities that they have."""
    for name in [name for name in sys.modules if name == "lakip_xl.rules" or name.startswith("lakip_xl.rules.")]:
        if name != "lakip_xl.rules.schema":  # not mutated; what it refuses is kept with the tables, for it is slow
            del sys.modules[name]
    catalogue = importlib.import_module("lakip_xl.rules.catalogue")
    weights = tuple((rule.code, *(rule.severity[period] for period in Period)) for rule in catalogue.RULES)
    found = []
    for document in documents:
        forget(document)
        found.append([
            (f.cell, f.code, f.severity, f.found, f.expected, f.difference, f.rupiah, f.related, catalogue.render(f).message,
             catalogue.render(f).remedy) for f in catalogue.check(document)
        ])  # fmt: skip
    return weights, found


def main(arguments: list[str]) -> None:
    documents = [examine(case).document for case in all_cases()]
    right = judged(documents)
    total = killed = 0
    for name in [a for a in arguments if a != "-v"] or NAMES:
        tree = ast.parse((RULES / f"{name}.py").read_text(encoding="utf-8"))
        here = here_killed = 0
        for changed, line, kind in mutants(tree):
            finder = Mutated(name, changed)
            sys.meta_path.insert(0, finder)
            try:
                survived = judged(documents) == right
            except Exception:
                survived = False
            finally:
                sys.meta_path.remove(finder)
            here, here_killed = here + 1, here_killed + (not survived)
            if survived and "-v" in arguments:
                sys.stdout.write(f"{name}.py:{line}: {kind} survives\n")
        sys.stdout.write(f"{name}: {here_killed}/{here}\n")
        total, killed = total + here, killed + here_killed
    sys.stdout.write(f"killed {killed}/{total}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
