"""Damaged libraries: readings must match the state before or name the remedy, and the doctor must repair the damage."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import repair_library
from assistant.errors import AssistantError
from assistant.store.library import DATABASE
from assistant.store.remedies import REBUILD_HINT
from tests.support.tampering import all_tamperings
from tests.torture.scene import Scene, find_library_faults
from tests.torture.tally import Tally

REMEDY = re.compile(r"run: assistant (build|doctor --fix)|assistant doctor --fix")


@dataclass(frozen=True, slots=True)
class Damage:
    """A change to an index folder. `max_embedded`: the number of passages that its repair may embed again."""

    name: str
    apply: Callable[[Path], object]
    max_embedded: int = 0
    answers_must_match: bool = True  # answers before the repair must not differ
    doctor_must_report: bool = True  # the doctor must report an error


def find_faiss_file(index: Path) -> Path:
    (path,) = index.glob("vectors-*.faiss")
    return path


def flip_bits(path: Path, at: int, mask: int = 0xFF) -> None:
    """Flip the bits in `mask` of the byte at `at`."""
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ mask]))


def sql_damage(*statements: str) -> Callable[[Path], None]:
    """Damage by SQL statements on the database."""

    def apply(index: Path) -> None:
        with closing(sqlite3.connect(index / DATABASE, isolation_level=None)) as database:
            for statement in statements:
                database.execute(statement)

    return apply


def zero_page(index: Path, number: int) -> None:
    with (index / DATABASE).open("r+b") as file:
        file.seek(4096 * number)
        file.write(bytes(4096))


def known_damages(scene: Scene) -> Iterator[Damage]:
    """Every kind of damage that the campaign lists by name."""
    other = scene.root / "other.faiss"
    count = scene.new_passages
    yield Damage("FAISS file missing", lambda index: find_faiss_file(index).unlink())
    yield Damage("FAISS file empty", lambda index: find_faiss_file(index).write_bytes(b""))
    yield Damage("FAISS file of another generation", lambda index: _copy(other, find_faiss_file(index)))
    yield Damage("FAISS file is a folder", replace_file_by_folder)
    size = find_faiss_file(scene.root / "template").stat().st_size
    for at in (0, 4, 40, size // 2, size - 1):
        yield Damage(f"FAISS file, byte {at} flipped", lambda index, at=at: flip_bits(find_faiss_file(index), at))  # type: ignore[misc]
        yield Damage(f"FAISS file cut at {at}", lambda index, at=at: os.truncate(find_faiss_file(index), at))  # type: ignore[misc]
    size = (scene.root / "template" / DATABASE).stat().st_size
    yield Damage("database missing", lambda index: (index / DATABASE).unlink(), count)
    yield Damage("database empty", lambda index: os.truncate(index / DATABASE, 0), count)
    yield Damage("database is text", lambda index: (index / DATABASE).write_bytes(b"words. " * 3000), count)
    for at in (100, 4096, size // 3, size // 2, size - 20480):
        yield Damage(f"database cut at {at}", lambda index, at=at: os.truncate(index / DATABASE, at), count)  # type: ignore[misc]
    for number in (0, 1, 2, 10, size // 8192):
        yield Damage(
            f"page {number} of the database zeroed",
            lambda index, number=number: zero_page(index, number),  # type: ignore[misc]
            count,
            answers_must_match=False,
        )
    yield Damage(
        "garbage in the write-ahead log",
        lambda index: _write(index / f"{DATABASE}-wal", b"x" * 9000),
        doctor_must_report=False,
    )
    yield Damage(
        "garbage in the shared memory file",
        lambda index: _write(index / f"{DATABASE}-shm", b"x" * 32768),
        doctor_must_report=False,
    )
    yield Damage(
        "unknown vectors file",
        lambda index: _write(index / "vectors-0000000000000000.faiss", b"x"),
        doctor_must_report=False,
    )
    yield Damage("text of an article", sql_damage("UPDATE article SET text = replace(text, 'said', 'denied')"))
    last = "(SELECT max(number) FROM article)"
    yield Damage(
        "title of an article", sql_damage(f"UPDATE article SET title = 'Other' WHERE number = {last}"), 1, False
    )
    yield Damage("id of an article", sql_damage(f"UPDATE article SET id = 'other' WHERE number = {last}"), 1, False)
    yield Damage(
        "sentences of an article", sql_damage(f"UPDATE article SET sentences = x'00' WHERE number = {last}"), 0, False
    )
    yield Damage("offsets of a passage", sql_damage("UPDATE passage SET start = start + 1 WHERE number = 5"), 0, False)
    yield Damage("passages of an article lost", sql_damage(f"DELETE FROM passage WHERE article = {last}"), 0, False)
    yield Damage("key of a vector", sql_damage("UPDATE passage SET vector_key = x'00' WHERE number = 5"), 0, False)
    yield Damage(
        "a vector", sql_damage("UPDATE vector SET data = zeroblob(772) WHERE key = (SELECT min(key) FROM vector)")
    )
    yield Damage("half of all vectors lost", sql_damage("DELETE FROM vector WHERE key < x'80'"))
    yield Damage(
        "speaker of a statement", sql_damage("UPDATE statement SET speaker = 'Nobody' WHERE number = 3"), 0, False
    )
    yield Damage("a statement lost", sql_damage("DELETE FROM statement WHERE number = 3"), 0, False)
    yield Damage("words of speaker names lost", sql_damage("DELETE FROM speaker_word WHERE word = 'ushakov'"), 0, False)
    yield Damage("wrong story numbers", sql_damage("UPDATE story SET story = 1"), 0, False)
    yield Damage("MinHash bands lost", sql_damage("DELETE FROM band WHERE article < 4"), 0, False)
    yield Damage(
        "full-text index emptied",
        sql_damage("INSERT INTO passage_words (passage_words) VALUES ('delete-all')"),
        0,
        False,
    )
    yield Damage("notices of a file", sql_damage("UPDATE file SET notices = '[{' WHERE path LIKE '%boats%'"), 0, False)
    for key in ("dimension", "generation", "vectors_file", "vectors_sha256"):
        yield Damage(f"{key} unknown", sql_damage(f"UPDATE manifest SET value = '?' WHERE key = '{key}'"))
    yield Damage("manifest emptied", sql_damage("DELETE FROM manifest"))
    yield Damage("an index dropped from the schema", sql_damage("DROP INDEX passage_by_article"), 0, False, False)
    yield Damage("FAISS file and a vector", damage_both_vector_copies, 1)


def crafted_damages(scene: Scene, first: int, every: int) -> Iterator[Damage]:
    """Each `every`th alteration from number `first` on, by somebody who knows the format: wrong types and values,
    schemas, FAISS files."""
    for altered in all_tamperings(scene.index)[first::every]:
        yield Damage(altered.name, altered.apply, scene.new_passages, False, False)


def replace_file_by_folder(index: Path) -> None:
    path = find_faiss_file(index)
    path.unlink()
    path.mkdir()


def damage_both_vector_copies(index: Path) -> None:
    find_faiss_file(index).unlink()
    sql_damage("UPDATE vector SET data = zeroblob(772) WHERE key = (SELECT min(key) FROM vector)")(index)


def random_damages(scene: Scene, count: int, rng: random.Random) -> Iterator[Damage]:
    """Random flipped bits and random truncations."""
    template = scene.root / "template"
    sizes = {"database": (template / DATABASE).stat().st_size, "FAISS file": find_faiss_file(template).stat().st_size}
    for _ in range(count):
        which = rng.choice(("database", "database", "database", "FAISS file"))
        at, mask = rng.randrange(sizes[which]), 1 << rng.randrange(8)
        cut = rng.random() < 0.15

        def apply(index: Path, which: str = which, at: int = at, mask: int = mask, cut: bool = cut) -> None:
            path = index / DATABASE if which == "database" else find_faiss_file(index)
            if cut:
                os.truncate(path, at)
            else:
                flip_bits(path, at, mask)

        what = f"cut at {at}" if cut else f"bit {mask} of byte {at} flipped"
        in_database = which == "database"
        yield Damage(
            f"{which}, {what}",
            apply,
            scene.new_passages if in_database else 0,
            answers_must_match=not in_database or cut,
            doctor_must_report=not in_database,
        )


def check_damages(scene: Scene, damages: Iterator[Damage]) -> Tally:
    """Apply each damage to the library of a scene before its change; read, examine, repair and compare."""
    tally = Tally()
    for damage in damages:
        scene.reset()
        damage.apply(scene.index)
        tally.add_count("libraries damaged")
        _check_answers(scene, damage, tally)
        diagnosis = Diagnosis()
        try:
            list(examine_library(scene.config, diagnosis))
        except Exception as error:
            tally.problems.append(f"{damage.name}: the doctor failed: {type(error).__name__}: {error}")
            continue
        if damage.doctor_must_report and not diagnosis.errors:
            tally.problems.append(f"{damage.name}: the doctor reported no error")
        if not diagnosis.errors:
            tally.add_count("damages without effect")
            now = _check_answers(scene, damage, tally)
            if now != scene.before:
                tally.problems.append(f"{damage.name}: the doctor reported no error, but answers differ")
            continue
        tally.add_count("damages reported by the doctor")
        try:
            steps = list(repair_library(scene.config, diagnosis, lambda: scene.memo))
        except Exception as error:
            tally.problems.append(f"{damage.name}: the repair failed: {type(error).__name__}: {error}")
            continue
        _check_repaired(scene, damage, steps, tally)
    return tally


def _check_answers(scene: Scene, damage: Damage, tally: Tally) -> str | None:
    """Read the damaged library: the result must equal the state before, or the error must name the remedy."""
    tally.add_count("readings of damaged libraries")
    try:
        found = scene.hash_library()
    except AssistantError as error:
        tally.add_count("readings refused with a remedy")
        if not REMEDY.search(str(error)) or "\n" in str(error):
            tally.problems.append(f"{damage.name}: the error names no remedy: {error}")
        return None
    except Exception as error:
        tally.problems.append(f"{damage.name}: reading failed: {type(error).__name__}: {error}")
        return None
    if found == scene.before:
        tally.add_count("readings equal to the state before")
    elif found == "no library":
        tally.add_count("readings refused with a remedy")
    elif damage.answers_must_match:
        tally.problems.append(f"{damage.name}: a reading differs and reports no error")
    else:
        tally.add_count("readings that differ (only the doctor can find the damage)")
    return found


def _check_repaired(scene: Scene, damage: Damage, steps: list[str], tally: Tally) -> None:
    about = f"{damage.name} ({'; '.join(steps)})"
    after = _examine(scene)
    embedded = sum(int(match[1]) for step in steps if (match := re.search(r"(\d+) passages? embedded", step)))
    if after.errors and all((one.check, one.remedy) == ("settings", REBUILD_HINT) for one in after.errors):
        # A library that was built with other settings is not damaged: what the doctor names is done, as a person would.
        tally.add_count("rebuilds that the doctor asked for")
        embedded += scene.build(rebuild=True).embedded
        after = _examine(scene)
    if after.errors:
        tally.problems.append(f"{about}: errors after the repair: {[finding.message for finding in after.errors]}")
    if embedded > damage.max_embedded:
        tally.problems.append(f"{about}: {embedded} passages embedded again, at most {damage.max_embedded} expected")
    tally.add_count("passages embedded again by repairs", embedded)
    try:
        now = scene.hash_library()
    except AssistantError as error:
        tally.problems.append(f"{about}: {error}")
        return
    faults = [fault for fault in find_library_faults(scene.index) if "damaged-" not in fault]
    if now == scene.before and not faults:
        tally.add_count("damages repaired completely")
    else:
        tally.problems.append(f"{about}: {'' if now == scene.before else 'differs from the state before'} {faults}")


def _examine(scene: Scene) -> Diagnosis:
    diagnosis = Diagnosis()
    for _ in examine_library(scene.config, diagnosis):
        pass
    return diagnosis


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def prepare_unchanging_scene(scene: Scene) -> None:
    """Make the state of a scene after its build also its state before: repairs must restore exactly this state."""
    template = scene.root / "template"
    first = find_faiss_file(template)
    shutil.copyfile(first, scene.root / "other.faiss")
    scene.reset()
    scene.build()
    shutil.rmtree(template)
    shutil.copytree(scene.index, template)
    scene.before = scene.after = scene.hash_library()
    with closing(sqlite3.connect(scene.index / DATABASE)) as database:
        (scene.new_passages,) = database.execute("SELECT count(DISTINCT vector_key) FROM passage").fetchone()
