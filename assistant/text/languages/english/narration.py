"""English words that tell a clause, which somebody says, from a thing or an act, which the writer tells of them."""

from __future__ import annotations

from assistant.text.languages.english.reporting import inflect
from assistant.text.languages.narration import NarrationPatterns


def _all_forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in inflect(verbs) for form in verb)


_FINITE = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|do|did|cannot|comes|goes|gets|makes|takes|gives|wants|seems|remains|includes|requires|becomes|contains|keeps|brings|"
    r"begins|believes|knows|thinks|says|allows|continues|belongs|exists|happens|depends|deserves|went|took|"
    r"came|saw|gave|knew|began|became|fell|rose|ran|grew|chose|drove|wrote|spoke|broke|wore|flew|swam|threw|shook|"
    r"\w+n[’']t)"
)
_MADE = (
    r"(?:made|found|held|lost|left|sold|sent|built|brought|bought|paid|kept|told|said|shut|met|led|fought|taught|spent|"
    r"struck|won|thought|meant|felt|put|cut|hit|let|set|read|got|stood|sat|hurt|cost)"
)
_DETERMINER = (
    r"(?:the|an?|his|her|its|their|our|my|your|this|that|these|those|no|not|all|every|each|more|most|some|any|many|"
    r"several|two|three|just|before|after|during|because|when|while|him|them|it|us|me|up|out|off|down|away|back|to|into|for|at|in|on|over|from|with|\d[\d,.]*|"
    r"[A-Z][\w’'-]*|\w+ly)"
)

_OBJECT = r"(?:the|an?|his|her|its|their|our|my|your|not|no|more|him|them|it|us|me|up|out|off|down|back|\w+ly)"

NARRATION = NarrationPatterns(
    clause_opening=r"^(?:that|how|why|whether)\s(?!to\s)",
    open_clause=r"^(?:what|who|where|when|if|which|whose)\s",
    pronoun_subject=r"^(?:also\s|again\s|yes\s|no\s)?(?:he|she|they|we|I|there)[\s’']",
    after_listener=r"^(?:[\w’'.&-]+\s){1,7}(?:that|how|why|whether)\s(?!to\s)",
    infinitive=r"^(?:not\s)?to\s(?!the\b|an?\b)[a-z]",
    subordinate=(
        r"^(?:if|when|while|after|before|because|since|although|though|unless|until|once|as|in|on|at|by|for|from|with|"
        r"without|despite|given|due|under|over|during|throughout|within|like|unlike|among|between|instead|rather|even|"
        r"apart|according|including|to)\b"
    ),
    setting=(
        r"^(?:(?:yesterday|today|earlier|later|recently|(?:(?:late|early|on)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
        r"last\s\w+|this\s(?:week|month|year|morning)|on\s[A-Z]\w+\s\d+|in\s(?:[A-Z]\w+|\d{4}))[,\s]+)+(?=\w)"
    ),
    relative=(
        r",?\s(?:who|whom|whose|which|that|where|when|because|as|while|after|before|since|although|though|until|unless|"
        r"he|she|it(?=\s(?:is|was|has|had|will|would|can|could|may|might|must|should)\b)|they|we|I|you)\s.*"
    ),
    finite=rf"(?:^|(?<=[\s’'\w)%])\s){_FINITE}\b|(?<=\w)[’'](?:ll|re|ve|d)\b|^(?:it|that|this)[’']s\b",
    likely_finite=(
        rf"(?<=[\w’'),])\s{_MADE}\s{_DETERMINER}\b|"
        rf"(?<=[\w’'),])(?<!\bthe)(?<!\ba)(?<!\ban)(?<!\bhis)(?<!\bher)(?<!\bits)(?<!\btheir)\s[a-z]{{2,}}ed\s(?!by\b){_DETERMINER}(?=\s|$)|"
        rf"(?<=[a-z)’'])\s[a-z]{{2,}}[^s\W]s\s{_OBJECT}\s"
    ),
    # "…, Twitter placed a note": the main clause after "When Ada tweeted that …"
    main_clause=(
        r"(?<=\x01)\s(?=(?:he|she|it|they|the|his|her|its)\s)|"
        r",\s(?!(?:and|or|nor|but|which|who|whom|whose|where|when|while|as|because|since|though|although|including|such|"
        r"especially|particularly|notably|not|even|\w+ing|\w+ed)\b)(?=\w)"
    ),
    new_subject=r"(?:it|he|she|they|we|there|this|these|those|the|an?)\s",
    opening_clause=(
        r"^\W*(?:(?:And|But|Yet|So),?\s)?"
        r"(?i:while|although|though|when|because|since|if|unless|until|once|after|before|whereas|as)\s[^,;:]+$"
    ),
    # words before a report that make all of it subordinate: "And while Ada", "As much as Ada"
    subordinate_opening=(
        r"^\W*(?:(?:And|But|Yet|So|Even|Just|Also|Then),?\s)?"
        r"(?i:while|although|though|when|because|since|if|unless|until|once|after|before|whereas|despite\show|"
        r"as(?:\smuch\sas|\ssoon\sas|\slong\sas)?)(?:\s(?:the|an?|former|then))?(?:\s[\w.-]+){0,2}\s$"
    ),
    unasserted=_all_forms("ask wonder query inquire enquire decline refuse envision envisage imply hint insinuate")
    | frozenset("hope hopes hoping".split()),
    gap_before=r"(?:(?P<relative>[,(]\s?(?:which|who|whom))|\bwhat|,\sthat)\s(?:(?:the|an?)\s(?:[a-z-]+\s){0,2})?$",
    backing=frozenset("backed backs supported".split()),
    verb_opening=r"(?:do|is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|does|did)\s",
    adjunct=r"(?:To|In|With|Without|Despite|Given|Barring|For|By|Instead\sof|Rather\sthan|In\saddition\sto)\s",
    # Verbs of these lists that report a thought, never said aloud for certain
    thoughts=frozenset(
        """
        know knows knew knowing see sees saw seeing feel feels felt feeling learn learns learned learning realize
        realizes realized realizing realise realises realised realising understand understands understood understanding
        believed thought hoped feared expected worried recognized recognised suspected doubted assumed presumed imagined
        wanted wished meant believing thinking hoping fearing expecting worrying assuming considered guessed
        reckoned anticipated calculated judged held find finds found finding
        """.split()
    ),
    # What follows a form of these, if it is no clause with a conjunction, is a thing or a person
    acts=_all_forms(
        """
        call describe accuse criticize criticise blame praise reject dismiss endorse defend blast slam+ attack mock cite
        support oppose condemn denounce thank label liken compare refer+ speak/spoke talk discuss express tout decry
        hail welcome offer credit characterize characterise disavow challenge deride ridicule chide dub+ rip+ rebuke
        scold lambaste bemoan seek/sought applaud commend laud salute congratulate apologize apologise back favor
        favour encourage portray depict paint brand attribute ascribe interpret refuse decline threaten disparage
        belittle berate excoriate castigate chastise admonish taunt tease savage deplore skewer pan+ rail champion
        advocate embrace rebuff resist reference invoke address outline detail unveil articulate downplay disregard
        ignore bash knock point lambast echo plan intend aim long appeal lobby press raise voice share publish issue
        highlight underline underscore repeat reiterate reaffirm observe
        release file document move tear/tore order instruct decree want wish consider prefer+ brief deem
        """
    )
    | frozenset(
        f"{verb} {rest}"
        for rest, verbs in (
            ("for", "called calls"),
            ("after", "went goes"),
            ("out", "lashed lashes singled singles laid lays spelled spelt"),
            ("aim", "took takes"),
            ("in", "weighed weighs"),
            ("issue with", "took takes"),
            ("doubt on", "cast casts"),
        )
        for verb in verbs.split()
    ),
    topics=_all_forms(
        """
        discuss echo cite reference invoke address outline detail share file publish release issue document
        raise mention explain remember
        recount recall promote tout
        """
    ),
    topic_opening=(
        r"^(?:about|at|against|over|of|(?:for|with|to)\s(?:the|an?|his|her|its|their|more|them|him|us|me|each|one|[A-Z]))\b"
    ),
    topic_questions=r"^(?:how|why|whether|what|who|where|when|which)\s",
    strict_opening=(
        r"^that\s(?:(?:the|an?|he|she|it|they|we|you|there|his|her|its|their|our|these|those|no|all|some|any|many|both|if|neither|nobody|"
        r"more)\b|[A-Z]|\d|\w{3,}s\b)|^(?:how|why|whether)\s"
    ),
    plain_verbs=frozenset("say says said saying".split()),
    object_verbs=_all_forms("agree predict announce reveal propose recommend request confirm promise pledge disclose")
    | {"pointed out", "points out", "pointing out"},
    quoted_thing=(
        r"\x01+(?:\s(?:and|or)\s\x01+)?\s(?:\w+\s)?(?:comments?|remarks?|phrases?|labels?|slogans?|lines?|claims?|chants?|tweets?)\b"
    ),
    said_things=r"^(?:\w+\s){0,2}(?:things?|something|nothing|otherwise|as\smuch|the\s(?:same))\b",
    greetings=r"^(?:hi|hello|good(?:bye|night|\smorning|\snight)|farewell|thanks|thank\syou)\b",
    turning_cues=("took to ",),
    talking_cues=("spoke", "speak", "talk"),
    future=(
        r"(?:\b(?:will|shall)|[’']ll|\b(?:plans?|planned|expected|set|due|likely|going|about|scheduled|intends?|hopes?|wants?)\sto)"
        r"\s(?:(?:\w+ly|also|then|soon)\s){0,2}$"
    ),
    inferred=r"\b(?:essentially|effectively|tacitly|apparently|seemingly)\s$",
    setting_start=(
        r"(?:\w+\s(?:after|before|later|ago|earlier)|This|That|Last|Next|In|On|At|By|For|After|Before|During|Since|Until|With|Without|Then|Now|Instead|However|"
        r"Still|Later|Earlier|Today|Yesterday|Meanwhile|Also|But|And|So)\b"
    ),
    clause_verbs=_all_forms("say/said argue insist think/thought")
    | frozenset(f"{verb} {rest}" for verb in ("made", "makes") for rest in ("clear", "it clear"))
    | {"pointed out", "points out", "went on", "goes on"},
    work_before=(
        r"(?:\b(?:of|on|in|for|from|before|since|host|told|titled|entitled|show|film|movie|song|songs|book|novel|play|musical|series|album|"
        r"single|sitcom|drama|comedy|podcast|documentary|program(?:me)?|memoir|sequel|revival|watch(?:ing|ed)?|"
        r"more|references|referenced|referencing|publish(?:es|ed)?|launched|released|announced|performed|recorded|unveiled|s[aiu]ng|sings|singing)|[’']s|"
        r"\b(?:his|her|their)(?:\s[a-z-]+){0,2})\s$"
    ),
    alias_before=(
        r"(?:(?:(?:also|better|best|widely|popularly|often|commonly|who\sis|who\swas)\s)*(?:known|referred\sto)\s(?:by\s\w+\s|simply\s)?as|"
        r"nicknamed|dubbed|a\.?k\.?a\.?|whose\s(?:real|full|birth|given)\sname\s(?:is|was)|"
        r"who\s(?:writes|wrote|performs|performed|records|recorded|sings|sang)\s(?:as|under\sthe\s(?:pen\s|stage\s)?name\s(?:of\s)?))"
    ),
    called="known as {}",
    denied_behind=(
        r"(?:(?:He|She|They)\s(?:did\snot|didn[’']t|never\sdid|has\snot|hasn[’']t|had\snot|hadn[’']t)"
        r"(?:\s(?:said|called|say|do)(?:\s(?:so|that|it|this))?)?|"
        r"(?:That|This|It|The\s(?:claim|quote|quotation|post|story|report))\s(?:is|was)\s(?:a\s)?(?:\w+ly\s)?"
        r"(?:false|untrue|not\strue|fake|fabricated|invented|made\sup|lie|hoax|fabrication))\."
    ),
    family_ranks=frozenset("elder younger older".split()),
    first_of_places=frozenset("big little san santa saint st fort port mount mt".split()),
    called_by_letters=r"(?:DJ|MC|MVP|VIP|VP|All-Star)",
    recalling_verbs=("recall", "remember"),
    firm_partners=frozenset("sons daughters brothers partners associates co company".split()),
    clause_conjunctions=frozenset({"that", "whether", "if"}),
    known_before=r"\bknown\s(?:simply\s)?as\s(?:(?:the|an?)\s)?$",
    epithet_before=(
        r"\b(?:the|an?|new|former|current|late|famous|longtime|self-styled|self-proclaimed|so-called|own|his|her|their|its)\s$"
    ),
    text_nouns=frozenset(
        """
        statement statements letter letters memo memos message messages report reports post posts tweet tweets email
        emails note notes video videos column article story essay editorial op-ed blog document filing lawsuit complaint
        suit indictment affidavit petition leaflet interview interviews transcript analysis review press release ruling
        order speech remarks
        """.split()
    ),
)
