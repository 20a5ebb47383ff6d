"""Words with opposite meanings, in all their forms: "lifted" is the opposite of "impose", "unlawful" of "lawful"."""

from __future__ import annotations

import functools

from assistant.text.stemming import stem

MIN_AFFIXED_LETTERS = 4  # of the word before which a negative prefix stands

# A line has words of one meaning, a bar, and words of the opposite meaning. A word may be in several lines.
_OPPOSITES = """
lift scrap repeal revoke rescind abolish cancel drop ease | impose introduce reimpose enact ban
ban prohibit outlaw forbid bar suspend | allow permit legalize authorize unban
approve accept endorse ratify pass adopt approval acceptance vote | reject refuse veto oppose decline block rejection
sign reach enter agree conclude accept | reject refuse decline refusal
support back favor favour endorse support | oppose reject condemn criticize opposition
welcome praise applaud | condemn criticize criticise denounce
win victory | lose concede defeat
beat | lose
rise increase grow climb jump surge soar gain | fall decrease decline drop plunge shrink slump sink tumble dip lose
raise hike increase | lower cut reduce slash decrease
upgrade strengthen | downgrade weaken
improve recover | worsen deteriorate
start begin launch open commence | end finish stop close cease halt cancel
open reopen | close shut
start continue resume | stop end halt suspend cancel
arrest detain imprison jail capture sentence | release free acquit
convict conviction | acquit exonerate clear acquittal
guilty | innocent
alive survive rescue | die dead kill death extinct extinction perish
resign quit resignation | stay remain
hire appoint | fire dismiss sack oust
confirm acknowledge admit confess | deny refute denial
lawful legal constitutional | unlawful illegal unconstitutional
safe | unsafe dangerous
true | false untrue
join enter | leave quit exit
buy purchase acquire | sell
build construct | demolish destroy dismantle
succeed success win | fail failure lose
grant issue restore reinstate renew | revoke deny cancel withdraw strip
add | remove
agree agreement | disagree refuse
extend prolong | shorten curtail
uphold | overturn reverse strike
deploy send | withdraw recall
expel evict | readmit invite
accept receive | reject refuse decline
keep retain | abandon drop scrap
arrive | leave depart
include | exclude
enable | disable prevent
encourage | discourage
higher more larger bigger greater | lower fewer less smaller
faster | slower
attack | defend
find discover | lose
marry marriage | divorce
strengthen | weaken
elect reelect | defeat oust
import | export
lead | trail
present attend | absent miss boycott
voluntary | forced compulsory mandatory
public | private secret
"""

# Words of one meaning, whatever they are said of: revoking a permit is not lifting a ban.
_SYNONYMS = """
kill die slaughter murder massacre execute slay cull fatality casualty
fall decline decrease lower reduce cut slash
rise increase grow raise hike
fire dismiss sack oust axe
cancel scrap axe abandon
close shut shutter
buy purchase acquire takeover
resign quit depart departure
arrest detain custody
"""

# The past forms of verbs above and others whose stem differs, by the first form.
_IRREGULAR = """
win won; lose lost; rise rose risen; fall fell fallen; grow grew grown; sink sank sunk; shrink shrank shrunk;
begin began begun; strike struck stricken; forbid forbade forbidden; buy bought; sell sold; build built; leave left;
find found; keep kept; send sent; quit quit; withdraw withdrew withdrawn; strive strove; die dying; uphold upheld;
lead led; fight fought; give gave given; take took taken; make made; go went gone; come came; see saw seen; say said;
tell told; get got gotten; hold held; bring brought; think thought; catch caught; teach taught; speak spoke spoken;
break broke broken; choose chose chosen; drive drove driven; write wrote written; eat ate eaten; fly flew flown;
know knew known; throw threw thrown; draw drew drawn; sing sang sung; swim swam swum; drink drank drunk; run ran;
become became; overcome overcame; meet met; feel felt; hear heard; stand stood; understand understood; pay paid;
lay laid; spend spent; lend lent; shoot shot; steal stole stolen; wear wore worn; bear bore born borne; hide hid hidden;
ride rode ridden; bite bit bitten; freeze froze frozen; seek sought; sue sued suing; swear swore sworn; tear tore torn;
wake woke woken; flee fled; lie lying; beat beaten; stop stopped; free freed; overthrow overthrew overthrown
"""

# What is done before a bar comes before what undoes it: who was released has been arrested.
_SEQUENCES = """
start begin launch open commence | end finish stop close cease halt
open reopen | close shut
arrest detain imprison jail capture sentence | release free
hire appoint elect reelect | fire dismiss sack oust defeat
join enter arrive | leave quit exit depart
buy purchase acquire | sell
build construct | demolish destroy dismantle
deploy send | withdraw recall
marry marriage | divorce
accept receive | return
find discover | lose
"""

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-")


def _read_irregular(table: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for entry in table.replace("\n", " ").split(";"):
        first, *others = entry.split()
        forms |= dict.fromkeys(others, first)
    return forms


_FIRST_FORMS = _read_irregular(_IRREGULAR)


@functools.lru_cache(maxsize=50_000)
def reduce_verb(word: str) -> str:
    """The stem of a word's first form: the same for "win", "won" and "winning"."""
    lower = word.lower()
    return stem(_FIRST_FORMS.get(lower, lower))


def is_past_form(word: str) -> bool:
    """Whether a word is a past form of a verb, or ends as one: "arrested", "shot"."""
    return word.lower().endswith("ed") or word.lower() in _FIRST_FORMS


def list_first_forms(past: str) -> frozenset[str]:
    """The words of which a past form may be one, in lower case: "plan" and others of "planned"."""
    if past in _FIRST_FORMS:
        return frozenset({_FIRST_FORMS[past]})
    return frozenset({past[:-2], past[:-1], past[:-3], f"{past[:-3]}y"})


def _read_opposites(table: str) -> dict[str, frozenset[str]]:
    opposites: dict[str, frozenset[str]] = {}
    for line in table.strip().splitlines():
        left, right = (frozenset(map(reduce_verb, side.split())) for side in line.split("|"))
        for own, others in ((left, right), (right, left)):
            for each in own:
                opposites[each] = (opposites.get(each, frozenset()) | others) - {each}
    return opposites


_BY_STEM = _read_opposites(_OPPOSITES)


def _read_like(table: str) -> dict[str, frozenset[str]]:
    """The words on the same side of a line as each word, with itself."""
    like: dict[str, frozenset[str]] = {}
    for side in table.strip().replace("\n", "|").split("|"):
        words = frozenset(map(reduce_verb, side.split()))
        for each in words:
            like[each] = like.get(each, frozenset()) | words
    return like


_LISTED = frozenset(_OPPOSITES.split())


def is_noun_of_verb(word: str) -> bool:
    """Whether a word is a noun that shares only its stem with a verb of the table: "cancellation"."""
    return word.lower().endswith(("tion", "sion", "ment", "tions", "sions", "ments")) and word.lower() not in _LISTED


_LIKE_BY_STEM = _read_like(f"{_OPPOSITES}\n{_SYNONYMS}")
_SYNONYMS_BY_STEM = _read_like(_SYNONYMS)


def list_synonyms(word: str) -> frozenset[str]:
    """The word and those that mean the same whatever they are said of, as stems."""
    own = reduce_verb(word)
    return _SYNONYMS_BY_STEM.get(own, frozenset((own,)))


def list_like_verbs(word: str) -> frozenset[str]:
    """The word and those of like meaning, as stems; empty if none are known."""
    return _LIKE_BY_STEM.get(reduce_verb(word), frozenset())


def list_related_verbs(word: str) -> frozenset[str]:
    """Words with which a text tells of a deed: of like and of opposite meaning, as stems; empty if none are known."""
    return list_like_verbs(word) | _BY_STEM.get(reduce_verb(word), frozenset())


_MUTUAL = frozenset(
    map(reduce_verb, "win lose concede beat defeat lead trail buy sell purchase acquire import".split())
)


def is_mutual(word: str) -> bool:
    """Whether somebody does the opposite whenever somebody does this: one wins where another one loses."""
    return reduce_verb(word) in _MUTUAL


_BY_SEQUENCE = _read_opposites(_SEQUENCES)


def can_follow(word: str, other: str) -> bool:
    """Whether one of two opposites can be done after the other, so that both are true: who is released was arrested."""
    return reduce_verb(other) in _BY_SEQUENCE.get(reduce_verb(word), frozenset())


@functools.lru_cache(maxsize=50_000)
def are_opposite(word: str, other: str) -> bool:
    """Whether two words, in any form, have opposite meanings: by a table, or by a negative prefix."""
    first, second = reduce_verb(word), reduce_verb(other)
    if second in _BY_STEM.get(first, frozenset()):
        return True
    short, long = sorted((word.lower(), other.lower()), key=len)
    if len(short) < MIN_AFFIXED_LETTERS:
        return False
    return any(long.startswith(prefix) and stem(long[len(prefix) :]) == stem(short) for prefix in _PREFIXES)
