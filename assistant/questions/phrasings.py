"""The phrasings of questions about statements, as a table: each with an example and a template of its words."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.query import AnswerType
from assistant.records.question_kinds import KIND_TRAITS, KindTraits, QueryKind


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask.

    `template` is a regular expression in which names in angle brackets stand for the pieces that `patterns` defines:
    <X> is the speaker and <Y> the topic.
    """

    name: str
    kind: QueryKind
    example: str
    template: str
    expects: AnswerType | None = None
    over_time: bool = False
    is_fragment: bool = False  # has no question word and may be any phrase, so X must look like a name

    @property
    def traits(self) -> KindTraits:
        """The properties of the kind of question."""
        return KIND_TRAITS[self.kind]


# The first phrasing that fits is used, so specific phrasings come before general ones.
PHRASINGS: tuple[Phrasing, ...] = (
    # Which article some words are from
    Phrasing("where did X say Y", "said", "Where did Maud Lindqvist say that the berths leak?",
             r"where <did> <X><really> <tell> (?:that )?<Y>", expects="place"),
    Phrasing("“…”", "find_quote", "“The berths leak at every tide”",
             r"<quote>\W*"),
    Phrasing("in which article does it say that …", "find_quote", "In which article does it say that the berths leak?",
             r"in (?:which|what) <article> <did> .*?<Y>"),
    Phrasing("which article is this from: “…”", "find_quote", "Which article is this from: “the berths leak”?",
             r"(?:(?:from|in) )?(?:which|what) <article>\b.*?<quote>.*"),
    Phrasing("which article says that …", "find_quote", "What article says that the berths leak",
             r"(?:which|what) <article> <contains> (?:that )?<Y>"),
    Phrasing("“…” which article is it from", "find_quote", "“The berths leak” - which article is it from?",
             r"<quote>\W*(?:(?:from|in) )?(?:which|what|where) (?:<article>|is|was|does|did)\b.*"),
    Phrasing("where does “…” come from", "find_quote", "Where does “the berths leak” come from?",
             r"where <did>\b.*?<quote>.*"),
    Phrasing("find the quote …", "find_quote", "find the quote “the berths leak”",
             r"<find> <passage>\W*<Y>"),
    Phrasing("what is the source of “…”", "find_quote", "What's the source of the quote “the berths leak”?",
             r"(?:what <be> )?(?:the )?(?:source|origin) of <words>?\W*<quote>.*"),
    # What looks like words of somebody, and is not
    Phrasing("what became of Y", "other", "What became of Lindqvist's plan to dredge?",
             r"what (?:(?:has|had|have) )?(?:become|became) of <Y>"),
    Phrasing("what happened to Y", "other", "What happened to the ferry from Okrug?",
             r"what(?:(?:['’]s| is| was| has| had) (?:just )?)? ?happen(?:ed|ing|s)(?: to| with) <Y>"),
    Phrasing("who wrote Y", "other", "Who wrote the report on the berths?",
             r"(?:who|which (?:author|judge|justice|lawmaker|senator|journalist|poet))<has><really> "
             r"(?:writes?|wrote|written) (?=(?:the|an?|this|these|those|his|her|its|their) |(?-i:[A-Z]))<Y>"),
    Phrasing("who testified to Y", "other", "Who testified before the harbour board?",
             r"who<has><really> testif(?:y|ies|ied) (?:to|before|at|in front of|against|for) (?!\w+ing\b)<Y>"),
    # Who said some words
    Phrasing("who said …", "who_said", "Who denied the report?",
             r"(?:who|whom)<has><really> <said>(?P<topic>.*)"),
    Phrasing("which senator said …", "who_said", "Which senator called the plan a disaster?",
             r"<which><has><really> <claim>(?! goodbye)(?P<topic>.*)"),
    Phrasing("who is quoted as saying …", "who_said", "Who is quoted as saying “the berths leak”?",
             r"(?:who|<which>) <be> (?:quoted|cited|(?:reported|heard|recorded)(?=(?: as)? \w+ing))(?: as)?"
             r"(?: (?P<cue>\w+ing))?(?P<topic> .*)"),
    Phrasing("who was it that said …", "who_said", "Who was it that said the berths leak?",
             r"who <be> <one> <said>(?P<topic>.*)"),
    Phrasing("who made the claim that …", "who_said", "Who made the claim that the berths leak?",
             r"who <used> <words>(?: that| of| about)?(?P<topic>.*)"),
    Phrasing("whose words are “…”", "who_said", "Whose words are “the berths leak”?",
             r"whose <words>(?: <be>)?(?: <words>)?(?P<topic>\W.*)"),
    Phrasing("by whom was it said that …", "who_said", "By whom was it said that the berths leak?",
             r"(?:by whom|who) <be> (?:it |this |that )?(?:<quote> )?<say>(?P<topic>.*)"),
    Phrasing("to whom is “…” attributed", "who_said", "To whom is “the berths leak” attributed?",
             r"(?:to whom|who) (?:<be>|do|does) .*?<quote>.*"),
    Phrasing("who is the speaker of “…”", "who_said", "Who is the source of the rumour?",
             r"(?:who|what) <be> the (?:speaker|author|source|person) (?:of|behind) (?P<topic>.*)"),
    Phrasing("“…” who said that", "who_said", "“The berths leak” who said that?",
             r"<quote>\W*who <said>.*"),
    # What somebody said
    Phrasing("what has been said by X about Y", "said", "What has been said by Lindqvist about the berths?",
             r"what <be> <say> by <X>(?: <on> <Y>)?"),
    Phrasing("what has been said about Y by X", "said", "What was said about the berths by Lindqvist?",
             r"what <be> <say> <on> (?P<topic>\S.*?) by <X>"),
    Phrasing("what was X quoted as saying about Y", "said", "What was Lindqvist quoted as saying about the berths?",
             r"what <be> <X> (?:quoted|cited|reported|recorded)(?: as)? <say>(?: <on> <Y>)?"),
    Phrasing("what is X’s view on Y", "said", "What are Maud Lindqvist's views on dredging?",
             r"what(?: <be>|['’]s|['’]re| kind of)? <X’s><view>(?: (?:<on>|to|from|when) <Y>)?"),
    Phrasing("what is the view of X on Y", "said", "What was the reaction of the Admiralty to the leak?",
             r"what <be> the (?:\w+ ){0,2}?<opinion> (?:of|from|by|given by) <X>(?: (?:about|on|regarding|to) <Y>)?"),
    Phrasing("what is the latest that X said about Y", "said", "What is the last thing Lindqvist said about dredging?",
             r"what <be> the (?:(?:(?:last|first|latest|only) )?things? )?(?:that )?(?<=that |ings |hing )<X><really>"
             r" <say>(?: <on> <Y>)?"),
    Phrasing("what position does X take on Y", "said", "What position does Lindqvist take on dredging?",
             r"what (?:\w+ ){0,2}?<view> <had> <X><really> <express>(?: (?:<on>|to) <Y>)?"),
    Phrasing("where does X stand on Y", "said", "Where does Lindqvist stand on dredging?",
             r"where <had> <X> (?P<cue>stand) (?:on|about|over) <Y>"),
    Phrasing("what did X call Y", "said", "What did Lindqvist call the closing of the berths?",
             r"<what> <did> <X><really> (?P<cue>call(?:ed)?|accused?|blamed?) (?!(?:say|write|report|about|for)\b)<Y>"),
    Phrasing("what did X make of Y", "said", "What did Lindqvist make of the leak?",
             r"<what> <did> <X><really> (?P<cue>make|made) of <Y>"),
    Phrasing("what does X feel about Y", "said", "What does Lindqvist feel about the leak?",
             r"<what> <did> <X><really> (?P<cue>feel|felt) (?:<about>|towards?) <Y>"),
    Phrasing("what is X afraid of", "said", "What was Lindqvist so worried about?",
             r"what (?:is|was|are|were) <X><really>(?: so| most)? <feeling>(?: (?:when|in|with|about) <Y>)?"),
    Phrasing("what worries X about Y", "said", "What worries Lindqvist about the berths?",
             r"what (?P<cue>worr(?:ies|ied)|(?:concern|bother|anger|annoy)(?:s|ed)|upsets?|troubles?) <X>(?: most)?"
             r" about <Y>"),
    Phrasing("what did X say about Y", "said", "What did Lindqvist say about the berths?",
             r"<what> <did> <X><really> <utter><to> <about> <Y>"),
    Phrasing("what did X say on Y", "said", "What has Lindqvist promised on berths?",
             r"<what> <did> <X><really> <utter>(?: to| with)?<to> <on> <Y>"),
    Phrasing("what did X tell reporters", "said", "What did Lindqvist tell reporters?",
             r"<what> <did> <X><really> <say> <audience>"),
    Phrasing("what does X want", "said", "What does Lindqvist want?",
             r"<what> <did> <X><really> <utter>(?: (?:to (?:do|happen) )?(?:(?:<about>|by|to) )?<Y>)?"),
    Phrasing("how has X’s view of Y changed", "said", "How has Lindqvist's position on dredging changed?",
             r"how <did> <X’s><view>(?: (?:<on>|to) (?P<topic>\S.*?))?<really> <changed>", over_time=True),
    Phrasing("how did X respond to Y", "said", "How did Lindqvist respond to the leak?",
             r"how <did> <X><really> <respond>(?: (?:to |on )?<Y>)?"),
    Phrasing("how did X take Y", "said", "How did Lindqvist take the closing of the pier?",
             r"how <did> <X><really> (?P<cue>take|took) (?P<topic>(?:the|this|that|his|her|their|its|being)\b.*)"),
    Phrasing("how did X criticise Y", "said", "How did Lindqvist apologise for the leak?",
             r"how <did> <X><really> <judge>(?: (?:(?:for|about|to|on|over) )?<Y>)?"),
    Phrasing("how does X describe Y", "said", "How does Lindqvist describe the leak?",
             r"how <did> <X><really> <see> (?:<about> )?<Y>"),
    Phrasing("why does X oppose Y", "said", "Why does Lindqvist oppose dredging?",
             r"why <did> <X><really> <utter>(?: (?:<about> |to |that )?<Y>)?", expects="reason"),
    Phrasing("why is X against Y", "said", "Why is Lindqvist against dredging?",
             r"why (?:is|was|are|were) <X><really>(?: so| very)? <against> <Y>", expects="reason"),
    Phrasing("is X in favour of Y", "said", "Is Lindqvist in favour of dredging?",
             r"(?:is|was|are|were) <X> <against> <Y>", expects="yes_no"),
    Phrasing("is X sorry about Y", "said", "Is Lindqvist sorry about the leak?",
             r"(?:is|was|are|were) <X><really> <feeling> <Y>", expects="yes_no"),
    Phrasing("does X back Y", "said", "Does Lindqvist back the dredging?",
             r"<had> <X><really> (?P<cue>back(?:ed)?) (?!(?:to|down|out|up|away|off|in|from|home|at|on|with)\b)<Y>",
             expects="yes_no"),
    Phrasing("would X support Y", "said", "Would Lindqvist vote for the toll?",
             r"(?:would|will|could) <X><really> (?P<cue>support|back|endorse|favou?r|oppose|vote (?:for|against)) <Y>",
             expects="yes_no"),
    Phrasing("has X changed their mind on Y", "said", "Has Lindqvist changed her mind about dredging?",
             r"<had> <X><really> changed? (?:his|her|their|its) (?:mind|view|position|stance|tune) (?:<about>|on) <Y>",
             expects="yes_no"),
    Phrasing("did X say anything about Y", "said", "Did Lindqvist say anything about dredging?",
             r"<had> <X><really> (?:<say>|(?P<verb>have)) <anything>(?: <on> <Y>)?", expects="yes_no"),
    Phrasing("has X commented on Y", "said", "Has Lindqvist spoken to the press about dredging?",
             r"<had> <X><really> <utter><to> <about> <Y>", expects="yes_no"),
    Phrasing("did X say that Y", "said", "Did Lindqvist say that the pier would sink?",
             r"<had> <X><really> <utter> (?:(?:on|about|to|with|out against|that) )?<Y>", expects="yes_no"),
    Phrasing("is it true that X said Y", "said", "Is it true that Lindqvist supports dredging?",
             r"is it true (?:that )?<X><really> <utter> (?:(?:on|about|to|with|that) )?<Y>", expects="yes_no"),
    Phrasing("when did X say Y", "said", "When did Lindqvist say the pier would sink?",
             r"(?:when|(?:on )?what (?:day|date)) <did> <X><really> <say>(?: (?:that |<about> )?<Y>)?", expects="date"),
    Phrasing("when was the last time X spoke about Y", "said", "When was the last time Lindqvist spoke about dredging?",
             r"when was the (?:last|first) time (?:that )?<X><really> <say>(?:<to> <on> <Y>)?", expects="date"),
    Phrasing("who did X blame for Y", "said", "Who does Lindqvist blame for the leak?",
             r"(?:who|whom) <did> <X><really> <utter>(?: (?:for )?<Y>)?", expects="person"),
    # What somebody said, as a phrase without a question
    Phrasing("how X describes Y", "said", "how Lindqvist describes the leak",
             r"how <X><really> <see> (?:<about> )?<Y>"),
    Phrasing("what X said about Y", "said", "Tell me what Lindqvist said about the leak.",
             r"<what> <X><really> <say><to> <about> <Y>"),
    Phrasing("what X said on Y", "said", "what Lindqvist thinks",
             r"<what> <X><really> <say>(?: <on> <Y>)?"),
    Phrasing("quotes by X on Y", "said", "quotes from Maud Lindqvist on the leak",
             r"(?:(?:any|all|some|the) )*<view> (?:of|from|by) <X>(?: (?:about|on|regarding|concerning|to) <Y>)?"),
    Phrasing("X’s view on Y", "said", "Lindqvist’s view on dredging",
             r"<X’s><view>(?: (?:about|on|of|regarding|concerning|to) <Y>)?", is_fragment=True),
    Phrasing("X quotes on Y", "said", "Lindqvist quotes on dredging",
             r"(?P<speaker>\S+(?: \S+){0,5}?) quotes (?:on|about) <Y>", is_fragment=True),
    Phrasing("X said “…”", "said", "Lindqvist said “the berths leak”",
             r"<X>(?:<really> <tell>)?\W* (?P<topic><quote>)\W*", expects="yes_no", is_fragment=True),
    Phrasing("X vs Y on Z", "said", "Lindqvist vs Okoro on dredging",
             r"(?P<speaker>\S+(?: \S+){0,5}? (?:vs\.?|versus) \S+(?: \S+){0,5}?) (?:on|about) <Y>", is_fragment=True),
    Phrasing("X on Y", "said", "Lindqvist on dredging",
             r"(?P<speaker>\S+(?: \S+){0,5}?) (?:on|about) <Y>", is_fragment=True),
    # How something changed
    Phrasing("how has Y changed", "other", "How has the shoreline changed?",
             r"how <did> (?P<topic>\S.*?)<really> <changed>", over_time=True),
    Phrasing("timeline of Y", "other", "timeline of the ferry strike",
             r"(?:what <be> )?(?:(?:give|show)(?: me)? )?<history> <Y>", over_time=True),
    Phrasing("what happened to Y over time", "other", "ferry fares over time",
             r"(?P<topic>.*\S) (?:over time|over the (?:years|months|weeks|course of .*))", over_time=True),
)  # fmt: skip
