"""English words that change what a sentence claims."""

from __future__ import annotations

from assistant.text.languages.claims import ClaimWords

_AUXILIARIES = {
    "be": "is are was were be been being am",
    "have": "has have had having",
    "do": "does do did",
}

# A line is a class: between bars stand its members, each in all its forms. In one place, one excludes the others.
_CLASSES = """
north northern | south southern | east eastern | west western | northeast northeastern | northwest northwestern |
southeast southeastern | southwest southwestern
first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth |
quarter quarters
teens | twenties | thirties | forties | fifties | sixties | seventies | eighties | nineties
all every each both | some several many most few half | none no neither
seconds | minute minutes | hour hours | day days | week weeks | month months | year years |
decade decades | century centuries
mm millimeter millimeters millimetre millimetres | cm centimeter centimeters centimetre centimetres |
inch inches | ft foot feet | yard yards | m meter meters metre metres |
km kilometer kilometers kilometre kilometres | mile miles
gram grams | ounce ounces | pound pounds | kg kilogram kilograms kilo kilos | ton tons tonne tonnes
acre acres | hectare hectares
celsius | fahrenheit
$ | € | £ | ¥ | ₹
am | pm
up | down
before | after
for | against
inside | outside
left | right
male | female
mother mothers | father fathers | sister sisters | brother brothers | daughter daughters | son sons | wife wives |
husband husbands | uncle uncles | aunt aunts | nephew nephews | niece nieces | cousin cousins
strong stronger strongest | weak weaker weakest
large larger largest big bigger biggest | small smaller smallest
high higher highest upper | low lower lowest
long longer longest | short shorter shortest
old older oldest | young younger youngest
early earlier earliest | late later latest
good better best | bad worse worst
rich richer richest | poor poorer poorest
"""

_UNITS = """
mm millimeter millimeters millimetre millimetres
cm centimeter centimeters centimetre centimetres
km kilometer kilometers kilometre kilometres
kg kilogram kilograms
"""


def _read_classes(table: str) -> dict[str, tuple[str, str]]:
    """The class of each word and which of it it is, both as the first word of them."""
    classes: dict[str, tuple[str, str]] = {}
    for line in table.strip().replace("|\n", "| ").splitlines():
        members = [member.split() for member in line.split("|")]
        classes |= {word: (members[0][0], member[0]) for member in members for word in member}
    return classes


CLAIMS = ClaimWords(
    optional=frozenset("a an the".split()),
    negations=frozenset(
        "not no never none nor neither without nobody nothing nowhere hardly scarcely barely seldom rarely".split()
    ),
    modals=frozenset(
        """
        will would shall should may might can could must ought likely unlikely possibly perhaps probably maybe
        apparently reportedly allegedly supposedly purportedly seemingly seem seems seemed appear appears appeared
        potentially expected set due scheduled hopefully if unless whether until provided
        """.split()
    ),
    limits=frozenset(
        """
        alleged fake false proposed planned potential possible suspected so-called would-be former ex then acting
        interim deputy vice first last only most half few some many several nearly almost about around roughly
        approximately up least more less fewer under over below above all any every each part partly partially failed
        attempted elect candidate falsely wrongly mostly mainly just exactly precisely once twice another other both
        either between within
        """.split()
    ),
    conditionals=frozenset(
        """
        if unless whether until provided providing supposing assuming depending pending barring failing except excluding
        notwithstanding unlike instead rather than only
        """.split()
    ),
    conjunctions=frozenset(
        "and or but yet while although though because when whereas since who which whom whose".split()
    ),
    pronouns=frozenset(
        "he she they it him her them his hers their theirs its i we me us my our this these those you your".split()
    ),
    other_prepositions=frozenset("to by out off down".split()),
    auxiliaries={form: base for base, forms in _AUXILIARIES.items() for form in forms.split()},
    tenses=dict.fromkeys("am is are has have does do".split(), "present")
    | dict.fromkeys("was were had did".split(), "past"),
    backshift={"will": "would", "can": "could", "may": "might", "shall": "should"},
    first_person={
        "i": frozenset({"he", "she"}),
        "we": frozenset({"they"}),
        "me": frozenset({"him", "her"}),
        "us": frozenset({"them"}),
        "my": frozenset({"his", "her"}),
        "our": frozenset({"their"}),
    },
    contraction_parts={"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am"},
    irregular_negations={
        "won't": ("will", "not"),
        "can't": ("can", "not"),
        "cannot": ("can", "not"),
        "shan't": ("shall", "not"),
    },
    neutral_cues=(
        *"say says said tell tells told state add note remark comment explain write wrote written".split(),
        "according to",
        "in the words of",
    ),
    saying_cues=tuple(
        """
        announce declare insist argue claim warn stress emphasize emphasise reply respond answer testify acknowledge
        admit confirm tweet post continue observe recall conclude reiterate repeat assert contend maintain predict
        complain caution reveal report indicate affirm clarify boast lament concede point recount
        """.split()
    ),
    failing=tuple("fail refuse decline unable reject deny avoid prevent lack stop without".split()),
    denying=frozenset("not never no nobody none neither without".split()),
    adding=frozenset("only just merely simply alone".split()),
    nobody=frozenset("one people person single".split()),
    above=frozenset("more over above least exceeding".split()),
    below=frozenset("less fewer under below nearly almost most up".split()),
    exactly=frozenset("exactly precisely".split()),
    deputizing=frozenset("vice deputy".split()),
    about=frozenset("about around roughly approximately some nearly almost".split()),
    exclusive=_read_classes(_CLASSES),
    units={word: line.split()[0] for line in _UNITS.strip().splitlines() for word in line.split()},
    symmetric=frozenset("meet marry divorce border with between".split()),
    clause_openings=frozenset(
        "and but which who whose whom where when while as although though because after before since".split()
    ),
    limiting_openings=frozenset("when given that".split()),
    contrasting_openings=frozenset("while".split()),
    place_openings=frozenset("where".split()),
    role_limits=frozenset(
        """
        one as retired off-duty disgraced self-styled self-proclaimed self-described self-appointed onetime formerly
        previously once now-former shadow assistant associate trainee aspiring honorary honourary designate nominee
        running bogus sham phony phoney pretend impostor imposter unlicensed unqualified unelected defunct lapsed late
        """.split()
    ),
    role_fields=frozenset(
        """
        chief senior veteran prominent leading lead longtime long-time long-serving local regional national federal
        provincial municipal metropolitan international global central current sitting principal head main influential
        harbour harbor port bridge railway railroad rail road river coastal rural urban town village county parish
        district borough capital island province region country ward
        finance economy economic financial budget trade business industry agriculture agricultural farm food fisheries
        fishing forestry environment environmental climate water weather planning housing building culture cultural arts
        sports sport tourism science research technology digital information communications media press policy political
        security defence defense military army navy naval police prison fire rescue intelligence criminal civil legal
        human rights constitutional family medical hospital public private social welfare youth women immigration
        migration customs tax treasury commerce foreign interior home state health education school university church
        religious union campaign marketing sales operations engineering technical maritime marine aviation safety
        nuclear oil gas mining energy football soccer cricket rugby tennis basketball baseball hockey cycling team
        ranking ruling governing
        """.split()
    ),
    role_ends=frozenset("before until till then formerly previously once time retirement resignation".split()),
    likening=frozenset("as like".split()),
    turning=frozenset(
        """
        but or not if unless except though although only sort kind however yet still unfortunately sadly regrettably
        provided providing until nevertheless nonetheless otherwise assuming supposing
        """.split()
    )
    | {"as long as", "so long as", "that said", "having said that", "and yet", "even so", "then again", "just kidding"},
    turning_alone=frozenset("no never".split()),
    turning_fragments=frozenset("when once while after before".split()),
    undoing=frozenset(
        """
        false falsely fake untrue incorrect incorrectly wrong wrongly mistaken mistakenly erroneous erroneously baseless
        unfounded debunked disproved disproven refuted discredited hoax myth rumour rumor rumours rumors rumoured
        rumored gossip gossiped hypothetical hypothetically theoretically retracting
        excepted excepting exception exceptions exempted exempting
        joked joke joking jokingly jest mocking mockingly parody satire satirical sarcastic sarcastically sarcasm
        ironically pretending pretended pretend imitating impersonating mimicking
        fictional fiction imaginary imagined starring dreamed dreamt dreaming hallucinating
        """.split()
    ),
    undone=frozenset(
        """
        overturned reversed annulled quashed retracted withdrawn rescinded revoked repealed voided overruled vacated
        cancelled canceled lifted undone disputed contested
        """.split()
    )
    | {"struck down", "thrown out", "set aside", "measured in", "measured by"},
    aside=frozenset({"aside", "excepted"}),
    unreal=frozenset(
        """
        film films movie movies novel novels sketch drama sitcom episode dream dreams game games play plays comedy
        musical theory legend story
        """.split()
    ),
    undoing_phrases=frozenset(
        {
            "on appeal",
            "in theory",
            "in legend",
            "in fiction",
            "adjusted for",
            "weighted by",
            "weighted for",
            "by some accounts",
        }
    ),
    made_up=frozenset(
        """
        accusation allegation assertion assumption belief claim conclusion estimate finding forecast guess idea
        invention lie notion prediction suggestion theory verdict legend fact hope dream plot
        """.split()
    ),
    knowing=frozenset(
        """
        hear hears heard learn learns learned learnt think thinks hope hopes believe believes goes went conclude decide
        decided guess suspect fear expect agree allege
        """.split()
    ),
    followed=frozenset("rules law order bill".split()),
    hedging_openings=frozenset("as so it he she they we i or".split()),
    subordinators=frozenset("when because although though while as since if after before until whether where".split()),
    sentence_openings=frozenset(
        "and but so yet also however meanwhile moreover furthermore nevertheless still then later on early late".split()
    ),
    grounds=frozenset(
        "according based show shows showed shown suggests poll polls survey surveys study studies data figures".split()
    ),
    manners=frozenset(
        """
        quickly swiftly rapidly slowly steadily suddenly immediately finally repeatedly easily strongly sharply heavily
        badly severely completely totally entirely fully deeply widely greatly firmly quietly loudly openly bitterly
        angrily furiously violently brutally warmly politely kindly calmly eagerly nervously proudly happily gladly
        gently carefully unanimously
        """.split()
    ),
    degrees=frozenset("too so as more less most least very quite rather how enough than".split()),
    seasons=frozenset("winter summer spring autumn fall week weekend month year night".split()),
    times_before=frozenset("after during following amid".split()),
)
