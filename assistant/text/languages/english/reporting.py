"""English verbs, nouns and phrases of saying and thinking, with all their forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.text.languages.profile import ReportingWords


class Inflection(NamedTuple):
    """The forms of a verb."""

    base: str
    third_person: str
    past: str
    participle: str


def inflect(verbs: str) -> Iterator[Inflection]:
    """The forms of each verb. "say/said" gives an irregular past; "quip+" doubles its last letter."""
    for entry in verbs.split():
        base, _, past = entry.rstrip("+").partition("/")
        stem = base + base[-1] if entry.endswith("+") else base
        if base.endswith("y") and base[-2] not in "aeou":
            yield Inflection(base, base[:-1] + "ies", past or base[:-1] + "ied", base + "ing")
        elif base.endswith("e"):
            participle = (base if base.endswith("ee") else base[:-1]) + "ing"
            yield Inflection(base, base + "s", past or base + "d", participle)
        else:
            sibilant = base.endswith(("s", "sh", "ch", "x", "z", "go"))
            yield Inflection(base, base + ("es" if sibilant else "s"), past or stem + "ed", stem + "ing")


def pluralize(noun: str) -> str:
    """The plural of a noun for a person; "wives" and "firemen" too."""
    for ending, plural in (("man", "men"), ("fe", "ves")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + plural
    return next(inflect(noun)).third_person


# Verbs of saying: what follows them, or a quotation next to them, is what somebody said.
_REPORTING_VERBS = """
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

# Verbs of saying that need a listener. They never come before their subject.
_ADDRESSEE_VERBS = """
    tell/told assure reassure remind inform notify convince persuade brief
"""

# Verbs of thinking, judging and demanding: they report an opinion rather than words.
_OPINION_VERBS = """
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

# Verbs of these lists that often mean something else.
_AMBIGUOUS_VERBS = """
    hold/held raise continue maintain move share issue file release read/read smile grin snap+ press object relate
    laugh sigh cry roar rule charge post sing/sang tear/tore serve volunteer wish aim long publish
    address project
"""

_REPORTING = tuple(inflect(_REPORTING_VERBS))
_ADDRESSEE = tuple(inflect(_ADDRESSEE_VERBS))
_OPINION = tuple(inflect(_OPINION_VERBS))


def _third_person_and_past(verbs: Iterable[Inflection]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in (verb.third_person, verb.past))


_REPORTING_FORMS = _third_person_and_past(_REPORTING) | {"signalled"}
_ADDRESSEE_FORMS = _third_person_and_past(_ADDRESSEE)
_SPEECH_FORMS = _REPORTING_FORMS | _ADDRESSEE_FORMS | {verb.base for verb in (*_REPORTING, *_ADDRESSEE)}

_PARTICIPLE_PHRASES = frozenset({"pointing out", "making clear", "making it clear", "shooting back", "firing back"})
_PRESENT_PARTICIPLES = (
    frozenset(verb.participle for verb in (*_REPORTING, *_ADDRESSEE, *_OPINION))
    - frozenset("including aiming longing being learning moving holding".split())
    | _PARTICIPLE_PHRASES
)

# Participles of verbs of saying that often mean something else, and participles of opinion verbs that report words.
_UNCLEAR_PARTICIPLES = frozenset(
    """
    reading finding ruling posting charging singing laughing smiling grinning crying rejoining promising signaling
    briefing continuing ordering indicating suggesting implying signalling highlighting underlining underscoring
    snapping responding replying objecting relating reporting remembering recalling
    """.split()
)
_CLEAR_OPINION_PARTICIPLES = frozenset(
    """
    accusing blaming calling citing condemning criticising criticizing denouncing denying describing dismissing
    mocking praising questioning rejecting thanking
    """.split()
)
_SPEECH_PARTICIPLES = (
    (frozenset(verb.participle for verb in (*_REPORTING, *_ADDRESSEE)) - _UNCLEAR_PARTICIPLES)
    | _CLEAR_OPINION_PARTICIPLES
    | _PARTICIPLE_PHRASES
)

_BASE_FORMS = frozenset(verb.base for verb in (*_REPORTING, *_ADDRESSEE, *_OPINION)) - frozenset(
    "read cry order state back voice file venture".split()
)
_AMBIGUOUS_FORMS = frozenset(form for verb in inflect(_AMBIGUOUS_VERBS) for form in verb) | frozenset(
    "find finds found feel feels states".split()
).union({"came out", "went on", "goes on"})


def _split_phrases(phrases: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in phrases.split(";"))


# Verbs of saying whose object, if it is a thing, is not what was said: "told a story", "wrote a letter".
_CLAUSE_VERBS = """
    say/said tell/told add reply respond continue comment speak/spoke talk testify joke quip+ remark write/wrote laugh
    answer retort muse opine chime interject exclaim shout yell
"""

_PERCEPTION_VERBS = "see/saw know/knew learn realize realise understand/understood feel/felt"

REPORTING = ReportingWords(
    reporting_forms=_REPORTING_FORMS,
    perception_cues=frozenset(form for verb in inflect(_PERCEPTION_VERBS) for form in verb),
    clause_cues=frozenset(form for verb in inflect(_CLAUSE_VERBS) for form in verb),
    addressee_forms=_ADDRESSEE_FORMS,
    speech_forms=_SPEECH_FORMS,
    opinion_forms=_third_person_and_past(_OPINION) - _REPORTING_FORMS,
    present_participles=_PRESENT_PARTICIPLES,
    speech_participles=_SPEECH_PARTICIPLES,
    base_forms=_BASE_FORMS,
    ambiguous_forms=_AMBIGUOUS_FORMS,
    noun_or_verb_forms=frozenset(
        """
        addresses aims answers appeals argue attack attacks backs beams brands calls charged claim claims
        comments counters
        cries demands details documents doubts echoes estimates expected favors favours fears felt figures files
        forecasts found guesses held hints hopes issues labels laughs learned lobbies messages needs notes objects
        offered orders outlines pans plans pledges points posted posts praise presses projects promised promises
        protests questions reads reasons references releases remarks repeats reports requests roars ruled rules say sees
        shares sighs signals smiles snaps statements states supports suspects talks thought thoughts tweets ventures
        voices wanted wishes worries
        """.split()
    ),
    verb_phrases=_split_phrases(
        """
        shot back; fired back; hit back; fires back; hits back; shoots back; pushed back; pushes back; put it;
        puts it; went on; goes on; chimed in; chimes in; pointed out; points out; spoke out; speaks out; came out;
        made clear; makes clear; made it clear; makes it clear; let it be known; took to Twitter; took aim;
        takes aim; weighed in; weighs in; laid out; lays out; called for; calls for; spelled out; spelt out;
        singled out; was quoted as saying; were quoted as saying; is quoted as saying; been quoted as saying;
        went after; goes after; lashed out; lashes out; made the point; makes the point; made the case;
        makes the case; took issue with; takes issue with; cast doubt on; casts doubt on; took a swipe at;
        takes a swipe at; doubled down on; doubles down on; poked fun at; pokes fun at; made the argument;
        makes the argument
        """
    ),
    source_phrases=_split_phrases(
        "according to; per the; in the words of; in the view of; in the opinion of; in the eyes of"
    ),
    second_hand_phrases=frozenset({"according to", "per the"}),
    second_hand_verbs=frozenset({"reported", "reports"}),
    source_phrase_openings=("according", "per", "in"),
    speech_nouns=frozenset(
        """
        accusation acknowledgment admission allegation allegations announcement answer apology appeal argument assertion
        assessment assurance belief call claim claims comment comments complaint contention criticism declaration demand
        demands denial denials denunciation description forecast insistence mantra motto offer plea pledge pledges
        prediction promise promises proposal remark remarks reply response statement suggestion testimony threat threats
        view vow vows warning warnings words
        """.split()
    ),
    deed_forms=frozenset(
        """
        order ordered ordering orders refer referred referring refers retaliate retaliated retaliates retaliating
        seek seeking seeks sought
        """.split()
    )
    | {"went after", "goes after"},
    writing_forms=frozenset("demanded demands reported reports tweeted tweets writes wrote".split()),
    passive_forms=frozenset(
        """
        accused advised asked assured attacked blamed briefed called charged condemned criticised criticized described
        informed instructed notified ordered praised questioned reminded reported told urged warned
        """.split()
    ),
    quoting_forms=frozenset("quoted quotes quoting cited cites citing reported".split()),
    words_noun="words",
    quoted_nouns=frozenset(
        """
        advice answer assessment caption comment conclusion confession diagnosis email excuse explanation farewell
        greeting judgement judgment letter line mantra message motto note order plea post prediction question quip
        reaction rejoinder remark reply request response retort slogan statement suggestion summary sum-up text tribute
        tweet verdict view warning words
        """.split()
    ),
    plain_cues=frozenset("said says say told tells added adds asked asks wrote writes noted notes".split()),
    inverted_statement_cues=frozenset({"said", "says"}),
    question_cues=frozenset({"asked", "asks"}),
    addressee_cues=frozenset(
        "told tells tell telling asked asks asking urged urges urging assured reminded warned warning".split()
    ),
    negatable_cues=frozenset("say claim tell argue".split()),
    agreeing_forms=frozenset("agreed agrees disagreed disagrees".split()),
    response_verb="respond",
    offer_verb="offer",
    question_verbs={
        "speech": """
            say tell claim argue warn announce promise pledge vow write report comment suggest explain tweet post
            respond react reply answer admit acknowledge concede predict mention note add remark declare insist complain
            testify speak talk reveal confirm hint joke deny believe think call describe allege assert maintain contend
            caution emphasize emphasise stress recall quip lament observe quote disclose signal swear foresee conclude
            reiterate repeat reckon apologise apologize
        """,
        "attitude": """
            want hope plan intend expect fear propose demand recommend advise urge oppose support favor favour like
            dislike reject criticize criticise condemn denounce blame accuse praise welcome defend dismiss endorse
            dispute doubt question mock object worry agree disagree regret compare mean
        """,
        "description": """
            describe see view feel characterize characterise portray frame present explain justify defend assess rate
            interpret define depict report cover judge regard call put rationalize
        """,
        "claim": """
            say tell claim argue warn deny think believe call describe suggest predict insist mention accuse blame
            praise criticize criticise condemn denounce dismiss mock liken allege assert contend
        """,
        "person": """
            want announce promise pledge vow write comment respond react explain tweet admit acknowledge concede note
            remark declare complain testify speak talk support oppose endorse welcome defend demand urge dispute doubt
            disagree agree compare dub label caution lament quip blast rebuke object regret hint joke brand
        """,
    },
    question_irregular_forms={
        "say": "said",
        "tell": "told",
        "think": "thought",
        "write": "wrote written",
        "speak": "spoke spoken",
        "see": "saw seen",
        "mean": "meant",
        "feel": "felt",
        "swear": "swore sworn",
        "foresee": "foresaw foreseen",
        "put": "put",
        "seek": "sought",
        "admit": "admitted",
        "plan": "planned",
        "quip": "quipped",
    },
    stance_groups=tuple(
        tuple(group.split())
        for group in _split_phrases(
            """
            sorry regret remorse apologise apologize apology;
            support back endorse favour favor approve welcome praise happy glad pleased proud satisfied;
            oppose against reject criticise criticize condemn denounce object critical slam blast judge;
            angry furious upset outrage unhappy disappointed disappointment;
            worried worry concerned concern fear afraid alarm warn warning caution dangerous danger;
            blame fault accuse;
            want demand urge call hope;
            admit concede acknowledge confess deny
            """
        )
    ),
    speech_act_groups=tuple(
        tuple(group.split())
        for group in _split_phrases(
            """
            criticise criticize attack blast slam condemn denounce oppose mock lambast rebuke decry deride ridicule
            assail complain lament fault scold accuse blame;
            deny reject dismiss dispute refute rebut;
            praise hail welcome commend applaud tout defend endorse support back thank;
            warn caution fear;
            promise pledge vow;
            admit concede acknowledge confess;
            demand urge;
            predict forecast expect
            """
        )
    ),
    directed_act_groups=tuple(
        tuple(group.split())
        for group in _split_phrases(
            """
            accuse; blame fault; condemn denounce decry; mock deride ridicule; oppose; support back endorse; defend;
            thank; praise hail welcome commend applaud tout;
            criticise criticize blast slam lambast rebuke assail scold condemn denounce decry deride ridicule mock
            accuse blame fault
            """
        )
    ),
)
