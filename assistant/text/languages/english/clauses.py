"""English patterns for the words around a report of speech."""

from __future__ import annotations

from assistant.text.languages.profile import ClausePatterns

_TIME_OR_PLACE = (
    r"(?:on|in|at|by|during|after|before|via|over(?=\s(?:e-?mail|text|the\s(?:phone|telephone|radio|weekend))\b)|"
    r"(?:late|early)(?=\s(?:on|in|last|this|yesterday|today|\w+day)\b)|earlier|later|recently|yesterday|today|"
    r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|"
    r"(?:that|this|last)(?=\s(?:\w*day|night|week|year|month|morning|summer|winter|spring|fall|autumn)\b))"
)
_NO_ROLE = (
    r"(?!(?:not|themselves|itself|himself|herself|that|and|but|or|is|was|are|were|while|when|after|before|because|although|though|whereas|if|since|until|"
    r"so|even|how|why|what|whether|which|who|whom|whose)\b)"
)
# A pronoun as a subject, or a finite verb: a clause has begun
_SUBJECT_OR_VERB = (
    r"\b(?:he|she|it|they|we|I|you|there|is|was|are|were|has|had|have|will|would|could|should|may|might|can|must|does|"
    r"did)\b"
)
# A name and a finite verb: "told CNN Republicans would …"
_AUXILIARY = r"(?:is|are|was|were|has|have|had|will|would|could|should|can|may|might|must|did|does|do)"
_NAMED_SUBJECT = rf"[A-Z][\w’'-]*(?:\s(?:(?:al|bin|de|van|von|el|der)\s)?[A-Z][\w’'-]*){{0,3}}\s{_AUXILIARY}\b"
_NO_LINK = (
    r"(?!(?:that|to|about|for|how|why|what|if|whether|of|by|with|who|in|on|at|from|and|or|as|"
    r"stor(?:y|ies)|truth|jokes?|lies?)\b)"
)
_OCCASION = (
    r"(?:report|statement|release|letter|interview|post|tweet|email|e-mail|message|call|hearing|meeting|conference|"
    r"briefing|speech|talk|lecture|debate|podcast|session|rally|filing|note|memo|lawsuit|complaint|article|essay|time|stop|event|appearance|broadcast|story|caption)"
)
_CLAUSE_REST = r"\w*\b(?:(?!\sthat\s)[^,;:\x01]){0,90}"
_CAPITALIZED_NAME = r"[A-Z][\w’'.&\-]*(?:\s[A-Z][\w’'.&\-]*){0,4}(?:(?<=s)\s\d{1,2}(?=\s[a-z]))?"

CLAUSES = ClausePatterns(
    occasion=_OCCASION,
    main_verb=r",\s(?:did|does|do|has|have|had|was|were|is|are|will|would|could)(?:n[’']t)?\s",
    bare_clause=r"(?:that\s)?\w+\s(?:is|was|are|were|has|had|will|would|could|do|does|did|ha[sd]\sbeen)",
    sentence_tail=(
        rf"^(?:\s(?:{_TIME_OR_PLACE}|to|of|with|from|about|for|as|when|while|then|again|through|outside|inside|over|"
        rf"near|there(?!\s(?:is|are|was|were|has|have|had|will|would|may|might|could)\b)){_CLAUSE_REST})?[.!?,;]?\s*$"
    ),
    # "… told a local paper on Monday"
    listener=(
        rf"^\s(?:(?:an?|the|his|her|their|its)\s)?(?:[a-z]+\s)?(?:{_CAPITALIZED_NAME}|[a-z]+)"
        rf"(?:\s(?:{_TIME_OR_PLACE}|(?:as|when|while)\b){_CLAUSE_REST})?[.!?]?\s*$"
    ),
    role_before=(rf"(?<=\x01)\s(?:{_NO_ROLE}[\w’'.\-]{{1,30}}\s){{0,7}}{_NO_ROLE}[\w’'.\-]{{1,30}},?\s$"),
    noun_quote=r"\b(?:the|an?|his|her|its|their|and|or|this|that|of|so-called)\s\x01{1,25}$",
    coordinator=(
        r"(?:[,;:—–]|(?<!\btime\s)(?<!\bday\s)\bwhen|\b(?:and|but|while|after|as|then|before|or|because|since|although|though|"
        r"(?:to|with|of|for|in|on|after|upon|during|at|from)\swhich))\s*$|"
        r",\s(?:and|but|while)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s){1,3}$|,\swhile\s(?:the|an?|its|his|her)\s[^,;:\x01]{1,80},\s$"
    ),
    addressee=(
        r"^(?!\s(?:that|to|about|for|how|why|what|if|whether)\b)\s(?:(?:him|them|us|me)(?=\s[A-Z])|(?:him|her(?!\s\w+\s(?:that|about|how|is|was|were|will|would|had|has)\b)|them|both|us|me|reporters|"
        rf"journalists|lawmakers|voters|supporters|viewers|investors|parliament|(?:[a-z]+\smedia)|"
        rf"(?:the\s)?(?:[A-Z]{{2,6}}(?=\s[A-Z][a-z]+\s(?:al|bin|de|van|von|el)\s|\s{_NAMED_SUBJECT})|{_CAPITALIZED_NAME}))"
        rf"(?:(?<=[a-z])(?=\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){{0,3}}(?:\s[a-z]+){{0,2}}?\s{_AUXILIARY}\b)|\s(?:{_TIME_OR_PLACE}|last|this|earlier|later|affiliate|reporter|host|website|programme|magazine|newspaper|agency)(?:\s[\w’'.\-]+){{0,6}}?"
        r"(?=\s(?:that|he|she|it|they|we|there)\b)|(?=\s(?!and\b|(?:will|would|has|had|is|was|could|should|must|may)\b|[a-z]+s\s(?:to|during|on|in|at)\b|(?:[a-z]+\s){1,2}that\b)[a-z\x01])|"
        rf"(?<=[A-Z])(?=\s{_NAMED_SUBJECT})|(?=\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b))|"
        rf"(?:the|an?|our|his|her|their|its)\s(?:(?!{_SUBJECT_OR_VERB}){_NO_LINK}[a-z][\w-]*\s){{0,3}}(?:{_CAPITALIZED_NAME}|(?!{_SUBJECT_OR_VERB}){_NO_LINK}[a-z]+)"
        r"(?=\s(?:the|an?|his|her|its|their|he|she|it|they|we|there)\s)|"
        rf"(?:(?:an?|the|his|her|their|my|its)\s)?(?:(?!{_SUBJECT_OR_VERB})[\w’'.&\-]+\s){{0,7}}?(?!{_SUBJECT_OR_VERB})[\w’'.&\-]+"
        r"(?=\s(?:that|he|she|it|they|we|there|to|about|how|why|what|if|whether)\b|\s?\x01|[:,]))"
    ),
    no_listener=r",|\b(?:it|that|this|there|he|she)[’']s\b|\b(?:that|of|in|on|at|for|with|from|to|even|only|about|\w+ing)\b|\d",
    speech_setting=(
        rf"^\s(?:{_TIME_OR_PLACE}|to(?=\s(?:an?|the|his|her|their|its|[A-Z]|\w+s\b)|\s\x01)|of|"
        r"from(?=\s(?:an?|the|his|her|its|their)\s))"
        rf"(?:(?!{_SUBJECT_OR_VERB})[^,:\x01]){{0,120}}?(?=\sthat\s(?!{_AUXILIARY}\b)|[:,]?\s?\x01|:)|"
        rf"^\s(?:in|on|at|during)\s(?:(?!{_SUBJECT_OR_VERB})[^:\x01]){{1,150}}?,(?=\sthat\s)|"
        r"^\s[—–-]\s[^—–\x01]{1,60}\s[—–-](?=\s\x01)|"
        r"^,\s(?:in|on|at|during|after)\s[^,:\x01]{1,60},(?=\s\x01)|^,\swithout\s[^,:\x01]{1,60},(?=\sthat\s)|^\swith\s(?:an?\s)?(?:\w+\s)?\w+,(?=\s\x01)|"
        r"^\s\w+ly,?(?=\s\x01)|^,\s(?:though|however|too|meanwhile|for\s(?:example|instance)),(?=\s)"
    ),
    # "Tarn's plan, according to the Post in March, is late": the occasion before the verb
    source_occasion=r"^\s(?:(?:in|on|at|during|last|this|that)\s[^,\x01]{1,50}|\w+ly|once|earlier|later)(?=,\s)",
    # "… said Tuesday, likely making it late"
    participle_after_day=(
        r"^\s(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:morning|afternoon|evening|night))?,\s"
        r"(?:(?:\w+ly\s)?\w+ing|after|when|while|as|because|amid|following|despite|although|though|before|since)\b"
    ),
    # the article before a speaker, left at the end of the words: “…,” the CDC said
    article_end=r"(?<![\w’'])(?:[Tt]he|[Aa]n?)\s$",
    # "Ivo — who called it “sad” — said": an aside, no words of the speaker behind it
    aside_before=r"[—–-]\s(?:who|whom|which|whose)\s[^—–]{1,200}[—–-]\s*$",
    # ", an editor", ", head of the lock"
    speaker_description=r"^,\s(?:(?:despite|amid|following|due\sto|as|after|when)\s|(?:an?|the|who|whose)\s|(?!\w+ed\s)[\w\-]+(?:\s[\w\-]+){0,3}\s(?:of|at|for|with)\s)",
    # "Rather than pay, said Ada Brandreth, …"
    incomplete_opening=(
        r"^\W*(?:(?:And|But|Yet|So)\s)?(?:Rather than|Instead of|Because|If|When|While|Unless|Until|Since|Although|"
        r"Though|Despite|Without|Given|In|At|As|For|By|With|From|After|Before)\s"
        r"(?:(?!\b(?:is|was|are|were|has|had|will)\b)[^,]){1,160},\s$"
    ),
    apposition=r"^(?:,\s(?:who\s)?[^,:\x01]{1,80})?,\s(?=[\w’'\-]+\s[\w’'\-]+)",
    # "Speaking on the radio, “…”"
    opening_setting=r"\s*(?:Speaking|Talking|Writing|Responding|Asked)\s[^,\x01]{1,80},\s",
    and_before=r"\b(?:and|but|or|because|that|while|since),?$",  # "it closed and, according to Ada, leaks"
    # "said Thursday it is late"
    day_before_clause=(
        r"^\s(?:(?:on\s[A-Z][a-z]+\s)?(?:(?:late|early|earlier)\s)?(?:on\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)"
        r"(?:\s(?:morning|afternoon|evening|night))?|publicly|privately|repeatedly|previously|ahead\sof\s(?:[\w’'-]+\s){1,4}?(?=that\s)|"
        r"on\s[A-Z]\w+\s\d{1,2}|in\s(?:early\s|late\s)?[A-Z][a-z]+|recently|"
        r"(?:earlier\s|late\s)?(?:this|last)\s(?:week|month|year|summer|winter|spring|fall|autumn|[A-Z]\w+)|"
        rf"(?:in|at|during)\s(?:an?|the|its|his|her|their)\s(?:[\w-]+\s){{0,3}}?{_OCCASION}"
        r"(?:\s(?:with|to)\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})?"
        r"(?:\s(?:(?:on\s|late\s|early\s|last\s)?(?:[A-Z]\w+day|yesterday|today|night|week|month|year))(?:\s(?:morning|afternoon|evening|night))?)?)"
        r"(?:,\s(?=\w)|\s(?=(?:the|its?|he|she|they|there|we|you|I|an?|his|her|their|this|these|those|no|some|all|both|[A-Z]\w+)\s)|"
        r"(?<=\s)(?=that\s))"
    ),
    # "according to Ada of the town, …", "according to Ada, who keeps the lock, …"
    source_description=r"^\s\([^()\x01]{1,20}\),?\s|^,?\s(?:of|from|at|for|in|on|with)\s[^,\x01]{1,90},\s|^,\s(?:who|which|whose)\s[^,\x01]{1,220},\s",
    # "…, Ada said, making it late"
    told_participle=r"^,\s(?:(?:\w+ly\s)?\w+ing|and\s[A-Z]\w+(?!\s(?:will|would|is|was|has|had)))\b",
    # "In an interview, …"
    setting_opening=(
        r"^\W*(?:(?:And|But|Yet|Then|Meanwhile|Later|Earlier|Also|Now|However|Still|Instead|Nonetheless),?\s)?(?:As\spart\sof|In|On|At|During|After|Before|Following|Speaking|"
        r"Writing|Talking|Appearing|Last|[Ee]arlier|last|in|on|at|during|after|Thanks|Earlier|Late|Yesterday|(?:An?|One)\s(?:day|week|month|year|hour)\s(?:earlier|later|before|after)|Two|Three|From|With|By|Through|Over)\b"
    ),
    # "Asked if the lock leaks, …"
    asked=r"^\W*(?:When\s|After\sbeing\s|On\sbeing\s)?(?:Asked|Questioned|Pressed|Quizzed|asked|questioned|pressed)\b(?!\sthat\b)",
    comma_as=r",\sas$",  # "…, as Ada noted in a letter"
    relative_opening=r"(?P<mark>[,(\[—–-])\s?(?:which|whom)\s(?:the\s|an?\s)?$",
    second_clause=r"[;:—–]|\.(?!\d)|,\s(?:and|but|while|though|although|whereas)\s(?!that\s)",
    is_that=r"(?:is|was|remains|has been)\s(?=that\s)",  # "her claim is that"
    finite_opening=r"^(?:is|was|are|were|has|have|had|will|would|can|could|may|might|should|must|does|did)\b(?!:?\s\x01)",
    relative_pronouns=frozenset("which who that whom and but".split()),
    finite_verb=r"^,\s(?:is|was|are|were|has|have|had|will|would|could|should|may|might|can|must|does|did)\s",
    trailing_conjunction=(
        r"[,;]?\s(?:(?:even\s)?(?:and|but|while|as|when|after|though|although|because)(?:\s(?:has|have|had|is|was|were|will|"
        r"would|could|did|does|do|also|not|never|now|then|later|\w+ly)){0,3}|even|however|though|meanwhile|further|(?:to|with|of|for|in|on|after|upon|during|at|from)\swhich)$"
    ),
    trailing_verb=r"(?<=\x01)\s(?:is|was|are|were|has\sbeen|had\sbeen)$",
    relative_end=r",\s(?:which|who|whose)\s[^\x01]*$",
    own_predicate=r"\s(?:and\s(?=ha[sd]\s)|but\s)(?:also\s)?(?:did|does|has|had|would|could)(?:\snot|n[’']t)?\s.*",
    infinitive=r"\sto\s",
    continuations=("and ", "but ", "when ", "as ", "after ", "before ", "while ", "during ", "at "),
    negation=r"\b(?:cannot|can[’']t|couldn[’']t)$",
    willing_to=r"\b(?:quick|eager|happy|keen|careful|glad|proud|swift|slow|right|wrong|first)\sto$",
    # "Ada beat Ivo, analysts at the club say"
    plural_subject=r",\s(?:[\w’'\-]+\s){0,3}[a-z]+[^s\W]s\s(?:at|in|of|for|from|with|and)\s[^,]*$",
    offered_goods=(
        r"^(?:[\w’'.\-]+\s){0,6}?(?:[\d]|(?:billions?|millions?|thousands|hundreds|money|cash|aid|loans?|grants?|"
        r"tickets?|jobs?|troops|weapons|boats?|rooms?|shelter|food)\b)"
    ),
    adverbial_content=(
        r"^(?:(?:in|over|via|at|into|since|from|by|away|through|back|during|after|before|around|off|up|down|under|"
        r"across|within|alongside|again|recently|earlier|later|live|directly|publicly|with|"
        r"on(?=\s(?:\w+day|(?:his|her|their|its)\s(?:[\w-]+\s){0,3}?(?:account|page|channel|feed|blog|website|site|show|podcast)\b|[A-Z]\w+\s\d|Twitter|Facebook|Instagram|X|TV|television|radio|air|camera|stage)\b))\s|"
        r"to\s(?:(?:the|an?|his|her|their|its|our|my|this|these)\s|[A-Z]|\w+s\b))(?!.*\b(?:that|how|why|whether|about)\s)"
    ),
    finite_word=(
        r"\b(?:is|are|was|were|am|be|been|being|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|"
        r"should|to|went|got|made|took|came|saw|gave|won|lost|left|found|said|told|knew|thought|ran|held|kept|became|"
        r"began|brought|bought|built|fell|felt|fought|led|met|paid|rose|sent|sold|spent|stood|struck|taught|wrote|broke|"
        r"chose|drove|grew|hurt|shut|\w+ed|(?<=\s)(?!this\b|thus\b|(?:year|month|week|day|hour|time)s\b)[a-z]{3,}s)\b|[’'](?:re|ve|ll|d|m)\b|"
        r"\b(?:he|she|it|that|there|who|what)[’']s\b|n[’']t\b"
    ),
    agent="by",
    naming_participle="called",
    title_before=r"\b(?:on|in|for|called|titled|named|entitled|show|film|book|song|series|programme?|album),?\s$",
    predicate_stops=frozenset("and but or which who when if because as while what how why where , ; : — –".split()),
    relative_words=("which ", "who ", "whose "),
    # Deeds, with verbs of saying: "swore her in", "answered some questions", "claimed 40 lives"
    deed=(
        r"^(?:(?:decline|refuse)\w*\s|learn\w*\sto\s|counter\w*\swith\s|offer\w*\s(?!to\b|that\b)|"
        r"suggest\w*\s(?:as|for)\s|assert\w*\s(?:his|her|its|their)\s|boast\w*\s(?:up|an?|the|more|some|\d)|"
        r"(?:plead\w*|pled)\s(?:\w+\s)?guilty\b|(?:swear\w*|swore)\s(?:\S+\s){1,6}in\b|answer\w*\s(?:\S+\s){0,5}questions?\b|"
        r"claim\w*\s(?!that\b)(?:\S+\s){0,4}lives$|contend\w*\s(?:for|with)\s|"
        r"challeng\w*\s.{1,80}?\sfor\s.{0,60}\b(?:nomination|seat|title|leadership|presidency)\b|"
        r"declar\w*\sfor\s(?:president|mayor|governor|Congress|parliament|the\s(?:presidency|Senate|House))\b|"
        r"advis\w*\s(?:(?!(?:that|to|how|why|what|not)\b)[^,\s]+\s){1,4}?on\s(?:its|his|her|their)\s(?!.*\bthat\b)|declar\w*\s(?:an?\s)?(?:\w+\s)?(?:state\sof\s)?(?:emergency|disaster|war|bankruptcy)\b|elaborat\w*\son\s|knock\w*\s|"
        r"(?:call|put|back|lash)\w*\s(?:\w+\s)?(?:off|up|out|away)\b|"
        r"recall\w*\s(?!that\b|how\b|when\b|what\b|\w+ing\b|his\b|her\b|the\s(?:day|time|night|moment)\b))"
    ),
    # "knows that", "sees it as a danger", but not "saw his chance"
    known=r"^(?:that|how|why|what|whether|if|when|where|who|it|he|she|they|there|no|little)\b|\bas\b",
    # "a plan and the council cancelled it": a second clause after a thing
    joined_clause=r",?\s(?:and|but)\s(?:the\s)?[A-Z][\w.’'-]*\s(?:[\w.’'-]+\s){0,3}?\w+(?:ed|s)\b.*",
    sentence_break=r"\b(?P<last>[\w’'%-]+)\)?[.!?]\s{1,3}(?=[A-Z][\w’'-]*\s)",
    narrated_clause=(
        r"(?:(?<=\w),|(?<=\x01),?)\s(?:an?|another)\s(?:[\w-]+\s)?(?:nod|dig|jab|swipe|allusion)\s(?:to|at)\b[^,]*$|"
        r",\s(?:(?:to|with|of|for)\s)?which\s(?:(?:[A-Z][\w.’'-]*|and|the)\s){1,6}(?:[a-z]+ly\s|somewhat\s)?[a-z]+(?:ed|ied|s)\b.*|"
        r",\sbefore\s\w+ing\b.*|"
        r"(?:(?<=\w),|(?<=\x01),?)\s(?:an?|another)\s(?:\w+\s)?(?:sign|claim|charge|assertion|accusation|allegation|reference|remark|comment|"
        r"suggestion|move|step|reversal)\s(?!of\b)[^,]*?\b(?:[a-z]+ed|said|says|believes?|thinks?|would|could|is|was|has|had|have)\b.*|"
        r",\s(?:but|and)\s(?:later|then|subsequently|soon|eventually)\s\w+ed\b.*|"
        r",\sin\s(?:what\s(?:\w+\s)?(?:appears|seems|is|was|looks)|an\sapparent)\b.*|"
        r"(?:\sbut\s(?:also\s)?|,\s(?:but|however|though|although|and),?\s(?:he|she|they|it)\s)"
        r"(?:avoided|declined|refused|stopped\sshort|(?:gave|offered)\s(?:no|few)|did\s(?:acknowledge|admit|concede|add|note|stress)|(?:did\snot|would\snot|didn[’']t|wouldn[’']t)\s"
        r"(?:say|specify|give|provide|elaborate|name|explain|comment|identify|offer|disclose|reveal|get\sinto|go\sinto))\b.*|"
        r"\s[—–―-]{1,2}\s(?:(?:some|something|one|\d+\s\w+\s(?:after|before))\s|(?:even\s)?(?:although|though)\s|an?\s(?:[\w’'-]+\s){1,9}?(?:that|which|who|he|she|they|for|from|since|to)\s)(?:(?!\s[—–-]).)*$|"
        r",\sonly\sto\s.*|"
        rf"(?<=\x01)\s(?:on\s(?:Twitter|Facebook|Instagram|social\smedia|television|[A-Z]\w+day\b)|"
        rf"(?:in|at|during|on)\s(?:an?|the|his|her|their|its)\s(?:[\w’'-]+\s){{0,4}}?{_OCCASION}\b)[^\x01]*$"
    ),
    key_with=r"with$",
    key_used=r"us(?:ed|es)$",
    key_example=(
        r"\W{0,2}(?:(?:and|but),?\s)?(?:like|including|such as|led by|for (?:example|instance)|in particular|"
        r"particularly|especially|notably|among them),?$"
    ),
    past_endings=("ed", "stood", "sat", "rose", "went", "came", "took", "takes", "goes", "comes"),
    group_endings=("s", "people", "men"),
)
