"""Killed at any moment, out of room, or two at once: a catalogue is what it was before, or what was acknowledged after."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue, CatalogueBusy, verify
from semstat.interop.catalogue.locks import NoLocks
from semstat.interop.catalogue.records import graph_of

CYCLES = int(os.environ.get("SEMSTAT_KILLS", "4"))
"""How often a load is killed; 100 before a release."""

SOURCES, THINGS = 3, 500
LONGEST = 0.6
"""Seconds after the first load of a process, within which it is killed."""

LOADS = """
import sys
from pathlib import Path
from semstat.interop.catalogue import Catalogue
catalogue = Catalogue(sys.argv[1])
number = int(sys.argv[2])
while True:
    number += 1
    for source in range(int(sys.argv[3])):
        lines = (f"<urn:s{source}-{item}> <urn:round> 'r{number}' .\\n" for item in range(int(sys.argv[4])))
        Path(sys.argv[1], f"s{source}.ttl").write_text("".join(lines))
    catalogue.load([Path(sys.argv[1], f"s{source}.ttl") for source in range(int(sys.argv[3]))])
    print(number, flush=True)
"""


def rounds(catalogue: Catalogue) -> tuple[set[str], set[int]]:
    """Return the rounds that the statements of all sources are of, and how many statements each source has."""
    import pyoxigraph as ox

    found: set[str] = set()
    sizes: set[int] = set()
    with catalogue.snapshot() as seen:
        for source in range(SOURCES):
            quads = list(seen.store.quads_for_pattern(None, None, None, ox.NamedNode(graph_of(f"s{source}.ttl"))))
            sizes.add(len(quads))
            found |= {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
        assert {record.triples for record in seen.sources} in ({THINGS}, set())
    return found, sizes


class Readers:
    """Read while others write, and remember what they saw that they never should have."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._stop = catalogue, threading.Event()
        self.seen, self.wrong = 0, list[str]()
        self._threads = [threading.Thread(target=self._read) for _ in range(2)]

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                found, sizes = rounds(self._catalogue)
            except Exception as problem:
                self.wrong.append(repr(problem))
                return
            self.seen += 1
            self._stop.wait(0.01)
            if len(found) > 1 or not sizes <= {0, THINGS} or len(sizes) > 1:
                self.wrong.append(f"{sorted(found)} {sorted(sizes)}")

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def killed_after(folder: Path, start: int, seconds: float) -> int:
    """Load round after round in a process, kill it at a moment, and return the last round that it acknowledged."""
    command = [sys.executable, "-P", "-c", LOADS, str(folder), str(start), str(SOURCES), str(THINGS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        killer = threading.Timer(seconds, process.send_signal, [signal.SIGKILL])
        killer.start()
        said += process.stdout.read().split()
        killer.cancel()
    return max([start, *(int(line) for line in said)])


def test_killed_at_random_moments_nothing_is_lost_nothing_is_half_there_and_readers_see_whole_states(
    tmp_path: Path,
) -> None:
    catalogue = Catalogue.create(tmp_path)
    made = random.Random(11)
    acknowledged = 0
    with Readers(catalogue) as readers:
        for _ in range(CYCLES):
            acknowledged = killed_after(tmp_path, acknowledged, made.uniform(0, LONGEST))
            found, sizes = rounds(catalogue)
            number = int(next(iter(found), "r0")[1:])
            assert (len(found) <= 1, len(sizes)) == (True, 1)
            assert number in {acknowledged, acknowledged + 1}, "what is not acknowledged may yet have come to be"
            acknowledged = number
    assert readers.wrong == []
    assert readers.seen > CYCLES
    assert acknowledged >= CYCLES
    states = {item.state for item in verify(catalogue)}
    assert states <= {"whole", "changed"}, "the files of the last round may be newer"
    catalogue.load([tmp_path / f"s{source}.ttl" for source in range(SOURCES)], again=True)
    left = [path.name for path in (tmp_path / ".semstat" / "catalogue").iterdir()]
    assert sum(name.startswith("generation-") for name in left) == 1, left
    print(f"{CYCLES} kills, {acknowledged} rounds acknowledged, {readers.seen} states read")


@pytest.mark.parametrize("when", ["before the pointer", "after the pointer"])
def test_killed_while_the_generations_are_swapped(tmp_path: Path, when: str) -> None:
    """The moment that random ones seldom hit: the pointer is being replaced."""
    catalogue = Catalogue.create(tmp_path)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'old' .")
    catalogue.load([tmp_path / "a.ttl"])
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'new' .")
    code = f"""
import os, sys
from semstat.interop.catalogue import Catalogue, generations
kept = os.replace
def replace(one, other, **rest):
    if os.path.basename(other) != "current":
        return kept(one, other, **rest)
    if {when == "after the pointer"}:
        kept(one, other, **rest)
    os.kill(os.getpid(), 9)
os.replace = replace
Catalogue(sys.argv[1]).load([sys.argv[1] + "/a.ttl"])
"""
    done = subprocess.run([sys.executable, "-P", "-c", code, str(tmp_path)], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with catalogue.snapshot() as seen:
        (value,) = (str(quad.object) for quad in seen.store if quad.predicate.value == "urn:p")
    assert value == ('"new"' if when == "after the pointer" else '"old"')
    assert [item.state for item in catalogue.load([tmp_path / "a.ttl"])] == [
        "unchanged" if when == "after the pointer" else "replaced"
    ]


def test_a_reader_never_opens_what_a_killed_writer_has_half_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pointer moves on between its being read and the generation's being held, and who sweeps is killed."""
    from semstat.interop.catalogue.generations import Generations

    catalogue = Catalogue.create(tmp_path)
    for number in range(2):
        (tmp_path / "a.ttl").write_text(f"<urn:a> <urn:p> 'r{number}' .")
        catalogue.load([tmp_path / "a.ttl"])
    half = tmp_path / ".semstat" / "catalogue" / "generation-000001"
    (half / "quads").mkdir(parents=True)
    (half / "quads" / "CURRENT").write_text("MANIFEST-000001\n")
    current, told = Generations._current, ["generation-000001"]
    monkeypatch.setattr(Generations, "_current", lambda self: told.pop() if told else current(self))
    with catalogue.snapshot() as seen:
        assert '"r1"' in {str(quad.object) for quad in seen.store}


FILLS = """
import json, resource, signal, sys
from semstat.interop.catalogue import Catalogue
from semstat.ontology.errors import SemstatError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    Catalogue(sys.argv[1]).load([sys.argv[1] + "/big.ttl"])
except (OSError, SemstatError) as problem:
    print(json.dumps([type(problem).__name__, str(problem)]))
else:
    print(json.dumps(None))
"""


@pytest.mark.parametrize("room", [20_000, 500_000])
def test_without_room_a_load_says_so_and_changes_nothing(tmp_path: Path, room: int) -> None:
    catalogue = Catalogue.create(tmp_path)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'old' .")
    catalogue.load([tmp_path / "a.ttl"])
    before = catalogue.sources()
    (tmp_path / "big.ttl").write_text(
        "".join(f"<urn:x-{item}> <urn:p> '{random.Random(item).random()}' .\n" for item in range(10_000))
    )
    done = subprocess.run([sys.executable, "-P", "-c", FILLS, str(tmp_path), str(room)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-400:]
    said = json.loads(done.stdout)
    assert said is not None
    assert said[0] == "CatalogueFull", said
    assert catalogue.sources() == before
    assert {item.state for item in verify(catalogue)} == {"whole"}
    assert [item.state for item in catalogue.load([tmp_path / "big.ttl"])] == ["added"]


HOLDS = """
import sys, time
from semstat.interop.catalogue import Catalogue
with Catalogue(sys.argv[1])._generations.writing():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that writes to the catalogue for a minute."""
    Catalogue.create(tmp_path)
    command = [sys.executable, "-P", "-c", HOLDS, str(tmp_path), "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_the_second_writer_is_told_who_writes(tmp_path: Path, holder: "subprocess.Popen[bytes]") -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    with pytest.raises(CatalogueBusy, match=f"process {holder.pid}"):
        Catalogue(tmp_path).load([tmp_path / "a.ttl"])
    assert Catalogue(tmp_path).sources() == ()


def test_the_second_writer_may_wait(tmp_path: Path, holder: "subprocess.Popen[bytes]") -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    threading.Timer(0.5, holder.kill).start()
    (done,) = Catalogue(tmp_path, wait=30).load([tmp_path / "a.ttl"])
    assert done.state == "added"


def test_the_lock_of_a_dead_process_holds_nobody_up(tmp_path: Path, holder: "subprocess.Popen[bytes]") -> None:
    holder.kill()
    holder.wait()
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    assert (tmp_path / ".semstat" / "catalogue" / "writer.lock").read_text().startswith(str(holder.pid))
    assert [item.state for item in Catalogue(tmp_path).load([tmp_path / "a.ttl"])] == ["added"]


def test_without_locks_of_posix_a_catalogue_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    catalogue = Catalogue.create(tmp_path)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with pytest.raises(NoLocks, match="needs locks that this system does not have") as told:
        catalogue.load([tmp_path / "a.ttl"])
    assert "--endpoint" in told.value.hint


def test_limits_of_this_process_are_as_they_were() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
