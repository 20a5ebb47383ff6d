"""The records of a language profile. Words are in lower case unless the field says otherwise.

Patterns are the source text of regular expressions; the stage that uses one compiles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.text.languages.claims import ClaimWords
from assistant.text.languages.narration import NarrationPatterns
from assistant.text.languages.pages import PageWords


@dataclass(frozen=True, slots=True, eq=False)
class PeopleWords:
    """Names of people and organizations, and the words that occur with them."""

    titles: frozenset[str]  # before a name, not part of it
    title_prefixes: frozenset[str]  # before a noun for a person and a hyphen ("co-author")
    titles_not_people: frozenset[str]  # entries of `titles` that by themselves are something else ("us")
    male_titles: frozenset[str]  # titles that decide the pronoun
    female_titles: frozenset[str]
    peer_titles: frozenset[str]  # capitalized; with them a surname is a name of its own
    courtesy_titles: frozenset[str]  # capitalized; with and without full stop; they say nothing about a person's role
    title_abbreviations: tuple[str, ...]  # capitalized, without the full stop that follows them inside a sentence
    sentence_abbreviations: tuple[str, ...]  # those after which the sentence splitter wrongly ends a sentence
    abbreviations_in_names: frozenset[str]  # capitalized; entries of `title_abbreviations` that belong to a name ("St")
    gendered_titles_before_name: tuple[str, ...]  # capitalized, for a search in running text
    offices_before_name: tuple[str, ...]  # capitalized; the same for titles that make the next word a person's name
    suffixes: frozenset[str]  # after a name, not part of it
    generation_suffixes: frozenset[str]  # those of them that tell people of one name apart ("jr")
    particles: frozenset[str]  # inside a name ("van", "al")
    titles_also_surnames: frozenset[str]  # words of other lists that are surnames after a given name ("May", "King")
    given_names_like_words: frozenset[str]  # given names that are more often something else ("Per", "Will", "May")
    function_words_like_given_names: frozenset[str]  # those of them that no rule for the start of a sentence can tell
    titles_also_given_names: frozenset[str]  # words of other lists that are given names before one more word ("Dean")
    person_nouns: frozenset[str]  # other nouns for one person who can speak
    title_adjectives: frozenset[str]  # entries of `titles` that are part of a title, but no person
    dependent_nouns: frozenset[str]  # nouns for a person that need another person ("aide to", "mother of")
    role_synonyms: Mapping[str, str]  # short and gendered forms of nouns for a role, with the form that stands for them
    role_changing_words: frozenset[str]  # words that make another role of a role ("vice president")
    role_endings: tuple[str, ...]  # endings of nouns for what people do
    plural_person_nouns: frozenset[str]  # "attorneys", "aides"
    group_nouns: frozenset[str]  # the same, and other nouns for several people or an institution, never for one person
    mouthpieces: frozenset[str]  # nouns for bodies that speak for a person ("campaign")
    organization_words: frozenset[str]  # words in names of organizations and places
    body_nouns: frozenset[str]  # nouns with which the name of an institution ends, or begins before "of" and "for"
    campus_nouns: frozenset[str]  # institutions whose name can end with a town ("University of Norland, Tarn")
    listing_words: frozenset[str]  # before the members of a group ("including")
    companies_like_officers: frozenset[str]  # in lower case, "general mills"
    company_abbreviations: tuple[str, ...]  # capitalized, without their full stop ("Inc")
    slogan_verbs: frozenset[str]  # with which the name of a charity begins ("Save the Children")
    event_words: frozenset[str]  # before the name of a storm
    text_parts: tuple[str, ...]  # last words of what is a part of a law or document, no speaker
    offices_after_of: frozenset[str]  # end of an office before a name: "Secretary of State Ada Tarn"
    demonyms: frozenset[str]  # adjectives and nouns for the people of a country or faith; alone they are no name
    regions: frozenset[str]  # capitalized; states that follow a town ("Columbus, Ohio")
    non_name_words: frozenset[str]  # words that begin a sentence with a capital and are not names
    sentence_openers: frozenset[str]  # the same, but they may occur later in a name ("Human Rights Watch")
    non_naming_words: frozenset[str]  # words that end a title before a name, besides titles and person nouns
    male_given_names: frozenset[str]  # the most common ones
    female_given_names: frozenset[str]
    nicknames: tuple[frozenset[str], ...]  # given names that one person can use
    surnames_written_first: frozenset[str]  # Chinese, Korean and Vietnamese surnames
    name_stop_words: frozenset[str]  # small words that do not help to look up a name or description


@dataclass(frozen=True, slots=True, eq=False)
class ReportingWords:
    """Verbs, nouns and phrases with which a text reports what somebody says or thinks."""

    reporting_forms: frozenset[str]  # present and past forms of verbs of saying
    addressee_forms: frozenset[str]  # the same for verbs that need a listener ("told")
    speech_forms: frozenset[str]  # all forms of both, base forms included
    opinion_forms: frozenset[str]  # present and past forms of verbs of thinking, judging and demanding
    present_participles: frozenset[str]  # of all these verbs
    speech_participles: frozenset[str]  # participles that introduce words even without a subject
    base_forms: frozenset[str]  # of all these verbs, as after "to" or an auxiliary
    ambiguous_forms: frozenset[str]  # forms that count only next to a quotation or before "that"
    noun_or_verb_forms: frozenset[str]  # forms that are as often nouns
    verb_phrases: tuple[str, ...]  # several words that act as one verb of saying
    source_phrases: tuple[str, ...]  # "according to"
    second_hand_phrases: frozenset[str]  # source phrases that can tell who reports somebody else's words
    second_hand_verbs: frozenset[str]  # verbs that do so at the end of a sentence
    source_phrase_openings: tuple[str, ...]  # the first word of each
    speech_nouns: frozenset[str]  # "Trump’s claim"
    deed_forms: frozenset[str]  # forms that report no words except next to a quotation
    writing_forms: frozenset[str]  # forms that report no words before a noun alone ("wrote a letter")
    passive_forms: frozenset[str]  # past forms that are a passive after "was fined and"
    quoting_forms: frozenset[str]  # "quoted" in "quoted her as saying"
    words_noun: str  # "words" in "in her words, “…”"
    quoted_nouns: frozenset[str]  # nouns before a quotation that is somebody’s ("her verdict: “…”")
    plain_cues: frozenset[str]  # the most common forms, for which any role can be the subject
    inverted_statement_cues: frozenset[str]  # may follow the words reported even with an infinitive after them
    question_cues: frozenset[str]  # forms that report a question
    addressee_cues: frozenset[str]  # forms after which the listener is named before the words
    negatable_cues: frozenset[str]  # base forms that report nothing after "cannot"
    agreeing_forms: frozenset[str]  # of an answer to what another speaker said
    response_verb: str  # stem of a verb that is also used for deeds ("responded to the attack")
    offer_verb: str  # the same ("offered towns money")
    question_verbs: Mapping[str, str]  # verbs in questions about statements, by group, separated by spaces
    question_irregular_forms: Mapping[str, str]  # irregular forms of these verbs, separated by spaces
    perception_cues: frozenset[str]  # all forms of verbs of seeing and knowing, whose object can be a thing
    clause_cues: frozenset[str]  # all forms of verbs that report a clause or a quotation, never a thing ("said")
    speech_act_groups: tuple[tuple[str, ...], ...]  # verbs that answer for each other; all others only report
    directed_act_groups: tuple[tuple[str, ...], ...]  # verbs whose object somebody is: a verb asked for, and its like
    stance_groups: tuple[tuple[str, ...], ...]  # words that tell a view of one kind, or its opposite


@dataclass(frozen=True, slots=True, eq=False)
class GrammarWords:
    """Function words."""

    stop_words: frozenset[str]  # words that carry no subject of a question
    auxiliaries: frozenset[str]  # auxiliaries, adverbs and others between a subject and its verb
    finite_auxiliaries: frozenset[str]  # auxiliaries that make the word before them a noun
    be_forms: frozenset[str]
    adverb_ending: str
    not_adverbs: frozenset[str]  # words that end like an adverb ("family")
    participle_ending: str
    adverbials: tuple[str, ...]  # several words that act as one adverb
    prepositions: frozenset[str]
    title_prepositions: frozenset[str]  # prepositions inside a title ("director of studies")
    place_adverbs: frozenset[str]  # prepositions that are adverbs before a name and its verb ("Inside Tarn said")
    companion_prepositions: frozenset[str]  # before somebody to whom "he" does not refer in the same sentence
    clause_prepositions: frozenset[str]  # prepositions that can begin a clause ("after")
    headline_prepositions: tuple[str, ...]  # prepositions that headlines capitalize
    noun_prepositions: frozenset[str]  # prepositions that make the word before them a noun ("claims about")
    conjunctions: frozenset[str]
    alternative_conjunctions: frozenset[str]  # "or", "nor"
    subordinators: frozenset[str]  # "when", "if"
    clause_openers: frozenset[str]  # words that begin a sentence whose main clause comes after a comma
    determiners: frozenset[str]
    standalone_determiners: frozenset[str]  # determiners that can be a subject ("several said")
    indefinite_articles: frozenset[str]
    plural_determiners: frozenset[str]
    articles: frozenset[str]
    role_articles: frozenset[str]  # articles before a description of a person
    owners: frozenset[str]  # pronouns before what belongs to somebody ("his aide")
    definite_determiners: frozenset[str]  # determiners of a description that can refer to one person ("the aide")
    object_pronouns: Mapping[str, str]  # of one person, with the subject form ("him", "his")
    third_person_pronouns: frozenset[str]  # those of people, as a subject
    relative_pronoun: str  # "what" in "what she says is true"
    relative_owner: str  # "whose"
    as_word: str  # "as" in "quoted her as saying"
    judging_prepositions: frozenset[str]  # "for" in "for her, it is “a menace”"
    pronouns: frozenset[str]  # except "he" and "she"
    speaking_pronouns: frozenset[str]  # pronouns, except "he" and "she", that can be the subject of a reporting verb
    impersonal_pronouns: frozenset[str]  # those of them whose judgements are not reported ("I", "it")
    topic_words: frozenset[str]  # words that introduce what a reporting verb is about
    calendar_words: frozenset[str]  # weekdays, months and words for days
    calendar_names: frozenset[str]  # those that are also names of people
    compound_openings: frozenset[str]  # first parts of words with a hyphen ("well-known")
    word_endings: frozenset[str]  # second parts of words that do not have one ("high-er", divided at the end of a line)
    time_nouns: frozenset[str]
    demonym_endings: frozenset[str]  # endings that make people of a place ("Europe", "European")
    negations: frozenset[str]
    negation_endings: tuple[str, ...]
    negation_followers: frozenset[str]  # words between a negation and the word that it denies
    affirming_followers: frozenset[str]  # words that take a negation back ("not only")
    scanning_pairs: frozenset[frozenset[str]]  # words that differ in letters that a scanner confuses
    special_tags: Mapping[str, str]  # words with a tag of their own in `speech.tagger`
    abbreviations_like_words: frozenset[str]  # abbreviations that are in the list of English words
    words_like_abbreviations: frozenset[str]  # words too short for that list that the splitter takes for abbreviations


@dataclass(frozen=True, slots=True, eq=False)
class ClausePatterns:
    """Patterns for the words around a report of speech. \\x01 is a character of a masked quotation."""

    sentence_tail: str  # only a time, place or occasion up to the end of the sentence
    main_verb: str  # the verb of the main clause behind a relative one
    bare_clause: str  # a subject and a verb that needs more words: "it was"
    occasion: str  # a text or an event in which somebody speaks: "interview"
    listener: str  # only a listener up to the end of the sentence
    role_before: str  # a description of the speaker after a quotation
    noun_quote: str  # a quoted word before a noun, no statement: "the ‘nasty’ Ada"
    coordinator: str  # a word or mark that ends the clause before a second report
    addressee: str  # the listener after "told"
    no_listener: str  # in words after "told" that are no listener
    speech_setting: str  # time, place or occasion between the verb and the words reported
    source_occasion: str  # when a source said it, between "according to Ada" and the verb of the words
    participle_after_day: str  # a day and a participle with which the writer goes on
    article_end: str  # the article of the speaker at the end of the words before
    aside_before: str  # a relative clause between dashes before a speaker, with a quotation that is not the speaker's
    speaker_description: str  # an apposition after the speaker
    incomplete_opening: str  # the opening of a sentence that cannot be complete yet
    apposition: str
    opening_setting: str  # the occasion before a quotation at the start of a sentence
    and_before: str  # before a source of what follows only
    day_before_clause: str  # a day between "said" and a clause without "that"
    source_description: str  # where somebody is from, or a relative clause, after "according to" and a name
    told_participle: str  # a participle after a report in the middle of a sentence, with which the writer may go on
    setting_opening: str  # the opening of a sentence with when, where or how somebody speaks
    asked: str  # the opening of a sentence with what somebody was asked
    comma_as: str  # ", as" before a report
    relative_opening: str  # ", which" before a report in an inserted clause, with a group `mark`
    second_clause: str  # a coordinated clause after a mark
    is_that: str  # "is" between a noun of saying and the words reported
    finite_opening: str  # words that begin with a finite verb
    relative_pronouns: frozenset[str]  # before a report whose words lack their subject ("which Ada said was late")
    finite_verb: str  # a clause that continues after an inserted report
    trailing_conjunction: str  # a conjunction left at the end of the words reported
    trailing_verb: str  # behind a quotation, of a clause whose subject it is part of
    relative_end: str  # of a listener, at the end of a sentence
    own_predicate: str  # what a speaker did besides calling somebody something
    infinitive: str  # an infinitive after the verb
    continuations: tuple[str, ...]  # openings of a clause that does not belong to the quotation before it
    negation: str  # at the end of the words before a verb: it is not said
    willing_to: str  # "was quick to": not a passive
    plural_subject: str  # another subject between a name and the verb
    offered_goods: str  # what is offered is a thing
    adverbial_content: str  # words that only say when, where, how or to whom somebody spoke
    finite_word: str  # a word that is probably a finite verb
    title_before: str  # before the quoted title of a show or book
    relative_words: tuple[str, ...]  # at the start of a description of the source
    naming_participle: str  # "a crew called Bix"
    agent: str  # the word before the speaker of a passive ("by")
    deed: str  # a verb of saying with its object, where they report an act
    known: str  # words that somebody knows or sees, not things
    joined_clause: str  # a further clause after words that are none
    sentence_break: str  # the end of a sentence inside the words
    narrated_clause: str  # a relative clause in which the writer goes on ("…, which Ada denied")
    predicate_stops: frozenset[str]  # behind which the second verb of words is in another clause
    key_with: str  # the key words of three patterns of `speech.patterns`
    key_used: str
    key_example: str
    past_endings: tuple[str, ...]  # endings of a verb before an infinitive of purpose ("stood … to say")
    group_endings: tuple[str, ...]  # endings of a noun for a group


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement: `value * factor + offset` is the value in the base unit of its dimension."""

    dimension: str
    factor: float
    offset: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """Words for numbers, for how exact they are, for units and for currencies."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    scale_abbreviations: Mapping[str, int]  # written next to the digits ("1.5bn")
    single_articles: frozenset[str]  # words that stand for one before a scale ("a million")
    half: str  # before a scale: "half a million"
    and_half: str  # after a number: "two and a half million"
    approximate: tuple[str, ...]  # before a number that is not exact
    nearly: tuple[str, ...]  # before a number that is not quite reached
    just_over: tuple[str, ...]  # before a number that is little exceeded
    at_least: tuple[str, ...]  # before a number that is reached or exceeded
    at_most: tuple[str, ...]  # before a number that is not exceeded
    approximate_after: tuple[str, ...]
    at_least_after: tuple[str, ...]
    at_most_after: tuple[str, ...]
    not_whole_before: frozenset[str]  # words before a number of which it is not the whole ("another 40")
    not_whole_after: frozenset[str]  # and after it ("40 more", "40 of them")
    label_words: frozenset[str]  # nouns before a number that says which one ("Category 5")
    year_openers: frozenset[str]  # words before a year
    ratio_words: tuple[str, ...]  # "one in five"
    range_opener: str
    range_joiners: tuple[str, ...]
    change_opener: str  # "from 10 to 12" is a change or a range
    units: Mapping[str, Unit]
    currency_signs: Mapping[str, str]  # before the digits, with the dimension
    minus: str
    rate_openers: frozenset[str]  # "40 a day", "40 per person"
    rate_nouns: frozenset[str]
    outcomes: Mapping[str, str]  # words for what happens to those who are counted, with their group
    periods: frozenset[str]  # words for the time within which something is counted
    uncertain: frozenset[str]  # words of a clause whose number is not a fact yet


@dataclass(frozen=True, slots=True, eq=False)
class TranscriptWords:
    """Words and patterns in transcripts and interviews."""

    no_speakers: frozenset[str]  # labels that name no speaker ("Note:"), or the last word of such a label
    no_speaker_endings: tuple[str, ...]  # endings of such a label that a page has put after another word
    roles: frozenset[str]  # labels that describe a speaker without a name ("Moderator:")
    question_labels: frozenset[str]  # labels of the person who asks, in lower case
    answer_labels: frozenset[str]  # labels of the person who is interviewed
    spoken_words: tuple[str, ...]  # words by which people speak of themselves and address others
    spoken_openings: tuple[str, ...]  # patterns: how people begin to speak
    guest_cue: str  # what comes before the name of the person who is interviewed
    talk_cue: str  # a verb between two people who talk; either can be the one who is interviewed
    byline: str  # what comes before the name of an author


@dataclass(frozen=True, slots=True, eq=False)
class LayoutPatterns:
    """Patterns for lines beside a quotation that name who speaks, and for captions."""

    introduction_before: str  # before the name of the person whose words follow ("And from")
    introduction_after: str  # between this name and the colon
    caption_opening: str  # the beginning of a caption or credit
    teaser: str  # the opening of a line that leads to another article
    caption_ending: str  # a credit at the end of a caption
    post_day: str  # the day of a post in a social network


@dataclass(frozen=True, slots=True, eq=False)
class StatusPatterns:
    """Patterns for whether words were said. \\x01 is a character of a masked quotation.

    "Before" means the words before the mention of a speaker, "verb" those between it and the reporting verb.
    """

    negated_verb: str  # "never"
    refused_verb: str  # "refused to"
    possible_verb: str  # "might have"
    hearsay_verb: str  # "allegedly"
    open_question: str  # what follows a verb that reports no words: "did not say whether"
    asked_before: str  # "whether", "imagine"
    yes_no_question: str  # the opening of a question: "Did"
    claim_before: str  # "rumours that"
    denied_claim_before: str  # "rejects claims that"
    denied_before: str  # "it is not true that"
    unsaid_before: str  # before a quotation: "rather than saying" (group `instead`), "nobody said"
    doubted_before: str  # "no evidence that"
    imitation_before: str  # "a man resembling"
    imitation: str  # in the description of somebody who only looks like a person
    unreal_setting: str  # "in the sketch", and the opening of a condition: "Had"
    denied_words: str  # after a verb of denial: "saying"
    denial_cues: frozenset[str]
    refused_words: str  # after a verb of refusal: "to say"
    refusal_cues: frozenset[str]
    plain_speech_verbs: frozenset[str]  # forms that report nothing if they are negated
    not_theirs: str  # a quotation and the words before a possessive: "“…” was not" (her phrase)
    words_nouns: frozenset[str]  # what follows the possessive
    not_by: str  # a quotation and the words before a name: "“…” was wrongly attributed to"
    quoting: str  # before the name of the person whose words the speaker repeats
    accused_of: str  # after the name of the person who is accused: "of calling"
    accusing_cues: frozenset[str]
    other_objects: tuple[str, ...]  # what follows a verb of saying that means something else: "called for"


@dataclass(frozen=True, slots=True, eq=False)
class CorrectionPatterns:
    """Patterns for notes that correct who said some words. \\x01 is a character of a masked quotation."""

    hint: str  # one of these words is in every note
    title: str  # the title of an article of corrections
    note_opening: str  # the beginning of a note below an article
    own_article: str  # what the outlet calls its own article: "an earlier version of this article"
    error: str  # a word that says that the earlier text was wrong
    attributed_to: str  # before the name of the wrong speaker
    quoted_as: str  # the same: "quoted"
    misquoted: str  # the form of it that itself says that the words are wrong
    as_saying: str  # after the name
    reported_that: str  # before a clause with the wrong speaker and the words
    not_but: str  # before two names: "It was Ada, not Ivo, who"
    spoken_by: str  # before the name of the right speaker
    not_wrong: str  # between the right and the wrong speaker: ", not by"
    should_be: str  # the right speaker follows, not the wrong one
    it_was: str  # the same, if `who_said` follows the name
    who_said: str
    in_fact: str  # the same, if one of `right_verbs` follows the name
    did_not: str  # that nobody said it
    instead_of: str  # before words that were not said: "not that it was"
    right_verbs: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class AliasWords:
    """Forms of names that stand for each other. All are written as in edited text."""

    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # of each name its forms, and narrower names
    countries: frozenset[str]  # first forms of the groups that are countries, regions of them or unions of countries
    place_qualifiers: frozenset[str]  # first words without which a name is that of another place ("New", "South")
    name_joiners: frozenset[str]  # small words inside a name ("Bank of England")
    optional_words: frozenset[str]  # in names of companies and clubs, which texts leave out ("Inc")
    common_words: frozenset[str]  # forms that are other words without a capital ("polish")


@dataclass(frozen=True, slots=True, eq=False)
class LanguageProfile:
    """Everything that depends on the language and is data. Two profiles are equal only if they are the same object."""

    code: str  # ISO 639-1
    stemmer: str  # name of the Snowball algorithm
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    people: PeopleWords
    reporting: ReportingWords
    grammar: GrammarWords
    claims: ClaimWords
    clauses: ClausePatterns
    numbers: NumberWords
    transcripts: TranscriptWords
    layouts: LayoutPatterns
    status: StatusPatterns
    narration: NarrationPatterns
    corrections: CorrectionPatterns
    pages: PageWords
    aliases: AliasWords
