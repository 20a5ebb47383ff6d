"""English patterns for words that an article denies, questions or reports at second hand."""

from __future__ import annotations

from assistant.text.languages.profile import CorrectionPatterns, StatusPatterns

_ADVERBS = r"(?:\s(?:ever|even|once|actually|have|has|had|been|at any time|in fact|(?!only\b|merely\b|simply\b)\w+ly))*"
_MODAL_ADVERBS = r"(?:\s(?:have|well|also|then|even|still|now|be|\w+ly))*"
# A noun phrase with a claim, then the clause about the words: "the reports in some papers that "
_CLAIM_NOUNS = (
    r"(?:claims?|reports?|rumou?rs?|allegations?|suggestions?|accusations?|assertions?|stor(?:y|ies)|idea|notion|"
    r"impression|charges?|assumption|insinuations?|myth|legend|tale|gossip|speculation|posts?|memes?|hoax)"
)
_CLAIM_CLAUSE = rf"{_CLAIM_NOUNS}(?:\s(?!(?:that|and|but|or|while|when)\b)[\w’'\-]+){{0,4}}?(?:\sthat)?\s"
_UNREAL_WORKS = (
    r"(?:sketch|parody|spoof|deepfake|cartoon|satire|skit|hoax|meme|dream|musical|novel|play|sitcom|comedy|"
    r"impression|impersonation|caricature|film|movie|imitation)"
)
_UNREAL = (
    r"(?:fake|faked|doctored|manipulated|fabricated|invented|satirical|fictional|imaginary|made-up|bogus|forged|"
    r"AI-generated|computer-generated|spoof|parody|mock)"
)
_WORDS = (
    r"(?:(?:the|these|those|such|any)\s)?"
    r"(?:words?|phrase|remarks?|comments?|term|expression|sentence|statements?|threats?)"
)
_SPEECH_PARTICIPLES = (
    r"(?:saying|telling|calling|describing|uttering|claiming|stating|tweeting|shouting|suggesting|declaring|arguing|"
    rf"(?:using|making|writing|posting)\s{_WORDS})"
)
_SAID = (
    r"(?:said|told|called|described|uttered|claimed|stated|tweeted|shouted|suggested|declared|argued|"
    rf"(?:used|made|written|wrote|posted|spoken|spoke)\s{_WORDS})"
)
_DENIAL_VERBS = (
    r"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|"
    r"rebut(?:s|ted|ting)?|debunk(?:s|ed|ing)?|disavow(?:s|ed|ing)?|contradict(?:s|ed|ing)?)"
)

_INSTEAD = r"(?:(?:Rather|rather)\sthan|[Ii]nstead\sof|[Ww]ithout|[Ff]ar\sfrom|[Ss]hort\sof)"
_FEW_WORDS = r"(?:\s(?!that\b)[\w’'\-]+){0,4}"
_NOBODY = r"(?:[Nn]obody|[Nn]o\sone|[Nn]either\sof\sthem)(?:\s(?:has|have|had|ever|here|there))*"

_IMITATORS = (
    r"(?:man|woman|person|actor|actress|comedian|comic|performer|character|figure|someone|somebody|boy|girl|voice|avatar|"
    r"account|robot|puppet|caller|hoaxer|prankster|impressionist|youth|stranger|individual|users?|people|bot|chatbot|"
    r"clone|doll|video|image|animation|recording|clip|men|women|actors|[Ss]omeone|[Ss]omebody)"
)
_IMITATES = (
    r"(?:resembl(?:ing|es|ed)|impersonat(?:ing|es|ed)|play(?:ing|s|ed)|portray(?:ing|s|ed)|imitat(?:ing|es|ed)|"
    r"mimicking|mimicked|mimics|parodying|parodi(?:es|ed)|posing\sas|poses\sas|posed\sas|pretending\sto\sbe|pretended\sto\sbe|"
    r"dressed\s(?:up\s)?(?:as|like)|claiming\sto\sbe|claimed\sto\sbe|purporting\sto\sbe|purported\sto\sbe|"
    r"said\sto\sbe|believed\sto\sbe|in\sthe\srole\sof|look(?:ing|s|ed)\s(?:\w+\s)?like|sound(?:ing|s|ed)\s(?:\w+\s)?like|"
    r"based\son|modeled\son|modelled\son|in\sthe\sname\sof|in\sthe\svoice\sof|made\sup\sas)"
)

STATUS = StatusPatterns(
    negated_verb=rf"(?:\b(?:never|not|hardly|neither|nor)|n[’']t){_ADVERBS}\s?$",
    refused_verb=(
        r"\b(?:refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|fail(?:s|ed|ing)?|forgot|omit(?:s|ted)|neglect(?:s|ed))\sto\s$|"
        r"\b(?:avoid(?:s|ed|ing)?|stop(?:s|ped)?\sshort\sof)\s$"
    ),
    possible_verb=(
        rf"\b(?:may|might|could|should|can|must|ought\sto|needs?\sto|ha(?:s|ve)\syet\sto|(?:is|was)\ssupposed\sto)"
        rf"{_MODAL_ADVERBS}\s$|"
        r"\bwould(?:\s(?:have|never|probably|likely|perhaps|surely|certainly|simply|rather))*\s$"
    ),
    hearsay_verb=r"\b(?:reportedly|allegedly|purportedly|supposedly|apparently)\b",
    open_question=r"^\s(?:whether|if|how|why|when|where|what|who|which|more|much|anything|exactly|precisely|so|to)\b",
    asked_before=r"\b(?:if|whether|unless|until|imagines?|imagined|imagining|suppos(?:e|ing)|as\sthough|in\scase|pretend(?:s|ed|ing)?(?:\sthat)?|"
    r"ask(?:s|ed|ing)?\s(?:(?:him|her|them|about)\s)?(?:why|how|what|when|where))\s$",
    yes_no_question=(
        r"(?:^|[,;:—–\-(]\s?|\b(?:and|but|so|or)\s)(?:Did|Does|Do|Has|Have|Had|Is|Was|Would|Could|Might|Will|did|does|has|had)\s$"
    ),
    claim_before=rf"\b(?P<noun>{_CLAIM_CLAUSE})$",
    denied_claim_before=(
        rf"\b(?:{_DENIAL_VERBS}\s(?:[\w’'\-]+\s){{0,5}}?|false\s|untrue\s|unfounded\s|baseless\s|bogus\s|invented\s|"
        rf"fabricated\s|no\struth\s(?:in|to)\s(?:the\s|any\s)?){_CLAIM_CLAUSE}$"
    ),
    denied_before=(
        rf"\b{_DENIAL_VERBS}\s(?:that\s)?$|"
        r"\b(?:not|isn[’']t|wasn[’']t|never)\s(?:true|the\scase|correct|right|a\sfact)\sthat\s$|"
        r"\b(?:false|untrue|a\slie|a\smyth|incorrect|wrong|fabricated|nonsense)\sthat\s$|"
        r"\b(?:falsely|wrongly|incorrectly|mistakenly|erroneously)\s[\w’'\-]+\s(?:that\s)?$|"
        r"\b(?:nobody|no\sone|none)\s(?:\w+\s){0,3}?(?:heard|recalls|recalled|remembers|remembered)\s$"
    ),
    unsaid_before=(
        rf"(?P<instead>\b{_INSTEAD}\s(?:ever\s)?{_SPEECH_PARTICIPLES}{_FEW_WORDS}|\x01,?\s(?:and\s)?(?:not(?:\sthat{_FEW_WORDS})?|{_INSTEAD}))\s?$|"
        rf"\b{_NOBODY}\s{_SAID}{_FEW_WORDS}\s?$"
    ),
    doubted_before=(
        r"\b(?:appear|seem|purport)(?:s|ed|ing)?\sto\s(?:show|depict|feature|have)\s(?:(?!that\b)[\w’'\-]+\s){0,3}$|"
        r"\b(?:no|without|any)\s(?:\w+\s)?(?:evidence|proof|record|recording|sign|indication|trace)\s(?:of|that)\s$|"
        r"\b(?:unclear|uncertain|unknown|unconfirmed|doubtful|possible|likely|unlikely|conceivable|disputed)\sthat\s$|"
        r"\b(?:want|wants|wanted|wish|wishes|wished|expect|expects|expected|waiting|wait|hope|hopes|hoped|hoping)\s(?:for\s|that\s)?$"
    ),
    imitation_before=(
        rf"(?P<role>\b(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Ss]ome|[Aa]nother)\s(?:(?!an?\s|the\s)[\w’'\-]+\s){{0,2}}?)?{_IMITATORS}\s"
        rf"(?:who\s(?:is\s|was\s)?|that\s(?:is\s|was\s)?)?{_IMITATES}\s(?:the\s)?)$"
    ),
    imitation=rf"\b{_IMITATES}\b",
    unreal_setting=(
        r"(?:^|[,;:—–]\s)(?:Had|Should|Were)\s$|"
        rf"\b[Ii]n\s(?:an?|the|his|her|this|that|one|another|its|their)\s(?:[\w’'\-]+\s){{0,3}}?"
        rf"(?:{_UNREAL_WORKS}|{_UNREAL}\s[\w’'\-]+)\b[^\x01;:]{{0,60}}$|"
        rf"\b(?:{_UNREAL}|satirical)\s(?:[\w’'\-]+\s){{0,2}}?(?:of|from|by|in\swhich|where|showing|shows|has|had|with)\s(?:the\s)?$"
    ),
    denied_words=(
        rf"^\s(?:(?:ever|even|again|today|\w+ly)\s)?(?:having\s(?:ever\s)?{_SAID}|{_SPEECH_PARTICIPLES})\b(?:\s{_WORDS}\b)?|"
        rf"^\s(?:that\s)?(?:he|she|they|it)(?:\s(?:had|has|have|ever|never|\w+ly)){{0,3}}\s(?:{_SAID}|says?|calls?)\b"
        rf"(?:\s{_WORDS}\b)?|"
        # a clause with words of somebody else: "denied that the board had “lied”"
        r"^\s(?:that\s|being\s|having\s|(?=(?:[^\s,;:\x01]+\s){1,6}(?:had|has|have|was|were|is|are|would|will|did)\s))"
        r"(?:(?!\b(?:because|as|since|after|when|while|who|which|and|but|by|if|for|calling|saying|adding)\b)"
        r"[^,;:\x01]){0,120}(?=\x01)"
    ),
    denial_cues=frozenset(
        """
        deny denies denied denying reject rejects rejected rejecting dispute disputes disputed disputing disavow
        disavows disavowed
        """.split()
    ),
    refused_words=(
        rf"^\sto\s(?:(?:ever|even|\w+ly)\s)?(?:say|utter|use|call|describe|tell|write|promise|shout)\b(?:\s{_WORDS})?"
        r"(?=,?:?\s(?:[\w’'\-]+\s){0,3}\x01)"
    ),
    refusal_cues=frozenset("refuse refuses refused decline declines declined".split()),
    plain_speech_verbs=frozenset(
        """
        say says said tell tells told claim claims claimed argue argues argued suggest suggests suggested promise
        promises promised state states stated write writes wrote announce announces announced admit admits admitted
        imply implies implied insist insists insisted allege alleges alleged declare declares declared add adds added
        call calls called describe describes described tweet tweets tweeted post posts posted utter utters uttered
        shout shouts shouted saying telling calling describing
        """.split()
    ),
    not_theirs=(
        r"\x01[,.]?\s(?:is|was|are|were|has\sbeen|had\sbeen)\s?(?:not|never|n[’']t)(?:\s(?:actually|really|in\sfact|ever))?\s$"
    ),
    words_nouns=frozenset(
        """
        phrase words word expression term line quote quotation slogan remark remarks statement language wording idea
        sentence comment comments own
        """.split()
    ),
    not_by=(
        r"\x01[,.]?\s(?:is|was|were|has\sbeen|had\sbeen|had)\s?(?:not|never|n[’']t)(?:\s[\w’'\-]+){0,3}?\s"
        r"(?:by|from|to)\s(?:the\s)?$|"
        r"\x01[,.]?\s(?:is|was|were|has\sbeen|had\sbeen|have\sbeen)\s(?:\w+\s)?(?:wrongly|falsely|mistakenly|erroneously|"
        r"incorrectly|often\swrongly)\s(?:attributed|ascribed|credited)\sto\s(?:the\s)?$|"
        r"\b(?:misattributed|misascribed|(?:wrongly|falsely|mistakenly|erroneously|incorrectly)\s(?:attributed|ascribed|"
        r"credited))\s(?:the\s\w+\s)?\x01+\sto\s(?:the\s)?$"
    ),
    quoting=(
        r",?\s(?:quoting|paraphrasing|repeating\sthe\swords\sof|reading\s(?:aloud\s|out\s)?(?:from\s)?an?\s(?:letter|"
        r"statement|message|email|text)\s(?:by|from))\s"
    ),
    accused_of=(rf"\s(?:of|for)\s(?:\w+ly\s)?(?:having\s{_SAID}|{_SPEECH_PARTICIPLES})\b"),
    accusing_cues=frozenset(
        """
        accused accuses accusing criticised criticised criticizes criticises criticized criticising criticizing blamed
        blames blaming mocked mocks mocking condemned condemns condemning denounced denounces denouncing praised praises
        praising thanked thanks thanking attacked attacks attacking blasted slammed rebuked scolded chided faulted
        """.split()
    ),
    other_objects=(" on ", " for ", " upon ", " off ", " out "),
)

_WRONGLY = r"(?:wrongly|incorrectly|mistakenly|erroneously|falsely|inaccurately|in\serror)"
_OWN_ARTICLE = (
    r"(?:article|report|story|column|headline|caption|item|piece|post|dispatch|profile|interview|editorial|obituary|"
    r"review|version|edition|feature|newsletter|transcript|summary)"
)

CORRECTIONS = CorrectionPatterns(
    hint=(
        rf"\b(?:misquot|misattribut|misidentif|attributed|credited\sto|{_WRONGLY}|(?:earlier|previous|original|first)\s"
        r"version|[Cc]orrection|CORRECTION|[Cc]larification|should\shave\sbeen|amended|[Ee]ditor[’']s\s[Nn]ote|EDITOR|"
        r"[Aa]pology|[Ff]or\sthe\s[Rr]ecord)"
    ),
    title=(
        r"^\W*(?:corrections?\b(?!\s(?:officers?|departments?|systems?|facilit|cent|staff))|correcting\b|corrected\b|"
        r"clarif|for\sthe\srecord|errat|apology|amendment\b|editor[’']s\snote)"
    ),
    note_opening=(
        r"^[^\w\n]{0,6}(?:(?:An?\s)?(?:[Cc]orrections?|CORRECTIONS?|[Cc]larifications?|CLARIFICATIONS?|[Ee]rrat(?:um|a)|"
        r"[Aa]mendment|[Aa]mended|[Aa]pology|[Ee]ditor[’']s\s[Nn]ote|EDITOR[’']S\sNOTE|[Ff]or\sthe\s[Rr]ecord|[Cc]orrected|This\s\w+\s(?:was|has\sbeen)\s(?:amended|corrected|updated))\b)"
    ),
    own_article=(
        rf"\b(?:[Aa]n?|[Tt]he|[Oo]ur|[Tt]his|[Tt]hat)\s(?:[\w’'\-]+\s){{0,3}}?{_OWN_ARTICLE}\b|\b[A-Z][a-z]+day[’']s\s{_OWN_ARTICLE}\b|\b[Ww]e\b|"
        r"\b[Tt]his\s(?:news)?paper\b|\b[Oo]ur\b"
    ),
    error=(
        rf"\b(?:{_WRONGLY}|misquoted|misattributed|misidentified|misstated|should\shave\sbeen|error|"
        r"(?:earlier|previous|original|first)\sversion)\b"
    ),
    attributed_to=(
        r"\b(?:misattributed|attributed|credited|ascribed)\b[^.;]{0,400}?\bto\s|\bcredited\s|"
        r"\bmisidentified\b[^.;]{0,300}?\bas\s"
    ),
    quoted_as=r"\b(?:misquoted|quoted)\s",
    misquoted="misquoted",
    as_saying=r"[^.;\x01]{0,120}?\bas\s(?:saying|stating|telling|having\ssaid|calling|describing)\b",
    reported_that=(
        rf"\b(?:{_WRONGLY}\s(?:reported|stated|said|wrote|claimed|suggested|indicated|implied|had|quoted)|"
        rf"(?:reported|stated|said|wrote|claimed|suggested)\s{_WRONGLY})\s(?:that\s)?|"
        r"\b[Ww]e\s(?:reported|said|wrote|stated|claimed)\s(?:on\s\w+\s)?that\s"
    ),
    not_but=r"\b[Ii]t\swas\s(?:in\sfact\s|actually\s)?(?=[^.;]{1,120},\s(?:and\s)?not\s[^.;]{1,120}\swho\b)",
    not_wrong=r",?\s(?:and\s)?(?:not|rather\sthan|instead\sof)\s(?:(?:by|to|from|of|those\sof)\s)?",
    spoken_by=(
        r"\b(?:spoken|said|made|uttered|written|given|delivered|voiced|issued|used|tweeted|posted)\s(?:instead\s)?by\s|"
        r"\b(?:those|words|remarks?|quotes?|quotation|comments?)\s(?:of|from)\s|"
        r"\b(?:came|come|comes|was|were)\s(?:in\sfact\s|actually\s)?from\s|\bbelong(?:s|ed)?\sto\s|"
        r"\b(?:should|ought)\s(?:instead\s)?(?:to\s)?(?:have\sbeen|be)\s(?:attributed|credited|ascribed)\sto\s|"
        r"\bspeaker\s(?:was|is)\s(?:in\sfact\s|actually\s)?|\b(?:attributed|attributable)\s(?:instead\s)?to\s"
    ),
    should_be=r"\bshould\s(?:instead\s)?(?:have\sbeen|be)\s(?:attributed|credited|ascribed)\sto\b",
    it_was=r"\b(?:[Ii]t|[Tt]hat|[Tt]his)\swas\s(?:in\sfact\s|actually\s|instead\s)?",
    who_said=r"[^;\x01]{0,80}?\bwho\s(?:had\s|in\sfact\s|actually\s)?(?:said|made|spoke|used|told|called|wrote)\b",
    in_fact=r"\b(?:In\sfact|Actually|Instead|In\sreality),?\s(?:it\swas\s)?",
    did_not=(
        r"\b(?:did\snot|didn[’']t|never|has\snot|had\snot|hasn[’']t|hadn[’']t)(?:\s(?:ever|in\sfact|actually))?"
        r"(?:\s(?:say|said|speak|spoken|make|made|use|used|utter|uttered|do\sso|so)\b|[.!])|\bno\ssuch\b|"
        r"\bnot\s(?:said|spoken)\b|\b(?:made\sup|invented|fabricated)\b"
    ),
    instead_of=r"(?:\bnot|\brather\sthan|\binstead\sof|\bas\sopposed\sto)\b(?:\s[\w’'\-]+){0,6}\s?$",
    right_verbs=frozenset("said says told made spoke added wrote used tweeted posted was".split()),
)
