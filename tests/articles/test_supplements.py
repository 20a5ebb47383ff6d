"""What is told of articles from outside their files: tables of metadata, settings of folders, the user's own values."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.changes import leave_out, set_values, take_back
from assistant.articles.supplements.fields import SETTABLE, check_value, decode_values, encode_values, format_value
from assistant.articles.supplements.own_values import FILE_NAME, OwnEntry, change_entry, load_entries, save_entries
from assistant.articles.supplements.supplement import FROM_SETTINGS, SET_BY_USER, FolderValues, Supplement
from assistant.articles.supplements.tables import describe_unmatched, is_table_name, match_files, parse_table
from assistant.errors import LibraryError, QuestionError, ReadError
from tests.conftest import make_article

TABLE = "/in/metadata.csv"


def make_file(uri: str, data: str = "", article_id: str | None = None) -> SourceFile:
    suffix = "." + uri.rpartition(".")[2]
    return SourceFile(
        uri, article_id or uri.removeprefix("/in/"), len(data), 1, suffix, lambda _: io.BytesIO(data.encode())
    )


def make_files(table: str, *uris: str) -> dict[str, SourceFile]:
    return {TABLE: make_file(TABLE, table), **{uri: make_file(uri) for uri in uris}}


# --------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("published_at", "4 March 2019", "2019-03-04"),
        ("updated_at", "2019-03", "2019-03"),
        ("title", " Mill \n sold ", "Mill sold"),
        ("tags", "harbour; piles, harbour |dredging", ("harbour", "piles", "dredging")),
        ("language", "de-AT", "de-at"),
        ("url", "https://weir.example/mill", "https://weir.example/mill"),
    ],
)
def test_values_as_people_write_them(name: str, text: str, value: object) -> None:
    assert check_value(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("published_at", "04/05/2019", "2019"),
        ("published_at", "soon", "not a date"),
        ("url", "javascript:alert(1)", "not an address"),
        ("language", "the German one", "not a code"),
        ("title", " ", "needs a title"),
        ("source", "a\x1b[31mb", "control characters"),
        ("author", "x" * 2000, "longer than"),
    ],
)
def test_value_that_no_article_can_have(name: str, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check_value(name, text)


@given(st.dictionaries(st.sampled_from(SETTABLE), st.text(max_size=40)))
def test_values_survive_json(texts: dict[str, str]) -> None:
    """What can be set is what comes back."""
    values = {}
    for name, text in texts.items():
        try:
            values[name] = check_value(name, text)
        except ValueError:
            continue
    if "tags" in values and any("," in tag for tag in values["tags"] or ()):
        return
    assert decode_values(encode_values(values)) == values


@pytest.mark.parametrize("record", [None, [], {"shoe": "x"}, {"title": 3}, {"tags": [3]}, {"published_at": "soon"}])
def test_damaged_values_are_none(record: object) -> None:
    assert decode_values(record) is None


def test_value_as_text() -> None:
    assert [format_value(value) for value in (None, "a", ("b", "c"))] == ["", "a", "b, c"]


# --------------------------------------------------------------------------------------------- tables


def test_table_of_metadata() -> None:
    """Columns are known by many names; empty cells say nothing."""
    table = parse_table(
        b"\xef\xbb\xbfFile;Headline;Newspaper;Date;Keywords;Notes\n"
        b"a.pdf;Mill sold;The Weir Post;2019-03-04;mill, sale;x\nb.pdf;;;;;\n",
        TABLE,
    )
    assert table is not None
    assert table.rows == {
        "a.pdf": {
            "title": "Mill sold",
            "source": "The Weir Post",
            "published_at": "2019-03-04",
            "tags": ("mill", "sale"),
        },
        "b.pdf": {},
    }
    assert not table.notices


def test_exact_names_of_columns_count_before_others() -> None:
    """The address of a picture, the outlet's name and a remark are no fields of the article."""
    data = "file,Media name,Photo (link),Source note,Article title,Title,Outlet name\na.txt,G,b.jpg,x,No,Shut,G\n"
    table = parse_table(data.encode(), TABLE)
    assert table is not None
    assert table.rows == {"a.txt": {"title": "Shut", "source": "G"}}


def test_table_of_articles_is_none() -> None:
    """One with their texts is a file of articles, whatever its name."""
    assert parse_table(b"file,text,date\na,The mill was sold.,2019-03-04\n", TABLE) is None


def test_faults_of_a_table_are_named() -> None:
    with pytest.raises(ReadError, match=r"no column named file or path.*its columns: title, date"):
        parse_table(b"title,date\na,b\n", TABLE)
    table = parse_table(b"path,date\na.md,soon\na.md,2019\n,2019\nb.md,04/05/2019\n", TABLE)
    assert table is not None
    reasons = [str(notice) for notice in table.notices]
    assert reasons[0].startswith(f"{TABLE}, row 2: published_at 'soon' is left out")
    assert reasons[1:3] == [
        f"{TABLE}, row 3: a.md is in an earlier row, which counts",
        f"{TABLE}, row 4: names no file; it is left out",
    ]
    assert "row 5: published_at '04/05/2019'" in reasons[3]
    assert not any(notice.skipped for notice in table.notices)


def test_names_in_a_table_find_their_files() -> None:
    """By path, with either slash and composed or not; within archives; by bare name where that is the only one."""
    table = parse_table(
        "file\nsub\\é.md\n./b.md\nnews.zip/in/c.md\nonly.md\ntwice.md\n/in/abs.md\nnone.md\n".encode(), TABLE
    )
    assert table is not None
    uris = [
        "/in/sub/e\u0301.md",
        "/in/b.md",
        "/in/news.zip",
        "/in/x/only.md",
        "/in/x/twice.md",
        "/in/y/twice.md",
        "/in/abs.md",
    ]
    found = list(match_files(table, uris))
    assert found == [
        ("sub/é.md", "/in/sub/e\u0301.md", ""),
        ("b.md", "/in/b.md", ""),
        ("news.zip/in/c.md", "/in/news.zip", "in/c.md"),
        ("only.md", "/in/x/only.md", ""),
        ("in/abs.md", "/in/abs.md", ""),
    ]
    missing = describe_unmatched(table, {name for name, _, _ in found})
    assert missing is not None
    assert "twice.md, none.md" in missing.reason


@pytest.mark.parametrize(
    ("uri", "is_table"), [("/a/metadata.csv", True), ("/a/Metadata.TSV", True), ("/a/b.csv", False)]
)
def test_names_of_tables(uri: str, is_table: bool) -> None:
    assert is_table_name(uri) is is_table


# ----------------------------------------------------------------------------------------- all together


def test_own_values_count_before_tables_and_settings(tmp_path: Path) -> None:
    """Then the table of the nearest folder, then the settings of the nearest folder; each says where it is from."""
    article = make_article("The mill was sold.", id="sub/a.md", path="/in/sub/a.md", source="Read", author="Read")
    set_values(tmp_path, [article], {"published_at": "2019-03-04", "tags": ""})
    folders = [
        FolderValues("/in", {"source": "Outer", "section": "Outer", "language": "de"}),
        FolderValues("/in/sub", {"section": "Inner"}),
    ]
    supplement = Supplement(folders, load_entries(tmp_path))
    files = make_files("file,date,outlet,title\nsub/a.md,2001,Outer table,Told\n", "/in/sub/a.md")
    files["/in/sub/metadata.csv"] = make_file("/in/sub/metadata.csv", "file,outlet\na.md,Inner table\n")
    assert supplement.find_tables(files) == []
    assert list(files) == ["/in/sub/a.md"]
    told = supplement.apply(article, files["/in/sub/a.md"])
    assert told is not None
    assert (told.title, told.source, told.author, told.section) == ("Told", "Inner table", "Read", "Inner")
    assert (told.published_at, told.tags, told.language) == ("2019-03-04", (), "de")
    assert told.get_origin("published_at") == SET_BY_USER
    assert told.get_origin("source") == "metadata.csv"
    assert told.get_origin("section") == FROM_SETTINGS


def test_row_of_an_article_within_a_file_counts_before_that_of_the_file() -> None:
    files = make_files("file,outlet,title\nnews.zip,Whole,\nnews.zip/a.md,Part,One\n", "/in/news.zip")
    supplement = Supplement()
    supplement.find_tables(files)
    parts = [
        supplement.apply(make_article("x", id=name), files["/in/news.zip"])
        for name in ("news.zip/a.md", "news.zip/b.md")
    ]
    assert [(part.title, part.source) for part in parts if part] == [("One", "Part"), ("A title", "Whole")]


def test_fingerprint_changes_with_what_is_told_and_only_with_that() -> None:
    def fingerprint(table: str) -> str:
        supplement = Supplement()
        supplement.find_tables(make_files(table, "/in/a.md", "/in/b.md"))
        assert supplement.fingerprint("/in/b.md") == ""
        return supplement.fingerprint("/in/a.md")

    first = fingerprint("file,date\na.md,2019\n")
    assert first == fingerprint("file,date\nnone.md,2018\na.md,2019\n")
    assert len({first, fingerprint("file,date\na.md,2020\n"), fingerprint("file,date\n")}) == 3
    assert fingerprint("file,date\n") == ""


def test_unreadable_table_is_named_and_left_out() -> None:
    files = make_files("title,date\na,2019\n", "/in/a.md")
    (notice,) = Supplement().find_tables(files)
    assert notice.skipped
    assert notice.place == TABLE
    assert TABLE not in files


def test_own_values_follow_a_file_that_moves_but_not_to_its_copies(tmp_path: Path) -> None:
    """The text finds the values again only if the file of that time is gone."""
    article = make_article("The mill was sold.", id="a.md", path="/in/a.md")
    set_values(tmp_path, [article], {"source": "The Weir Post"})
    supplement = Supplement((), load_entries(tmp_path))
    moved = replace(article, id="old/a.md", path="/in/old/a.md")
    files = {"/in/old/a.md": make_file("/in/old/a.md")}
    supplement.find_tables(dict(files))
    told = supplement.apply(moved, files["/in/old/a.md"])
    assert told is not None
    assert told.source == "The Weir Post"
    supplement.find_tables({"/in/a.md": make_file("/in/a.md"), **files})
    assert supplement.apply(moved, files["/in/old/a.md"]) == moved


def test_values_reset_and_articles_left_out_and_taken_back(tmp_path: Path) -> None:
    article = make_article("The mill was sold.", id="a.md", path="/in/a.md")
    file = make_file("/in/a.md")
    done = set_values(tmp_path, [article], {"source": "X", "published_at": ""})
    assert done == ["a.md: source X, published_at none"]
    assert set_values(tmp_path, [article], {}, ["source"]) == ["a.md: source as read"]
    (entry,) = load_entries(tmp_path)
    assert entry.values == {"published_at": None}
    leave_out(tmp_path, [article])
    assert Supplement((), load_entries(tmp_path)).apply(article, file) is None
    with pytest.raises(QuestionError, match="not among"):
        take_back(tmp_path, ["b.md"])
    assert take_back(tmp_path, ["a."]) == ["a.md"]
    leave_out(tmp_path, [article])
    assert take_back(tmp_path, []) == ["a.md"]
    again = Supplement((), load_entries(tmp_path)).apply(replace(article, published_at="2001"), file)
    assert again is not None
    assert again.published_at is None


def test_nothing_is_set_if_one_value_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="published_at 'soon'"):
        set_values(tmp_path, [make_article("x")], {"source": "X", "published_at": "soon"})
    assert load_entries(tmp_path) == ()


def test_entry_from_which_all_was_withdrawn_stays() -> None:
    """So that the file is read again."""
    article = make_article("x", path="/in/a.md")
    entries = change_entry((), article, values={"source": "X"})
    assert change_entry(entries, article, cleared=["source"]) == [OwnEntry.about(article)]


@pytest.mark.parametrize(
    "data", ["", "[]", '{"format": 1}', '{"format": 1, "articles": [{}]}', "\x00", '{"format": 9}']
)
def test_damaged_values_name_the_file(tmp_path: Path, data: str) -> None:
    (tmp_path / FILE_NAME).write_text(data)
    with pytest.raises(LibraryError, match=FILE_NAME):
        load_entries(tmp_path)


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match=FILE_NAME):
        save_entries(tmp_path / "file", [])
