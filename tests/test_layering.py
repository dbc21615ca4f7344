"""The house rules that a parser can check: who imports whom, who touches the world, how long things are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ontology", "mappings", "validators", "interop", "cli")
PURE = ROOMS[:3]
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]

WORLD = {
    "ftplib", "glob", "http", "httpx", "os", "pathlib", "requests", "shutil", "smtplib", "socket", "ssl",
    "subprocess", "tempfile", "urllib.request", "urllib3", "zipfile",
}  # fmt: skip
"""Modules that reach files, the network or other processes: closed to the pure rooms."""

EXCUSED = {"ontology/reasoning.py": {"shutil"}}
"""Looks whether Java is installed, which the reasoner runs in."""

SOLE_IMPORTERS = {
    "owlready2": "ontology/reasoning.py",
    "pyshacl": None,  # exactly one module, whichever it is
    "sdmx": "interop/formats/sdmx/bridge.py",
}
CATCH_ALL = {
    "cli/main.py",  # the last line of defence: gives our own bugs their exit code
    "validators/columns/stage.py",  # keeps what a reader raised inside the engine, which would disguise it
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "tools"}
MOST_LINES, MOST_FUNCTION_LINES = 300, 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield (module, name) of every import, at any depth; name is None for ``import module``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((node.module or "", alias.name) for alias in node.names)


def calls(path: Path) -> Iterator[str]:
    """Yield the dotted names of what a module calls."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield ast.unparse(node.func)


def functions(path: Path) -> Iterator[tuple[Function, bool]]:
    """Yield every function with whether it is public: its name, and those of the classes around it."""

    def walk(node: ast.AST, *, public: bool) -> Iterator[tuple[Function, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield child, public and not child.name.startswith("_")
                yield from walk(child, public=False)
            elif isinstance(child, ast.ClassDef):
                yield from walk(child, public=public and not child.name.startswith("_"))
            else:
                yield from walk(child, public=public)

    yield from walk(tree(path), public=True)


def length(function: Function) -> int:
    """Count the lines of a function from its ``def``, the docstring excluded."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_point_to_the_left(path) -> None:
    allowed = ROOMS[: ROOMS.index(room(path)) + 1]
    for module, imported in imports(path):
        parts = module.split(".")
        assert parts[0] not in ROOMS, f"{module}: the rooms are called semstat.<room>"
        if parts[0] == "semstat":
            target = parts[1] if len(parts) > 1 else imported
            assert target in allowed, f"{room(path)} must not import {target}"


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) in PURE], ids=name)
def test_the_core_does_not_touch_the_world(path) -> None:
    for module, imported in imports(path):
        full = f"{module}.{imported}"
        touched = {module, module.split(".")[0], full} & WORLD
        touched -= EXCUSED.get(name(path), set())
        assert not touched, f"{module}: the first three rooms take graphs and columns, no files or network"
    assert not set(calls(path)) & {"open", "io.open", "print", "input", "exec", "eval"}


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) != "cli"], ids=name)
def test_only_the_command_line_prints_and_exits(path) -> None:
    used = set(calls(path))
    spoken = {"print", "exit", "quit", "sys.exit", "os._exit", "sys.stdout.write", "sys.stderr.write", "click.echo"}
    assert not used & spoken


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_nobody_configures_logging(path) -> None:
    used = {call for call in calls(path) if call.startswith("logging.") or call.endswith(".setLevel")}
    assert not used - {"logging.getLogger", "logging.NullHandler"}, "a NullHandler on our own logger is the most we do"


@pytest.mark.parametrize("library", SOLE_IMPORTERS)
def test_quirky_libraries_have_one_door(library) -> None:
    doors = {name(path) for path in MODULES for module, _ in imports(path) if module.split(".")[0] == library}
    expected = SOLE_IMPORTERS[library]
    assert len(doors) <= 1, doors
    if expected is not None:
        assert doors <= {expected}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_size(path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines"
    long = {function.name: length(function) for function, _ in functions(path)}
    assert not {key: size for key, size in long.items() if size > MOST_FUNCTION_LINES}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_everything_is_annotated_and_all_that_is_public_explained(path) -> None:
    assert ast.get_docstring(tree(path)), "the module says in its first line what it is for"
    for function, public in functions(path):
        arguments = function.args
        listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        bare = [item.arg for item in listed if item and item.annotation is None and item.arg not in {"self", "cls"}]
        assert not bare, f"{function.name}: {bare} without annotation"
        assert function.returns is not None, f"{function.name}: no return annotation"
        if public:
            assert ast.get_docstring(function), f"{function.name}: no docstring"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_names_say_something(path) -> None:
    assert not {part.strip("_") for part in path.relative_to(ROOT).with_suffix("").parts} & FORBIDDEN_NAMES


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_nothing_swallows_everything(path) -> None:
    swallowed = 0
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type).strip("()").split(", ") if node.type else ["everything"]
            passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            swallowed += bool({"everything", "Exception", "BaseException"} & set(caught)) and not passed_on
    assert swallowed <= (name(path) in CATCH_ALL)


@pytest.mark.parametrize("path", [path for path in MODULES if name(path) != "ontology/minted.py"], ids=name)
def test_our_iris_are_written_in_one_place(path) -> None:
    tokens = tree(path)
    docstrings = {id(node.value) for node in ast.walk(tokens) if isinstance(node, ast.Expr)}
    for node in ast.walk(tokens):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            assert "w3id.org/semstat" not in node.value, f"line {node.lineno}: use ontology/terms.py"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_nothing_is_left_to_be_done(path) -> None:
    text = path.read_text(encoding="utf-8")
    for mark in ("TODO", "FIXME", "XXX"):
        assert mark not in text, mark
    raised = [node.exc for node in ast.walk(tree(path)) if isinstance(node, ast.Raise) and node.exc is not None]
    assert not [error for error in raised if "NotImplementedError" in ast.unparse(error)]
