"""Spelling variants of names that come from another script: Zelensky, Zelenskyy; Kiev, Kyiv.

Two spellings are variants only if it is certain: by endings in which no two names differ, by the lists here, and, for
a surname after a given name from these lists, by letters that are one letter in the other script."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.text.words import fold

MIN_ALIKE = 0.8  # of two spellings of one surname, in 0..1

# One given name per line. Such a name comes from another script, so the surname after it may have variants too.
# Boris, Alexander and Ali are not listed, because they often occur with surnames that have none.
_GIVEN_NAME_VARIANTS = """
    abdelaziz abdulaziz abdul-aziz
    abdelfattah abdulfattah abdel-fattah
    abdullah abdulla abdallah
    ahmed ahmad akhmed akhmad
    aleksandr oleksandr oleksander aleksander aliaksandr
    alexei alexey aleksei aleksey oleksiy oleksii
    anatoly anatoli anatoliy anatolii
    andrei andrey andriy andrii
    bashar bashir
    dmitry dmitri dmitriy dmitrii dmytro
    gennady gennadi gennadiy hennadiy
    grigory grigori grigoriy hryhoriy
    hassan hasan
    hossein hussein hussain husain hosein
    ibrahim ebrahim
    igor ihor
    ismail ismael esmail esmaeil
    iosif yosif
    khaled khalid haled halid
    konstantin kostyantyn kostiantyn
    mahmoud mahmud mahmood
    mikhail mikhael mykhailo mykhaylo mihail
    mohammed muhammad mohamed mohammad muhammed muhamed mohamad mehmed
    mohsen mohsin muhsin
    muammar moammar muamar moamar
    mustafa mostafa moustafa
    nikita mykyta
    nikolai nikolay mykola
    oleg oleh
    olena yelena elena
    omar umar omer
    osama usama
    petro pyotr piotr petr
    qassem qasem qassim kassem kasem ghasem
    rustem rustam
    saddam sadam
    said saeed sayed sayyid seyed syed
    salman selman
    sergei sergey serguei serhiy serhii
    suleiman sulaiman soleiman suleyman
    tariq tarek tarik tareq
    valery valeri valeriy valerii valeriya
    vasily vasili vasiliy vasyl
    viktor victor
    vitaly vitali vitaliy vitalii
    vladimir volodymyr wladimir
    vyacheslav viacheslav
    yevgeny evgeny yevgeniy yevgeni evgeni yevhen yevhenii
    youssef yusuf yousef yousuf yusef
    yulia yuliya julia yuliia
    yuri yury yuriy yurii youri
    yuval youval
"""
# One surname or place per line. The first spelling represents the others.
_NAME_VARIANTS = """
    vazquez vasquez
    velazquez velasquez
    gonzalez gonzales
    assad asad
    gaddafi qaddafi gadhafi qadhafi kadafi gadafi kadhafi khadafy gathafi
    haniyeh haniya haniyah
    khamenei khamenehi
    khrushchev khruschev hrushchev
    klitschko klychko klichko klitchko
    lukashenko lukashenka
    mohammed muhammad mohamed mohammad muhammed
    netanyahu netanyahou
    nasrallah nasralla
    raisi raeisi raissi
    rouhani ruhani rohani
    sisi sissi
    soleimani suleimani soleymani sulaimani
    tymoshenko timoshenko
    yanukovych yanukovich ianukovych
    yeltsin eltsin
    zaluzhny zaluzhnyi
    kyiv kiev kyyiv
    kharkiv kharkov
    lviv lvov
    odesa odessa
    mykolaiv nikolaev mykolayiv
    tehran teheran
    mecca makkah
    yangon rangoon
    kolkata calcutta
    mumbai bombay
"""


def _parse_table(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


_GIVEN_NAME_GROUPS = {name: number for number, line in enumerate(_parse_table(_GIVEN_NAME_VARIANTS)) for name in line}
_STANDARD_SPELLINGS = {name: line[0] for line in _parse_table(_NAME_VARIANTS) for name in line}
_ALL_SPELLINGS = {name: tuple(line) for line in _parse_table(_NAME_VARIANTS) for name in line}

# -sky, -skyy, -skiy, -skyi, -skii, -skij; Navalny, Navalnyy; Klimovich, Klimovych
_SLAVIC_ENDING = re.compile(r"(?<=\w{4})(?:yy|iy|ij|yj|yi|ii)$|(?<=\w{2}sk)i$|(?<=\w{3}tsk)i$")
_SKY_ENDINGS = ("y", "yy", "iy", "yi", "ii", "i")
_SKY_ENDING = re.compile(r"(?<=\w{2}sk)(?:yy|iy|ij|yj|yi|ii|y|i)$")


@lru_cache(maxsize=50_000)
def normalize_spelling(word: str) -> str:
    """The standard spelling of a word in lower case: "zelensky" for "zelenskyy", "kyiv" for "kiev"."""
    if word in _GIVEN_NAME_GROUPS:
        return word
    return _STANDARD_SPELLINGS.get(word) or _SLAVIC_ENDING.sub("y", word)


def other_spellings(word: str) -> tuple[str, ...]:
    """The other spellings of a word in lower case, for a search; empty for most words."""
    if word in _ALL_SPELLINGS:
        return tuple(other for other in _ALL_SPELLINGS[word] if other != word)
    if match := _SKY_ENDING.search(word):
        return tuple(f"{word[: match.start()]}{ending}" for ending in _SKY_ENDINGS if ending != match[0])
    return ()


def is_same_given_name(left: str, right: str) -> bool:
    """Whether two given names in lower case are variants: "yuri" and "yury", "vladimir" and "volodymyr"."""
    group = _GIVEN_NAME_GROUPS.get(left)
    return group is not None and group == _GIVEN_NAME_GROUPS.get(right)


_LETTER_RULES = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"shch|sch", "sh"), (r"tch", "ch"), (r"kh", "h"), (r"gh", "g"), (r"dh", "d"), (r"q", "k"), (r"tz", "ts"),
        (r"dzh|dj", "j"), (r"x", "ks"), (r"ou|oo|w", "u"), (r"ee", "i"), (r"(?:off|ow)$", "ov"), (r"eff$", "ev"),
        (r"^ye|(?<=[aeiou])ye", "e"), (r"[aei]y|ai", "ei"), (r"y", "i"), (r"(\w)\1", r"\1"), (r"(?<=\w\w)h$", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)
def normalize_letters(surname: str) -> str:
    """A surname with one spelling for each letter of its original script: "musaui" for "moussawi"."""
    for pattern, letters in _LETTER_RULES:
        surname = pattern.sub(letters, surname)
    return surname


def is_same_transliterated_name(left: str, left_given: str, right: str, right_given: str) -> bool:
    """Whether two surnames, with their given names, are spellings of the same name. All words are in lower case.

    Sergei Lavroff and Sergey Lavrov are; David Philips and David Phillips, and Jens Hansen and Jens Hanson, are not.
    """
    return is_same_given_name(left_given, right_given) and normalize_letters(left) == normalize_letters(right)


_LETTER_EQUIVALENTS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'"})


def fold_letters(name: str) -> str:
    """Lower case, without accents and without letters that other languages write as others: "lodz" for "Łódź"."""
    return fold(name.lower().translate(_LETTER_EQUIVALENTS))


def is_spelled_alike(surname: str, other: str) -> bool:
    """Whether two surnames are spelled so much alike that one can be the other: "Vasquez" and "Vázquez"."""
    left, right = fold(surname), fold(other)
    return left[:1] == right[:1] and SequenceMatcher(None, left, right).ratio() >= MIN_ALIKE
