"""English words in transcripts and interviews."""

from __future__ import annotations

from assistant.text.languages.profile import TranscriptWords

TRANSCRIPTS = TranscriptWords(
    no_speakers=frozenset(
        """
        note notes n.b nb ps correction corrections clarification update updates updated photo photos photograph
        picture image images video videos caption credit credits graphic map date dates time times place where
        when what who why how source sources related read more also see watch listen contact email e-mail phone
        tel fax website web twitter facebook instagram telegram follow contributing contributors author writer
        editors' by title subject re topic topics summary background context details info information key tip
        tips step warning disclaimer pictures disclosure example pro pros con cons year price cost total result
        results score winner winners loser cast rating verdict ingredients directions method serves address
        location venue admission tickets hours quotable fact facts quote background breaking report poll opinion
        analysis exclusive newsletter interactive schedule day week part chapter section figure table group
        round half final first lead regular mid-grade premium diesel p.s attendees present participants edited
        transcribed recorded interview transcript duration language category tags tag
        """.split()
    )
    | {"editor's note", "editor’s note", "fact check", "facts first"},
    no_speaker_endings=("image", "photo"),
    roles=frozenset(
        """
        interviewer moderator reporter journalist host anchor presenter narrator announcer questioner caller audience
        question interpreter translator operator chair chairman chairwoman chairperson speaker president secretary court
        judge counsel witness clerk mayor minister prosecutor defense defence analyst correspondent guest student man
        woman male female unidentified crowd all voice q
        """.split()
    ),
    question_labels=frozenset({"q", "question"}),
    answer_labels=frozenset({"a", "answer"}),
    spoken_words=tuple(
        "i i'm i’m i've i’ve i'd i’d i'll i’ll me my we we're we’re we've we’ve our us you you're you’re your".split()
    ),
    spoken_openings=(
        "yes",
        "yeah",
        "no",
        "well",
        "thanks",
        "thank you",
        "hello",
        "hi",
        "hey",
        "good (?:morning|afternoon|evening)",
        "okay",
        "ok",
        "oh",
        "right",
        "sure",
        "absolutely",
        "exactly",
        "order",
        "please",
        "welcome",
        "let's",
        "let’s",
        "look",
        "listen",
    ),
    guest_cue=(
        r"(?:[Ii]nterview|[Cc]onversation|[Cc]hat|Q ?& ?A|Q and A|[Dd]iscussion)(?: session)?(?: with|:| of)\s"
        r"|(?i:questions) (?:to|for|put to)\s|[Tt]estimony (?:of|by)\s|[Ee]xamination of\s|[Dd]eposition of\s"
        r"|[Ii]nterview(?:s|ed|ing)\s"
    ),
    talk_cue=(
        r"\b(?:[Ss]poke|[Ss]peaks|[Ss]poken|[Ss]peaking|[Tt]alked|[Tt]alks|[Tt]alking|[Ss]at down|[Ss]its down"
        r"|[Cc]aught up|[Aa]nswer(?:s|ed))(?: our)?(?: questions)?(?: (?:to|with|from))?\s"
    ),
    byline=r"(?:^|\n)\s*(?:[Bb]y|BY|[Ii]nterview(?:ed)? by|[Ww]ritten by|[Tt]ext:) ",
)
