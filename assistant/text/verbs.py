"""The verbs and nouns of saying, in all their forms, and the small words that a grammar of news needs."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.text.months import MONTHS, WEEKDAYS


def inflect(verbs: str) -> Iterator[tuple[str, str, str, str]]:
    """Base, -s form, past and -ing form of each verb; "say/said" gives an irregular past, "quip+" doubles a letter."""
    for entry in verbs.split():
        base, _, past = entry.rstrip("+").partition("/")
        stem = base + base[-1] if entry.endswith("+") else base
        if base.endswith("y") and base[-2] not in "aeou":
            yield base, base[:-1] + "ies", past or base[:-1] + "ied", base + "ing"
        elif base.endswith("e"):
            yield base, base + "s", past or base + "d", (base if base.endswith("ee") else base[:-1]) + "ing"
        else:
            hissing = base.endswith(("s", "sh", "ch", "x", "z", "go"))
            yield base, base + ("es" if hissing else "s"), past or stem + "ed", stem + "ing"


# Verbs of saying: what follows, or a quotation beside them, is what somebody said.
REPORTING_VERBS = """
    say/said add note argue claim write/wrote ask explain warn acknowledge tweet announce declare insist respond
    reply answer recall suggest state continue conclude admit+ stress emphasize emphasise observe remark predict
    promise pledge vow urge joke quip+ lament concede confirm reveal report indicate testify repeat reiterate assert
    contend complain caution muse shout yell boast brag+ counter opine retort exclaim comment deadpan+ blog+ post
    interject charge allege maintain proclaim recount sing/sang chime plead beg+ whisper chant intone sniff snap+
    gush enthuse hint signal remember retaliate beam fume scoff thunder marvel sneer conjecture speculate theorize
    wonder ponder reason affirm attest disclose divulge clarify specify elaborate underline underscore highlight
    posit venture volunteer protest object grumble gripe groan moan mutter murmur mumble scream cry roar bellow bark
    growl grunt sigh laugh chuckle grin smile wince crow exult rejoin riff+ rant preach intimate imply assess advise
    counsel forecast/forecast prophesy swear/swore foresee/foresaw rule find/found read/read echo instruct order
    decree recommend request propose relate reaffirm
"""

# Verbs of saying that need a listener: no subject stands behind them.
ADDRESSEE_VERBS = """
    tell/told assure remind inform notify convince persuade brief
"""

# Verbs of thinking, judging and asking for: what somebody holds, rather than the words.
OPINION_VERBS = """
    call describe accuse criticize criticise blame praise deny reject dismiss endorse defend blast slam+ attack mock
    cite question support oppose believe think/thought want hope expect fear worry see/saw agree condemn denounce
    thank label liken compare refer+ speak/spoke talk mention discuss express tout decry hail welcome estimate
    know/knew demand offer credit characterize characterise disavow point dispute deride ridicule chide challenge
    doubt dub+ rip+ rebuke scold lambaste bemoan regret+ understand/understood hold/held feel/felt seek/sought learn
    realize realise recognize recognise applaud commend laud salute congratulate apologize apologise back favor
    favour prefer+ encourage consider judge deem portray depict paint brand attribute ascribe interpret disagree
    dissent decline refuse threaten disparage belittle berate excoriate castigate chastise admonish taunt tease
    savage deplore skewer pan+ rail vouch champion advocate embrace rebuff resist reference invoke address outline
    detail unveil articulate stipulate envision envisage anticipate project downplay disregard ignore bash knock
    lambast echo urge calculate reckon guess suspect assume presume imagine plan intend aim wish long appeal lobby
    press raise voice share publish issue release file document move tear/tore
"""

_REPORTING_INFLECTIONS, _ADDRESSEE_INFLECTIONS, _OPINION_INFLECTIONS = (
    tuple(inflect(verbs)) for verbs in (REPORTING_VERBS, ADDRESSEE_VERBS, OPINION_VERBS)
)
REPORTING_FORMS = frozenset(form for verb in _REPORTING_INFLECTIONS for form in verb[1:3]) | {"signalled"}
ADDRESSEE_FORMS = frozenset(form for verb in _ADDRESSEE_INFLECTIONS for form in verb[1:3])
# Any form that a listener or reader hears words by, plurals ("analysts say") included.
SPEECH_FORMS = (
    REPORTING_FORMS
    | ADDRESSEE_FORMS
    | frozenset(verb[0] for verb in (*_REPORTING_INFLECTIONS, *_ADDRESSEE_INFLECTIONS))
)
OPINION_FORMS = frozenset(form for verb in _OPINION_INFLECTIONS for form in verb[1:3]) - REPORTING_FORMS
PRESENT_PARTICIPLES = frozenset(
    verb[3] for verb in (*_REPORTING_INFLECTIONS, *_ADDRESSEE_INFLECTIONS, *_OPINION_INFLECTIONS)
) - frozenset("including aiming longing being".split())
# "before arguing", "Noting the tide, Ada said": those that are of words and of nothing else
SPEECH_PARTICIPLES = frozenset(verb[3] for verb in (*_REPORTING_INFLECTIONS, *_ADDRESSEE_INFLECTIONS)) - frozenset(
    "reading finding ruling posting charging singing laughing smiling grinning crying rejoining promising signaling "
    "briefing continuing ordering snapping responding replying objecting relating reporting remembering "
    "recalling".split()
) | frozenset(
    "accusing blaming calling citing condemning criticising criticizing denouncing denying describing dismissing "
    "mocking praising questioning rejecting thanking".split()
)
BASE_FORMS = frozenset(
    verb[0] for verb in (*_REPORTING_INFLECTIONS, *_ADDRESSEE_INFLECTIONS, *_OPINION_INFLECTIONS)
) - {
    "read",
    "cry",
    "order",
    "state",
    "back",
    "voice",
    "file",
    "venture",
}

# Verbs of these lists that mean something else as often: they count beside a quotation or before "that" only.
_AMBIGUOUS_VERBS = """
    hold/held raise continue maintain move share issue file release read/read smile grin snap+ press object relate
    laugh sigh cry roar  rule charge post sing/sang tear/tore serve volunteer wish aim long publish
    address project
"""
AMBIGUOUS_FORMS = frozenset(form for verb in inflect(_AMBIGUOUS_VERBS) for form in verb) | {
    "find",
    "finds",
    "found",
    "feel",
    "feels",
    "states",
}

# Several words that act as one verb of saying.
VERB_PHRASES = (
    "shot back", "fired back", "hit back", "fires back", "hits back", "shoots back", "pushed back", "pushes back",
    "put it", "puts it", "went on", "goes on", "chimed in", "chimes in", "pointed out", "points out", "spoke out",
    "speaks out", "came out", "made clear", "makes clear", "made it clear", "makes it clear", "let it be known",
    "took to Twitter", "took aim", "takes aim", "weighed in", "weighs in", "laid out", "lays out", "called for",
    "calls for", "spelled out", "spelt out", "singled out", "was quoted as saying",
    "were quoted as saying", "is quoted as saying", "been quoted as saying", "went after", "goes after", "lashed out",
    "lashes out", "made the point", "makes the point", "made the case", "makes the case", "took issue with",
    "takes issue with", "cast doubt on", "casts doubt on", "took a swipe at", "takes a swipe at", "doubled down on",
    "doubles down on", "poked fun at", "pokes fun at", "made the argument", "makes the argument",
)  # fmt: skip

# Those that stand between a subject and its verb, and those that name a source.
ADVERBIALS = (
    "goes on to", "went on to", "in turn", "for his part", "for her part", "for its part", "for their part",
    "once again", "at first", "at last",
)  # fmt: skip
SOURCE_PHRASES = ("according to", "in the words of", "in the view of", "in the opinion of", "in the eyes of")

# What stands between a subject and its verb.
BE_FORMS = frozenset(
    "is was are were be been being am isn’t isn't wasn’t wasn't aren’t aren't weren’t weren't got".split()
)
AUXILIARIES = frozenset(
    """
    again all already also always both can can't cannot can’t could couldn't couldn’t did didn't didn’t do does
    doesn't doesn’t don't don’t each even ever first further had hadn't hadn’t has hasn't hasn’t have haven't
    haven’t having herself himself however instead itself just later long may meanwhile merely might must never
    nevertheless nonetheless not now often once should simply sometimes soon still themselves then therefore thus
    too who will won't won’t would wouldn't wouldn’t
    """.split()
)
NOT_ADVERBS = frozenset(
    "family only early daily weekly monthly assembly ally rally reply supply apply july italy".split()
)
FINITE_AUXILIARIES = frozenset("has have had was were is are would will could can may might".split())
PREPOSITIONS = frozenset(
    """
    of for from with at in on about against under than like during between among via over into through without
    within amid per near outside inside behind despite regarding across around upon toward towards unlike alongside
    beside versus including
    """.split()
)
CLAUSE_PREPOSITIONS = frozenset("after before since until as".split())
CONJUNCTIONS = frozenset("and but or nor yet & while".split())
SUBORDINATORS = frozenset("when because if although though whereas unless whether how why what where".split())
DETERMINERS = frozenset(
    """
    a all an another any both each every few five four her his its many most my no numerous one other our several
    six some that the their these this those three two various your
    """.split()
)
PRONOUNS = frozenset(
    "we they it you there everyone everybody nobody someone somebody anyone others them him me us these those".split()
)
CALENDAR_WORDS = frozenset((*MONTHS, *WEEKDAYS, "today", "tomorrow", "tonight", "yesterday"))

TIME_NOUNS = frozenset("night morning afternoon evening week month year".split())

# Forms that are nouns as often as verbs: behind "the", or before "has", they say nothing.
NOUN_OR_VERB_FORMS = frozenset(
    """
    addresses aims answers appeals argue attacks backs beams brands calls charged claim claims comments counters
    cries demands details documents doubts echoes estimates expected favors favours fears felt figures files
    forecasts found guesses held hints hopes issues labels laughs learned lobbies messages needs notes objects
    offered orders outlines pans plans pledges points posted posts praise presses projects promised promises
    protests questions reads reasons references releases remarks repeats reports requests roars ruled rules say sees
    shares sighs signals smiles snaps statements states supports suspects talks thought thoughts tweets ventures
    voices wanted wishes worries
    """.split()
)

# "Trump’s claim", "the minister’s remark"
SPEECH_NOUNS = frozenset(
    """
    accusation acknowledgment admission allegation allegations announcement answer apology appeal argument assertion
    assessment assurance belief call claim claims comment comments complaint contention criticism declaration demand
    demands denial denials denunciation description forecast insistence mantra motto offer plea pledge pledges
    prediction promise promises proposal remark remarks reply response statement suggestion testimony threat threats
    view vow vows warning warnings words
    """.split()
)
