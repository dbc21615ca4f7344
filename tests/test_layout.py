"""What is in the tree is what is packaged, declared and installed, and it harms no neighbour."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ontology", "mappings", "validators", "interop", "cli")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
NOT_PACKAGED = ("*.pyc", "README.md")
NOT_COPIED = ("__pycache__", "*.egg-info", "build", "dist", ".git", ".venv", ".*_cache", ".hypothesis")
ENVIRONMENT = {**os.environ, "PYTHONSAFEPATH": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONWARNINGS": "ignore"}


def tree() -> dict[str, Path]:
    """Return every file that belongs into the wheel, by its name there."""
    files = {}
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and not any(fnmatch(path.name, pattern) for pattern in NOT_PACKAGED):
                files[f"semstat/{path.relative_to(ROOT).as_posix()}"] = path
    return files


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def wheel_of(source: Path, target: Path) -> Path:
    """Build a wheel without a network, by the setuptools that is installed."""
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--quiet", "--wheel-dir", target)
    run(sys.executable, "-m", "pip", "wheel", *options, source, cwd=target.parent)
    (wheel,) = target.glob("*.whl")
    return wheel


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of the tree: setuptools leaves a ``build`` folder behind, and takes up a stale one."""
    target = tmp_path_factory.mktemp("layout") / "checkout"
    shutil.copytree(ROOT, target, symlinks=True, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return target


@pytest.fixture(scope="module")
def wheel(checkout) -> Path:
    target = checkout.parent / "wheel"
    target.mkdir()
    return wheel_of(checkout, target)


def test_every_package_is_declared() -> None:
    found = {
        "semstat." + path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
    }
    assert set(SETUPTOOLS["packages"]) == found
    assert SETUPTOOLS["package-dir"] == {f"semstat.{room}": room for room in ROOMS}


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").is_file()]


def test_every_kind_of_data_is_declared() -> None:
    patterns = [pattern.removeprefix("**/") for pattern in SETUPTOOLS["package-data"]["*"]]
    names = {path.name for path in tree().values() if path.suffix != ".py"}
    assert not {name for name in names if not any(fnmatch(name, pattern) for pattern in patterns)}


def test_no_test_reads_a_clock() -> None:
    """Speed is proven in benchmarks/: what a machine is busy with is no fault of the code."""
    clocks = re.compile(r"time\.(?:perf_counter|process_time|monotonic|time)(?:_ns)?\(")
    assert [
        path.name for path in sorted((ROOT / "tests").rglob("*.py")) if clocks.search(path.read_text("utf-8"))
    ] == []


def test_every_room_is_typed_and_linked_for_type_checkers() -> None:
    for room in ROOMS:
        assert (ROOT / room / "py.typed").is_file()
        assert (ROOT / ".typing" / "semstat" / room).resolve() == ROOT / room
    assert {path.name for path in (ROOT / ".typing" / "semstat").iterdir()} == set(ROOMS)


def test_the_wheel_holds_the_tree_and_nothing_else(wheel) -> None:
    packed = {name: data for name, data in contents(wheel).items() if ".dist-info/" not in name}
    expected = tree()

    assert sorted(packed) == sorted(expected)
    assert not [name for name, path in expected.items() if packed[name] != path.read_bytes()]
    assert "semstat/__init__.py" not in packed, "semstat is a namespace"


def test_the_wheel_of_the_sdist_is_the_same(checkout, wheel) -> None:
    folder = checkout.parent / "sdist"
    folder.mkdir()
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", folder, checkout, cwd=folder)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (source,) = [path for path in folder.iterdir() if path.is_dir()]
    assert (source / "tests" / "conftest.py").is_file()
    assert (source / "docs" / "index.md").is_file()
    assert (source / "examples" / "population" / "structure.xml").is_file()

    target = folder / "wheel"
    target.mkdir()
    assert contents(wheel_of(source, target)) == contents(wheel)


NEIGHBOUR = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "validators"
version = "9.9"
[tool.setuptools]
packages = ["validators"]
"""


def test_the_wheel_lives_beside_the_unrelated_distribution_validators(wheel, tmp_path) -> None:
    source, wheels, venv = tmp_path / "source", tmp_path / "wheels", tmp_path / "venv"
    (source / "validators").mkdir(parents=True)
    wheels.mkdir()
    (source / "pyproject.toml").write_text(NEIGHBOUR, encoding="utf-8")
    (source / "validators" / "__init__.py").write_text("WHOSE = 'theirs'\n", encoding="utf-8")
    (source / "validators" / "diagnostics.py").write_text("WHOSE = 'theirs'\n", encoding="utf-8")
    neighbour = wheel_of(source, wheels)

    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=tmp_path)
    python = venv / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    # What semstat needs comes from the environment of the tests: a .pth file brings no editable install along.
    (site / "neighbours.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    for item in (neighbour, wheel):
        options = ("install", "--no-deps", "--no-index", "--quiet", "--ignore-installed", item)
        run(sys.executable, "-m", "pip", "--python", python, *options, cwd=tmp_path)

    theirs = {path.relative_to(site).as_posix() for path in (site / "validators").glob("*.py")}
    assert theirs == {"validators/__init__.py", "validators/diagnostics.py"}
    assert not set(contents(neighbour)) & set(contents(wheel))
    check = (
        "import validators, validators.diagnostics as d, semstat.validators.diagnostics as ours; "
        "assert validators.WHOSE == d.WHOSE == 'theirs'; print(ours.__file__)"
    )
    assert Path(run(python, "-c", check, cwd=tmp_path).strip()).is_relative_to(site)
    assert PROJECT["project"]["version"] in run(python.with_name("semstat"), "--version", cwd=tmp_path)
