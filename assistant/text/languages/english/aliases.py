"""Forms of names that stand for each other: countries and their people, short names of bodies and places.

Everything is written as in edited text, because "US" and "us", "Polish" and "polish" are different words."""

from __future__ import annotations

from assistant.text.languages.profile import AliasWords

# One name per line: its forms, without plurals. What follows "<" also shows that a text is about it, but is narrower.
_COUNTRIES = """
    United States|US|U.S.|USA|U.S.A.|America|American|Americas|Stateside <
        White House|Congress|Senate|Pentagon|Capitol|Washington|New York|California|Texas|Florida|Ohio|Georgia|Michigan|
        Pennsylvania|Illinois|Virginia|Arizona|Nevada|Colorado|Wisconsin|Minnesota|Alabama|Alaska|Arkansas|Connecticut|
        Delaware|Hawaii|Idaho|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Mississippi|Missouri|
        Montana|Nebraska|New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Oklahoma|Oregon|Rhode Island|
        South Carolina|South Dakota|Tennessee|Utah|Vermont|Wyoming|Los Angeles|Chicago|Houston|Boston|San Francisco
    United Kingdom|UK|U.K.|Britain|Great Britain|British|Briton|Brit <
        England|English|Scotland|Scottish|Wales|Welsh|Northern Ireland|London|Downing Street|Westminster
    Russia|Russian|Russian Federation < Kremlin|Moscow
    China|Chinese|PRC < Beijing
    European Union|EU|E.U. < Brussels|European Commission|European Parliament
    South Korea|South Korean|Republic of Korea < Seoul
    North Korea|North Korean|DPRK < Pyongyang
    Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|Congo|Congolese
    Czech Republic|Czechia|Czech
    United Arab Emirates|UAE|U.A.E.|Emirates|Emirati < Dubai|Abu Dhabi
    Saudi Arabia|Saudi Arabian|Saudi < Riyadh
    Netherlands|Holland|Dutch
    Myanmar|Burma|Burmese
    Turkey|Türkiye|Turkish|Turk < Ankara
    Ivory Coast|Côte d’Ivoire|Côte d'Ivoire|Ivorian
    Eswatini|Swaziland|Swazi
    North Macedonia|Macedonia|Macedonian
    Vatican|Holy See
    Germany|German
    France|French|Frenchman|Frenchwoman
    Spain|Spanish|Spaniard
    Portugal|Portuguese
    Italy|Italian
    Greece|Greek
    Ireland|Irish
    England|English
    Scotland|Scottish|Scot|Scots
    Wales|Welsh
    Northern Ireland|Northern Irish
    Belgium|Belgian
    Denmark|Danish|Dane
    Sweden|Swedish|Swede
    Norway|Norwegian
    Finland|Finnish|Finn
    Iceland|Icelandic|Icelander
    Greenland|Greenlandic|Greenlander
    Switzerland|Swiss
    Austria|Austrian
    Poland|Polish|Pole
    Hungary|Hungarian
    Slovakia|Slovak|Slovakian
    Slovenia|Slovene|Slovenian
    Croatia|Croatian|Croat
    Serbia|Serbian|Serb
    Bosnia|Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnian
    Kosovo|Kosovar
    Montenegro|Montenegrin
    Albania|Albanian
    Bulgaria|Bulgarian
    Romania|Romanian
    Moldova|Moldovan
    Ukraine|Ukrainian
    Crimea|Crimean
    Belarus|Belarusian
    Lithuania|Lithuanian
    Latvia|Latvian
    Estonia|Estonian
    Georgia|Georgian
    Armenia|Armenian
    Azerbaijan|Azerbaijani|Azeri
    Kazakhstan|Kazakh|Kazakhstani
    Uzbekistan|Uzbek
    Turkmenistan|Turkmen
    Kyrgyzstan|Kyrgyz
    Tajikistan|Tajik
    Mongolia|Mongolian
    Afghanistan|Afghan
    Pakistan|Pakistani
    India|Indian
    Bangladesh|Bangladeshi
    Sri Lanka|Sri Lankan
    Nepal|Nepali|Nepalese
    Bhutan|Bhutanese
    Maldives|Maldivian
    Japan|Japanese
    Taiwan|Taiwanese
    Hong Kong|Hongkonger|Hong Konger
    Tibet|Tibetan
    Thailand|Thai
    Vietnam|Vietnamese
    Cambodia|Cambodian
    Laos|Laotian|Lao
    Malaysia|Malaysian
    Singapore|Singaporean
    Indonesia|Indonesian
    Philippines|Philippine|Filipino|Filipina
    East Timor|Timor-Leste|Timorese
    Australia|Australian|Aussie
    New Zealand|New Zealander|Kiwi
    Fiji|Fijian
    Tonga|Tongan
    Samoa|Samoan
    Papua New Guinea|Papua New Guinean
    Solomon Islands|Solomon Islander
    Iran|Iranian < Tehran
    Iraq|Iraqi
    Syria|Syrian
    Lebanon|Lebanese
    Israel|Israeli
    Palestine|Palestinian|Palestinian Territories < Gaza|West Bank
    Jordan|Jordanian
    Egypt|Egyptian
    Kuwait|Kuwaiti
    Qatar|Qatari
    Bahrain|Bahraini
    Oman|Omani
    Yemen|Yemeni
    Cyprus|Cypriot
    Malta|Maltese
    Libya|Libyan
    Tunisia|Tunisian
    Algeria|Algerian
    Morocco|Moroccan
    Mauritania|Mauritanian
    Mali|Malian
    Niger|Nigerien
    Nigeria|Nigerian
    Chad|Chadian
    South Sudan|South Sudanese
    Sudan|Sudanese
    Ethiopia|Ethiopian
    Eritrea|Eritrean
    Somalia|Somali
    Djibouti|Djiboutian
    Kenya|Kenyan
    Uganda|Ugandan
    Rwanda|Rwandan
    Burundi|Burundian
    Tanzania|Tanzanian
    Mozambique|Mozambican
    Malawi|Malawian
    Zambia|Zambian
    Zimbabwe|Zimbabwean
    Botswana|Botswanan
    Namibia|Namibian
    Angola|Angolan
    South Africa|South African
    Lesotho|Basotho
    Madagascar|Malagasy
    Mauritius|Mauritian
    Cameroon|Cameroonian
    Central African Republic|Central African
    Gabon|Gabonese
    Ghana|Ghanaian
    Togo|Togolese
    Benin|Beninese
    Burkina Faso|Burkinabe|Burkinabè
    Guinea|Guinean
    Sierra Leone|Sierra Leonean
    Liberia|Liberian
    Senegal|Senegalese
    Gambia|Gambian
    Canada|Canadian
    Mexico|Mexican
    Guatemala|Guatemalan
    Honduras|Honduran
    El Salvador|Salvadoran|Salvadorian
    Nicaragua|Nicaraguan
    Costa Rica|Costa Rican
    Panama|Panamanian
    Cuba|Cuban
    Haiti|Haitian
    Dominican Republic|Dominican
    Puerto Rico|Puerto Rican
    Jamaica|Jamaican
    Bahamas|Bahamian
    Barbados|Barbadian|Bajan
    Trinidad and Tobago|Trinidad|Trinidadian
    Colombia|Colombian
    Venezuela|Venezuelan
    Ecuador|Ecuadorian|Ecuadorean
    Peru|Peruvian
    Bolivia|Bolivian
    Brazil|Brazilian
    Paraguay|Paraguayan
    Uruguay|Uruguayan
    Argentina|Argentine|Argentinian|Argentinean
    Chile|Chilean
    Suriname|Surinamese
    Guyana|Guyanese
    Catalonia|Catalan
    Bavaria|Bavarian
    Quebec|Québec|Quebecois|Québécois
    Chechnya|Chechen
    Kurdistan|Kurdish|Kurd
"""

# Other names, in the same form.
_OTHERS = """
    United Nations|UN|U.N.
    NATO|Nato|North Atlantic Treaty Organization|North Atlantic Treaty Organisation|North Atlantic Alliance
    New York City|NYC|New York|New Yorker < Manhattan|Brooklyn
    Los Angeles|LA|L.A.
    Washington DC|Washington, D.C.|Washington D.C.|DC|D.C.|Washington <
        US|U.S.|United States|American|White House|Congress|Senate|Pentagon|Capitol
    San Francisco|SF
    Saint Petersburg|St. Petersburg|St Petersburg
    White House|Oval Office|Biden administration|Trump administration|Obama administration
    Republican Party|Republicans|Republican|GOP
    Democratic Party|Democrats|Democrat|Democratic
    Conservative Party|Conservatives|Conservative|Tory|Tories
    Labour Party|Labour
    Supreme Court|SCOTUS
    House of Representatives|House
    Federal Reserve|Fed|US Federal Reserve
    Department of Justice|Justice Department|DOJ
    State Department|Department of State
    Defense Department|Department of Defense|Pentagon|DoD
    Treasury|Treasury Department|Department of the Treasury
    National Health Service|NHS
    Metropolitan Police|Met Police|Scotland Yard|Met
    World Health Organization|World Health Organisation|WHO
    International Monetary Fund|IMF
    World Trade Organization|World Trade Organisation|WTO
    European Central Bank|ECB
    Centers for Disease Control and Prevention|Centers for Disease Control|CDC
    Food and Drug Administration|FDA
    Federal Bureau of Investigation|FBI
    Central Intelligence Agency|CIA
    Islamic State|ISIS|ISIL|Daesh|IS
    Covid|COVID|Covid-19|COVID-19|covid|coronavirus|Coronavirus|SARS-CoV-2
    mpox|Mpox|monkeypox|Monkeypox
    World War II|World War Two|WWII|WW2|Second World War
    World War I|World War One|WWI|WW1|First World War
    Christmas|Xmas
    Olympics|Olympic Games|Olympic
    TV|television|Television|telly
    Eurovision|Eurovision Song Contest
    Brexit|leaving the European Union|leave the European Union|leaving the EU|leave the EU
    Muslim|Islam|Islamic
    Christian|Christianity
    Catholic|Roman Catholic|Catholicism
    Jew|Jewish|Judaism
    Buddhist|Buddhism
    Hindu|Hinduism
"""

# A region per line: its forms, and the countries, as above, that show that a text is about it.
_REGIONS = """
    Europe|European: European Union|United Kingdom|Germany|France|Spain|Portugal|Italy|Greece|Ireland|Belgium|
        Netherlands|Denmark|Sweden|Norway|Finland|Switzerland|Austria|Poland|Hungary|Slovakia|Slovenia|Croatia|Serbia|
        Bulgaria|Romania|Ukraine|Lithuania|Latvia|Estonia|Czech Republic|Iceland|Albania|Kosovo|Bosnia|Moldova
    North America|North American: United States|Canada|Mexico
    Africa|African: Egypt|Libya|Tunisia|Algeria|Morocco|Mali|Niger|Nigeria|Chad|Sudan|South Sudan|Ethiopia|Eritrea|
        Somalia|Kenya|Uganda|Rwanda|Burundi|Tanzania|Mozambique|Malawi|Zambia|Zimbabwe|Botswana|Namibia|Angola|
        South Africa|Cameroon|Ghana|Senegal|Guinea|Liberia|Sierra Leone|Burkina Faso|Ivory Coast|
        Democratic Republic of the Congo
    Asia|Asian: China|Japan|India|Pakistan|Bangladesh|South Korea|North Korea|Taiwan|Hong Kong|Thailand|Vietnam|
        Cambodia|Malaysia|Singapore|Indonesia|Philippines|Myanmar|Nepal|Sri Lanka|Mongolia|Kazakhstan|Afghanistan
    Middle East|Middle Eastern|Mideast: Iran|Iraq|Syria|Lebanon|Israel|Palestine|Jordan|Egypt|Saudi Arabia|Kuwait|Qatar|
        Bahrain|Oman|Yemen|United Arab Emirates|Turkey
    Latin America|Latin American|South America|South American: Brazil|Argentina|Chile|Peru|Bolivia|Colombia|Venezuela|
        Ecuador|Paraguay|Uruguay|Mexico|Guatemala|Honduras|El Salvador|Nicaragua
    Scandinavia|Scandinavian|Nordic: Denmark|Sweden|Norway|Finland|Iceland
    Baltic|Baltics|Baltic States: Lithuania|Latvia|Estonia
    Balkans|Balkan: Serbia|Croatia|Bosnia|Kosovo|Montenegro|Albania|North Macedonia|Bulgaria
"""


def _join_lines(table: str) -> list[str]:
    """The entries of a table, each on one line. A line that ends with "|", "<" or ":" goes on in the next."""
    entries: list[str] = []
    for line in map(str.strip, table.strip().splitlines()):
        if entries and entries[-1].endswith(("|", "<", ":")):
            entries[-1] += line
        else:
            entries.append(line)
    return entries


def _split_forms(forms: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in forms.split("|") if form.strip())


def _read_aliases() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    entries = (entry.partition("<") for entry in (*_join_lines(_COUNTRIES), *_join_lines(_OTHERS)))
    rows = [(_split_forms(forms), _split_forms(signs)) for forms, _, signs in entries]
    forms_by_name = {forms[0]: forms for forms, _ in rows}
    for line in _join_lines(_REGIONS):
        forms, _, countries = line.partition(":")
        signs = (form for country in _split_forms(countries) for form in forms_by_name[country])
        rows.append((_split_forms(forms), tuple(signs)))
    return tuple(rows)


ALIASES = AliasWords(
    groups=_read_aliases(),
    countries=frozenset(_split_forms(entry.partition("<")[0])[0] for entry in _join_lines(_COUNTRIES)),
    place_qualifiers=frozenset(
        """
        north south east west northern southern eastern western central new old upper lower greater great san santa
        saint st. st los las el port fort mount lake cape
        """.split()
    ),
    optional_words=frozenset(
        "FC F.C. AFC Inc Inc. Corp Corp. Ltd Ltd. Co Co. Company Corporation Group PLC plc LLC".split()
    ),
    common_words=frozenset(
        """
        polish pole poles turkey house labour conservative conservatives democratic republican treasury jordan chad met
        fed kiwi kiwis dominican emirates central african olympic
        """.split()
    ),
    name_joiners=frozenset("of the de da del della di du la le van von der den al bin ibn for ’n 'n &".split()),
)
