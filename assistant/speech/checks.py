"""Checks of the matches of speech patterns: whether the words matched can be a speaker and a report of speech."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.speech.subjects.candidate import Candidate
from assistant.speech.subjects.placement import has_new_verb, is_governed, is_object_lead, is_object_of_relative
from assistant.text.languages import ENGLISH
from assistant.text.names import has_given_name, is_organization

_PEOPLE, _REPORTING, _GRAMMAR, _CLAUSES = ENGLISH.people, ENGLISH.reporting, ENGLISH.grammar, ENGLISH.clauses
_PERSON_WORDS = (_PEOPLE.titles | _PEOPLE.person_nouns) - _PEOPLE.title_adjectives
_RELATIVE = re.compile(r"[,\s]*(?:who|whom|whose)\b.*,")  # "Tarn, who is not related to her, said"
_NEGATION = re.compile(_CLAUSES.negation)
_WILLING_TO = re.compile(_CLAUSES.willing_to)
_VERB_GAP = re.compile(r"[ABd2]*$")
_QUOTE_BEHIND = re.compile(r"[^.;]{0,24}?Q")
_QUOTE_IN_NEXT_CLAUSE = re.compile(r",[^Q]*:Q")
_LISTED = re.compile(r"[^o]*o[DTwO]{0,3}N(?:,[DTwO]{0,3}N){0,5},?c[DTwO]{0,3}N")
_LISTED_BEFORE = re.compile(r"o[DTwO]{0,3}N(?:,[DTwO]{0,3}N){0,5}(?:,|,?c)[DTwO]{0,3}$")
_QUOTE_BEFORE = re.compile(r"Q[,.]?[DTwON]{0,8}$")
_OWNED_OFFICE = re.compile(r",[DTwN]{0,3}O[wT]{0,5}T,?[wT]{0,2}N")
_APPOSED_PLACE = re.compile(r"o[DTwO]{0,4}N,$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_BEHIND_SOURCE = re.compile(r"K[^,]*$")
_PART_OF_GROUP = _GRAMMAR.plural_determiners - {"all", "both", *ENGLISH.numbers.cardinals}
_LABEL_BEFORE = re.compile(r"[DTw]{0,3}N:$")
_SPEECH_BEFORE = re.compile(r"[SLG][^.]*$")
_CLOSES_ASIDE = re.compile(r"[^(]*\)")  # "the union (Keepers, Pilots and Crews), Ada said"
_OF_THING = re.compile(r"(?:[\w’'-]+\s){1,4}of\s")  # "reminded her of …"
_PASSIVE_END = re.compile(r"BA*$")
_PASSIVE_TO = re.compile(r"BA*[wVS]2")
_ROLE_OF = re.compile(r"(?P<head>T)(?P<link>[o2])(?P<words>[DO]?[wTX]{0,4})$")
_ENUMERATION_BEFORE = re.compile(r".[NTw],$")
_NOUN_ALONE = re.compile(r"(?:A|o?d){0,2}[DOTNw][^zABSVLGQbHW:]*$")  # "wrote a letter to the council"
_OPENS_CONTENT = re.compile(r"[,:]?Q|z")
_WRITTEN_THING = re.compile(r"[DO]w{0,2}[wTSX]")
_PLURAL_SUBJECT = re.compile(_CLAUSES.plural_subject)
_OFFERED_GOODS = re.compile(_CLAUSES.offered_goods)
# "responded that", "to her", "to Ivo’s remarks", "by saying", not "to claims that"
_VERBAL_RESPONSE = re.compile(r"(?!(?:A|o?d){0,3}2[DAOwX]{1,6}z)(?:[^2]|2[DAT]?[OH]|$|.*[zG])")
_KEY_WITH = re.compile(_CLAUSES.key_with, re.IGNORECASE)
_KEY_USED = re.compile(_CLAUSES.key_used)
_KEY_EXAMPLE = re.compile(_CLAUSES.key_example)

Check = Callable[[Candidate], bool]


def is_passive(gap: str, cue: str, gap_text: str = "") -> bool:
    """Whether a cue is passive ("was asked", "is expected"): the words are somebody else's, or nobody's."""
    return (cue.endswith(("d", "n")) and _PASSIVE_END.search(gap) is not None) or (
        _PASSIVE_TO.search(gap) is not None and _WILLING_TO.search(gap_text) is None
    )


def is_active(candidate: Candidate) -> bool:
    """Reject passives, and what is no verb behind a determiner: "was asked", "news of the alleged fire"."""
    gap, text = candidate.gap, candidate.gap_text
    if gap.endswith("D"):
        return False
    if _RELATIVE.match(text):
        gap, text = gap.rpartition(",")[2], text.rpartition(",")[2]
    return candidate.cue_tag not in "SVLb" or not is_passive(gap, candidate.cue, text)


def is_not_negated(candidate: Candidate) -> bool:
    """Reject "Ada cannot say that"."""
    gap = candidate.gap_text
    verb = gap.rpartition(",")[2] if _RELATIVE.match(gap) else gap
    return candidate.cue not in _REPORTING.negatable_cues or _NEGATION.search(verb) is None


def reports_words(candidate: Candidate) -> bool:
    """Reject verbs that are also used for deeds: "responded to the attack", "offered towns money", "wrote a song"."""
    sentence, cue, after_cue = candidate.sentence, candidate.cue, candidate.match.end("cue")
    thing = _WRITTEN_THING.match(sentence.tags, after_cue) if cue.lower() in _REPORTING.writing_forms else None
    if thing and sentence.tokens[thing.end() - 1].text.lower() in ENGLISH.narration.text_nouns:
        return _OPENS_CONTENT.match(sentence.tags, thing.end()) is not None  # "wrote a letter asking for “water”"
    if _is_beside_quotation(candidate):
        return not (
            cue.startswith("remind") and _OF_THING.match(sentence.text_between(after_cue, len(sentence.tokens)))
        )
    if cue.lower() in _REPORTING.deed_forms:
        return False
    if cue.lower() in _REPORTING.writing_forms:
        return _NOUN_ALONE.match(sentence.tags, after_cue) is None
    if cue.startswith(_REPORTING.response_verb):
        return _VERBAL_RESPONSE.match(sentence.tags[after_cue:]) is not None
    return not cue.startswith(_REPORTING.offer_verb) or not _OFFERED_GOODS.search(
        sentence.text_between(after_cue, len(sentence.tokens))
    )


def _is_beside_quotation(candidate: Candidate) -> bool:
    """Whether a quotation follows a cue, or stands before the speaker or the cue."""
    tags, first = candidate.sentence.tags, min(candidate.name_start, candidate.cue_start)
    behind = _QUOTE_BEHIND.match(tags, candidate.match.end("cue"))
    return behind is not None or _QUOTE_BEFORE.search(tags, 0, first) is not None


def is_past_tense(candidate: Candidate) -> bool:
    """Accept a word that is not in the lexicon as a verb only with a regular past tense."""
    return candidate.cue.endswith("ed")


def has_auxiliary(candidate: Candidate) -> bool:
    """Reject a base form without an auxiliary or "to" before it, and one behind a participle: "seeking to clarify"."""
    return candidate.cue_tag != "b" or (candidate.gap.endswith(("A", "2")) and not candidate.gap.endswith("G2"))


def has_auxiliary_or_plural(candidate: Candidate) -> bool:
    """As `has_auxiliary`, but accept a base form directly after a plural subject: "analysts say"."""
    if candidate.cue_tag != "b" or candidate.gap.endswith(("A", "2")):
        return True
    return not candidate.gap and candidate.sentence.tags[candidate.name_end - 1] == "T"


def can_be_inverted(candidate: Candidate) -> bool:
    """Reject, before the subject, verbs that need a listener, and verbs of opinion that are not in the past tense."""
    return candidate.cue_tag != "L" and (candidate.cue_tag != "V" or candidate.cue.endswith("ed"))


def is_last_in_apposition(candidate: Candidate) -> bool:
    """Reject the owner of an office before the name of who holds it: "said Tarn College, Norland’s head, Ada"."""
    return _OWNED_OFFICE.match(candidate.sentence.tags, candidate.name_end) is None


def is_of_person(candidate: Candidate) -> bool:
    """Reject "a ride from Pelby, Tarn, said", "an aide of the mayor, Ada, said"; not "the keeper of X, Ada, said"."""
    start, end = candidate.match.span("lead")
    head, preposition, _ = candidate.sentence.tags[start:end].partition("o")
    return not candidate.sentence.tags.endswith(("o", "2"), 0, start) and (not preposition or head.endswith("T"))


def opens_with_quotation(candidate: Candidate) -> bool:
    """Accept a signature, or a verb of any kind, only behind a quotation with which the sentence begins."""
    return candidate.match.start() == 0


def is_apposed(candidate: Candidate) -> bool:
    """Reject a new clause after a source: "According to a complaint, Ada is late", not "to the mayor, Ada"."""
    sentence, (start, end) = candidate.sentence, candidate.match.span("lead")
    heads = [place for place in range(start, end) if sentence.tags[place + 1] in "o,"]
    is_role = any(sentence.tokens[place].text.lower() in _PERSON_WORDS for place in heads)
    following = sentence.tags[candidate.name_end : candidate.name_end + 1]
    if ",c" in sentence.tags[start:end]:
        return False  # "according to her letter, and lost her father, Ivo Tarn"
    return "," not in sentence.tags[start:end] or (is_role and following in ("", ",", "."))


def ends_speech_tag(candidate: Candidate) -> bool:
    """Reject a sentence in which a title is quoted: "In 2007, “Low Tide” catapulted Ada to fame"."""
    following = candidate.sentence.tags[candidate.name_end : candidate.name_end + 1]
    return following in ("", ".", ",") or (candidate.match.start() == 0 and following != "2")


def _belongs_to_role(candidate: Candidate, governing: tuple[str, ...]) -> bool:
    """Whether a name belongs to the words before it, which end with one of the tags `governing`, or with a role.

    "A spokesman for Clinton", "the mayor of neighbouring Skarvik"; not "Supervisor of Elections Susan Bucher".
    """
    role = _ROLE_OF.search(candidate.tags_before)
    if role is None:
        return candidate.tags_before.endswith(governing)
    return not _is_title_with_of(candidate, role)


def _is_title_with_of(candidate: Candidate, role: re.Match[str]) -> bool:
    """Whether a role with a preposition is the title of the name after it: "director of studies Ada Brandreth"."""
    sentence, name = candidate.sentence, candidate.name
    if is_organization(name.name):
        return False
    head, link = (sentence.tokens[role.start(group)].text.lower().split()[-1] for group in ("head", "link"))
    if head in _PEOPLE.dependent_nouns or head in _PEOPLE.plural_person_nouns:
        return False  # "attorneys for Prince Ivo", "allies of Senator Tarn"
    lead = [word.rstrip(".").lower() for word in name.lead.split()]
    if lead and lead[-1] in _PERSON_WORDS and (head not in _PERSON_WORDS or lead[0] in _PEOPLE.group_nouns):
        # "House of Keys Speaker Marr", "Speaker of the House Mr. Marr", not "the office of Prime Minister Marr"
        return lead[0] not in _PEOPLE.titles or head in _PERSON_WORDS
    field = sentence.text_between(*role.span("words")).lower().split()
    if not _PERSON_WORDS.isdisjoint([*field, *lead[-1:]]):
        return False  # "mother of President Brandreth", but "Minister of Foreign Affairs Brandreth"
    if lead:
        return head in _PERSON_WORDS
    if not field or link not in _GRAMMAR.title_prepositions:
        return False
    is_place = sentence.tokens[role.end("words") - 1].text[0].isupper()  # "President of Norland Ada Brandreth"
    named = has_given_name(name.name) or (" " in name.name and (field[-1].endswith("s") or is_place))
    return named and "D" not in role["words"]


def is_subject(candidate: Candidate) -> bool:
    """Reject a name that belongs to the words before it: "a spokesman for Clinton said"."""
    if _BEHIND_SOURCE.search(candidate.tags_before) or _CLOSES_ASIDE.match(candidate.gap):
        return False  # "according to the agency Tarn News, the mayor said"
    words = (
        word.text.lower() for word in candidate.sentence.tokens[max(0, candidate.name_start - 2) : candidate.name_start]
    )
    called = candidate.sentence.tokens[candidate.name_start]
    is_plural = called.name.endswith("s") and " " not in called.name and not called.lead
    if is_plural and candidate.tags_before.endswith(("D", "Dw")) and not _PART_OF_GROUP.isdisjoint(words):
        return False  # "some senior Tories said"
    if is_governed(candidate.tags_before) or has_new_verb(candidate.gap_text):
        return False
    if is_object_of_relative(candidate.sentence, candidate.name_start):
        return False
    is_region = candidate.name.name in _PEOPLE.regions and candidate.gap.startswith(",r")
    is_place = _APPOSED_PLACE.search(candidate.tags_before) and (candidate.gap == "," or is_region)
    if is_place and not (candidate.name.lead or has_given_name(candidate.name.name)):
        return False  # "the owner of the lock in Pelby, Norland, said"
    if candidate.name_start and _ORDINAL.fullmatch(candidate.sentence.tokens[candidate.name_start - 1].text):
        return False  # "those in the 3rd Tarn District say"
    return not _belongs_to_role(candidate, ("o", "oD", "y", "2", "K", "Nc", "Tc", "V", "G", "L", "X"))


def is_agent(candidate: Candidate) -> bool:
    """Reject a name after a preposition, except "by": "mocked by a spokesman for Clinton".

    Whoever is asked something at the start of a sentence speaks behind it: "Asked by the Post, Ada was brief: “…”".
    """
    opens = candidate.cue_start == 0 and candidate.cue_tag != "K"
    is_asker = opens and _QUOTE_IN_NEXT_CLAUSE.search(candidate.sentence.tags, candidate.name_end)
    return not is_asker and not _belongs_to_role(candidate, ("o", "oD", "2"))


def is_inverted_subject(candidate: Candidate) -> bool:
    """As `is_agent`, but also "by" and objects: "said a spokesman for Clinton", "announced the plan with Clinton"."""
    start, end = candidate.match.span("lead")
    lead = candidate.sentence.tags[start:end]
    if _LISTED.match(candidate.sentence.tags, start) and _LISTED_BEFORE.search(lead):
        return False  # "said the man behind Tarn, Pelby and Marr"
    return is_agent(candidate) and not candidate.tags_before.endswith("y") and not is_object_lead(lead)


def has_no_plural_subject(candidate: Candidate) -> bool:
    """Reject "Ada beat Ivo, analysts at the club say"."""
    return _PLURAL_SUBJECT.match(candidate.gap_text) is None


def is_not_object(candidate: Candidate) -> bool:
    """Reject a name before a participle that a preposition governs, except "of" and "with"."""
    if candidate.tags_before.endswith(("2", "2D")) or candidate.cue not in _REPORTING.speech_participles:
        return False
    governed = candidate.tags_before.endswith(("o", "oD"))
    return not governed or candidate.sentence.tokens[candidate.name_start - 1].text in ("of", "with")


def are_joined(candidate: Candidate) -> bool:
    """Reject "Ada or Ivo said", and "Ada of the Bix and Tarn Fund said"."""
    sentence, third = candidate.sentence, candidate.match.start("third")
    is_body = is_organization(sentence.tokens[third].name) and sentence.tags[third - 1] == "c"
    if is_body and has_given_name(candidate.name.name) and not is_organization(candidate.name.name):
        return False
    place = sentence.tags.rindex("c", 0, candidate.match.start("third"))
    return sentence.tokens[place].text not in _GRAMMAR.alternative_conjunctions


def are_subjects(candidate: Candidate) -> bool:
    """Reject the end of an enumeration, names after an article, and "Ministers in Norland and Tarn said"."""
    sentence, match = candidate.sentence, candidate.match
    if " " not in candidate.name.name and sentence.tags[candidate.name_end] == "o":
        return False
    if ENGLISH.narration.text_nouns.intersection(candidate.gap_text.lower().split()):
        return False  # "Ada and Ivo’s statement read"
    lead = sentence.text_between(*match.span("lead")).lower().split()[-1:]
    return _GRAMMAR.articles.isdisjoint(lead) and _ENUMERATION_BEFORE.search(sentence.tags[: match.start()]) is None


def is_not_governed(candidate: Candidate) -> bool:
    """Reject names after a preposition or "by"."""
    return not candidate.tags_before.endswith(("o", "y", "oD"))


def is_speaking_pronoun(candidate: Candidate) -> bool:
    """Reject pronouns that do not speak, and judgements of "I" and "it"."""
    if candidate.sentence.tags[candidate.name_start] != "W":
        return True
    pronoun = candidate.name.text.lower()
    if candidate.cue_tag == "V" and pronoun in _GRAMMAR.impersonal_pronouns:
        return False
    return candidate.cue_tag not in "bG" and pronoun in _GRAMMAR.speaking_pronouns


def is_standalone_determiner(candidate: Candidate) -> bool:
    """Accept determiners that can be a subject: "several said"."""
    return candidate.name.text.lower() in _GRAMMAR.standalone_determiners


def is_role(candidate: Candidate) -> bool:
    """Accept a noun phrase with a noun for people, or one with a determiner or owner before a cue that is clear."""
    tags = candidate.sentence.tags[candidate.name_start : candidate.name_end]
    if "T" in tags:
        return tags[-1] != "D"
    if candidate.cue_tag in "Vb" or tags[0] not in "DO" or tags[-1] == "D":
        return False  # "the largest deposit found there"
    if candidate.tags_before[-1:] == "Q" or candidate.cue.lower() in _REPORTING.plain_cues:
        return True  # “…,” one visitor shouted
    return _OPENS_CONTENT.match(candidate.sentence.tags, candidate.match.end("cue")) is not None


def _key_text(candidate: Candidate) -> str:
    return candidate.sentence.text_between(*candidate.match.span("key"))


def has_key_with(candidate: Candidate) -> bool:
    """Accept "with Ada Brandreth noting"."""
    return _KEY_WITH.match(_key_text(candidate)) is not None


def has_key_used(candidate: Candidate) -> bool:
    """Accept "used her speech to call for", and "stood on the quay to say"."""
    sentence, (start, end) = candidate.sentence, candidate.match.span("key")
    if "B" in sentence.tags[candidate.name_end : start]:
        return False
    if sentence.tags[end] in "oA2d" and sentence.tokens[start].text.endswith(_CLAUSES.past_endings):
        return True
    return _KEY_USED.match(_key_text(candidate)) is not None


def has_key_example(candidate: Candidate) -> bool:
    """Accept a person who is an example of the group before: "candidates like Ada Brandreth"."""
    place, name = candidate.match.start("key") - 1, candidate.name.name
    is_thing = " " not in name and candidate.sentence.tags[place] != "T"  # "treatments such as Tarnex suggest"
    is_group = candidate.sentence.tokens[place].text.rstrip("’'").endswith(_CLAUSES.group_endings)
    is_key = _KEY_EXAMPLE.match(_key_text(candidate)) is not None
    return is_group and not is_thing and not is_organization(name) and is_key


def has_key_quoted(candidate: Candidate) -> bool:
    """Accept "quoted Ada Brandreth as saying"."""
    word_before = candidate.sentence.tokens[candidate.cue_start - 1].text
    return _key_text(candidate).lower() in _REPORTING.quoting_forms and word_before == _GRAMMAR.as_word


def has_key_judging(candidate: Candidate) -> bool:
    """Accept "for Ada Brandreth, it is “a menace”", not "for Norland, it is “a menace”" or "for years"."""
    return _key_text(candidate).lower() in _GRAMMAR.judging_prepositions and not is_organization(candidate.name.name)


def is_object_pronoun(candidate: Candidate) -> bool:
    """Accept "him", "his" and "her" alone."""
    return candidate.name.text.lower() in _GRAMMAR.object_pronouns


def is_third_person(candidate: Candidate) -> bool:
    """Accept "he", "she" and "they"."""
    return candidate.name.text.lower() in _GRAMMAR.third_person_pronouns


def is_person_role(candidate: Candidate) -> bool:
    """Accept a noun phrase with a noun for a person or a group."""
    return "T" in candidate.sentence.tags[candidate.name_start : candidate.name_end]


def is_of_topic(candidate: Candidate) -> bool:
    """Reject "Ada’s announcement via Twitter": only some prepositions lead to what a noun of saying reports."""
    if _LABEL_BEFORE.match(candidate.tags_before):
        return False  # "Brandreth: Tarn’s view of the town is “wrong”": what she says of his
    following = candidate.sentence.tokens[candidate.cue_start + 1].text
    return candidate.sentence.tags[candidate.cue_start + 1] != "o" or following in _GRAMMAR.noun_prepositions


def has_cue_words(candidate: Candidate) -> bool:
    """Accept "in Ada Brandreth’s words"."""
    return candidate.cue.lower() == _REPORTING.words_noun


def is_quoted_noun(candidate: Candidate) -> bool:
    """Accept "Ada Brandreth’s verdict: “…”", not "in answer to Ada Brandreth’s question: “…”"."""
    if candidate.sentence.tags[candidate.name_start] == "D" and _SPEECH_BEFORE.search(candidate.tags_before):
        return False  # "Ada mocked Ivo, saying it leaks, his plan is “late”"
    if _LABEL_BEFORE.match(candidate.tags_before) and candidate.sentence.tags[candidate.cue_start + 1] != ":":
        return False
    governed = candidate.tags_before.endswith(("o", "2", "q", "y", "oD", "2D"))
    return not governed and candidate.cue.lower() in _REPORTING.quoted_nouns
