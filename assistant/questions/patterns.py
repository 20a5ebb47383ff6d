"""Matches questions against the table of phrasings, and defines the pieces that the templates are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.questions.phrasings import PHRASINGS, Phrasing
from assistant.questions.question_parts import QUOTE_PLACEHOLDER
from assistant.text.languages import ENGLISH

# ------------------------------------------------------------------------------------------------ verbs

_VERBS = ENGLISH.reporting.question_verbs
_IRREGULAR_FORMS = ENGLISH.reporting.question_irregular_forms
_FORMS_OF_STATE = ("stated", "stating")  # without "state" and "states", which are nouns in most questions


def _build_verb_pattern(verbs: str, *other_forms: str) -> str:
    """A group `cue` that matches all forms of the verbs (say, says, said, saying) and the other forms.

    Verbs are grouped by their endings, because a pattern that lists all forms compiles slowly.
    """
    bases = verbs.split()
    regular = [verb for verb in bases if not verb.endswith("e") and not re.search("[^aeiou]y$", verb)]
    ending_in_e = [verb[:-1] for verb in bases if verb.endswith("e") and not verb.endswith("ee")]
    ending_in_y = [verb[:-1] for verb in bases if re.search("[^aeiou]y$", verb)]
    forms = [*other_forms, *(form for verb in bases for form in _IRREGULAR_FORMS.get(verb, "").split())]
    forms += [form for verb in bases if verb.endswith("ee") for form in (verb, f"{verb}s", f"{verb}ing")]
    groups = [(regular, "(?:e?s|ed|[nt]?ing)?"), (ending_in_e, "(?:e[sd]?|ing)"), (ending_in_y, "(?:y|ies|ied|ying)")]
    alternatives = [f"(?:{'|'.join(stems)}){ending}" for stems, ending in groups if stems] + forms
    return "(?P<cue>" + "|".join(alternatives) + r")(?![\w'’-])"


# After a word that looks like a verb of saying but is part of a name, the real verb follows: "the Washington Post
# says", "the United States wants".
_NOT_IN_NAME = (
    r"(?!(?: (?!(?:about|on|of|regarding|that|to|will|would|the|an?|his|her|their|its)\b)\S+){0,3}? "
    r"(?:say|said|saying|think|tell|told|announce|claim|warn|want|respond|react|describe|report|write|argue|deny|call|"
    r"suggest|promise)\b)"
)

# ---------------------------------------------------------------------------------------------- pieces

# Named groups: `speaker`, `topic`, `cue` (the verb or noun of saying), `did` (the auxiliary verb) and `quote`. If a
# template contains a group twice, only the first one is kept.

_VIEW_NOUNS = (
    r"(?P<cue>views?|opinions?|position|positions|stance|stances|stand|reactions?|responses?|comments?|remarks?|words|"
    r"statements?|quotes?|quotations?|take|thoughts|assessment|argument|arguments|claims?|explanation|answer|reply|"
    r"criticisms?|feelings|attitude|message|warnings?|promises?|plans?|description|account|version|"
    r"coverage|justification|reasons?|excuse|opposition|support|concerns?|predictions?|proposals?|objections?|"
    r"verdict|viewpoint|perspective|tweets?|demands?|fears?|hopes|worries|complaints?|apology|wishes|thinking|"
    r"misgivings|doubts|recommendations?|advice)"
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
    "say": _build_verb_pattern(_VERBS["speech"], *_FORMS_OF_STATE) + _NOT_IN_NAME,
    "utter": _build_verb_pattern(_VERBS["speech"] + _VERBS["attitude"], *_FORMS_OF_STATE) + _NOT_IN_NAME,
    "see": _build_verb_pattern(_VERBS["description"]),
    "claim": _build_verb_pattern(_VERBS["claim"], *_FORMS_OF_STATE),
    "said": _build_verb_pattern(_VERBS["claim"] + _VERBS["person"], *_FORMS_OF_STATE),
    "respond": r"(?P<cue>respond|responded|react|reacted|reply|replied|answer|answered)",
    "tell": r"(?P<cue>say|said|tell|told|write|written|claim|claimed|mention|mentioned)",
    "contains": r"(?P<cue>say|says|said|states?|stated|claims?|claimed|contains?|reports?|reported|writes?|wrote)",
    "express": r"(?:have|has|had|make|made|makes|give|gave|given|gives|take|took|taken|takes|hold|holds|held|express|"
    r"expressed|offer|offered|offers|voice|voiced|issue|issued|adopt|adopted)",
    "used": r"(?P<cue>made|gave|issued|used|uttered|spoke|coined|voiced)",
    "against": r"(?P<cue>against|opposed|worried|concerned|angry|critical|in favou?r|s[ck]eptical|afraid|unhappy|"
    r"hopeful|optimistic|pessimistic)(?: (?:to|of|about|with|at))?",
    "feeling": r"(?P<cue>sorry|happy|glad|pleased|proud|ashamed|disappointed|upset|furious|satisfied|angry|worried|"
    r"afraid|concerned|unhappy)(?: (?:about|with|at|of|over|for|that|by))",
    "judge": r"(?P<cue>critici[sz]ed?|praised?|condemn(?:ed)?|denounced?|mock(?:ed)?|apologi[sz]ed?|welcomed?|"
    r"dismiss(?:ed)?|slam(?:med)?|warn(?:ed)?|excused?|insult(?:ed)?|thank(?:ed)?|comment(?:ed)?|argued?)",
    "view": _VIEW_NOUNS,
    "opinion": _OPINION_NOUNS,
    "about": r"(?:about|regarding|concerning|as to|with regard to|in regard to|with respect to|when it comes to)",
    "on": r"(?:about|on|of|regarding|concerning|over|towards?|as to|in (?:response|reply) to|with regard to|against|"
    r"for)",
    # The listener or the place: anything but the beginning of a topic.
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


def match_phrasings(core: str) -> Iterator[tuple[Phrasing, re.Match[str]]]:
    """The phrasings that fit a question, most specific first. Quotations must be replaced by placeholders."""
    first_word = core.split(" ", 1)[0].lower()
    has_quotation = QUOTE_PLACEHOLDER in core
    for phrasing in PHRASINGS:
        if _may_match(phrasing.template, first_word, has_quotation):
            match = _compile_template(phrasing.template).fullmatch(core)
            if match:
                yield phrasing, match


def _may_match(template: str, first_word: str, has_quotation: bool) -> bool:
    """Whether a template is worth compiling, judging by its first words and by the quotation that it needs."""
    if "<quote>" in template and "(?:<quote>" not in template and not has_quotation:
        return False
    start = re.match(r"(?:\(\?:(?P<any>[a-z|]+)\)|(?P<word>[a-z]+)|<(?P<piece>what)>)(?![a-z|?])", template)
    return start is None or first_word in start[start.lastgroup or 0].split("|")


@cache
def _compile_template(template: str) -> re.Pattern[str]:
    pattern = re.sub(r"(?<!P)<([\w’]+)>", lambda name: _PIECES[name[1]], template)
    return re.compile(_remove_repeated_groups(pattern), re.IGNORECASE)


def _remove_repeated_groups(pattern: str) -> str:
    """Keep the name of a group at its first occurrence only, because names must be unique in a pattern."""
    seen: set[str] = set()

    def replace_if_repeated(match: re.Match[str]) -> str:
        if match[1] in seen:
            return "(?:"
        seen.add(match[1])
        return match[0]

    return re.sub(r"\(\?P<(\w+)>", replace_if_repeated, pattern)
