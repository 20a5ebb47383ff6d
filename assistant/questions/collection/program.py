"""Questions about the program itself, and wishes that it does not fulfil: a table of topics with the words for each."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HOW = (
    r"(?:how (?:do|can|could|should|would|to)(?: (?:i|you|we|one))?|(?:can|could) (?:i|you|we)|where (?:do|can) "
    r"(?:i|we)|is it possible to|what (?:key|command) (?:do i use to|is there to|is used to)?)"
)
_THINGS = r"(?:(?:an?|the|this|these|that|my|all|all my|your|some|more|new|another|last|of|it|them) )*"


@dataclass(frozen=True, slots=True)
class ProgramTopic:
    """Something that is said about the program. `is_outside`: it is asked for what the program does not do.

    `pattern` must match the whole question. `lines` are the answer: the first line, and what belongs to it.
    """

    name: str
    example: str
    pattern: str
    lines: tuple[str, ...]
    is_outside: bool = False


def _about(verbs: str, things: str) -> str:
    return rf"(?:{_HOW} )?(?:{verbs}) {_THINGS}(?:{things})(?: (?:as|to|into|in|from|with|for|of) .{{1,40}})?"


ASK_LINES = (
    "What somebody said: what did … say about …? · who said “…”? · all quotes by … on …",
    "Facts: when, where, who, how many, why. The sentences that answer are shown as they are in the articles.",
    "The collection: how many articles mention …? · which outlets reported … first? · who is quoted most on …? · "
    "who is …?",
    "Overviews: summarise … · timeline of … · what happened in March 2025? · what’s new since Monday?",
)

TOPICS: tuple[ProgramTopic, ...] = (
    ProgramTopic("greeting", "hello", r"(?:hello|hi|hey|hallo|good (?:morning|afternoon|evening)|greetings|"
        r"howdy)(?: (?:there|assistant|all|everyone))?",
                 ("Hello. Ask a question about your articles; the answer is copied from them, with its source.",
                  *ASK_LINES)),
    ProgramTopic("thanks", "thank you", r"(?:thanks|thank you|thx|cheers|great|ok|okay|good|nice|bye|goodbye|good "
        r"bye)(?: (?:a lot|very much|so much|you|for now))?",
                 ("Ask the next question, or leave with Ctrl+Q.",)),
    ProgramTopic("help", "What can you do?", r"(?:help|help me|\?|/?help|-?-?help|usage|manual|commands|"
        r"instructions|examples|what (?:can|could) (?:i|you|we|this|it) (?:do|ask|answer|help(?: me)? with)(?: "
        r"(?:here|you|for me))?|what (?:can|should|may) i ask(?: you)?|what (?:kinds?|sorts?|types?) of questions? "
        r"(?:can|may|do) (?:i|you) (?:ask|answer)|how (?:does (?:this|it) work|do (?:you|i) (?:work|use (?:this|"
        r"you|it)|start|begin|ask(?: a question)?))|what are you(?: for)?|what is this(?: program)?|how to (?:use "
        r"(?:this|it)|start))",
                 ("This program answers questions from your own articles, word for word, and says where each "
                     "sentence is.", *ASK_LINES,
                  "F1 shows every key; `assistant --help` every command.")),
    ProgramTopic("identity", "Who are you?", r"(?:who|what) (?:are|made|built|created|wrote) you|are you (?:an? "
        r")?(?:ai|a\.i\.|bot|robot|human|chatgpt|chat gpt|gpt|llm|language model|real)(?: .{0,20})?|do you use "
        r"(?:ai|a language model|chatgpt|an llm)",
                 ("A program that searches your articles and shows their own words. Without a language model, it "
                     "writes nothing of its own.",)),
    ProgramTopic("export", "How do I export an answer?", _about(r"export|save|download|print|share|take away",
        r"answers?|conversations?|results?|quotes?|quotations?|citations?|sources?|timelines?|lists?|file|bibtex|"
        r"markdown|html|word|pdf"),
                 ("Ctrl+S saves the answer or the whole conversation: Markdown, HTML, Word, JSON, BibTeX, "
                     "CSL-JSON or RIS.",
                  "In a shell: assistant ask QUESTION --format markdown; assistant list SEARCH --json for all of a "
                      "list.",)),
    ProgramTopic("export alone", "How do I export?", rf"{_HOW} (?:export|save|download|print)(?: (?:it|this|that|"
        rf"them))?",
                 ("Ctrl+S saves the answer or the whole conversation: Markdown, HTML, Word, JSON, BibTeX, "
                     "CSL-JSON or RIS.",
                  "In a shell: assistant ask QUESTION --format markdown; assistant list SEARCH --json for all of a "
                      "list.",)),
    ProgramTopic("copy", "How do I copy a quote?", _about(r"copy|cite", r"answers?|quotes?|quotations?|citations?|"
        r"sources?"),
                 ("In the sources: y copies the answer, q the quotation, c the citation; o opens the original.",)),
    ProgramTopic("original", "How do I open the original?", rf"{_HOW} (?:see|open|read|show|view|get to|find) "
        r"(?:an?|the) (?:(?:original|whole|full)(?: (?:article|text|page|story))?|source)"
        r"(?: (?:of|behind) (?:an?|the|this|that) (?:answer|quote|quotation|citation|sentence))?",
                 ("In the sources: o opens the original, y copies the answer, q the quotation, c the citation.",)),
    ProgramTopic("add", "How do I add articles?", _about(r"add|import|load|upload|include|put in|subscribe to|"
        r"follow", r"articles?|files?|folders?|pages?|feeds?|documents?|pdfs?|websites?|urls?|news|sources?|library"),
                 ("Ctrl+O adds a page, feed, folder or file. Or put files into the folder of articles, then press "
                     "Ctrl+R, or run: assistant build",
                  "assistant add PATH or URL adds files, folders, web pages, feeds and sitemaps.",)),
    ProgramTopic("remove", "How do I remove an article?", _about(r"remove|delete|drop|take out|forget",
        r"articles?|files?|folders?|documents?|feeds?|outlets?|sources?"),
                 ("assistant remove ID or PATH takes articles out of the library; their files stay, and --undo lets "
                     "them in again. A file that you delete is dropped by the next build.",
                  "assistant feeds remove URL removes a feed or page.",)),
    ProgramTopic("build", "How do I update the index?", _about(r"update|build|rebuild|refresh|reload|sync|reindex",
        r"index|library|articles?|collection|it|this"),
                 ("Ctrl+R brings the index up to date while you go on asking; in a shell: assistant build",)),
    ProgramTopic("search", "How do I search?", rf"{_HOW} search(?: (?:for|in|through) .{{1,40}}| "
        rf".{{0,30}}(?:library|articles))?|what (?:search )?operators (?:are there|can i use|do you know)|search "
        rf"operators|how does (?:the )?search work",
                 ("F3 opens the library; its Search tab finds words as you type. In a shell: assistant search WORDS",
                  "Operators: AND OR NOT, \"a phrase\", NEAR(a b, 5), prefix*, fuzzy~, title:… speaker:… outlet:… "
                      "author:… from:2025-03 to:2025-06",)),
    ProgramTopic("quote", "How do I check a quotation?", _about(r"check|verify|prove|find",
        r"quotes?|quotations?|citations?"),
                 ("F8 checks a quotation: verbatim, altered, somebody else’s or not found. In a shell: "
                     "assistant quote TEXT",
                  "assistant verify FILE checks every citation of saved answers again.",)),
    ProgramTopic("limit", "How do I ask about one article only?", _about(r"ask|limit|restrict|search|narrow",
        r"(?:about )?(?:only )?(?:one|a single|some|certain|chosen|single) (?:articles?|outlets?|sources?|"
        r"stories)(?: only)?|questions?(?: to (?:one|some) .*)?"),
                 ("F6 limits questions to outlet, days, folder or speaker. In the library (F3), ? asks about the "
                     "chosen article only. In a question, name the outlet or the days: in the Gazette, since March.",)),
    ProgramTopic("settings", "How do I change the settings?", _about(r"change|set|edit|open|find|configure|see",
        r"settings?|configuration|theme|colou?rs?|language|options?|preferences?|config|model"),
                 ("F5 opens the settings and says where each comes from; they are in config.yaml.",)),
    ProgramTopic("keys", "Which keys are there?", r"(?:(?:what|which) (?:are the |is the )?)?(?:keys|shortcuts|"
        r"keyboard shortcuts|key bindings|hotkeys)(?: (?:are there|can i use|do i have))?|show (?:me )?(?:the "
        r")?(?:keys|shortcuts)",
                 ("F1 shows every key. Alt+↓: next source; F2: conversations; F3: library; F4: index; F5: "
                     "settings; Ctrl+S: export.",)),
    ProgramTopic("quit", "How do I quit?", rf"(?:{_HOW} )?(?:quit|exit|leave|close|stop)(?: (?:it|this|the program|"
        rf"the app|the interface))?",
                 ("Ctrl+Q leaves the program; Ctrl+L starts a new conversation; Esc cancels an answer.",)),
    ProgramTopic("conversations", "How do I find an old conversation?", _about(
        r"find|resume|open|delete|rename|see|continue|go back to", r"(?:old |earlier |previous )?(?:conversations?|"
        r"questions|chats?|history)"),
                 ("F2 lists the conversations: search, resume, rename, delete. ↑ and F7 bring earlier "
                     "questions back.",)),
    ProgramTopic("data", "Where is my data stored?", r"where(?:'s| is| are| do you (?:keep|store|save))(?: all)? "
        r"(?:(?:my|our|your) (?:data|files|articles|conversations|index|library|notes|settings)|"
        r"the (?:index|settings|conversations))(?: (?:stored|kept|saved|held|located))?|(?:is|are) (?:my|our) "
        r"(?:data|files|articles|questions) (?:private|safe|uploaded|sent (?:any|some)where)|do(?:es)? (?:(?:my|our) "
        r"(?:data|files|articles|questions)|anything) (?:ever )?leave (?:this|my|our) (?:machine|computer)",
                 ("On this machine: the articles where they were, and what is read of them in the folder `index:` of "
                     "config.yaml. Marks, notes and the dossier are in the folder beside it that ends with -kept.",
                  "Conversations are in your user data folder ($ASSISTANT_DATA selects another one).",)),
    # What the program does not do
    ProgramTopic("limits", "What can't you do?", r"(?:what|which (?:kinds? of )?(?:questions|things)) (?:(?:can't|"
        r"cannot|can not|don't|do not|won't) you (?:do|answer|know)|(?:can|do) you not (?:do|answer|know)|you "
        r"(?:can't|cannot|can not) (?:do|answer))|what are your limit(?:s|ations)",
                 ("This program knows only your articles. It does not translate, calculate or search the web.",
                  *ASK_LINES)),
    ProgramTopic("translation", "Translate this into French", r"(?:please )?(?:(?:can|could) you )?translate "
        r".{1,200}|(?:how do (?:you|i) say|what is) .{1,80} in (?:french|german|spanish|italian|russian|chinese|"
        r"english|latin|arabic|japanese|portuguese|dutch)",
                 ("This program does not translate: it shows what your articles say, in their own words.",
                  "Ask what somebody said or what happened, and translate the words that it cites.",), True),
    ProgramTopic("writing", "Write me an essay about the flood", r"(?:please )?(?:(?:can|could) you )?(?:write|"
        r"compose|draft|generate|create|make up|invent)(?: (?:me|us))? (?:an?|the|some|my|our) (?:short |long |"
        r"funny |new |press )?(?:poem|essay|e?-?mail|article|story|song|letter|headlines?|tweet|post|speech|code|"
        r"script|release|report|blog|novel|haiku|joke|text|paragraph|caption|cv|resume)\b.{0,200}|(?:rewrite|"
        r"rephrase|paraphrase|proofread) .{1,200}",
                 ("This program does not write: every line that it shows is copied from an article.",
                  "It collects what you need for writing: summarise … · timeline of … · all quotes by … on … — "
                      "each line with its source.",), True),
    ProgramTopic("joke", "Tell me a joke", r"(?:tell|sing|draw|play|make) (?:me |us )?(?:an?|the|some) (?:joke|"
        r"story|song|picture|image|game|riddle|drawing)s?(?: .{0,60})?",
                 ("This program only answers from your articles.", *ASK_LINES), True),
    ProgramTopic("arithmetic", "What is 12 * 7?",
                 r"(?:what is |what['’]s |calculate |compute |how much is "
        r")?\(?-?[\d.,]+\)?(?:(?: [-/x] | ?[+*×÷^] ?| (?:plus|minus|times|divided by) )\(?-?[\d.,]+\)?)+ ?=?",
                 ("This program does not calculate; it finds figures in your articles: how many …?, how much …?",),
                 True),
    ProgramTopic("time and weather", "What time is it?", r"what(?: time is it|['’]s the time| is the time| day is "
        r"it| is today['’]s date|['’]s (?:today['’]s date|the date)| is the date)(?: now| today| in .{1,30})?|"
        r"(?:what['’]s|what is|how['’]s|how is) the weather(?: like)?(?: (?:today|now|tomorrow|in .{1,30}))?(?: "
        r"today| tomorrow)?",
                 ("This program knows only your articles, and neither the time nor the weather.",), True),
    ProgramTopic("web", "Search the web for ferries", r"(?:(?:can|could|do) (?:you|i|we|it) )?"
        r"(?:search|look up|google|browse)(?: for)?(?: .{1,80})? "
        r"(?:on |in )?(?:the )?(?:web|internet|google|wikipedia|online)(?: for .{1,80}| (?:with|in) this| too)?|"
        r"google .{1,80}",
                 ("This program does not search the web: it answers from the articles that you gave it.",
                  "assistant add URL adds a page, feed or sitemap to them.",), True),
    ProgramTopic("opinion", "What do you think about the flood?", r"(?:what do you think|what['’]s your (?:opinion|"
        r"view)|what is your (?:opinion|view)|do you (?:like|agree|believe|think))(?: .{0,120})?|(?:should i|who "
        r"should i) (?:vote|buy|invest|sell).{0,100}",
                 ("This program has no opinion. It shows what people said in your articles: who is quoted on …?, "
                     "all quotes by … on …",), True),
)  # fmt: skip


def find_program_topic(question: str) -> ProgramTopic | None:
    """What a question asks about the program, or of it; None for a question to the articles."""
    text = " ".join(question.replace("’", "'").split())
    text = re.sub(r"^(?:(?:hello|hi|hey|please|so|ok|okay|well),? )(?=\w+ \w)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"[\s!.…,]+$|(?<=\w)[\s?!.]+$", "", re.sub(r",? please\b", "", text, flags=re.IGNORECASE)) or text
    for topic in TOPICS:
        if re.compile(topic.pattern, re.IGNORECASE).fullmatch(text):
            return topic
    return None
