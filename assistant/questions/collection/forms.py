"""The forms of questions about the whole collection, as a table: each with an example and a template of its words.

A template is a regular expression; names in angle brackets stand for PIECES. A question of fact ("How many people
died?") must match none: each form names what the collection has (articles, quotes, outlets) or a verb of mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.records.collection.question import CollectionKind, Unit


@dataclass(frozen=True, slots=True)
class CollectionForm:
    """One way to ask. Without `unit`, the words of the group `unit` say what is counted.

    With `needs_period`, it is this form only where the question names days.
    """

    kind: CollectionKind
    unit: Unit | None
    example: str
    template: str
    needs_period: bool = False


PIECES = {
    "many": r"(?:how many|how much|(?:what (?:is|was|are) )?(?:the )?(?:total )?numbers? of|count(?: up)?(?: of)?|"
    r"(?:what (?:is|was) )?the count of)"
    r" (?:(?:different|distinct|separate|of (?:the|my|our|these|those|all)|the|my|our|all|other|such|these) )*",
    "list": r"(?:(?:please )?(?:list|show|give|find|get|display|print|name|open)(?: me| us)? |(?:what|which) "
    r"(?:are|is) )?",
    "all": r"(?:all|every|each|any|the|my|our|of|full list of|a list of|list of)(?: (?:all|of|the|my|our|of the))*",
    "articles": r"(?P<unit>(?:news |press |newspaper )?(?:articles?|stories|story|reports|pieces|items|texts|"
    r"documents|"
    r"write-?ups|posts))",
    "mention": r"(?:mention(?:s|ed|ing)?|name[sd]?|naming|cover(?:s|ed|ing)?|contain(?:s|ed|ing)?|include[sd]?|"
    r"refer(?:s|red|ring)? to|discuss(?:es|ed|ing)?|(?:talk|speak|write|wrote|spoke)(?:s|ed|ing)? (?:about|of|on)|"
    r"report(?:s|ed|ing)? (?:on |about )?|deal(?:s|t|ing)? with|have the words?|us(?:e|es|ed|ing) the (?:words?|"
    r"phrase)|"
    r"bring(?:s)? up|brought up|are about|is about|were about)",
    "on": r"(?:about|on|regarding|concerning|covering|mentioning|naming|discussing|containing|dealing with|"
    r"related to|relating to|with the words?|(?:that|which|who) <mention>|"
    r"with(?= (?:tag|title|author|speaker|like):\S))",
    "here": r"(?: (?:are|is|were|was) there| there (?:are|is|were|was)| (?:do|did|does) (?:you|we|i|it) (?:have|"
    r"hold|know)|"
    r"(?: that)? (?:you|we|i) have| have (?:you|we|i)(?: got)?| exist(?:s|ed)?| can you find)",
    "outlets": r"(?:outlets?|newspapers?|papers?|publications?|media outlets?|media|sources?|news sites?|websites?|"
    r"magazines?|(?:news|press) agenc(?:y|ies)|broadcasters?)",
    # To publish, to run or to have something that is no news is an act outside the collection.
    "reported": r"(?:report(?:s|ed)?(?: on| about)?|cover(?:s|ed)?|mention(?:s|ed)?|wr(?:ote|itten) (?:about|on)|"
    r"write(?:s)? (?:about|on)|(?:<ran>|has|have|had|broke) (?:<all>|an?|some|any|anything|something)"
    r"(?: (?:articles?|stories|story|reports?|pieces?|news|coverage))? (?:<on>|of))",
    "ran": r"(?:carr(?:y|ies|ied)|publish(?:es|ed)?|print(?:s|ed)?|ran)",
    "quotes": r"(?:(?:direct |exact |public )?(?:quotes|quotations|statements|remarks|comments|words|sayings|"
    r"utterances))",
    "people": r"(?:(?:different |other |the )?(?:people|persons?|speakers?|individuals|politicians|experts|officials|"
    r"voices))",
    "quoted": r"(?:quoted|cited)",
    "most": r"(?:(?:the )?most(?: often| frequently)?|a lot|often|frequently)",
    "library": r"(?:the |my |our |these )?(?:articles|papers|library|collection|archive)",
    # A comet appears too: only a quotation (its placeholder) does so in the articles without saying it.
    "comes_up": r"(?:come up|get mentioned|(?<=\ue000 )(?:appear|occur)|(?:appear|occur)(?:ed)? in <library>)",
    # Who reports to somebody is a witness.
    "broke": r"(?:reported(?: on)?(?!.* to )|(?:reported|covered|broke) the (?:news|story) of)",
    "Y": r"(?P<topic>\S.*?)",
    "X": r"(?P<speaker>\S.*?)",
    "besides": r"(?: (?:besides|other than|apart from|except(?: for)?) (?P<besides>\S.*?))?",
    "mentioned": r"(?:<noted>|named|discussed|covered)",
    "noted": r"(?:mentioned|referred to|brought up|reported on|written about|talked about)",
}

# The first form that fits is used, so specific forms come before general ones.
FORMS: tuple[CollectionForm, ...] = (
    # Counts
    CollectionForm("count", None, "How many articles are there?",
                   r"<many><articles>(?:<here>)?(?: (?:altogether|in total|overall))?"),
    CollectionForm("count", None, "How many articles quote Maud Lindqvist?",
                   r"<many><articles>(?:<here>)? (?:that |which )?(?:quote|cite)s? <X>"),
    CollectionForm("count", None, "How many articles mention the berths?",
                   r"<many><articles>(?: (?:in|from|of) (?P<outlet>\S.*?))? (?:that |which )?<mention> <Y>(?:<here>)?"),
    CollectionForm("count", None, "How many articles are there about the berths?",
                   r"<many><articles><here> <on> <Y>"),
    CollectionForm("count", None, "How many articles do you have by Ann Reyes?",
                   r"<many><articles>(?:<here>)? (?:(?:written|signed) )?by (?P<author>\S.*?)(?: on "
                       r"(?P<topic>\S.*?))?(?:<here>)?"),
    CollectionForm("count", None, "How many articles did the Gazette publish on the berths?",
                   r"<many><articles> (?:did|does|has|have) (?P<outlet>\S.*?) (?:publish(?:ed)?|print(?:ed)?|run|"
                       r"write|"
                   r"written|carr(?:y|ied)|have|had)(?: (?:<on>) <Y>)?"),
    CollectionForm("count", None, "How many articles are from the Gazette?",
                   r"<many><articles>(?: (?:are|were|come|came)|<here>)? (?:from|of|in) (?P<outlet>\S.*?)(?: "
                       r"(?:<on>) <Y>)?(?:<here>)?"),
    CollectionForm("count", None, "How many articles came out in September 2025?",
                   r"<many><articles>(?: (?:are|were|come|came|published|printed|out))*(?: (?:from|of|in|on))?",
                   needs_period=True),
    CollectionForm("count", None, "number of articles on the berths",
                   r"<many><articles> <on> <Y>(?:<here>)?"),
    CollectionForm("count", None, "In how many articles are the berths mentioned?",
                   r"in how many (?:different |of the )?<articles> (?:is|are|was|were|has|have|does|do|did) <Y>"
                   r" (?:(?:been )?<mentioned>|appear|occur|come up)"),
    CollectionForm("count", "statements", "How many times is Lindqvist quoted on the berths?",
                   r"how (?:often|many times) (?:is|are|was|were|has|have|had) <X> (?:been )?<quoted>(?: (?:on|"
                       r"about) <Y>)?"),
    CollectionForm("count", "mentions", "How often are the berths mentioned?",
                   r"how (?:often|many times) (?:is|are|was|were|has|have|does|do|did) <Y> (?:(?:been "
                       r")?<mentioned>|<comes_up>)"),
    CollectionForm("count", "mentions", "How many mentions of the berths are there?",
                   r"<many>mentions of <Y>(?:<here>)?"),
    CollectionForm("count", "statements", "How many statements by Lindqvist on the berths are there?",
                   r"<many><quotes>(?:<here>)? (?:by|of|from) <X>(?: (?:on|about) <Y>)?(?:<here>)?"),
    CollectionForm("count", "statements", "How many statements did Lindqvist make on the berths?",
                   r"<many><quotes> (?:did|does|has|have) <X> (?:make|made|give|given|have)(?: (?:on|about) <Y>)?"),
    CollectionForm("count", "speakers", "How many people are quoted on the berths?",
                   r"<many><people> (?:are|were|is|have been) <quoted>(?:<here>)?(?: (?:on|about|in the articles "
                       r"(?:on|about)) <Y>)?"),
    CollectionForm("count", "speakers", "How many people said something about the berths?",
                   r"<many><people> (?:have |has )?(?:(?:said something|commented) (?:on|about)|(?:spoken|spoke) "
                   r"about) <Y>"),
    CollectionForm("count", "outlets", "How many outlets reported the leak?",
                   r"<many><outlets> (?:have |has )?<reported> <Y>"),
    CollectionForm("count", "outlets", "How many outlets are there?",
                   r"<many><outlets>(?:<here>| are)"),
    CollectionForm("count", "speakers", "How many speakers are there?",
                   r"<many>speakers(?:<here>)"),
    CollectionForm("unknown_unit", None, "How many things are there about the berths?",
                   r"<many>(?P<unit>things|entries|results|hits|files|records|ones|bits|data|info(?:rmation)?|"
                       r"content)"
                   r"(?:<here>)?(?: (?:<on>) <Y>)?(?:<here>)?"),
    CollectionForm("unknown_unit", None, "How many pages are there about the berths?",
                   r"<many>(?P<unit>photos|photographs|pictures|images|videos|pages|words|sentences|paragraphs|"
                       r"passages|topics|events)(?:<here>)? <on> <Y>(?:<here>)?"),
    CollectionForm("unknown_unit", None, "How many photos do you have of the berths?",
                   r"<many>(?P<unit>photos|photographs|pictures|images|videos)(?:<here> of <Y>| of <Y><here>)"),
    # First and last mention
    CollectionForm("first", None, "When were the berths first mentioned?",
                   r"when (?:is|are|was|were|did|has|have|does) <Y> (?:been )?(?P<place>first|last)(?: time)? "
                       r"(?:<noted>|<comes_up>)"),
    CollectionForm("first", None, "When were the berths mentioned for the first time?",
                   r"when (?:is|are|was|were|did|has|have) <Y> (?:been )?<noted> for the (?P<place>first|last) "
                       r"time"),
    CollectionForm("first", None, "When did the articles first mention the berths?",
                   r"when (?:did|do|have|has) (?:the |my |our |any |an? )?(?:articles?|(?:news)?papers?|outlets?|"
                   r"stor(?:ies|y)|we|you|they) "
                   r"(?P<place>first|last) <mention> <Y>"),
    CollectionForm("first", None, "When did the collection first mention the berths?",
                   r"when (?:did|do|have|has) <library> (?P<place>first|last) (?:mention(?:ed)?|refer(?:red)? to) <Y>"),
    CollectionForm("first", None, "When did the berths first come up?",
                   r"when (?:did|do|does|have|has) <Y> (?P<place>first|last) <comes_up>"),
    CollectionForm("first", None, "When was the first time the berths were mentioned?",
                   r"when was the (?P<place>first|last) time (?:that )?<Y> (?:is|was|were|has been|have been) <noted>"),
    CollectionForm("first", None, "first and last mention of the berths",
                   r"<list>(?:the )?(?P<place>first|earliest|last|latest)(?: and (?:the )?(?:first|last|latest))? "
                   r"mentions? of <Y>"),
    CollectionForm("first", None, "Which article first mentioned the berths?",
                   r"(?:which|what) <articles> (?P<place>first|last) <mention> <Y>"),
    CollectionForm("first", None, "Which article mentioned the berths first?",
                   r"(?:which|what) <articles> <mention> <Y> (?P<place>first|last)"),
    CollectionForm("first", None, "What is the earliest article on the berths?",
                   r"(?:(?:what|which) (?:is|was) |<list>)?the (?P<place>first|earliest|oldest|last|latest|newest|"
                       r"most recent)"
                   r" (?:(?:article|report|piece|story)(?:<here>)?(?: <on> <Y>)?|mention(?:<here>)?(?: (?:of|<on>) <"
                   r"Y>)?)"),
    CollectionForm("first", None, "How old is the oldest article on the berths?",
                   r"(?:when (?:is|was|does)|how old is) the (?P<place>first|earliest|oldest|last|latest|newest|most"
                   r" recent)"
                   r" (?:article|report|piece|story)(?: <on> <Y>)?(?: (?:come )?from| published| printed)?"),
    CollectionForm("first", None, "How far back do the articles go?",
                   r"how far back (?:do|does) (?:<library>|it|this|they) (?:go|reach)|"
                   r"what (?:period|time|dates|years) (?:do|does) <library> (?:cover|span)"),
    # Rankings
    CollectionForm("rank", "speakers", "Who is quoted most on the berths?",
                   r"(?:who|which (?:person|speaker|politician)) (?:is|was|are|were|gets|has been) (?:the )?"
                   r"(?:<quoted> <most>|most <quoted>|most (?:often|frequently) <quoted>)(?: (?:on|about|in (?:the "
                       r")?(?:articles|stories|reports) (?:on|about)) <Y>)?"),
    CollectionForm("rank", "speakers", "Who are the most quoted people on the berths?",
                   r"(?:(?:who|what) (?:is|are|was|were) |<list>)?(?:the )?(?:(?:top (?:\w+ )?)?(?:most(?: often| "
                   r"frequently)?[- ]<quoted>) <people>|top (?:\w+ )?<people> <quoted>)(?: (?:on|about) <Y>)?"),
    CollectionForm("rank", "speakers", "Who do the papers quote most on the berths?",
                   r"whom? (?:do|does|did|are|is|have|has) (?:the |my |our |these )?(?:articles|<outlets>) (?:quot|"
                   r"cit)(?:e|ed|ing)"
                   r" <most>(?: (?:on|about) <Y>)?"),
    CollectionForm("rank", "speakers", "Who speaks most about the berths?",
                   r"(?:who|which (?:person|speaker|politician)) (?:speaks?|spoke|talks?|talked|comments?|commented|"
                       r"said|says|has said) <most> (?:on|about) <Y>"),
    CollectionForm("rank", "outlets", "Which outlet wrote most about the berths?",
                   r"(?:which|what) <outlets> (?:has |have )?(?:reports?|reported|wrote|writes?|written|cover(?:s|"
                       r"ed)?|publish(?:es|ed)?|mention(?:s|ed)?)"
                   r"(?: (?:(?:about|on) )?(?P<topic>(?!the most\b)\S.*?))? (?:<most>|the most articles|most "
                   r"articles)(?: "
                       r"(?:about|on) (?P<topic>\S.*?))?"),
    CollectionForm("rank", "outlets", "Which outlet has most articles on the berths?",
                   r"(?:which|what) <outlets> (?:has|have|had|published|wrote|printed) (?:the )?most (?:articles|"
                       r"stories|reports)(?: (?:<on>) <Y>)?"),
    CollectionForm("rank", "months", "In which month were there most articles on the berths?",
                   r"(?:in )?(?:which|what) months? (?:were there|are there|had|has|have|saw|was there) (?:the )?most "
                   r"(?:articles|stories|reports|coverage)(?: (?:of|<on>) <Y>)?|"
                   r"<list>(?:the )?(?:top|busiest)(?: \w+)? months? (?:for|of|by|in) (?:articles|stories|reports|"
                       r"coverage)(?: (?:of|<on>) <Y>)?"),
    # Lists
    CollectionForm("list", "statements", "Give me all quotes by Lindqvist on the berths",
                   r"<list><all> <quotes> (?:(?:made|given|said) )?(?:by|of|from) <X>(?: (?:on|about) <Y>)?"),
    CollectionForm("list", "statements", "List quotes by Lindqvist on the berths",
                   r"list <quotes> (?:by|of|from) <X>(?: (?:on|about) <Y>)?"),
    CollectionForm("list", "statements", "All of Lindqvist’s statements on the berths",
                   r"<list><all> (?P<speaker>\S+(?: \S+){0,4}?)['’]s? <quotes>(?: (?:on|about) <Y>)?"),
    CollectionForm("list", "statements", "List everything Lindqvist said about the berths",
                   r"<list>(?:everything|all|all things|every word)(?: that)? <X> (?:has |have |had )?(?:ever "
                       r")?(?:said|says|say|told|stated)"
                   r"(?: (?:on|about) <Y>)?"),
    CollectionForm("list", "outlets", "Which outlets reported the leak?",
                   r"(?:(?:which|what)(?: other)?|<list><all>) <outlets> (?:(?:that|which) )?(?:have |has "
                   r")?(?:first )?<reported> <Y>(?: first)?(?:,? and (?:who|which(?: (?:one|of them|<outlets>))?)"
                       r" (?:(?:was|were|did(?: so| it)?) )?(?:the )?first)?"),
    CollectionForm("list", "outlets", "Which newspaper was the first to report the leak?",
                   r"(?:which|what) <outlets> (?:was|were) (?:the )?first to (?:report|cover|mention|write about|"
                       r"carry|publish)(?: on)? <Y>"),
    CollectionForm("list", "outlets", "Who reported the leak first?",
                   r"who (?:first )?<broke> <Y> first"),
    CollectionForm("list", "outlets", "Who first reported the leak?",
                   r"who first <broke> <Y>"),
    CollectionForm("list", "speakers", "Who is quoted on the berths?",
                   r"(?:(?:who|(?:which|what) <people>|<list><all> <people>|<list>everyone|<list>everybody)(?: (?:who|"
                       r"that))?(?: else)?<besides> (?:is|are|was|were|has been|have been)|"
                   r"<list>(?:<all> )?(?:<people>|everyone|everybody)) <quoted>(?: (?:on|about|in (?:the "
                       r")?(?:articles|stories|reports) (?:on|about)) <Y>)?"),
    CollectionForm("list", "speakers", "Whom do the papers quote on the berths?",
                   r"whom? (?:do|does|did|are|is|have|has) (?:(?:the |my |our |these )?(?:articles|<outlets>)|(?P<"
                   r"outlet>\S.*?)) "
                   r"(?:quot|cit)(?:e|ed|ing)(?: (?:on|about) <Y>)?"),
    CollectionForm("list", "speakers", "List all speakers", r"(?:list|show|name)(?: me| us)? (?:<all> )?speakers|who"
                   r" speaks"),
    CollectionForm("list", "speakers", "Who said something about the berths?",
                   r"(?:who|which people|<list>(?:<people>|everyone|everybody|all) who)(?: else| all)?<besides>"
                   r"(?: has| have)? (?:(?:(?:said|says?) (?:something|anything|what)|commented|weighed in|spoken "
                   r"out|spoke out) "
                       r"(?:about|on)|(?:spoken|spoke|talked) about) <Y>"),
    CollectionForm("list", "speakers", "Who disagreed with Lindqvist about the berths?",
                   r"who (?:disagree[sd]?|did not agree|does not agree|argue[sd]?) with (?P<target>\S.*?)"
                   r"(?: (?:about|on|over) <Y>)?"),
    CollectionForm("list", "speakers", "What did people say about the berths?",
                   r"what (?:did|do|have) (?:<people>|everyone|everybody|others) (?:say|said|think|thought) "
                   r"(?:about|of|on) <Y>"),
    CollectionForm("list", "authors", "Who wrote about the berths?",
                   r"(?:which (?:authors?|journalists?|reporters?|writers?) (?:(?:wrote|writes|has written|have "
                   r"written|reported) "
                   r"(?:about|on)|covered)|who (?:(?:wrote|writes|has written|have written) about|reported (?:about|"
                   r"on))) <Y>"),
    CollectionForm("list", "authors", "Who wrote most of the articles on the berths?",
                   r"who (?:wrote|writes|has written) (?:the )?most(?: of)?(?: (?:the|my|our|these))? "
                   r"(?:articles|stories|reports)(?: <on> <Y>)?"),
    CollectionForm("list", None, "Which articles quote Lindqvist?",
                   r"(?:(?:which|what)(?: of (?:the|my|our))?|<list><all>|<list>) <articles>(?:<here>)? ?(?:that |"
                       r"which )?(?:quote|cite)s? <X>"),
    CollectionForm("list", None, "Which articles are by Ann Reyes?",
                   r"(?:(?:which|what)|<list><all>|<list>) ?(?:articles|stories|reports|pieces) (?:(?:are|were) "
                       r")?(?:(?:written|signed) )?by (?P<author>\S.*?)(?: (?:on|about) (?P<topic>\S.*?))?"),
    CollectionForm("list", None, "Show me all articles from the Gazette on the berths",
                   r"(?:(?:which|what)|<list><all>|<list>) ?(?:articles|stories|reports|pieces) (?:(?:are|were|"
                       r"come) )?(?:from|in|of) (?P<outlet>\S.*?)(?: (?:<on>) <Y>)?"),
    CollectionForm("list", None, "Which articles has the Gazette published on the berths?",
                   r"(?:which|what) <articles> (?:has|have|did|does) (?P<outlet>\S.*?) (?:publish|print|carr(?:y|i)|"
                   r"run|ran)(?:ed)?"
                   r"(?: <on> <Y>)?"),
    CollectionForm("list", None, "Which articles mention the berths?",
                   r"(?:which|what)(?: of (?:the|my|our))? (?P<unit>(?:news )?(?:articles|stories|reports|pieces|"
                       r"texts|documents)) (?:that |which )?(?!say|said|claim)<mention> <Y>"),
    CollectionForm("list", None, "Which articles are there on the berths?",
                   r"(?:which|what) (?P<unit>(?:news )?(?:articles|stories|reports|pieces|texts|documents))<here> "
                       r"<on> <Y>"),
    CollectionForm("list", None, "Which articles are there in September 2025?",
                   r"(?:(?:which|what) |<list>)(?P<unit>(?:news )?(?:articles|stories|reports|pieces))<here>?"
                   r"(?: (?:are )?(?:from|of|in|on))?", needs_period=True),
    CollectionForm("list", None, "Which articles with tag:port?",
                   r"(?:which|what) (?P<unit>(?:news )?(?:articles|stories|reports|pieces|texts|documents)) with "
                   r"(?=(?:tag|title|author|speaker|like):\S)<Y>"),
    CollectionForm("list", None, "More articles with like:“berths”",
                   r"(?:<list>)?(?:more |other |some |any |the )*(?P<unit>articles|stories|reports|pieces) "
                   r"with (?=like:\S)<Y>"),
    CollectionForm("list", "outlets", "Which outlets do you have?",
                   r"(?:which|what) <outlets><here>|(?:list|show|name)(?: me| us)? (?:<all> )?<outlets>"),
    CollectionForm("list", "authors", "Who are the authors?",
                   r"(?:who are|list|name)(?: <all>)? (?:authors|journalists|reporters)|"
                       r"(?:which|what) (?:authors|journalists|reporters)<here>"),
    CollectionForm("list", None, "Is there anything about the berths?",
                   r"(?:(?:is|are|was|were) there )?(?:anything|something|any (?P<unit>articles?|news|reports?|stories|"
                       r"coverage))(?: at all)? (?:<on>|of) <Y>"),
    CollectionForm("list", None, "Do you have articles about the berths?",
                   r"(?:do|have) (?:you|we|i)(?: have| got| know)?(?: (?:anything|something|any|some))?"
                       r"(?: (?P<unit>articles?|news|reports?|stories|coverage))? (?:about|on) <Y>"),
    CollectionForm("list", None, "Did anybody mention the berths?",
                   r"(?:do|does|did|has|have) (?:anybody|anyone|somebody|someone) (?:ever )?(?:mention(?:ed)?|"
                       r"(?:talk|write|wrote|written)(?:ed)? about) <Y>"),
    CollectionForm("list", None, "Do any articles mention the berths?",
                   r"(?:do|does|did|has|have) (?:any|some|the|my|our|these)(?: of (?:the|my|our))? (?P<unit>(?:news "
                   r")?(?:articles?|"
                       r"stories|reports|papers)) (?:ever )?<mention> <Y>"),
    CollectionForm("list", None, "Show me everything on the berths",
                   r"(?:show|give|find|get)(?: me| us)? (?:everything|anything|all)(?: (?:you|we) have| there is)? "
                       r"<on> <Y>"),
    CollectionForm("list", None, "Articles about the berths from the Gazette",
                   r"(?:<list><all> |(?:list|show|give|find|get)(?: me| us)? )?(?P<unit>(?:news )?(?:articles|"
                   r"stories)) "
                   r"<on> <Y> (?:from|by) (?P<outlet>\S.*?)"),
    CollectionForm("list", None, "List all articles about the berths",
                   r"(?:<list><all> |(?:list|show|give|find|get)(?: me| us)? )?(?P<unit>(?:news )?(?:articles|"
                       r"stories)|(?:(?<=\bevery )|(?<=\beach ))(?:article|story)) <on> <Y>"),
    CollectionForm("list", None, "List all articles",
                   r"<list><all> (?P<unit>(?:news )?(?:articles|stories))(?:<here>)?"),
    # Who did something to somebody with words; `parsing` takes only verbs that are such an act
    CollectionForm("list", "speakers", "Who has criticised Maud Lindqvist?",
                   r"(?:who|(?:which|what) <people>|<list>(?:<all> )?(?:<people>|everyone|everybody)(?: who| that))"
                   r"(?: else| all)?(?: has| have| had)?(?: (?:ever|also|\w+ly))? (?P<act>\w+) (?P<target>\S.*?)"
                   r"(?: (?:over|on|about|for|of) <Y>)?"),
    # Who somebody is; `parsing` takes only names and offices
    CollectionForm("who", "speakers", "Who is Maud Lindqvist?",
                   r"who(?: exactly| on earth)? (?:is|was|are|were)(?: exactly)? <X>"),
    CollectionForm("who", "speakers", "What is the Fishermen’s Union?",
                   r"what(?: exactly)? (?:is|was) (?P<speaker>(?:the )?[A-Z]\S*(?: (?:of|and|for|the|"
                       r"[A-Z0-9]\S*)){0,6})"),
    # Timelines
    CollectionForm("timeline", None, "Give me a timeline of the leak",
                   r"(?:what (?:is|was) |<list>|(?:draw|make)(?: me| us)? )?(?:an? |the )?"
                   r"(?:timeline|chronology|chronicle|sequence of events)(?: (?:of|for|on|in|about) <Y>)?"),
    CollectionForm("timeline", None, "timeline port ellery leak",
                   r"(?:(?:show|give|list|draw|get|make)(?: me| us)? )?(?:an? |the )?(?:timeline|chronology) "
                       r"(?!(?:of|for|on|in|about|to|that|which|who|when|where|why|how|by|from|with|at|as|and|or|but|after|before|"
                       r"since|until|till|between|under|over|than)\b)<Y>"),
    CollectionForm("timeline", None, "the leak timeline",
                   r"(?:(?:show|give|list|draw|get|make)(?: me| us)? )?(?:an? |the )?(?!(?:show|give|list|draw|get|"
                       r"make|an?|the|this|that|its|his|her|their|new)(?: me| us)? (?:timeline|chronology)$)"
                       r"(?!(?:what|which|who|how|why|when|where)\b)<Y> (?:timeline|chronology)"),
    CollectionForm("timeline", None, "How has the story of the leak developed?",
                   r"how (?:has|have|did|does) the story (?:of|about|around) <Y> (?:develop|evolve|unfold)(?:s|e?d)?"),
    CollectionForm("timeline", None, "What happened with the berths over time?",
                   r"what (?:has |have |had |is )?happen(?:ed|s) (?:with|around|in|at|on|to) <Y> (?:over time|over the "
                       r"(?:years|months|weeks)|day by day|so far|step by step)"),
    # Briefs
    CollectionForm("brief", None, "Summarise the leak",
                   r"(?:summari[sz]e|sum up|recap|digest|outline)(?: for me)? (?!(?:what|how|who|why|where|when|"
                       r"which)\b)(?:all |everything |the )?(?:(?:news|articles|reports|stories|coverage|"
                       r"reporting) )?(?:(?:about|on|of) )?<Y>"),
    CollectionForm("brief", None, "A summary of the leak",
                   r"<list>(?:an? |the )?(?:short |brief |quick )?(?:summary|brief|briefing|overview|digest|recap|"
                       r"rundown|roundup|round-up)(?: (?:of|on|about|for)(?: (?:the )?(?:news|articles|coverage|"
                       r"reports)(?: (?:about|on|of))?)?(?: <Y>)?)?"),
    CollectionForm("brief", None, "Brief me on the leak",
                   r"(?:brief|update|catch|fill|bring) (?:me|us)(?: up| in)?(?: to speed| to date)?(?: (?:on|about|"
                       r"with))? <Y>"),
    CollectionForm("brief", None, "What is known about the leak?",
                   r"what (?:is|was) (?:currently |so far |already |reported and )?known (?:so far )?(?:about|of|"
                       r"on) <Y>"),
    CollectionForm("brief", None, "What do we know about the leak?",
                   r"(?:what|everything|all) (?:(?:do |have )?(?:we|you|i) (?:already )?(?:know|have|got|say|report)|"
                       r"(?:do |did |have )?(?:<library>|(?:the |my |our )?(?:newspapers|papers|news|outlets)) "
                       r"(?:already )?(?:know|have|got|say|said|report|write|tell))(?: so far)? (?:about|of|on) <Y>"),
    CollectionForm("brief", None, "Tell me about the leak",
                   r"(?:tell|inform) (?:me|us) (?:more |everything |all |something )?(?:about|on) <Y>"),
    CollectionForm("brief", None, "What’s new on the leak?",
                   r"(?:what(?: is|'s| are|’s| was| were)?|(?:is there )?anything) (?:new|the news|in the news|"
                       r"the latest news)(?: (?:about|on|with|from|in(?= (?-i:[A-Z]))) <Y>)?|what(?: is|'s|’s| was)?"
                   r" the latest"),
    CollectionForm("brief", None, "What happened in September 2019?",
                   r"what(?: has| have| had| is| else)? happen(?:ed|s|ing)?"),
    CollectionForm("brief", None, "What happened in Port Ellery in September 2019?",
                   r"what(?: has| have| had| is| else)? happen(?:ed|s|ing)? (?:in|at|around|with) <Y>",
                   needs_period=True),
)  # fmt: skip
"""The brief of what happened or is new needs a period, or a topic: see `parsing`."""


def match_forms(core: str) -> Iterator[tuple[CollectionForm, re.Match[str]]]:
    """The forms that fit a question without dates, final punctuation and polite words, most specific first."""
    for form in FORMS:
        match = _compile(form.template).fullmatch(core)
        if match:
            yield form, match


@cache
def _compile(template: str) -> re.Pattern[str]:
    pattern = template
    while re.search(r"(?<!P)<(\w+)>", pattern):
        pattern = re.sub(r"(?<!P)<(\w+)>", lambda name: PIECES[name[1]], pattern)
    return re.compile(_keep_first_groups(pattern), re.IGNORECASE)


def _keep_first_groups(pattern: str) -> str:
    """Number the further groups of one name: topic, topic_2."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return f"(?P<{match[1]}{'' if seen[match[1]] == 1 else f'_{seen[match[1]]}'}>"

    return re.sub(r"\(\?P<(\w+?)>", rename, pattern)
