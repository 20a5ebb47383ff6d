"""The grammar of questions about words: a table of phrasings, each named by an example of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.records.query import AnswerType
from assistant.records.question_kinds import KIND_TRAITS, KindTraits, QueryKind

QUOTE_PLACEHOLDER = "\ue000"
"""Stands in a question for a quotation while its phrasing is looked for; the next ones for further quotations."""

MAX_QUOTATIONS = 64

# ------------------------------------------------------------------------------------------------ verbs

_IRREGULAR_FORMS = {
    "say": "said", "tell": "told", "think": "thought", "write": "wrote written", "speak": "spoke spoken",
    "see": "saw seen", "mean": "meant", "feel": "felt", "swear": "swore sworn", "foresee": "foresaw foreseen",
    "put": "put", "seek": "sought", "admit": "admitted", "plan": "planned", "quip": "quipped",
}  # fmt: skip

_SPEECH_VERBS = """
    say tell claim argue warn announce promise pledge vow write report comment suggest explain tweet post respond
    react reply answer admit acknowledge concede predict mention note add remark declare insist complain testify
    speak talk reveal confirm hint joke deny believe think call describe allege assert maintain contend caution
    emphasize emphasise stress recall quip lament observe quote disclose signal swear foresee conclude reiterate repeat
"""
_ATTITUDE_VERBS = """
    want hope plan intend expect fear propose demand recommend advise urge oppose support favor favour like dislike
    reject criticize criticise condemn denounce blame accuse praise welcome defend dismiss endorse dispute doubt
    question mock object worry agree disagree regret compare mean
"""
_DESCRIPTION_VERBS = """
    describe see view feel characterize characterise portray frame present explain justify defend assess rate
    interpret define depict report cover judge regard call put rationalize
"""
_CLAIM_VERBS = """
    say tell claim argue warn deny think believe call describe suggest predict insist mention accuse blame praise
    criticize criticise condemn denounce dismiss mock liken allege assert contend
"""
_PERSON_VERBS = """
    want announce promise pledge vow write comment respond react explain tweet admit acknowledge concede note remark
    declare complain testify speak talk support oppose endorse welcome defend demand urge dispute doubt disagree
    agree compare dub label caution lament quip blast rebuke object regret hint joke brand
"""


def _build_verb_pattern(verbs: str) -> str:
    """A group for say, says, said, saying: an alternative a verb, because a pattern of all forms compiles slowly."""
    listed = verbs.split()
    plain = [verb for verb in listed if not verb.endswith("e") and not re.search("[^aeiou]y$", verb)]
    ending_in_e = [verb[:-1] for verb in listed if verb.endswith("e") and not verb.endswith("ee")]
    ending_in_y = [verb[:-1] for verb in listed if re.search("[^aeiou]y$", verb)]
    others = [form for verb in listed for form in _IRREGULAR_FORMS.get(verb, "").split()]
    others += ["stated", "stating"] if "claim" in listed else []  # "state" itself is a noun in most questions
    others += [form for verb in listed if verb.endswith("ee") for form in (verb, f"{verb}s", f"{verb}ing")]
    endings = [(plain, "(?:e?s|ed|[nt]?ing)?"), (ending_in_e, "(?:e[sd]?|ing)"), (ending_in_y, "(?:y|ies|ied|ying)")]
    alternatives = [f"(?:{'|'.join(stems)}){ending}" for stems, ending in endings if stems] + others
    return "(?P<cue>" + "|".join(alternatives) + r")(?![\w'’-])"


# The United States, the Washington Post: what looks like a verb of saying before the real one is part of a name.
_NOT_IN_NAME = (
    r"(?!(?: (?!(?:about|on|of|regarding|that|to|will|would|the|an?|his|her|their|its)\b)\S+){0,3}? "
    r"(?:say|said|saying|think|tell|told|announce|claim|warn|want|respond|react|describe|report|write|argue|deny|call|"
    r"suggest|promise)\b)"
)

# ---------------------------------------------------------------------------------------------- pieces

_VIEW_NOUNS = (
    r"(?P<cue>views?|opinions?|position|positions|stance|stances|stand|reactions?|responses?|comments?|remarks?|words|"
    r"statements?|quotes?|quotations?|take|thoughts|assessment|argument|arguments|claims?|explanation|answer|reply|"
    r"criticisms?|feelings|attitude|message|warnings?|promises?|plans?|description|account|version|"
    r"coverage|justification|reasons?|excuse|opposition|support|concerns?|predictions?|proposals?|objections?|"
    r"verdict|viewpoint|perspective|tweets?)"
)
_OPINION_NOUNS = (
    r"(?P<cue>views?|opinions?|positions?|stance|reactions?|responses?|comments?|remarks?|statements?|take|thoughts|"
    r"assessment|attitude|answer|reply|message|words|criticism)"
)
_NO_AUXILIARY = r"(?!(?:is|was|are|were|did|does|do|has)\b)"
_PIECES = {
    "what": r"what(?: else| all| exactly| more| specifically| precisely| things?| (?:kinds?|sorts?) of things?)?",
    "did": r"(?P<did>did|does|do|has|have|had|is|was|are|were|will|would|can|could)(?:n['’]t| not)?",
    "had": r"(?:did|does|do|has|have|had)(?:n['’]t| not)?",
    "be": r"(?:is|was|are|were|has been|have been|had been|is being|was being)",
    "X": r"(?P<speaker>(?:(?:the|an?|his|her|their|its) )?\S+(?: \S+){0,11}?)",
    "X’s": r"(?P<speaker>\S+(?: \S+){0,4}?)(?:(?<!\bit)['’]s|(?<=s)['’]) (?:(?!of\b)\w+ ){0,2}?",
    "Y": r"(?P<topic>\S.*)",
    "really": r"(?: (?:ever|also|actually|really|publicly|just|exactly|previously|originally|initially|first|once|"
    r"earlier|later|already|then|now|always|still|specifically|reportedly|allegedly|been|being|have to|had to|going to|"
    r"want to|has to|has|had|have|did|would|again|personally|so far|not)){0,4}",
    "say": _build_verb_pattern(_SPEECH_VERBS) + _NOT_IN_NAME,
    "utter": _build_verb_pattern(_SPEECH_VERBS + _ATTITUDE_VERBS) + _NOT_IN_NAME,
    "see": _build_verb_pattern(_DESCRIPTION_VERBS),
    "claim": _build_verb_pattern(_CLAIM_VERBS),
    "said": _build_verb_pattern(_CLAIM_VERBS + _PERSON_VERBS),
    "respond": r"(?P<cue>respond|responded|react|reacted|reply|replied|answer|answered)",
    "tell": r"(?P<cue>say|said|tell|told|write|written|claim|claimed|mention|mentioned)",
    "contains": r"(?P<cue>say|says|said|states?|stated|claims?|claimed|contains?|reports?|reported|writes?|wrote)",
    "express": r"(?:have|has|had|make|made|makes|give|gave|given|gives|take|took|taken|takes|hold|holds|held|express|"
    r"expressed|offer|offered|offers|voice|voiced|issue|issued|adopt|adopted)",
    "used": r"(?P<cue>made|gave|issued|used|uttered|spoke|coined|voiced)",
    "against": r"(?P<cue>against|opposed|worried|concerned|angry|critical|in favou?r|s[ck]eptical|afraid|unhappy|"
    r"hopeful|optimistic|pessimistic)(?: (?:to|of|about|with|at))?",
    "view": _VIEW_NOUNS,
    "opinion": _OPINION_NOUNS,
    "about": r"(?:about|regarding|concerning|as to|with regard to|in regard to|with respect to|when it comes to)",
    "on": r"(?:about|on|of|regarding|concerning|over|towards?|as to|in (?:response|reply) to|with regard to|against|"
    r"for)",
    # Whom it was said to, and where: anything but the beginning of a topic.
    "to": r"(?: (?!(?:of|regarding|that|whether|how|why)\b|on (?!(?:the record|air|tv|camera|twitter|"
    r"x|facebook|television|stage|tape|the radio)\b))\S+(?: \S+){0,8}?)?",
    "audience": r"(?:(?:to|with) )?(?:the )?(?:reporters?|journalists?|press|media|lawmakers|crowd|audience|nation|"
    r"public|supporters|voters|congress|parliament)",
    "anything": r"(?:anything|something)(?: (?:to say|new|more|else))?",
    "article": r"(?:news )?(?:article|story|report|piece|source|text|item|post|column|editorial|interview|paper|"
    r"newspaper|document)s?",
    "quote": f"(?P<quote>{QUOTE_PLACEHOLDER})",
    "words": r"(?:the |this |that |these |those |an? )?(?:words?|quotes?|quotations?|phrases?|remarks?|statements?|"
    r"sentences?|lines?|claims?|comments?|expression|term|accusation|allegation|prediction|warning|promise|argument)",
    "find": r"(?:find|show|locate|search for|look for|look up|get)(?: me)?(?: the| this| that| a)?",
    "passage": r"(?:quote|quotation|(?:article|passage|sentence|line|place) (?:with|that says|where it says)"
    r"(?: the words)?)",
    "which": rf"(?:which(?: {_NO_AUXILIARY}[\w.’'-]+){{1,5}}?|what (?:{_NO_AUXILIARY}\w+ ){{0,2}}?(?:person|politician|"
    r"lawmaker|official|leader|senator|minister|president|governor|company|country|group|team|agency|expert))",
    "one": r"(?:it|the (?:one|person|man|woman|politician|official))(?: who| that)?",
    "has": r"(?: else| exactly)?(?: has| have| had| is(?= \w+ing))?",
    "changed": r"(?:changed?|evolved?|shift(?:ed)?|develop(?:ed)?|moved?)(?: .*)?",
    "history": r"(?:an? |the )?(?:timeline|chronology|history|evolution|development) (?:of|for)",
}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask; `template` names its pieces in angle brackets."""

    name: str
    kind: QueryKind
    template: str
    expects: AnswerType | None = None
    over_time: bool = False

    @property
    def traits(self) -> KindTraits:
        """The properties of the kind of question."""
        return KIND_TRAITS[self.kind]


# The first that fits is taken, so the narrower stands above the wider.
PHRASINGS: tuple[Phrasing, ...] = (
    # Which article some words are from.
    Phrasing("where did X say Y", "said", r"where <did> <X><really> <tell> (?:that )?<Y>", "place"),
    Phrasing("“…”", "find_quote", r"<quote>\W*"),
    Phrasing("in which article does it say that …", "find_quote", r"in (?:which|what) <article> <did> .*?<Y>"),
    Phrasing("which article is this from: “…”", "find_quote",
             r"(?:(?:from|in) )?(?:which|what) <article>\b.*?<quote>.*"),
    Phrasing("which article says that …", "find_quote", r"(?:which|what) <article> <contains> (?:that )?<Y>"),
    Phrasing("“…” which article is it from", "find_quote",
             r"<quote>\W*(?:(?:from|in) )?(?:which|what|where) (?:<article>|is|was|does|did)\b.*"),
    Phrasing("where does “…” come from", "find_quote", r"where <did>\b.*?<quote>.*"),
    Phrasing("find the quote …", "find_quote", r"<find> <passage>\W*<Y>"),
    Phrasing("what is the source of “…”", "find_quote",
             r"(?:what <be> )?(?:the )?(?:source|origin) of <words>?\W*<quote>.*"),
    # Who said some words.
    Phrasing("who said …", "who_said", r"(?:who|whom)<has><really> <said>(?P<topic>.*)"),
    Phrasing("which senator said …", "who_said", r"<which><has><really> <claim>(?! goodbye)(?P<topic>.*)"),
    Phrasing("who is quoted as saying …", "who_said",
             r"(?:who|<which>) <be> (?:quoted|cited|(?:reported|heard|recorded)(?=(?: as)? \w+ing))(?: as)?"
             r"(?: (?P<cue>\w+ing))?(?P<topic> .*)"),
    Phrasing("who was it that said …", "who_said", r"who <be> <one> <said>(?P<topic>.*)"),
    Phrasing("who made the claim that …", "who_said", r"who <used> <words>(?: that| of| about)?(?P<topic>.*)"),
    Phrasing("whose words are “…”", "who_said", r"whose <words>(?: <be>)?(?: <words>)?(?P<topic>\W.*)"),
    Phrasing("by whom was it said that …", "who_said",
             r"(?:by whom|who) <be> (?:it |this |that )?(?:<quote> )?<say>(?P<topic>.*)"),
    Phrasing("to whom is “…” attributed", "who_said", r"(?:to whom|who) (?:<be>|do|does) .*?<quote>.*"),
    Phrasing("who is the speaker of “…”", "who_said",
             r"(?:who|what) <be> the (?:speaker|author|source|person) (?:of|behind) (?P<topic>.*)"),
    Phrasing("“…” who said that", "who_said", r"<quote>\W*who <said>.*"),
    # What somebody said.
    Phrasing("what has been said by X about Y", "said", r"what <be> <say> by <X>(?: <on> <Y>)?"),
    Phrasing("what has been said about Y by X", "said", r"what <be> <say> <on> (?P<topic>\S.*?) by <X>"),
    Phrasing("what was X quoted as saying about Y", "said",
             r"what <be> <X> (?:quoted|cited|reported|recorded)(?: as)? <say>(?: <on> <Y>)?"),
    Phrasing("what is X’s view on Y", "said",
             r"what(?: <be>|['’]s|['’]re| kind of)? <X’s><view>(?: (?:<on>|to|from|when) <Y>)?"),
    Phrasing("what is the view of X on Y", "said",
             r"what <be> the (?:\w+ ){0,2}?<opinion> (?:of|from|by|given by) <X>(?: (?:about|on|regarding|to) <Y>)?"),
    Phrasing("what is the latest that X said about Y", "said",
             r"what <be> the (?:(?:(?:last|first|latest|only) )?things? )?(?:that )?(?<=that |ings |hing )<X><really>"
             r" <say>(?: <on> <Y>)?"),
    Phrasing("what position does X take on Y", "said",
             r"what (?:\w+ ){0,2}?<view> <had> <X><really> <express>(?: (?:<on>|to) <Y>)?"),
    Phrasing("where does X stand on Y", "said", r"where <had> <X> (?P<cue>stand) (?:on|about|over) <Y>"),
    Phrasing("what did X say about Y", "said", r"<what> <did> <X><really> <utter><to> <about> <Y>"),
    Phrasing("what did X say on Y", "said", r"<what> <did> <X><really> <utter>(?: to| with)?<to> <on> <Y>"),
    Phrasing("what did X tell reporters", "said", r"<what> <did> <X><really> <say> <audience>"),
    Phrasing("what does X want", "said",
             r"<what> <did> <X><really> <utter>(?: (?:to (?:do|happen) )?(?:(?:<about>|by|to) )?<Y>)?"),
    Phrasing("how did X respond to Y", "said", r"how <did> <X><really> <respond>(?: (?:to |on )?<Y>)?"),
    Phrasing("how does X describe Y", "said", r"how <did> <X><really> <see> (?:<about> )?<Y>"),
    Phrasing("why does X oppose Y", "said", r"why <did> <X><really> <utter>(?: (?:<about> |to |that )?<Y>)?", "reason"),
    Phrasing("why is X against Y", "said", r"why (?:is|was|are|were) <X> <against> <Y>", "reason"),
    Phrasing("is X in favour of Y", "said", r"(?:is|was|are|were) <X> <against> <Y>", "yes_no"),
    Phrasing("did X say anything about Y", "said",
             r"<had> <X><really> (?:<say>|(?P<verb>have)) <anything>(?: <on> <Y>)?", "yes_no"),
    Phrasing("has X commented on Y", "said", r"<had> <X><really> <utter><to> <about> <Y>", "yes_no"),
    Phrasing("did X say that Y", "said",
             r"<had> <X><really> <utter> (?:(?:on|about|to|with|out against|that) )?<Y>", "yes_no"),
    Phrasing("is it true that X said Y", "said",
             r"is it true (?:that )?<X><really> <utter> (?:(?:on|about|to|with|that) )?<Y>", "yes_no"),
    Phrasing("when did X say Y", "said",
             r"(?:when|(?:on )?what (?:day|date)) <did> <X><really> <say>(?: (?:that |<about> )?<Y>)?", "date"),
    Phrasing("when was the last time X spoke about Y", "said",
             r"when was the (?:last|first) time (?:that )?<X><really> <say>(?:<to> <on> <Y>)?", "date"),
    Phrasing("who did X blame for Y", "said",
             r"(?:who|whom) <did> <X><really> <utter>(?: (?:for )?<Y>)?", "person"),
    Phrasing("how has X’s view of Y changed", "said",
             r"how <did> <X’s><view>(?: (?:<on>|to) (?P<topic>\S.*?))?<really> <changed>", over_time=True),
    # The same without a question.
    Phrasing("how X describes Y", "said", r"how <X><really> <see> (?:<about> )?<Y>"),
    Phrasing("what X said about Y", "said", r"<what> <X><really> <say><to> <about> <Y>"),
    Phrasing("what X said on Y", "said", r"<what> <X><really> <say>(?: <on> <Y>)?"),
    Phrasing("quotes by X on Y", "said",
             r"(?:(?:any|all|some|the) )*<view> (?:of|from|by) <X>(?: (?:about|on|regarding|concerning|to) <Y>)?"),
    Phrasing("X’s view on Y", "said", r"<X’s><view>(?: (?:about|on|of|regarding|concerning|to) <Y>)?"),
    Phrasing("X quotes on Y", "said", r"(?P<speaker>\S+(?: \S+){0,5}?) quotes (?:on|about) <Y>"),
    Phrasing("X said “…”", "said", r"<X>(?:<really> <tell>)?\W* (?P<topic><quote>)\W*", "yes_no"),
    Phrasing("X vs Y on Z", "said",
             r"(?P<speaker>\S+(?: \S+){0,5}? (?:vs\.?|versus) \S+(?: \S+){0,5}?) (?:on|about) <Y>"),
    Phrasing("X on Y", "said", r"(?P<speaker>\S+(?: \S+){0,5}?) (?:on|about) <Y>"),
    # How something changed.
    Phrasing("how has Y changed", "other", r"how <did> (?P<topic>\S.*?)<really> <changed>", over_time=True),
    Phrasing("timeline of Y", "other", r"(?:what <be> )?(?:(?:give|show)(?: me)? )?<history> <Y>", over_time=True),
    Phrasing("what happened to Y over time", "other",
             r"(?P<topic>.*\S) (?:over time|over the (?:years|months|weeks|course of .*))", over_time=True),
)  # fmt: skip


@cache
def _compile_template(template: str) -> re.Pattern[str]:
    for _ in range(3):  # pieces hold pieces
        template = re.sub(r"(?<!P)<([\w’]+)>", lambda piece: _PIECES[piece[1]], template)
    return re.compile(_remove_repeated_groups(template), re.IGNORECASE)


def _remove_repeated_groups(pattern: str) -> str:
    """Name a group at its first place only: of two pieces with one name, the second is not looked at."""
    seen: set[str] = set()

    def name(match: re.Match[str]) -> str:
        if match[1] in seen:
            return "(?:"
        seen.add(match[1])
        return match[0]

    return re.sub(r"\(\?P<(\w+)>", name, pattern)


def match_phrasings(core: str) -> Iterator[tuple[Phrasing, re.Match[str]]]:
    """The ways in which a question can be read, the likeliest first."""
    opening = core.split(" ", 1)[0].lower()
    for phrasing in PHRASINGS:
        if _can_fit(phrasing.template, opening, QUOTE_PLACEHOLDER in core):
            match = _compile_template(phrasing.template).fullmatch(core)
            if match:
                yield phrasing, match


def _can_fit(template: str, opening: str, quotes: bool) -> bool:
    """Whether a template is worth compiling, by the words that it begins with and by quotations that it needs."""
    if "<quote>" in template and "(?:<quote>" not in template and not quotes:
        return False
    begins = re.match(r"(?:\(\?:(?P<either>[a-z|]+)\)|(?P<one>[a-z]+)|<(?P<piece>what)>)(?![a-z|?])", template)
    return begins is None or opening in begins[begins.lastgroup or 0].split("|")
