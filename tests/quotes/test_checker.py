"""Tests of checking quotations against the articles of a library."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.app import main
from assistant.cli.render.quotes import print_quote_check
from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.presentation.quote_report import describe_verdict, mark_difference
from assistant.quotes.alignment import Alphabet, find_nearest_window, split_words
from assistant.quotes.quotation import read_quotation
from assistant.records.checks import QuoteCheck
from tests.conftest import make_config, run_build
from tests.support.tiny_library import build_tiny_library

ARTICLES = {
    "orchard.md": (
        "Growers reject the water plan",
        "2024-03-02",
        "“The wells will not last another dry summer,” said Petra Holloway, who keeps 40 hectares of pears near "
        "Ansby. “We have measured them every week since April, and they fall.”\n\n"
        "The water board sees it otherwise. Its chairman, Ruben Aldacourt, said that the reservoir would be full by "
        "May. “Nobody in Ansby has to fear for a single tree,” he said.\n\n"
        "Holloway called the promise “a fairy tale for grown-ups”. The board meets again on 14 March.",
    ),
    "council.md": (
        "Council puts off the water vote",
        "2024-03-15",
        "The council of Ansby put off its vote on the water plan on Thursday.\n\n"
        "“I have read all 212 pages, and I am no wiser,” said Odile Brandvold, the deputy mayor. “You cannot vote on "
        "a plan [that the board keeps rewriting] in the dark.”\n\n"
        "Holloway, the pear grower, repeated that the promise was “a fairy tale for grown-ups”.",
    ),
    "chess.md": (
        "A quiet champion",
        "2024-02-01",
        "«Шахматы учат терпению», сказал Лев Горный. 他说：“我们不会付钱给任何人，也不会离开这座城市。”\n\n"
        "Asked about the final, Tamsin Okpara-Lund said it was the longest evening of her life.",
    ),
}
WIRE = (
    "A storm took the roof of the market hall in Ansby on Sunday night, and the traders moved their stalls into the "
    "school while the rain went on until the morning, the fire brigade said. “We carried out every crate before the "
    "beams gave way,” said Hollis Quenby, who sells cheese there. The hall is to open again in the autumn, after the "
    "town has found the money for a roof of slate."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A library over ARTICLES and two prints of one wire story."""
    folder = tmp_path_factory.mktemp("quotes")
    for name, (title, day, text) in ARTICLES.items():
        head = f"---\ntitle: {title}\nsource: The Ansby Bell\npublished_at: {day}\n---\n"
        (folder / name).write_text(head + text, encoding="utf-8")
    for name, source, day in (("storm-a.md", "The Ansby Bell", "2024-01-08"), ("storm-b.md", "Coast", "2024-01-09")):
        (folder / name).write_text(f"---\nsource: {source}\npublished_at: {day}\n---\n{WIRE}", encoding="utf-8")
    assistant = Assistant(make_config(folder, tmp_path_factory.mktemp("quotes-index")))
    run_build(assistant)
    return assistant


def check_quote(library: Assistant, text: str, speaker: str | None = None) -> QuoteCheck:
    """A check, all of whose offsets have been followed."""
    check = library.check_quote(text, speaker)
    for part in check.parts:
        for place in part.places:
            article = library.article(place.article_id)
            assert article is not None
            assert article.text[place.start : place.end] == place.quote
            assert article.sha256 == place.article_sha256
        if part.places:
            article = library.article(part.places[0].article_id)
            assert article is not None
            assert all(article.text[change.start : change.end] == change.real for change in part.changes)
    return check


# --------------------------------------------------------------------------------------------- verbatim


@pytest.mark.parametrize(
    "text",
    [
        "The wells will not last another dry summer",
        "the wells will not last another dry summer.",
        "“The wells will not last another dry summer,”",
        "The  wells will\nnot last another\u00a0dry summer",
        "has to fear for",
        "I am no wiser",
    ],
)
def test_quote_verbatim(library: Assistant, text: str) -> None:
    """Words that the article contains unchanged are verbatim."""
    check = check_quote(library, text)
    assert (check.verdict, check.is_accurate, check.similarity) == ("verbatim", True, 1.0)
    (part,) = check.parts
    (place,) = part.places
    assert place.direct
    assert place.speaker


def test_quote_interrupted_by_speaker_verbatim(library: Assistant) -> None:
    """A quotation that the article interrupts to name the speaker is verbatim."""
    check = check_quote(library, "I have read all 212 pages, and I am no wiser. You cannot vote on a plan")
    assert check.verdict == "verbatim"
    assert check.parts[0].places[0].speaker == "Odile Brandvold"
    assert [change.kind for change in check.parts[0].changes] == ["same", "interrupted", "same"]


def test_quote_typography_differences(library: Assistant) -> None:
    """Typographic differences are reported but do not count as different words."""
    check = check_quote(library, "The wells will not last  another dry summer")
    assert check.typography == ("white space",)
    check = check_quote(library, "I have read all 212 pages -- and I am no wiser")
    assert (check.verdict, check.typography) == ("verbatim", ("punctuation",))
    assert describe_verdict(check) == "Verbatim but for punctuation: the library contains these words."


def test_quote_of_indirect_speech_or_narration(library: Assistant) -> None:
    """Words that the article reports indirectly or narrates itself are marked as such."""
    check = check_quote(library, "the reservoir would be full by May", "Aldacourt")
    assert check.verdict == "verbatim"
    assert not check.parts[0].places[0].direct
    assert check.parts[0].places[0].speaker == "Ruben Aldacourt"
    check = check_quote(library, "The council of Ansby put off its vote", "Brandvold")
    assert check.verdict == "unattributed"
    assert not check.is_accurate


def test_quote_places_oldest_first(library: Assistant) -> None:
    """All articles that contain the quote are listed, the oldest first."""
    check = check_quote(library, "a fairy tale for grown-ups", "Petra Holloway")
    assert [place.article_id for place in check.parts[0].places] == ["orchard.md", "council.md"]
    assert check.also_in == ()


def test_quote_in_duplicate_listed_separately(library: Assistant) -> None:
    """A duplicate of the article is not listed as another place."""
    check = check_quote(library, "We carried out every crate before the beams gave way")
    assert [place.article_id for place in check.parts[0].places] == ["storm-a.md"]
    assert [place.article_id for place in check.also_in] == ["storm-b.md"]


@pytest.mark.parametrize("text", ["Шахматы учат терпению", "我们不会付钱给任何人", "也不会离开这座城市"])
def test_quote_in_other_scripts(library: Assistant, text: str) -> None:
    """Quotes in other scripts are found."""
    assert check_quote(library, text).verdict == "verbatim"


# ------------------------------------------------------------------------------------------ conventions


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "[…]", "(…)", ". . ."])
def test_quote_marked_omission(library: Assistant, mark: str) -> None:
    """A marked omission makes the quote shortened, not altered."""
    check = check_quote(library, f"We have measured them {mark} since April, and they fall")
    assert (check.verdict, check.is_accurate, check.warnings) == ("shortened", True, ())
    assert [change.real for change in check.parts[0].changes if change.kind == "omitted"] == ["every week"]


@pytest.mark.parametrize(
    "text",
    [
        "[They] will not last another dry summer",
        "The wells [at Ansby] will not last another dry summer",
        "We have measured [the wells] every week since April",
        "[N]obody in Ansby has to fear for a single tree [sic]",
    ],
)
def test_quote_bracketed_insertion(library: Assistant, text: str) -> None:
    """Bracketed words in a quote stand for the words that they replace."""
    assert check_quote(library, text).is_accurate


def test_quote_brackets_from_article(library: Assistant) -> None:
    """Brackets that the article itself contains are ordinary words."""
    assert check_quote(library, "vote on a plan [that the board keeps rewriting] in the dark").verdict == "verbatim"
    check = check_quote(library, "You cannot vote on a plan [that the mayor keeps rewriting] in the dark")
    assert check.verdict == "altered"


def test_quote_omitted_negation_warned(library: Assistant) -> None:
    """An omission that drops a negation is pointed out."""
    check = check_quote(library, "The wells will … last another dry summer")
    assert check.verdict == "shortened"
    assert check.warnings == ("The omission hides “not”.",)


def test_quote_omission_across_speakers(library: Assistant) -> None:
    """An omission does not join words of two speakers."""
    check = check_quote(
        library, "The wells will not last another dry summer … Nobody in Ansby has to fear for a single tree"
    )
    assert check.verdict == "stitched"


# ---------------------------------------------------------------------------------------------- altered


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("The wells will hardly last another dry summer", [("replaced", "not", "hardly")]),
        ("The wells will not last another summer", [("removed", "dry", "")]),
        ("The old wells will not last another dry summer", [("inserted", "", "old")]),
        ("I have read all 221 pages, and I am no wiser", [("replaced", "212", "221")]),
        ("By golly, the water board sees it otherwise", [("inserted", "", "By golly")]),
        ("我们不会付钱给每个人", [("replaced", "任何", "每个")]),
    ],
)
def test_quote_altered_shown_with_original(library: Assistant, text: str, changes: list[tuple[str, str, str]]) -> None:
    """Altered words are shown next to the original ones."""
    check = check_quote(library, text)
    assert (check.verdict, check.is_accurate) == ("altered", False)
    found = [(c.kind, c.real, c.given) for c in check.parts[0].changes if c.kind not in ("same", "interrupted")]
    assert found == changes


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("The wells will last another dry summer", "A negation was removed."),
        ("I have read all 221 pages, and I am no wiser", "A number was changed."),
    ],
)
def test_quote_reversed_meaning_warned(library: Assistant, text: str, warning: str) -> None:
    """A change that reverses the meaning is pointed out."""
    check = check_quote(library, text)
    assert check.verdict == "altered"
    assert warning in check.warnings


def test_quote_altered_and_misattributed(library: Assistant) -> None:
    """Altered words of another speaker are reported as altered and as misattributed."""
    check = check_quote(library, "The wells will never last another dry summer", "Ruben Aldacourt")
    assert check.verdict == "altered"
    assert "The article attributes the original words to Petra Holloway, not to Ruben Aldacourt." in check.warnings


def test_quote_difference_without_color(library: Assistant) -> None:
    """The difference is readable without color."""
    check = check_quote(library, "The old wells will hardly last another dry summer")
    text = "".join(run.text for run in mark_difference(check.parts[0]))
    assert text == "“The +old+ wells will -not- +hardly+ last another dry summer”"


# ------------------------------------------------------------------------- several places, other people, none


def test_quote_stitched_from_two_articles(library: Assistant) -> None:
    """A quote made of parts of two articles is reported as stitched."""
    check = check_quote(
        library, "The wells will not last another dry summer. I have read all 212 pages, and I am no wiser."
    )
    assert check.verdict == "stitched"
    assert [part.places[0].article_id for part in check.parts] == ["orchard.md", "council.md"]
    assert "2 parts" in describe_verdict(check)


def test_quote_stitched_unknown_part(library: Assistant) -> None:
    """Unknown words between stitched parts have no place."""
    text = "The wells will not last another dry summer, blimey, I have read all 212 pages, and I am no wiser"
    check = check_quote(library, text)
    assert check.verdict == "stitched"
    assert [part.given for part in check.parts if not part.places] == ["blimey"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The wells will not last another dry summer", "Ruben Aldacourt"),
        ("Aldacourt said: “The wells will not last another dry summer.”", None),
        ('"The wells," Ruben Aldacourt said, "will not last another dry summer."', None),
        ("Ruben Aldacourt said 'the wells will not last another dry summer'", None),
    ],
)
def test_quote_misattributed(library: Assistant, text: str, speaker: str | None) -> None:
    """Words of another speaker are attributed to the real speaker."""
    check = check_quote(library, text, speaker)
    assert check.verdict == "somebody_else"
    assert "Petra Holloway" in describe_verdict(check)


@pytest.mark.parametrize(
    "text",
    [
        "Holloway said: “The wells will not last another dry summer.”",
        "“The wells will not last another dry summer,” said Petra Holloway.",
        "Mrs. Holloway said 'the wells will not last another dry summer'",
    ],
)
def test_quote_in_sentence_with_right_speaker(library: Assistant, text: str) -> None:
    """A sentence that quotes the right speaker is confirmed."""
    check = check_quote(library, text)
    assert check.verdict == "verbatim"
    assert check.quotation.casefold().startswith("the wells")


@pytest.mark.parametrize(
    "text",
    [
        "The lighthouse keeper has never seen so many herring",
        "Every violin in the orchestra was out of tune",
        "It is not going to be a question of money for us",
        "zebra",
        "No train leaves before the snow has gone",
    ],
)
def test_quote_not_in_collection(library: Assistant, text: str) -> None:
    """Words that no one said are reported as not in the library."""
    assert check_quote(library, text).verdict == "not_found"


def test_quote_nearest_passage_shown(library: Assistant) -> None:
    """The nearest passage is shown for a quote that is not found."""
    check = check_quote(library, "Nobody on the board has to apologise for the reservoir in Ansby")
    assert check.verdict == "not_found"
    assert "Ansby" in check.parts[0].places[0].quote


# ------------------------------------------------------------------------------------------ hostile words


@pytest.mark.parametrize("text", ["", "   ", "…", "“”", "[sic]", "\x00"])
def test_quote_empty_is_an_error(library: Assistant, text: str) -> None:
    """An empty quotation is an error."""
    with pytest.raises(QuestionError, match="empty"):
        library.check_quote(text)


def test_quote_overlong_is_an_error(library: Assistant) -> None:
    """An overlong quotation is an error."""
    with pytest.raises(QuestionError, match="in parts"):
        library.check_quote("well " * 1_000)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("the " * 900, "not_found"),
        ("a … " * 900, "not_found"),
        ("[a] b " * 600, "not_found"),
        ('" OR * NEAR( AND -x : ^ {', "not_found"),
        ("'" * 3_999 + "a", "verbatim"),
        ("a\x00b \ud800", "not_found"),
        ("a\u0301" * 1_900, "not_found"),
    ],
    ids=["one word", "omissions", "brackets", "search syntax", "marks", "controls", "accents"],
)
def test_quote_hostile_input(library: Assistant, text: str, verdict: str) -> None:
    """Repetitive input and special characters are checked as plain words."""
    assert check_quote(library, text).verdict == verdict


@given(st.text(max_size=300))
def test_words_of_any_text_are_in_it(text: str) -> None:
    """Every word split from a text occurs in that text."""
    words = split_words(text)
    assert all(0 <= one.end <= other.start for one, other in pairwise(words))
    assert all(one.form for one in words)


@given(st.text(alphabet="abc …[]“”'\".", max_size=80))
def test_any_quotation_parsed_or_refused(text: str) -> None:
    """Any quotation is parsed or refused."""
    try:
        quotation = read_quotation(text)
    except QuestionError:
        return
    assert quotation.pieces()[0][0] == 0
    assert quotation.pieces()[-1][1] == len(quotation.words)


@pytest.mark.parametrize(
    ("needle", "haystack", "window"),
    [
        ("b c d", "a b c d e", "b c d"),
        ("b x d", "a b c d e", "b c d"),
        ("a b c", "a b c", "a b c"),
        ("a b c d e f", "c d", "c d"),
    ],
)
def test_nearest_window_is_tight(needle: str, haystack: str, window: str) -> None:
    """The nearest window has no unmatched words at its ends."""
    alphabet = Alphabet()
    text = haystack.split()
    start, end = find_nearest_window(alphabet.encode(needle.split()), alphabet.encode(text))
    assert text[start:end] == window.split()


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The U.S. won’t pay $1,200.50—5% more", ["the", "us", "won't", "pay", "$1,200.50", "5%", "more"]),
        ("well-known dogs’ ''tails''", ["well", "known", "dogs", "tails"]),
        ("“[W]e [all] pay”", ["we", "all", "pay"]),
        ("at -5 degrees", ["at", "-5", "degrees"]),
        ("soft\u00adly zero\u200bwidth", ["softly", "zerowidth"]),
        ("付钱 ไป", ["付", "钱", "ไ", "ป"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
    ],
)
def test_words_without_typography(text: str, forms: list[str]) -> None:
    """Words are compared without typography."""
    assert [word.form for word in split_words(text)] == forms


# ------------------------------------------------------------------------------------------ command line

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(library: Assistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `assistant quote` on the library with piped output."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as ended:
            main(["quote", *arguments, "--index", str(library.config.index)])
        assert isinstance(ended.value.code, int)
        return (ended.value.code, *capsys.readouterr())

    return run


def test_command_prints_verdict_then_places(run: Run) -> None:
    """The command prints the verdict first and then the places."""
    code, out, err = run("The wells will not last another dry summer")
    assert (code, err) == (0, "")
    assert out.startswith("Verbatim:")
    assert "Petra Holloway, in quotation marks" in out
    assert "Growers reject the water plan · The Ansby Bell · 2024-03-02" in out


@pytest.mark.parametrize(
    ("arguments", "verdict", "part"),
    [
        (["The wells will last another dry summer"], "Altered", "-not-"),
        (["The wells will not last another dry summer", "--speaker", "Aldacourt"], "Misattributed", "Holloway"),
        (["Every violin in the orchestra was out of tune"], "Not found", "nearest passage"),
        (["I am no wiser … a fairy tale for grown-ups"], "Stitched", "2. "),
    ],
)
def test_command_failed_check_exits_with_3(run: Run, arguments: list[str], verdict: str, part: str) -> None:
    """A quote that is not confirmed exits with code 3."""
    code, out, err = run(*arguments)
    assert (code, err) == (3, "")
    assert out.startswith(verdict)
    assert part in out


def test_command_json_output(run: Run) -> None:
    """The check is printed as JSON."""
    code, out, _ = run("a fairy tale for grown-ups", "--json")
    record: dict[str, Any] = json.loads(out)
    assert code == 0
    assert (record["schema"], record["verdict"]) == (1, "verbatim")
    assert [place["quote"] for place in record["parts"][0]["places"]] == ["a fairy tale for grown-ups"] * 2


def test_command_empty_quote_one_line_error(run: Run) -> None:
    """An empty quotation is reported in one line."""
    code, out, err = run("…")
    assert (code, out) == (1, "")
    assert err.startswith("error: the quotation is empty")


def test_command_removes_control_codes(
    assistant: Assistant, write_article: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """No control sequence in an article reaches the output."""
    text = "“The quay\u202e is \x1btoo short for us,” said Maud Farrant."
    write_article("a.jsonl", json.dumps({"id": "a\x1b[2J", "title": "A \x1b[2Jtitle", "text": text}))
    run_build(assistant)
    check = assistant.check_quote("The quay was too short for us")
    assert check.verdict == "altered"
    print_quote_check(check)
    shown = capsys.readouterr().out
    assert "too short" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_quote_only_in_headline(library: Assistant) -> None:
    """Words that occur only in a headline are reported as found there."""
    (article, *_) = [one for one in library.open_library().articles() if one.title not in one.text]
    check = library.check_quote(article.title)
    assert check.verdict != "verbatim"
    assert any(f"in the headline “{article.title}”" in warning for warning in check.warnings)
    assert not any("headline" in warning for warning in library.check_quote("the rain in Brandreth").warnings)


DAMAGED = (
    "The tenant is not permitted to sublet the cellar in winter, the court of Ansby found.\n\n"
    "“The ﬁrst ﬂood took the oﬃce,” said Ada Morrell. “We cannot af-\nford another,” she said.\n\n"
    "“Our gov\u00adern\u00adment has for\u00adgot\u00adten this val\u00adley,” said Tove Lind.\n\n"
    "“The rnayor has l0st a new watertower to the storm,” said Per Ask.\n"
)


@pytest.fixture(scope="module")
def damaged_library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    assistant = Assistant(make_config(folder, tmp_path_factory.mktemp("damaged-index")))
    run_build(assistant)
    return assistant


@pytest.mark.parametrize(
    ("text", "typography"),
    [
        ("The first flood took the office", ("ligatures",)),
        ("first flood", ("ligatures",)),
        ("We cannot afford another", ("hyphens at line ends",)),
        ("our government has forgotten this val- ley", ("hyphens at line ends", "soft hyphens")),
        ("Our government has forgotten this valley", ("soft hyphens",)),
        ("THE FIRST FLOOD TOOK THE OFFICE", ("capital letters", "ligatures")),
        (
            "The mayor has lost a new watertower to the storm",
            (
                "what looks like a scanning error (“mayor” for “rnayor”)",
                "what looks like a scanning error (“lost” for “l0st”)",
            ),
        ),
    ],
)
def test_transit_damage_is_named(damaged_library: Assistant, text: str, typography: tuple[str, ...]) -> None:
    """Words damaged by a line break, a font or a scanner are verbatim, and the damage is named."""
    check = check_quote(damaged_library, text)
    assert (check.verdict, check.typography) == ("verbatim", typography)
    assert describe_verdict(check).startswith("Verbatim but for ")


def test_words_before_the_quotation_warned(damaged_library: Assistant) -> None:
    """A quotation cut off behind a "not" is verbatim, and the "not" is told."""
    check = check_quote(damaged_library, "permitted to sublet the cellar in winter")
    assert check.verdict == "verbatim"
    assert check.warnings == ("The words directly before the quotation are “is not”.",)
    assert check_quote(damaged_library, "not permitted to sublet the cellar").warnings == ()


def test_speaker_in_another_language(tmp_path: Path) -> None:
    """Of words in an article in another language it is said why nobody is named for them."""
    (tmp_path / "articles").mkdir()
    text = "„Der Turm ist uns zu teuer und wird nicht gebaut“, sagte Frau Amsel am Montag in der Stadt.\n"
    (tmp_path / "articles" / "turm.txt").write_text(text, encoding="utf-8")
    assistant = Assistant(make_config(tmp_path / "articles", tmp_path / "index"))
    run_build(assistant)
    check = check_quote(assistant, "Der Turm ist uns zu teuer", "Ida Falk")
    assert check.warnings[0] == "The article is in German: who said what is read in English only."
    assert check_quote(assistant, "Der Turm ist uns zu teuer").warnings == ()


def test_words_that_somebody_denies_are_not_said(tmp_path: Path) -> None:
    """What somebody denies in a clause is not what they said."""
    config = build_tiny_library(tmp_path, [], lock="# Lock\n\nAda Marr denied that the lock leaks after every flood.\n")
    check = check_quote(Assistant(config), "the lock leaks after every flood", "Ada Marr")
    assert check.verdict == "not_said"
    assert [place.status for place in check.parts[0].places] == ["denied"]


def test_letter_of_another_script_is_no_typography(damaged_library: Assistant) -> None:
    """A Cyrillic letter in a Latin word alters the word."""
    check = check_quote(damaged_library, "Our gоvernment has forgotten this valley")
    assert check.verdict == "altered"
    assert check.warnings == (
        "“gоvernment” has a letter of another script: Cyrillic “о”, which only looks like the Latin one.",
    )


def test_words_that_a_later_article_corrects_are_not_said(tmp_path: Path) -> None:
    """Neither the article nor the correction that repeats the error counts as a source."""
    correction = "The article “Mill shuts” wrongly said that nine weavers left the mill on Monday. In fact six did."
    config = build_tiny_library(
        tmp_path,
        [],
        mill="# Mill shuts\n\nNine weavers left the mill on Monday.\n",
        note=f"---\ntitle: Correction\n---\n{correction}\n",
    )
    library = Assistant(config)
    wrong = check_quote(library, "Nine weavers left the mill")
    right = check_quote(library, "In fact six did")
    assert wrong.verdict == "not_said"
    assert [place.status for place in wrong.parts[0].places] == ["corrected", "corrected"]
    assert describe_verdict(wrong) == "Corrected: the article itself said this, and was corrected."
    assert right.verdict == "verbatim"
