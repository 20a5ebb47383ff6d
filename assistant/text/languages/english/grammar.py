"""English function words, calendar words and stop words."""

from __future__ import annotations

from assistant.text.languages.profile import GrammarWords
from assistant.text.months import MONTHS, WEEKDAYS

GRAMMAR = GrammarWords(
    stop_words=frozenset(
        """
        a about above after again against all also am an and any are aren't as at be because been before
        being below between both but by can can't cannot could did didn't do does doesn't doing don't down
        during each else ever few for from further had has have he her here hers herself him himself
        his how i if in into is isn't it it's its itself just let like made make many me might more most
        much must my myself no nor not of off on once one only or other our ours ourselves out over own per
        please said same say says shall she should so some such tell than that that's the their theirs them
        themselves then there these they this those through to too under until up upon us very was wasn't we
        were what what's when where which while who whom whose why will with within without would you your
        yours yourself held hold holds take takes taken took place happen happened happens occur occurred
        according regarding concerning
        """.split()
    ),
    auxiliaries=frozenset(
        """
        again all already also always both can can't cannot can’t could couldn't couldn’t did didn't didn’t do does
        doesn't doesn’t don't don’t each even ever first further had hadn't hadn’t has hasn't hasn’t have haven't
        haven’t having herself himself however instead itself just later long may meanwhile merely might must never
        nevertheless nonetheless not now often once should simply sometimes soon still themselves then therefore thus
        too who will won't won’t would wouldn't wouldn’t
        """.split()
    ),
    finite_auxiliaries=frozenset("has have had was were is are would will could can may might".split()),
    be_forms=frozenset(
        "is was are were be been being am isn’t isn't wasn’t wasn't aren’t aren't weren’t weren't got".split()
    ),
    adverb_ending="ly",
    not_adverbs=frozenset(
        "family only early daily weekly monthly assembly ally rally reply supply apply july italy".split()
    ),
    participle_ending="ing",
    adverbials=(
        "goes on to",
        "went on to",
        "continued to",
        "continues to",
        "proceeded to",
        "in turn",
        "for his part",
        "for her part",
        "for its part",
        "for their part",
        "once again",
        "has since",
        "have since",
        "had since",
        "at first",
        "at last",
    ),
    prepositions=frozenset(
        """
        ahead of for from with at in on about against under than like during between among via over into through without
        within amid per near outside inside behind despite regarding across around upon toward towards unlike alongside
        beside versus including
        """.split()
    ),
    title_prepositions=frozenset({"of", "for", "at"}),
    place_adverbs=frozenset("inside outside near within behind".split()),
    companion_prepositions=frozenset({"to", "with", "by", "from"}),
    clause_prepositions=frozenset("after before since until as".split()),
    headline_prepositions=tuple("on of to for with about against from".split()),
    noun_prepositions=frozenset({"of", "about", "against", "on"}),
    conjunctions=frozenset("and but or nor yet & while".split()),
    alternative_conjunctions=frozenset({"or", "nor"}),
    subordinators=frozenset(
        "when because if although though whereas unless whether how why what whatever where".split()
    ),
    clause_openers=frozenset("while although though when because since if unless until once after before as".split()),
    determiners=frozenset(
        """
        a all an another any both each every few five four her his its many most my no numerous one other our several
        six some that the their these this those three two various your
        """.split()
    ),
    standalone_determiners=frozenset("some many most others one another few several both all two three".split()),
    indefinite_articles=frozenset({"a", "an", "another"}),
    plural_determiners=frozenset(
        "all both few four many most multiple numerous several some these those three two".split()
    ),
    articles=frozenset({"the", "a"}),
    role_articles=frozenset("a an the one".split()),
    owners=frozenset("his her their its our my your whose".split()),
    definite_determiners=frozenset({"the", "his", "her"}),
    object_pronouns={"him": "he", "his": "he", "her": "she"},
    third_person_pronouns=frozenset("he she they".split()),
    as_word="as",
    relative_pronoun="what",
    relative_owner="whose",
    judging_prepositions=frozenset({"for", "to"}),
    pronouns=frozenset(
        """
        we they it you there everyone everybody nobody someone somebody anyone others them him me us these those
        """.split()
    ),
    speaking_pronouns=frozenset({"they", "we", "i", "it"}),
    impersonal_pronouns=frozenset({"i", "it"}),
    topic_words=frozenset("of about against that to how why whether for".split()),
    calendar_words=frozenset({*MONTHS, *WEEKDAYS, "today", "tomorrow", "tonight", "yesterday"}),
    calendar_names=frozenset({"may", "march", "april", "june", "august"}),
    compound_openings=frozenset(
        """
        well self half two three four five six seven eight nine twenty thirty forty fifty sixty seventy eighty ninety
        first second full high low long short large small
        """.split()
    ),
    word_endings=frozenset("ly er est ing ness ed en ish s y teen ty land way".split()),
    time_nouns=frozenset("night morning afternoon evening week month year".split()),
    demonym_endings=frozenset("n an ian ean i ish es ese er ic".split()),
    negations=frozenset("not no never none nor neither cannot nobody nothing without hardly scarcely".split()),
    negation_endings=("n't", "n’t"),
    negation_followers=frozenset(
        """
        a an the any to be been being have had ever even yet so very really always legally necessarily currently longer
        going allowed simply just quite at all that this say will would can could may must shall should
        """.split()
    ),
    affirming_followers=frozenset({"only", "just", "merely"}),
    scanning_pairs=frozenset(
        frozenset(pair.split(":"))
        for pair in """
        modern:modem burns:bums burned:bumed corner:comer corners:comers stern:stem sterns:stems barns:bams
        turner:tumer clear:dear clears:dears close:dose closes:doses closed:dosed clown:down clowns:downs
        clocks:docks clock:dock cloth:doth clean:dean cleans:deans clips:dips clamp:damp clamps:damps clump:dump
        clumps:dumps cloves:doves clove:dove clicks:dicks clams:dams clays:days cleft:deft clinks:dinks
        clearest:dearest clearly:dearly clued:dued clashed:dashed clash:dash cling:ding clogs:dogs uncle:unde
        """.split()
    ),
    special_tags={
        **dict.fromkeys(("he", "she"), "H"),
        **dict.fromkeys(("who", "whom", "which", "whose"), "r"),
        **{"say": "S", "i": "W", "by": "y", "to": "2", "that": "z"},
    },
    abbreviations_like_words=frozenset(
        """
        approx ariz assn assoc asst atty bldg blvd bros calif capt carib chem cols comm condo cong conj conn cons cont
        coop corp dded dept exec execs figs govt ibid kans mich minn misc mons okla penn perl pkwy pres prod prof quart
        refs resp robt secs sect sept subj tbsp tech temp terr thur thurs trans treas tues vols wkly
        """.split()
    ),
    words_like_abbreviations=frozenset(
        """
        ad add ago all am ant app art at bat bed bin bus can cap car cow day dig fed hen how hum ill in lab leg low me
        met mum nor pen per pet pin pop pub raw rob row sat saw so sub sum sun tax ten vet wig win
        """.split()
    ),
)
