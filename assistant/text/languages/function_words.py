"""The most frequent small words of some European languages, by which a text shows its language, without accents.

Also the words with which a question in these languages asks for a number, a day, a person, a place or a reason."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "nb": "Norwegian", "nn": "Norwegian",
    "fi": "Finnish", "pl": "Polish", "cs": "Czech", "hu": "Hungarian", "ro": "Romanian", "tr": "Turkish",
    "el": "Greek", "ru": "Russian", "uk": "Ukrainian", "ar": "Arabic", "he": "Hebrew", "zh": "Chinese",
    "ja": "Japanese", "ko": "Korean",
}  # fmt: skip

_TABLE = {
    "en": """
        the of and to in a is that for it as was with be by on not he his but are this have an they which one
        you were her all she there would their we him been has when who will more no if out so said what up its
        about into than them can only other new some could time these two may then do first any my now such like
        our over me even most after also did many before must through back years where much your way well down
        should because each just those people how too from had or at i says say does
        """,
    "de": """
        der die das und in den von zu mit sich des auf fur ist im dem nicht ein eine als auch es an werden aus
        er hat dass sie nach wird bei einer um am sind noch wie einem uber einen so zum war haben nur oder aber
        vor zur bis mehr durch man sein wurde sei wir ich ihr ihre ihren seine diese dieser dieses kann hatte
        wenn was wer wo wann warum viel viele gegen vom schon alle unter weil keine kein doch jetzt soll muss
        sagte sagt uns zwei seit wegen trotzdem
        """,
    "fr": """
        le la les de des du un une et en a est que qui dans pour pas sur au aux par plus ce cette ces il elle
        ils elles on nous vous se sa son ses leur leurs ne ont ete sont avec mais ou comme tout etre fait aussi
        apres depuis selon entre sans sous tres deux encore contre meme quand combien quoi pourquoi dont avait
        etait sera c'est qu'il n'est d'un d'une l'on s'est ans dit
        """,
    "es": """
        el la los las de del un una unos unas y en a es que por para con no se su sus lo al como mas pero ha han
        fue son este esta estos estas o entre cuando muy sin sobre tambien hasta hay donde quien desde todo
        todos nos durante uno ni contra otros ese eso ante ellos e segun cuanto cuantos cuantas era ser tiene
        anos dijo porque
        """,
    "it": """
        il lo la i gli le di del della dei delle dello degli un una uno e in a che per con non si su al alla nel
        nella ha hanno sono come piu ma anche da dal dalla questo questa questi queste o se stato stata essere
        era fra tra dopo quando molto senza sul sulla contro anni chi dove quanto quanti quante perche ai detto
        loro suo sua ci cosa
        """,
    "pt": """
        o a os as de do da dos das um uma e em no na nos nas que para por com nao se ao aos sua seu seus suas
        mais mas foi sao como tem ou ser entre quando muito sem sobre tambem ate ha onde quem desde tudo pela
        pelo isso este esta ele ela eles quanto quantos quantas porque era disse segundo anos ja
        """,
    "nl": """
        de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door naar over
        hij zij wij ze heeft hebben was worden wordt werd nog geen meer al wel deze dit die zo kan kunnen moet
        tot tegen onder wie wat waar wanneer waarom hoeveel zei volgens jaar omdat hun haar we ik
        """,
    "sv": """
        och att det i en som ar av for pa den med till inte har de om ett men var jag sig fran vi sa kan nar han
        hon ska skulle efter eller nu under mot vid mycket alla hade blev varit detta hur vad vem vart enligt
        mellan utan ocksa
        """,
    "da": """
        og i at det en den til er som pa de med han af for ikke der var mig sig men et har om vi min havde ham
        hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind
        nar vaere efter siger hvem hvornar hvorfor ifolge mellem ogsa
        """,
    "no": """
        og i det er pa som en til at med for ikke den av de har et om han var fra men vi sa seg ble hun skal kan
        etter nar eller na mot ved alle hadde blitt dette hvor hva hvem hvorfor ifolge mellom ogsa sier jeg vil
        enn
        """,
    "fi": """
        ja on ei se etta oli han ovat mutta kun niin kuin joka myos tai jos sen olla ole hanen nyt vain mita
        kuka missa milloin miksi kuinka kanssa sanoi mukaan vuonna jo siita ollut
        """,
    "pl": """
        i w na z do nie sie to jest ze o jak po co ale za od przez tym dla przy czy tak by juz byl byla jego jej
        ich oraz ktory ktora ktore tego kto gdzie kiedy dlaczego ile roku
        """,
}  # fmt: skip

FUNCTION_WORDS: Mapping[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _TABLE.items()}

QUESTION_WORDS: Mapping[str, str] = {
    word: expected
    for expected, words in {
        "number": "wie viel|wie viele|wieviel|wieviele|combien|cuanto|cuanta|cuantos|cuantas|quanto|quanta|quanti|"
        "quante|quantos|quantas|hoeveel|hur manga|hur mycket|hvor mange|hvor meget|hvor mye|kuinka monta|ile",
        "date": "wann|quand|cuando|quando|wanneer|nar|hvornar|milloin|kiedy",
        "place": "wo|ou|donde|dove|onde|waar|var|hvor|missa|gdzie",
        "person": "wer|wen|qui|quien|chi|quem|vem|hvem|kuka|kto",
        "reason": "warum|weshalb|pourquoi|por que|perche|waarom|varfor|hvorfor|miksi|dlaczego",
    }.items()
    for word in words.split("|")
}
"""What a question at whose beginning these words stand asks for."""

QUESTION_SIGNS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "de": "wann wer warum weshalb wieso wieviel wieviele welche welcher welches welchen welchem",
        "fr": "qu' combien pourquoi quand quel quelle quels quelles lequel laquelle",
        "es": "cuando cuanto cuanta cuantos cuantas quien quienes donde cual cuales",
        "it": "dov' cos' perche quando quanti quante quali",
        "pt": "quando quantos quantas quais",
        "nl": "wanneer waarom hoeveel welke welk",
        "sv": "varfor vilken vilka vilket",
        "da": "hvem hvornar hvorfor hvilken hvilke",
        "no": "hvem hvorfor hvilken hvilke",
        "fi": "milloin miksi kuinka",
        "pl": "kto kiedy gdzie dlaczego ktory ktora ktore",
    }.items()
}
"""Words of questions that are neither words nor names in English, without accents. One with an apostrophe is the start
of a longer word ("qu'a")."""
