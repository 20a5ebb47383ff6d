"""Who did harm, and of what somebody died: a sentence that only names the victim or tells the death is no answer."""

from __future__ import annotations

import re

_ASKS_WHO = re.compile(
    r"^\W*(?:and |but |so )?(?:who|which (?:man|woman|person|group|officer|gunman|soldier)) (?:has |have |had )?"
    r"(?:(?:allegedly|reportedly|really|actually) )?(?:shot|killed|murdered|assassinated|stabbed|bombed|kidnapped|"
    r"abducted|poisoned|beheaded|strangled|assaulted|raped|robbed|slapped|punched|opened fire|"
    r"attacked (?:(?:the|an?|two|three|his|her) )?(?:(?-i:[A-Z])|m[ae]n\b|wom[ae]n\b|police|officers?\b|students?\b|"
    r"school|market|parade|church|mosque|synagogue|temple|embassy|convoy|hospital|ship|bus\b|train))",
    re.IGNORECASE,
)  # a plan is attacked by words
_HARM = (
    r"sho(?:t|ots?|oting)|kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|assassinat(?:es?|ed|ing)|stab(?:s|bed|bing)?|"
    r"attack(?:s|ed|ing)?|bomb(?:s|ed|ing)?|kidnap(?:s|ped|ping)?|abduct(?:s|ed|ing)?|poison(?:s|ed|ing)?|"
    r"behead(?:s|ed|ing)?|strangl(?:es?|ed|ing)|assault(?:s|ed|ing)?|rap(?:es?|ed|ing)|robb(?:ed|ing)|"
    r"slap(?:s|ped|ping)?|punch(?:es|ed|ing)?|struck|hit(?:s|ting)?|fir(?:ed|ing)|gunned|ambush(?:ed|ing)?|target(?:ed|ing)"
)
_HARM_VERB = re.compile(rf"\b(?:{_HARM})\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|those|people|persons?|victims?) (?:\w+ly )?$", re.IGNORECASE)
_BY = re.compile(r"[^.;]{0,60}?\bby\b", re.IGNORECASE)
_DOER = re.compile(
    r"\b(?:gunm[ae]n|shooters?|attackers?|assailants?|killers?|murderers?|assassins?|suspects?|suspected|perpetrators?|"
    r"bombers?|kidnappers?|robbers?|hijackers?|culprits?|masterminds?|accused|charged|charges|arrest(?:s|ed)?|convict(?:s|ed)?|"
    r"indict(?:s|ed|ment)?|confess(?:es|ed|ion)?|guilty|blam(?:es?|ed|ing)|responsib(?:le|ility)|alleged(?:ly)?|"
    r"open(?:s|ed|ing)? fire|custody|detained)\b",
    re.IGNORECASE,
)
_ASKS_CAUSE = re.compile(
    r"\bhow did\b[^?]*\bdie\b|\b(?:what|which \w+|what \w+) did\b[^?]*\bdie (?:of|from)\b|"
    r"\b(?:of|from) what did\b[^?]*\bdie\b|\bcause of [^?]*\bdeath\b",
    re.IGNORECASE,
)
_DEATH = re.compile(
    r"\bd(?:ied|ies|ying|eath) (?:\w+ly )?(?:of|from|by|when|while|after|following|during|in an?|as a result)\b|"
    r"\bcaused? (?:by|of)\b|\bkill(?:s|ed|ing) (?:\w+ly )?(?:by|in|when|after|while|him|her|them)\b|"
    r"\bnatural causes\b|\bold age\b|\btook (?:his|her|their) (?:own )?li(?:fe|ves)\b",
    re.IGNORECASE,
)
_ILLS = (
    "accident asphyxia assassinat attack bled burn cancer cardiac collapse collapsing complication coronavirus covid "
    "crash crush disease drown executed execution explo fell fall gunshot heart hit illness infection injur leuk "
    "murder overdos pneumonia poison shot shooting stabb strangl stroke struck suffocat suicide surgery trauma tumor "
    "tumour virus wound"
)
_CAUSE = re.compile(rf"\b(?:{'|'.join(_ILLS.split())})\w*|\bhang(?:ed|ing)\b", re.IGNORECASE)


def asks_who_did_harm(question: str) -> bool:
    """Whether a question asks who shot, killed or attacked."""
    return _ASKS_WHO.match(question) is not None


def tells_who_did_harm(sentence: str) -> bool:
    """Whether a sentence speaks of one who does harm, not only of those to whom it was done."""
    if _DOER.search(sentence):
        return True
    return any(
        _PASSIVE.search(sentence[: verb.start()]) is None or _BY.match(sentence, verb.end()) is not None
        for verb in _HARM_VERB.finditer(sentence)
    )


def asks_cause_of_death(question: str) -> bool:
    """Whether a question asks how, or of what, somebody died."""
    return _ASKS_CAUSE.search(question) is not None


def tells_cause_of_death(sentence: str) -> bool:
    """Whether a sentence has words that can tell of what somebody died."""
    return _DEATH.search(sentence) is not None or _CAUSE.search(sentence) is not None
