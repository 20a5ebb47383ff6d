"""How a sentence says who is speaking: words of saying, names and titles, and the orders they come in.

The rules read only what is outside quotation marks, which the caller has overwritten with QUOTED."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.records import Span

Kind = Literal["name", "pronoun", "role"]
Side = Literal["before", "after", "around"]
"""Where the words stand: before the mention of the speaker, after it, or where the sentence leaves room."""

QUOTED = "\x01"  # stands for every character of a quotation

_SAID = """
    said says say told tells tell added adds add noted notes argued argues argue claimed claims claim
    wrote writes write asked asks explained explains warned warns warn acknowledged acknowledges tweeted
    tweets announces announced declares declared insisted insists responded responds replied replies
    answered answers recalled recalls suggested suggests stated states continued continues concluded
    concludes admitted admits stressed stresses emphasized emphasizes emphasised observed observes
    remarked remarks predicted predicts promised promises pledged pledges vowed vows urged urges joked
    jokes quipped lamented laments conceded concedes confirmed confirms revealed reveals reported
    reports indicated indicates testified testifies repeated repeats reiterated reiterates asserted
    asserts contended contends complained complains cautioned cautions mused shouted yelled boasted
    bragged countered counters opined retorted exclaimed commented comments deadpanned blogged posted
    interjected charged alleged alleges maintained maintains proclaimed recounted sings sang chimed pleaded
    begged whispered chanted intoned sniffed snapped gushed enthused hinted signaled signalled
""".split()
_VIEWED = """
    called calls described describes accused accuses criticized criticizes criticised blamed blames
    praised praises denied denies rejected rejects dismissed dismisses endorsed endorses defended
    defends blasted blasts slammed slams attacked attacks mocked mocks cited cites questioned questions
    supports supported opposes opposed proposed proposes believes believed thinks thought wants wanted
    hopes hoped expects expected fears feared worries worried sees agreed agrees condemned condemns
    denounced denounces thanked labeled labelled likened compared compares referred refers spoke speaks
    talked talks mentioned mentions discussed discusses expressed expresses touted decried hailed
    welcomed estimates estimated knows knew recommended recommends demanded demands offered
    credited characterized disavowed pointed disputed disputes derided ridiculed chided
    challenged doubts doubted dubbed ripped rebuked scolded lambasted
""".split()
_ING = """
    saying adding noting arguing calling claiming citing suggesting telling warning insisting stating
    explaining describing asking urging asserting promising vowing pledging stressing emphasizing
    tweeting writing declaring referring accusing praising blaming recalling predicting announcing
    lamenting complaining joking shouting yelling alleging acknowledging admitting conceding pointing
    quipping charging questioning criticizing mocking boasting denying
""".split()

_TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sen senator rep representative gov governor gen general col lt sgt
    capt captain rev sir dame lord lady president vice prime minister mayor councillor judge justice
    speaker secretary king queen prince princess pope chancellor ambassador director chief chairman
    chairwoman former republican democratic democrat democrats gop sens reps attorney us u.s candidate
    nominee presidential foreign relief commissioner officer superintendent inspector sheriff admiral
    major bishop archbishop cardinal sister brother congressman congresswoman
    engineer spokesman spokeswoman spokesperson aide analyst adviser advisor economist lawyer coach manager author
    activist head deputy acting managing executive leader founder owner professor researcher scientist correspondent
    strategist pollster historian columnist host reporter editor delegate consultant organizer
""".split()
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_NOT_A_NAME = frozenset(
    """
    the a an and but or so if when while as at in on by for from with after before since although though
    because he she they we i you it his her their our its this that these those there here monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december what who where why how yet still then now later earlier
    meanwhile however also even not no yes well last next many some most asked both one two three
    another other others critics officials experts people republicans democrats voters according
    speaking instead indeed further moreover nobody everyone is are was were do does did has have had can could
    should would will asked even unlike like during under over through once perhaps maybe only just to of about
    against between among per via until whether which whose whom my your all any each every few
    americans russians europeans
""".split()
)


_NOT_NAMING = _NOT_A_NAME | _TITLES
# "The campaign", "the company": no person, so never taken for the one who spoke before.
_NO_PERSON = frozenset(
    """
    company campaign group report paper court government agency ministry department office statement poll survey study
    network party committee union newspaper article book memo lawsuit letter bill law administration police team family
    city state church post tweet email organization organisation association board council commission bank firm
    website site channel station broadcaster magazine journal story filing document documents complaint indictment
    embassy army military navy university school hospital pentagon kremlin house senate congress times institute
    foundation coalition movement media press public data figures survey polls ad video message sign ads rules order
    crowd audience campaigns officials groups aides advisers critics experts analysts sources supporters two pair
    """.split()
)

# The most common given names, by what a pronoun can be for them; a name that is in neither list fits every pronoun.
_MEN = frozenset(
    """
    john donald barack bernie ted marco jeb ben chris mike michael david james robert william bill george paul mark
    thomas tom richard joseph joe charles daniel matthew anthony steven steve stephen andrew kenneth kevin brian edward
    ronald ron timothy tim jason jeffrey jeff ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin
    samuel sam gregory greg frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan douglas
    doug zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur
    lawrence dylan jesse bryan bruce gabriel logan albert willie alan juan wayne elijah randy roy vincent ralph eugene
    russell bobby mason philip phillip louis martin tim rand lindsey mitch newt rudy reince corey vladimir yuri sergei
    sergey dmitry ivan boris volodymyr emmanuel olaf viktor recep benjamin ali ahmed mohammed muhammad omar hassan carlos
    luis miguel antonio pedro pablo fernando francisco giovanni marco hans klaus jens lars erik sven ian neil graham
    nigel simon stuart malcolm craig dean derek duncan angus harry howard irving jim jimmy johnny ken kurt lance leo leon
    lou luke marcus max morgan ned neal norm norman oliver oscar owen rick rob rod ross rupert seth sidney stan ted tony
    trevor vernon victor wade warren wes zach clarence glenn herman hugh ira jared julian evan dwight dick dan bob brad
    brett chad chuck clint cory curtis don drew ed earl ernest fred garrett gene gordon grant
    """.split()
)
_WOMEN = frozenset(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
    amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
    catherine maria heather diane ruth julie olivia joyce virginia victoria lauren christina joan evelyn judith megan
    andrea cheryl hannah jacqueline martha gloria teresa ann anne sara madison frances kathryn janice jean abigail alice
    julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte
    marie kayla alexis lori hillary carly ivanka melania chelsea huma debbie kellyanne elena sonia loretta condoleezza
    angela theresa nicola ursula christine giorgia tsai aung benazir indira golda margrethe maud ingrid astrid greta
    wendy vicky valerie vanessa tiffany tina tara tammy sylvia susannah suzanne stacy stacey sally rosa rose roberta rita
    renee regina rachael priscilla polly phyllis peggy paula naomi monica molly miranda mindy meg maureen marsha maggie
    lynn lucy lucia louise lorraine lois lily leslie leah kristin kristen kirsten kim kelly kate katie kathy karla josephine
    joanna joanne jill jenny jenna jane irene ida holly heidi harriet gwen gail florence fiona faith eva esther erin erica
    ellen eleanor elaine edith dolores daisy daphne courtney connie colleen claudia claire clara cindy cathy carrie caroline
    bridget bonnie beth bella ava audrey april annette annie anita amelia alison alicia agnes ada jodi nina maya mia zoe
    """.split()
) - {"christian", "kim", "jean", "morgan", "kelly", "leslie", "april", "marco"}
_HE_TITLES = frozenset("mr sir lord king prince pope chairman congressman spokesman councilman brother father".split())
_SHE_TITLES = frozenset(
    "mrs ms miss dame lady queen princess chairwoman congresswoman spokeswoman councilwoman sister mother".split()
)

# Every repetition below is bounded: a page of capitals must cost what any other page costs.
_NO_NAME_START = "|".join(sorted(word.capitalize() for word in _NOT_A_NAME))
_CAPITAL = rf"(?<![\w’'\-])(?!(?:{_NO_NAME_START})\b)[A-Z\u00c0-\u00dc\u0410-\u042f][\w’'\-]{{0,40}}\.?"
_INNER = r"(?:de|del|della|la|le|van|von|der|den|bin|ibn|al|el|ul|du|da|dos|di)"
_NAME = rf"(?:{_CAPITAL}(?:[ \u00a0](?:{_INNER}[ \u00a0]){{0,3}}{_CAPITAL}){{0,5}})"
_ADVERBS = (
    r"(?:(?:also|then|later|has|had|have|is|was|recently|repeatedly|once|now|still|further|never|often|again|even|just|"
    r"long|first|himself|herself|once\s+again|in\s+turn|too|would|\w{2,20}ly|been|who|went\s+on\s+to|did|could|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s+){0,4}"
)
# ", the chair of the board," and "(R-Ariz.)" and "of Ohio" between a name and what it says
_APPOSITIVE = (
    rf"(?:\s\([^)\x01]{{1,60}}\))?(?:\sof\s{_NAME})?"
    r"(?:,\s[^,\x01]{2,160}?(?:,\s[^,\x01]{2,90}?){0,2},|\s[—–-]\s[^\x01—–]{2,120}?\s[—–-]|,\s\d{1,2},)?"
)
_CUE = rf"(?P<cue>{'|'.join(dict.fromkeys(_SAID + _VIEWED))})"
_SAY_CUE = rf"(?P<cue>{'|'.join(_SAID)})"
_NOUNS_TOO = {
    *("states", "reports", "answers", "claims", "promises", "estimates", "repeats", "posted", "counters", "notes"),
    *("comments", "attacks", "questions", "supports", "charged", "remarks", "fears", "hopes", "tweets", "calls"),
    *("doubts", "demands", "say", "claim", "promised", "argue", "praise", "offered", "wanted", "expected", "pledges"),
}
_ROLE_SAY_CUE = rf"(?P<cue>{'|'.join(word for word in _SAID if word not in _NOUNS_TOO)})"
_ING_CUE = rf"(?P<cue>{'|'.join(_ING)})"

# A word of a role, "former", "chief", "Kremlin", as it stands between "said" and a name; none that begins a clause.
_NO_ROLE = (
    r"(?:he|she|it|they|we|you|i|that|there|this|these|what|how|why|if|whether|when|where|no|not|in|on|at|by|with|"
    r"for|to|as|from|after|before|during|because|and|but|was|were|is|are|has|had|have|would|will|could|should|may|might|can|"
    r"did|does|do|voted|been|being|of)"
)
_ROLE_WORD = rf"(?!{_NO_ROLE}\b)[\w’'.\-]{{1,30}}"
_AFTER_NAME = (
    r"(?=\s*(?:[,.;:—–(\x01]|$)|"
    r"\s(?:in|at|on|to|after|before|during|who|as|of|from|when|while|and|last|this|with|for|by|earlier|later)\b|"
    r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
# What stands before the subject of a verb of saying is no preposition: "a spokesman for Clinton said".
_SUBJECT = (
    r"(?<!\bto\s)(?<!\bof\s)(?<!\bin\s)(?<!\bby\s)(?<!\bwith\s)(?<!\bfor\s)(?<!\bfrom\s)(?<!\bat\s)(?<!\babout\s)"
    r"(?<!\bagainst\s)(?<!\bon\s)(?<!\bunder\s)(?<!\bthan\s)(?<!\blike\s)(?<!\band\s)"
)

_NAME_CUE = re.compile(rf"{_SUBJECT}(?P<name>{_NAME}){_APPOSITIVE}\s+{_ADVERBS}{_CUE}\b")
# "Trump's attorney, Alan Garten, said"
_SET_OFF_CUE = re.compile(rf",\s(?P<name>{_NAME}),\s+{_ADVERBS}{_CUE}\b")
# "…," said his best friend at Lehigh, Bruce Turry, who …
_NO_VERB = r"(?!(?:he|she|it|they|we|you|i|that|what|was|were|is|are|has|had|have|would|will|could|did|does)\b)"
_CUE_ROLE_NAME = re.compile(
    rf"(?:\x01|[,—–])['’”\"]*\s*(?<!\w){_SAY_CUE}\s+(?:an?|the|his|her|their|its|another|{_CAPITAL}[’']s)"
    rf"(?:\s{_NO_VERB}[\w’'.\-]{{1,30}}){{1,14}}?,\s(?P<name>{_NAME}){_AFTER_NAME}"
)
# "…," said former Kremlin adviser Yuri Ushakov. Without a quotation before it the name must end the clause:
# "reports, said Smith," but not "reports suggested Smith had left".
_CUE_NAME = re.compile(
    rf"(?:\x01|[,—–])['’”\"]*\s*(?<!\w){_SAY_CUE}\s+(?:{_ROLE_WORD}\s){{0,7}}?(?P<name>{_NAME}){_AFTER_NAME}"
)
# "…," said a veteran of the campaign: somebody, but nobody whom the sentence names
_CUE_ROLE = re.compile(
    rf"(?:\x01)['’”\"]*\s*(?<!\w){_SAY_CUE}\s+(?P<name>(?:an?|the|one|another|some|two|his|her|their)"
    rf"(?:\s{_NO_VERB}[\w’'.\-]{{1,30}}){{1,6}})"
)
_ACCORDING = re.compile(
    rf"(?P<cue>[Aa]ccording to|[Ii]n the (?:words|view) of)\s+(?:{_ROLE_WORD}\s){{0,6}}?(?P<name>{_NAME}){_AFTER_NAME}"
)
_COLON = re.compile(rf"^\s*(?P<name>{_NAME})(?P<cue>:)\s*\x01")
_SIGNED = re.compile(rf"\x01\s*(?P<cue>[-—–―]+)\s?(?P<name>{_NAME})\s*(?:[.,]|$)")
_PRONOUN_CUE = re.compile(rf"\b(?P<name>[Hh]e|[Ss]he|I|[Ww]e|[Tt]hey)\s+{_ADVERBS}{_CUE}\b")
_CUE_PRONOUN = re.compile(rf"(?:\x01|,)['’”\"]*\s*{_SAY_CUE}\s+(?P<name>he|she|they)\b")
_ROLE_CUE = re.compile(
    rf"\b(?P<name>(?:[Tt]he|{_CAPITAL}[’']s?|[Hh]is|[Hh]er|[Aa]n?|[Oo]ne|[Tt]heir)\s+(?:[\w’'\-]{{1,30}}\s){{0,4}}?[\w’'\-]{{1,30}})"
    rf"(?:,\s[^,\x01]{{2,120}}?,)?\s+{_ADVERBS}{_ROLE_SAY_CUE}\b"
)
# "… took to Twitter, writing", "… and admitted": whoever is the subject of the sentence
_ING_ALONE = re.compile(rf"(?:[,–—]\s(?:and\s|while\s|before\s)?|\sby\s|\sstatement\s){_ING_CUE}\b")
_AND_CUE = re.compile(rf"(?:,\s|\s)(?:and|but|then|or)\s{_ADVERBS}{_SAY_CUE}\b(?!\s+(?:by|of)\b)")
# "Trump's claim that", "Mr. Trump's remark"
_NOUN = (
    r"claim|claims|statement|comment|comments|remark|remarks|assertion|argument|promise|pledge|warning|suggestion|view|"
    r"belief|call|criticism|description|accusation|allegation|insistence|contention|prediction|complaint|declaration|words"
)
_POSSESSED = re.compile(rf"(?P<name>{_NAME}[’']s?)\s(?:[\w\-]{{1,20}}\s){{0,2}}?(?P<cue>{_NOUN})\b")

_PATTERNS: tuple[tuple[re.Pattern[str], Kind, Side], ...] = (
    (_CUE_ROLE_NAME, "name", "before"),
    (_CUE_NAME, "name", "before"),
    (_SET_OFF_CUE, "name", "around"),
    (_NAME_CUE, "name", "around"),
    (_COLON, "name", "after"),
    (_SIGNED, "name", "before"),
    (_ACCORDING, "name", "around"),
    (_PRONOUN_CUE, "pronoun", "around"),
    (_CUE_PRONOUN, "pronoun", "before"),
    (_CUE_ROLE, "role", "before"),
    (_ROLE_CUE, "role", "around"),
    (_POSSESSED, "name", "after"),
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where a sentence says who speaks; `name` is as written, pronouns and roles included.

    `start` and `end` enclose the mention of the speaker and the cue, offsets into the sentence.
    """

    name: str
    cue: str
    kind: Kind
    side: Side
    start: int
    end: int
    cue_start: int


def attributions(outside: str) -> list[Attribution]:
    """The attributions in a sentence, its quotations overwritten with QUOTED, in the order of their cues."""
    taken: list[Span] = []
    found: list[Attribution] = []
    for pattern, kind, side in _PATTERNS:
        for match in pattern.finditer(outside):
            span = match.span("cue")
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            name = match["name"]
            if kind == "name":
                if pattern is not _POSSESSED and re.search(r"[’']s?$", name) and not name.endswith("s’"):
                    continue
                name = " ".join(name_parts(name))
            elif kind == "role" and not _is_role(name):
                continue
            if not name or _passive(outside, match["cue"], span):
                continue
            taken.append(span)
            start, end = min(match.start("name"), span[0]), max(match.end("name"), span[1])
            found.append(Attribution(name, match["cue"], kind, side, start, end, span[0]))
    found.sort(key=lambda one: one.cue_start)
    return found


def _passive(outside: str, cue: str, span: Span) -> bool:
    """ "was asked by", "is expected to", "was called": somebody else's words, or nobody's."""
    before = outside[max(0, span[0] - 24) : span[0]]
    return cue.endswith("d") and re.search(r"\b(?:was|were|is|are|been|be|being|get|got)\s(?:\w+ly\s)?$", before) is not None


def shared_cues(outside: str) -> Iterator[tuple[str, Span]]:
    """Cues without a subject of their own ("…, adding", "and admitted"), with their places."""
    for pattern in (_ING_ALONE, _AND_CUE):
        for match in pattern.finditer(outside):
            yield match["cue"], match.span("cue")


_SUBJECT_AT_START = re.compile(
    rf"^\W*(?:(?:[^,\x01]{{1,80}}),\s)?(?:[Bb]ut\s|[Aa]nd\s|[Yy]et\s)?(?:{_ROLE_WORD}\s){{0,5}}?(?P<name>{_NAME}|[Hh]e|[Ss]he)"
    rf"(?P<possessive>[’']s?)?{_APPOSITIVE}\s+(?:[a-z]+ly\s|also\s|then\s|later\s)?"
    r"(?:[a-z]+ed|took|has|had|was|is|went|made|gave|began|spoke|sent|came|fought|hit|shot|drew|stood|did|won|held|"
    r"[a-z]+s|told|kept|left|met|ran|saw|sought|struck|cut|put|let|led|fell|grew|rose|threw|wrote|brought|broke|laid)\b"
)


def subject_of(outside: str) -> tuple[str, Kind] | None:
    """The person whom the main clause of a sentence is about, where that is plain."""
    match = _SUBJECT_AT_START.match(outside)
    if match is None or match["possessive"]:
        return None
    name = match["name"]
    if name.lower() in ("he", "she"):
        return name, "pronoun"
    if re.search(r"[’']s?$", name):
        return None
    name = " ".join(name_parts(name))
    return (name, "name") if name else None


def _is_role(role: str) -> bool:
    """Whether words before a cue can be somebody: no verb or preposition of another clause among them."""
    return _NOT_IN_ROLE.search(role) is None


_NOT_IN_ROLE = re.compile(
    r"\b(?:that|which|was|were|is|are|has|had|have|will|would|could|should|may|might|can|did|does|do|be|been|to|and|as|if|"
    r"when|while|because|but|he|she|they|it|we|you|i|not|what|how|why|in|on|at|by|from|with|about|after|before)\b"
)


def is_person_role(role: str) -> bool:
    """Whether a definite description ("the presidential aide") can be a single person."""
    words = role.split()
    return words[0].lower() in ("the", "his", "her") and words[-1].lower() not in _NO_PERSON


def possible_gender(name: str, titles: str = "") -> Literal["he", "she"] | None:
    """The pronoun that a name takes, by a title before it or a common given name; None where neither tells."""
    title = titles.lower().rstrip(".")
    if title in _HE_TITLES:
        return "he"
    if title in _SHE_TITLES:
        return "she"
    first = name.split()[0].lower().rstrip(".") if " " in name else ""
    if first in _MEN:
        return "he" if first not in _WOMEN else None
    return "she" if first in _WOMEN else None


_DATELINE = re.compile(
    r"^\W*[A-Z][\w.’' ]{1,40}(?:,\s[\w.’' ]{1,30}){0,3}\s?\([A-Z][\w/ .]{1,30}\)\s?[-—–―]+\s|^\W*[A-Z][A-Z.’' ]{2,30}"
    r"(?:,\s[\w.’' ]{1,30}){0,2}\s[—–―-]+\s"
)


def dateline_end(paragraph: str) -> int:
    """Where the text of a paragraph begins behind a dateline such as "WASHINGTON, June 10 (UPI) —"; else 0."""
    match = _DATELINE.match(paragraph)
    return match.end() if match else 0


_ROLE_BEFORE = re.compile(r"(?:[\w’'.\-]{1,30}\s){0,5}$")
_ROLE_AFTER = re.compile(r"^(?:\s\([^)]{1,60}\))?,\s(?P<role>(?:an?|the|[A-Z][\w’'\-]{0,30}[’']s)\s[^,\x01]{2,100}),")
_NO_ROLE_WORDS = frozenset([*_SAID, *_VIEWED, *_ING]) | (_NOT_A_NAME - {"of"})


def role_beside(outside: str, one: Attribution) -> str | None:
    """What a sentence calls a named speaker: "former Kremlin adviser", "the chair of the board"; else None."""
    place = outside.find(one.name.split()[0], one.start)
    if place < 0:
        return None
    match = _ROLE_BEFORE.search(outside[:place])
    words: list[str] = []
    for word in reversed(match[0].split() if match else []):
        if word.rstrip(".,").lower() in _NO_ROLE_WORDS or QUOTED in word or word.endswith(","):
            break
        words.insert(0, word)
    if words and any(word.rstrip(".").lower() in _TITLES for word in words):
        return " ".join(words)
    after = _ROLE_AFTER.match(outside[place + len(one.name) :])
    return " ".join(after["role"].split()) if after else None


_NAME_ALONE = re.compile(_NAME)


def names_in(outside: str) -> Iterator[str]:
    """The names in a text, without titles, in order."""
    for match in _NAME_ALONE.finditer(outside):
        if parts := name_parts(match[0]):
            yield " ".join(parts)


_FIRST_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Queen|King|Prince|Princess|Pope)\.?\s([A-Z][\w’'-]+)")


def titled_names(outside: str) -> Iterator[tuple[str, str]]:
    """Titles that tell a pronoun, each with the word that follows: ("Mrs", "Clinton")."""
    for match in _FIRST_TITLE.finditer(outside):
        yield match[1], match[2]


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and suffixes: "Sen. John McCain Jr." gives John, McCain."""
    found = re.findall(r"[\w’'\-]+(?:\.(?=\w)[\w’'\-]+)*\.?", name)
    parts = [re.sub(r"(?:[’']s|[’'])$", "", part) for part in found]
    for place in reversed(range(len(parts) - 1)):
        if parts[place].rstrip(".").lower() in _NOT_NAMING:
            parts = parts[place + 1 :]
            break
    if len(parts) == 1 and parts[0].rstrip(".").lower() in _NOT_NAMING:
        return []
    while parts and parts[-1].rstrip(".").lower() in _SUFFIXES | _NOT_A_NAME:
        parts.pop()
    return [part if len(part.rstrip(".")) == 1 else part.rstrip(".") for part in parts]


def compatible_names(known: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with the same surname can be one person's, given as their words."""
    first, second = known[0].lower(), other[0].lower()
    return len(known) == 1 or len(other) == 1 or first[0] == second[0]


def same_person(asked: str, speaker: str) -> bool:
    """Whether a name in a question can mean a speaker: same surname, and no different first name.

    Names of several words that are no person's ("White House") must agree in all words that both have.
    """
    left = [part.lower().rstrip(".") for part in name_parts(asked) or asked.split()]
    right = [part.lower().rstrip(".") for part in name_parts(speaker) or speaker.split()]
    if not left or not right:
        return False
    if len(left) == 1:
        return left[0] == right[-1] or (len(right) > 1 and left[0] == right[0])
    if len(right) == 1:
        return right[0] == left[-1]
    if left[-1] != right[-1]:
        return False
    return any(a.startswith(b[:3]) or b.startswith(a[:3]) for a in left[:-1] for b in right[:-1])
