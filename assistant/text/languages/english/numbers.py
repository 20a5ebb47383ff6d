"""English words for numbers, for how exact they are, for units and for currencies."""

from __future__ import annotations

from assistant.text.languages.profile import NumberWords, Unit

_UNITS_AND_TEENS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _name_units(*rows: tuple[str, str, float]) -> dict[str, Unit]:
    """Units by name, from rows of the names, what is measured, and the factor to the base unit."""
    return {name: Unit(dimension, factor) for names, dimension, factor in rows for name in names.split("|")}


NUMBERS = NumberWords(
    cardinals={word: value for value, word in enumerate(_UNITS_AND_TEENS)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)},
    scales={
        "dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 1_000_000,
        "crore": 10_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000,
    },
    scale_abbreviations={
        "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "mio": 1_000_000, "bn": 1_000_000_000,
        "bln": 1_000_000_000, "tn": 1_000_000_000_000, "trn": 1_000_000_000_000,
    },
    single_articles=frozenset({"a", "an"}),
    half="half a",
    and_half="and a half",
    approximate=(
        "about", "around", "approximately", "approx.", "approx", "roughly", "some", "circa", "ca.", "c.",
        "an estimated", "estimated", "close to", "in the region of", "in the order of",
        "more or less", "near", "at around", "at about",
    ),
    nearly=("nearly", "almost", "just under", "just below", "slightly under", "slightly fewer than", "a little under",
            "not quite", "close on", "a little less than", "slightly less than", "just short of"),
    just_over=("just over", "just above", "slightly over", "slightly more than", "a little over", "a little more than",
               "just more than"),
    at_least=("at least", "more than", "over", "above", "well over", "no fewer than", "no less than", "not less than",
              "upwards of", "upward of", "far more than", "much more than", "well above", "in excess of", "exceeding",
              "a minimum of", "as many as at least", "far over", "greater than"),
    at_most=("up to", "as many as", "as much as", "under", "below", "fewer than", "less than", "no more than",
             "not more than", "at most", "well under", "far fewer than", "a maximum of", "well below", "at the most"),
    approximate_after=("or so", "or thereabouts", "more or less", "approximately"),
    at_least_after=("or more", "plus", "and counting", "or over"),
    at_most_after=("or fewer", "or less", "at most", "at the most"),
    not_whole_before=frozenset(
        "another other further additional extra first last remaining not next every nor".split()
    ),
    not_whole_after=frozenset("more other others another further additional extra fewer less of out".split()),
    label_words=frozenset(
        """
        category level phase stage type number no no. grade rank ranked article section chapter page part route line
        flight room gate platform track row seat episode season volume issue act rule clause paragraph point step week
        day game round set match lap leg group class size channel highway interstate junction exit block unit zone
        district ward precinct apartment flat suite box bus train tram car model version tier round-of under-
        """.split()
    ),
    year_openers=frozenset(
        "in since by of from until till before after during year early late mid between to through for the than and"
        .split()
    ),
    ratio_words=("in", "out of", "of"),
    range_opener="between",
    range_joiners=("to", "and", "through", "or"),
    change_opener="from",
    units=_name_units(
        ("mm|millimetre|millimetres|millimeter|millimeters", "length", 0.001),
        ("cm|centimetre|centimetres|centimeter|centimeters", "length", 0.01),
        ("m|metre|metres|meter|meters", "length", 1.0),
        ("km|kilometre|kilometres|kilometer|kilometers|kms", "length", 1000.0),
        ("mile|miles|mi", "length", 1609.344),
        ("foot|feet|ft", "length", 0.3048),
        ("inch|inches", "length", 0.0254),
        ("yard|yards|yd|yds", "length", 0.9144),
        ("nautical mile|nautical miles", "length", 1852.0),
        ("gram|grams|gramme|grammes|g", "mass", 0.001),
        ("kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes", "mass", 1.0),
        ("tonne|tonnes|metric ton|metric tons", "mass", 1000.0),
        ("lb|lbs", "mass", 0.45359237),
        ("ounce|ounces|oz", "mass", 0.028349523),
        ("ton|tons", "tons", 1.0),
        ("stone|stones", "stones", 1.0),
        ("acre|acres", "area", 4046.8564),
        ("hectare|hectares|ha", "area", 10000.0),
        ("square metre|square metres|square meter|square meters|sq m|sqm|m²|m2", "area", 1.0),
        ("square kilometre|square kilometres|square kilometer|square kilometers|sq km|km²|km2", "area", 1e6),
        ("square mile|square miles|sq mi|sq miles", "area", 2589988.11),
        ("square foot|square feet|sq ft|ft²", "area", 0.09290304),
        ("litre|litres|liter|liters", "volume", 0.001),
        ("cubic metre|cubic metres|cubic meter|cubic meters|m³|m3", "volume", 1.0),
        ("cubic foot|cubic feet", "volume", 0.028316847),
        ("mph|miles per hour|miles an hour", "speed", 1.609344),
        ("km/h|kmh|kph|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour", "speed", 1.0),
        ("knot|knots", "speed", 1.852),
        ("%|percent|per cent|pct|pc", "percent", 1.0),
        ("percentage point|percentage points", "percentage points", 1.0),
        ("degrees|degree|°", "degrees", 1.0),
        ("°c|° c|degrees celsius|degrees centigrade|degrees c|celsius", "temperature", 1.0),
        ("pounds|pound", "pounds", 1.0),
        ("dollar|dollars|us dollars|u.s. dollars", "$", 1.0),
        ("cent|cents", "cents", 1.0),
        ("euro|euros|eur", "€", 1.0),
        ("pounds sterling|gbp", "£", 1.0),
        ("yen|jpy", "¥", 1.0),
        ("rupee|rupees", "₹", 1.0),
        ("yuan|renminbi|rmb", "yuan", 1.0),
        ("crown|crowns|kroner|kronor|krone|krona|kr|nok|sek|dkk", "crowns", 1.0),
        ("franc|francs|chf", "francs", 1.0),
        ("rouble|roubles|ruble|rubles", "roubles", 1.0),
    )
    | dict.fromkeys(
        ("°f", "° f", "degrees fahrenheit", "degrees f", "fahrenheit"), Unit("temperature", 5 / 9, -160 / 9)
    ),
    currency_signs={
        "$": "$", "us$": "$", "usd": "$", "a$": "a$", "c$": "c$", "nz$": "nz$", "hk$": "hk$", "s$": "s$", "€": "€",
        "eur": "€", "£": "£", "gbp": "£", "¥": "¥", "₹": "₹", "rs": "₹", "rs.": "₹", "nok": "crowns", "sek": "crowns",
        "dkk": "crowns", "kr": "crowns", "kr.": "crowns", "chf": "francs",
    },
    minus="minus",
    rate_openers=frozenset({"per", "a", "an", "each", "every"}),
    rate_nouns=frozenset("day week month year hour minute second night person head household capita mile".split()),
    outcomes={
        word: group
        for group, words in {
            "dead": "kill killed kills killing die died dies dying dead death deaths fatality fatalities lost perished "
            "slain murdered drowned toll",
            "hurt": "wound wounded wounds wounding injure injured injures injury injuries hurt hospitalised "
            "hospitalized",
            "missing": "missing unaccounted disappeared",
            "arrested": "arrest arrested arrests detain detained detentions jailed",
            "evacuated": "evacuate evacuated evacuating evacuation evacuees emptied",
            "rescued": "rescue rescued rescues saved",
            "homeless": "displaced homeless displace",
            "destroyed": "destroy destroyed razed levelled leveled flattened",
            "damaged": "damage damaged damages",
            "infected": "infected infections infection case cases positive",
            "survived": "survive survived survivors",
            "charged": "charged indicted charges convicted sentenced",
        }.items()
        for word in words.split()
    },
    periods=frozenset(
        "day days week weeks fortnight month months quarter quarters year years decade decades century hour hours "
        "daily weekly monthly quarterly annual annually yearly average".split()
    ),
    uncertain=frozenset("could may might would will expected expects plan plans planned target hopes aims".split()),
)  # fmt: skip
