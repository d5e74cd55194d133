"""Build: only what changed is read, and the graph is that of a build from nothing, whatever the way to it."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kommungraf.build import Summary, build
from kommungraf.cli import main
from kommungraf.config import Config
from kommungraf.config import load as load_config
from kommungraf.errors import StorageError, UsageError
from kommungraf.graph.export import _sorted_lines, open_graph

MINUTES = """# Sammanträdesprotokoll

EXEMPEL

**Organ:** Kommunstyrelsen i Exempelby kommun

**Plats och tid:** Sessionssalen, {date}, kl. 13.00-15.30

**Beslutande:**

Ylva Provberg (S), ordförande  
Tor Testlund (M)  

**Utses att justera:** Tor Testlund (M)

**Paragrafer:** §§ 1-1

## § 1 Detaljplan för kvarteret {block}

Dnr KS 2024/17

### Beslut

Kommunstyrelsen beslutar att anta detaljplanen för kvarteret {block} enligt 5 kap. 27 § plan- och bygglagen (2010:900).
"""  # noqa: W291 (two spaces at the end of a line are a line break in Markdown)


def minutes(block: str, date: str = "2024-03-14") -> str:
    return MINUTES.format(block=block, date=date)


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def made(source: Path, out: Path, **options: Any) -> Summary:
    return build([source], out, Config(judgements=source / "judgements.toml"), jobs=options.pop("jobs", 1), **options)


def lines(out: Path) -> bytes:
    """The sorted N-Quads of a graph."""
    return b"".join(_sorted_lines(open_graph(out)))


def generation(out: Path) -> str:
    return os.readlink(out / "store")


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return write(
        tmp_path / "in", a=minutes("Asken"), b=minutes("Björken", "2024-04-11"), c=minutes("Cedern", "2023-05-04")
    )


def test_what_a_build_leaves(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = made(three, out)
    assert (summary.read, summary.unchanged, summary.removed, summary.quarantined) == (3, 0, 0, [])
    assert summary.documents == {"protokoll": 3}
    assert len(list((out / "records").glob("*.jsonld"))) == 3
    text = minutes("Asken")
    stored = next(path for path in (out / "text").iterdir() if path.read_text(encoding="utf-8") == text)
    assert len(stored.stem) == 64
    assert b"plan- och bygglagen" in lines(out)
    assert json.loads((out / "run.json").read_text())["read"] == 3
    assert (out / "issues.jsonl").exists()


def test_every_quote_stands_at_its_offsets(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(three, out)
    query = """SELECT ?sha ?start ?end ?exact WHERE {
        ?passage oa:hasSource/dcterms:isPartOf/kg:sha256 ?sha ; oa:hasSelector ?position, ?quote .
        ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }"""
    from kommungraf.graph.ontology import prefixes

    answers: Any = open_graph(out).query(query, prefixes=prefixes(), use_default_graph_as_union=True)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (out / "text").iterdir()}
    found = list(answers)
    assert len(found) > 20
    for sha, start, end, exact in found:
        assert texts[sha.value][int(start.value) : int(end.value)] == exact.value


def edit(folder: Path) -> None:
    write(folder, b=minutes("Boken"))


def add(folder: Path) -> None:
    write(folder, d=minutes("Dungen"), e=minutes("Eken", "2025-01-09"))


def remove(folder: Path) -> None:
    (folder / "a.md").unlink()


def rename(folder: Path) -> None:
    (folder / "a.md").rename(folder / "ö.md")


def copy(folder: Path) -> None:
    shutil.copy(folder / "a.md", folder / "kopia.md")


def move_down(folder: Path) -> None:
    (folder / "2024").mkdir()
    (folder / "a.md").rename(folder / "2024" / "a.md")


def judge(folder: Path) -> None:
    ruling = '[[rename]]\nthing = { name = "Tor Testlund", document = "document/" }\nname = "Tor Testlund Ek"\n'
    (folder / "judgements.toml").write_text(ruling, encoding="utf-8")


CHANGES = [
    # the change, documents then read, unchanged, removed
    (edit, 1, 2, 0),
    (add, 2, 3, 0),
    (remove, 0, 2, 1),
    (rename, 1, 2, 1),
    (copy, 1, 3, 0),
    (move_down, 1, 2, 1),
    (judge, 0, 3, 0),
]


@pytest.mark.parametrize(("change", "read", "unchanged", "removed"), CHANGES)
def test_an_incremental_build_equals_one_from_nothing(
    change: Callable[[Path], None], read: int, unchanged: int, removed: int, three: Path, tmp_path: Path
) -> None:
    made(three, tmp_path / "out")
    change(three)
    summary = made(three, tmp_path / "out")
    assert (summary.read, summary.unchanged, summary.removed) == (read, unchanged, removed)
    made(three, tmp_path / "fresh")
    assert lines(tmp_path / "out") == lines(tmp_path / "fresh")
    for name in ("records", "text"):
        assert sorted(os.listdir(tmp_path / "out" / name)) == sorted(os.listdir(tmp_path / "fresh" / name))
    assert (tmp_path / "out" / "issues.jsonl").read_bytes() == (tmp_path / "fresh" / "issues.jsonl").read_bytes()


@pytest.mark.parametrize("lost", ["records", "text", "manifest", "store"])
def test_what_is_lost_is_made_anew(lost: str, three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(three, out)
    before = lines(out)
    if lost == "manifest":
        (out / generation(out)).with_name("manifest.json").write_text("{ damaged", encoding="utf-8")
    elif lost == "store":
        shutil.rmtree(out / "generations")
    else:
        next((out / lost).iterdir()).unlink()
    made(three, out)
    assert lines(out) == before
    assert len(list((out / "records").iterdir())) == len(list((out / "text").iterdir())) == 3


def test_what_was_removed_and_comes_back_is_there_again(three: Path, tmp_path: Path) -> None:
    made(three, tmp_path / "out")
    before = lines(tmp_path / "out")
    remove(three)
    made(three, tmp_path / "out")
    assert lines(tmp_path / "out") != before
    write(three, a=minutes("Asken"))
    made(three, tmp_path / "out")
    assert lines(tmp_path / "out") == before


def test_nothing_changed_nothing_done(three: Path, tmp_path: Path) -> None:
    made(three, tmp_path / "out")
    before = generation(tmp_path / "out")
    summary = made(three, tmp_path / "out")
    assert (summary.read, summary.unchanged) == (0, 3)
    assert summary.found
    assert generation(tmp_path / "out") == before


def test_a_touched_file_is_read_but_the_graph_stays(three: Path, tmp_path: Path) -> None:
    made(three, tmp_path / "out")
    before = generation(tmp_path / "out")
    os.utime(three / "a.md", ns=(1, 1))
    assert made(three, tmp_path / "out").read == 1
    assert generation(tmp_path / "out") == before
    assert made(three, tmp_path / "out").unchanged == 3


def test_only_graphs_that_differ_are_written(tmp_path: Path) -> None:
    source = write(tmp_path / "in", **{f"m{n}": minutes(f"Kv{n}", f"2024-01-{n + 1:02}") for n in range(8)})
    made(source, tmp_path / "out")
    state = json.loads((tmp_path / "out" / "store" / ".." / "manifest.json").resolve().read_text())
    write(source, m3=minutes("Ny"))
    made(source, tmp_path / "out")
    after = json.loads((tmp_path / "out" / "store" / ".." / "manifest.json").resolve().read_text())
    same = {graph for graph, digest in after["graphs"].items() if state["graphs"].get(graph) == digest}
    others = {document for content in after["contents"].values() for document in content["documents"]}
    assert len(others - same) == 1


def test_any_order_and_any_number_of_workers(tmp_path: Path) -> None:
    texts = {f"m{n}": minutes(f"Kv{n}", f"2024-02-{n + 1:02}") for n in range(6)}
    source = write(tmp_path / "in", **texts)
    made(source, tmp_path / "one", jobs=1)
    made(source, tmp_path / "two", jobs=2)
    assert lines(tmp_path / "one") == lines(tmp_path / "two")
    names = list(texts)
    random.Random(7).shuffle(names)
    for count in (2, 5, 6):
        some = write(tmp_path / "some", **{name: texts[name] for name in names[:count]})
        made(some, tmp_path / "grown")
    assert lines(tmp_path / "one") == lines(tmp_path / "grown")


def test_an_archive_is_read_like_a_folder(three: Path, tmp_path: Path) -> None:
    archive = tmp_path / "allt.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in three.iterdir():
            file.write(path, f"mapp/{path.name}")
        file.writestr("../../ut.md", minutes("Utanför"))
        file.writestr("__MACOSX/._a.md", "skräp")
        file.writestr("inre.zip", b"PK\x03\x04 and then nothing")
        file.writestr("stor.txt", b"a" * 30_000_000, compress_type=zipfile.ZIP_DEFLATED)
    summary = made(archive, tmp_path / "out")
    assert summary.files == 4
    assert {issue["file"] for issue in summary.quarantined} == {"allt.zip/inre.zip", "allt.zip/stor.txt"}
    assert b'"allt.zip/ut.md"' in lines(tmp_path / "out")
    assert not (tmp_path.parent / "ut.md").exists()
    assert made(archive, tmp_path / "out").read == 0


BAD = [
    ("empty.txt", b"", "empty"),
    ("bild.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), None),  # without a recogniser no picture is opened
    ("kapad.pdf", b"%PDF-1.7\n1 0 obj\n<<", None),
    ("arkiv.zip", b"PK\x03\x04 and then nothing", "damaged"),
]


def test_bad_input_is_named_and_the_rest_is_read(three: Path, tmp_path: Path) -> None:
    for name, data, _ in BAD:
        (three / name).write_bytes(data)
    result = CliRunner().invoke(main, ["build", str(three), "--out", str(tmp_path / "out"), "--jobs", "1"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    issues = [json.loads(line) for line in (tmp_path / "out" / "issues.jsonl").read_text(encoding="utf-8").splitlines()]
    quarantined = {issue["file"]: issue["kind"] for issue in issues if issue["quarantined"]}
    assert quarantined.keys() == {name for name, _, _ in BAD}
    assert all(quarantined[name] == kind for name, _, kind in BAD if kind)
    clean = tmp_path / "clean"
    shutil.copytree(three, clean)
    for name, _, _ in BAD:
        (clean / name).unlink()
    made(clean, tmp_path / "fresh")
    assert lines(tmp_path / "out") == lines(tmp_path / "fresh")


def test_a_folder_without_access(three: Path, tmp_path: Path) -> None:
    closed = write(three / "closed", x=minutes("Stängd"))
    closed.chmod(0)
    powerless = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []  # root, too, is kept out then
    command = [*powerless, str(Path(sys.executable).parent / "kommungraf"), "build", str(three), "--out"]
    try:
        done = subprocess.run([*command, str(tmp_path / "out")], capture_output=True, text=True, check=False)
    finally:
        closed.chmod(0o700)
    issues = [json.loads(line) for line in (tmp_path / "out" / "issues.jsonl").read_text("utf-8").splitlines()]
    assert done.returncode == 1, done.stderr
    assert [issue["kind"] for issue in issues if issue["quarantined"]] == ["access"]
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["files"] == 3


def test_a_fault_of_ours_stops_one_document_only(three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kommungraf.segment

    segment = kommungraf.segment.segment

    def faulty(text: Any) -> Any:
        return 1 / 0 if "Björken" in text.clean else segment(text)

    monkeypatch.setattr(kommungraf.segment, "segment", faulty)
    summary = made(three, tmp_path / "out")
    assert [(issue["file"], issue["kind"]) for issue in summary.quarantined] == [("b.md", "internal")]
    assert "ZeroDivisionError" in summary.quarantined[0]["message"]
    assert summary.files == 2


@pytest.mark.parametrize("where", ["kommungraf.build.work.write_text", "kommungraf.graph.generation.write_text"])
def test_a_full_disk_leaves_the_graph_of_before(
    where: str, three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    made(three, out)
    before = lines(out)
    add(three)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        with pytest.raises(StorageError, match="No space left"):
            made(three, out)
    assert lines(out) == before
    assert '"kind": "storage"' in (out / "issues.jsonl").read_text(encoding="utf-8")
    assert len(list((out / "generations").iterdir())) == 1
    made(three, out)
    made(three, tmp_path / "fresh")
    assert lines(out) == lines(tmp_path / "fresh")


def test_ctrl_c_leaves_the_graph_of_before(three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    made(three, out)
    before = lines(out)
    add(three)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kommungraf.build.graphs.document_graph", interrupted)
    result = CliRunner().invoke(main, ["build", str(three), "--out", str(out), "--jobs", "1"])
    assert result.exit_code == 1
    assert "stopped" in result.stderr
    assert '"kind": "interrupted"' in (out / "issues.jsonl").read_text(encoding="utf-8")
    assert lines(out) == before
    assert len(list((out / "generations").iterdir())) == 1


def test_a_killed_build_leaves_a_graph_that_opens(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(three, out)
    before = lines(out)
    add(three)
    made(three, tmp_path / "fresh")
    allowed = {before, lines(tmp_path / "fresh")}
    command = [Path(sys.executable).parent / "kommungraf", "build", three, "--out", out, "--jobs", "1", "-q"]
    for delay in (0.3, 1.2, 1.8, 2.1, 2.4):
        write(three, zz=minutes(f"Kv{delay}"))  # something to do
        process = subprocess.Popen(command, cwd=tmp_path)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        (three / "zz.md").unlink()
        found = lines(out)
        assert found in allowed or b"Kv" in found
    made(three, out)
    assert lines(out) == lines(tmp_path / "fresh")
    assert len(list((out / "generations").iterdir())) <= 2  # the current one, and a whole one before it


def test_ctrl_c_ends_in_one_sentence_from_one_process(three: Path, tmp_path: Path) -> None:
    command = [Path(sys.executable).parent / "kommungraf", "build", three, "--out", tmp_path / "out", "--jobs", "2"]
    for delay in (0, 0.1, 0.3, 0.5):
        process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
        while not (tmp_path / "out").exists() and process.poll() is None:  # the machine may be busy: begun, not timed
            time.sleep(0.01)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all processes
        _, told = process.communicate()
        assert process.returncode in (0, 1), told
        assert (process.returncode, told) == (0, "") or "stopped" in told, told
        assert "Traceback" not in told, told
        shutil.rmtree(tmp_path / "out", ignore_errors=True)


def test_rulings_about_nothing_are_told_until_they_are_right(three: Path, tmp_path: Path) -> None:
    (three / "judgements.toml").write_text('[[forget]]\nthing = "person/x/nobody"\n', encoding="utf-8")
    for _ in range(2):  # also by a build that has nothing to do
        made(three, tmp_path / "out")
        issues = [json.loads(line) for line in (tmp_path / "out" / "issues.jsonl").read_text("utf-8").splitlines()]
        assert [issue["message"] for issue in issues if issue["kind"] == "judgement"] == [
            "A [[forget]] ruling is about person/x/nobody, which no document names."
        ]


SETTINGS = [
    ("x =", "not valid TOML"),
    ("base = 3", "in quotation marks"),
    ('judgements = "nowhere.toml"', "not a file"),
    ('model = "no_such_model"', "not an installed"),
]


@pytest.mark.parametrize(("text", "message"), SETTINGS)
def test_a_wrong_setting_is_told(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "kommungraf.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load_config(tmp_path)


def test_two_builds_at_once_on_one_folder_are_refused(three: Path, tmp_path: Path) -> None:
    import fcntl

    out = tmp_path / "out"
    out.mkdir()
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="Another build"):
            made(three, out)


WRONG_USAGE = [
    (["build", "nowhere"], "does not exist"),
    (["build", "--jobs", "0"], "range"),
    (["build", ".", "--out", "a-file"], "needs a folder"),
    (["export", "--format", "ttl"], "no graph"),
    (["validate"], "no graph"),
    (["export", "--format", "docx"], "docx"),
    (["no-such-command"], "No such command"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG_USAGE)
def test_wrong_usage_is_exit_code_2_and_one_sentence(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-file").write_text("x")
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from kommungraf.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"spacy", "pyoxigraph", "rdflib", "pandas", "rich", "pypdfium2", "shifty", "networkx"}
