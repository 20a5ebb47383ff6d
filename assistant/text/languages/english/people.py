"""English names of people and organizations, and the words that occur with them."""

from __future__ import annotations

from assistant.text.languages.english.reporting import pluralize
from assistant.text.languages.given_names import FEMALE_GIVEN_NAMES, MALE_GIVEN_NAMES
from assistant.text.languages.profile import PeopleWords

_NICKNAMES = """
    william bill billy will willy
    robert bob bobby rob robbie
    james jim jimmy jamie
    john jack johnny jon
    joseph joe joey
    thomas tom tommy
    michael mike mick mickey mikhail
    richard rick dick rich ricky
    edward ed eddie ted ned
    theodore ted teddy
    charles charlie chuck
    daniel dan danny
    david dave davy
    martin marty
    cornelius cornell
    stephen steven steve
    anthony tony
    andrew andy drew
    benjamin ben benny
    bernard bernie
    donald don donnie
    douglas doug
    francis frank
    frederick fred freddie
    gerald gerry jerry
    gregory greg
    henry harry hank
    kenneth ken kenny
    lawrence laurence larry
    matthew matt
    nicholas nick nicolas
    patrick pat paddy
    peter pete
    philip phillip phil
    raymond ray
    ronald ron ronnie
    samuel sam
    timothy tim
    walter walt
    alexander alex sandy aleksandr
    elizabeth liz lizzie beth betty eliza elisabeth
    katherine catherine kate kathy cathy katie kathryn
    margaret maggie meg peggy
    susan sue suzy
    deborah debra debbie deb
    barbara barb
    patricia pat patty trish
    jennifer jen jenny
    jessica jess
    victoria vicky
    rebecca becky
    christine christina chris tina
    judith judy
    pamela pam
    theresa teresa terry
    abigail abby
"""

_PERSON_NOUNS = """
    accountant actor actress adjuster administrator advertiser advocate agent aide ally analyst anchor angler announcer
    apprentice archaeologist archbishop architect archivist artist assessor assistant associate astronaut astronomer
    athlete auctioneer auditor aunt backer bandleader banker barman barrister bassist beekeeper billionaire biographer
    biologist blacksmith boatbuilder bookseller boss botanist boxer boy boyfriend broadcaster broker brother builder
    businessman businesswoman campaigner captain carer caretaker cartoonist cellist chair chairperson chaplain chef
    chemist child choreographer immunologist clergyman clerk climber co-anchor colleague collector columnist comedian
    commander commentator committeeman committeewoman composer conductor confidant conservationist contractor
    coordinator coroner counsel cousin crewman critic cyclist daughter dealer dean defender delegate demonstrator
    dentist designer detective developer diplomat doctor donor driver drummer ecologist economist electrician employee
    employer entrepreneur environmentalist envoy epidemiologist essayist expert farmer father ferryman fighter
    filmmaker financier firefighter fireman fisherman forecaster forward founder friend fundraiser geologist girl
    girlfriend goalie goalkeeper grandfather grandmother grocer grower guard guest guitarist gunman assailant attacker
    bomber burglar defendant detainee hijacker inmate kidnapper monarch murderer perpetrator plaintiff prisoner robber
    shooter hairdresser harbormaster harbourmaster headmaster headmistress headteacher historian husband hydrologist
    illustrator importer insider inspector instructor insurer intern interpreter investigator investor jeweller jockey
    journalist judge juror keeper landlady landlord landowner lawmaker lecturer legislator maker librarian lifeboatman
    lifeguard linguist lobbyist lockkeeper magistrate man manager master mathematician mechanic mediator member
    meteorologist microbiologist midfielder midwife missionary moderator mogul mother musician narrator negotiator
    neighbor neighbour nephew neurosurgeon newcomer niece novelist nun nurse observer oceanographer official operative
    operator opponent optician organiser organist organizer owner paediatrician painter paramedic parent participant
    passenger pathologist patient pediatrician person pharmacist philosopher photographer physician pianist pilot
    planner player playwright plumber poet policeman policewoman politician postman preacher priest producer programmer
    promoter prosecutor protester protestor psychiatrist psychologist psychotherapist publicist publisher ranger rapper
    rebel rector refugee reporter researcher resident restaurateur retailer retiree rider rival roofer runner sailor
    salesman saleswoman scholar sculptor seismologist sergeant servant shopkeeper singer skipper sociologist soldier
    solicitor son songwriter sophomore source speaker specialist speechwriter staffer star statistician stockbroker
    striker student superdelegate supporter surgeon surrogate surveyor survivor teacher technician tenant theologian
    therapist trader trainer trawlerman treasurer trooper trustee tutor tycoon uncle undertaker urologist vet veteran
    veterinarian vicar victim viewer violinist virologist vocalist volunteer voter waiter waitress whistleblower widow
    widower wife winemaker winner witness woman worker writer youngster zoologist
""".split()

# People who speak for somebody else, or stand in a relation to somebody
_DEPENDENT_NOUNS = """
    adviser advisor advocate agent aide ally assistant associate attorney aunt backer biographer boyfriend brother
    carer colleague confidant counsel cousin critic daughter defender doctor donor father friend girlfriend
    grandfather grandmother guard husband lawyer mother neighbor neighbour nephew niece opponent parent partner
    relative rival servant sister solicitor son speechwriter spokesman spokesperson spokeswoman staffer supporter
    surrogate uncle widow widower wife
""".split()

_PLURALS = frozenset(map(pluralize, (*_PERSON_NOUNS, *_DEPENDENT_NOUNS))) | {"people", "spokespeople"}

PEOPLE = PeopleWords(
    titles=frozenset(
        """
        acting activist adm admiral adviser advisor aide alderman amb ambassador analyst archbishop assemblyman
        assemblywoman attorney attorney-general author ayatollah baroness bishop brigadier candidate capt captain
        cardinal ceo cfo chair chairman chairwoman chancellor chief cmdr co-founder coach cofounder col columnist
        commander commissioner congressman congresswoman consultant coo correspondent councillor councilman
        councilwoman counsel countess crown curator dame delegate democrat democratic democrats deputy detective
        director director-general dr duchess economist editor emir emperor empress engineer envoy ex-minister
        ex-president executive father foreign former founder frau gen general gop gov governor head herr historian host
        imam inspector judge justice king lady lawyer leader lord lt lt. madame maj major manager managing marshal
        master mayor mep minister miss monsieur mp mps mr mrs ms msp mullah nominee officer ombudsman organizer owner
        pastor pc pollster pope postmaster premier president presidential prime prince princess principal prof professor
        provost queen rabbi referee registrar rep reporter representative reps republican researcher rev reverend
        scientist secretary secretary-general sen senator sens señor sgt sheik sheikh sheriff shri signor sir skipper
        smt speaker spokesman spokesperson spokeswoman strategist superintendent supervisor supt taoiseach treasurer
        tsar u.s under-secretary undersecretary us vice vice-chairman vice-president warden
        """.split()
    ),
    title_prefixes=frozenset("co ex vice then".split()),
    titles_not_people=frozenset({"u.s", "us"}),
    male_titles=frozenset(
        """
        boy boyfriend brother chairman congressman councilman father grandfather husband king lord man mr nephew
        pope prince sheikh sir son spokesman uncle widower
        """.split()
    ),
    female_titles=frozenset(
        """
        actress aunt baroness chairwoman congresswoman councilwoman countess dame daughter duchess girl
        girlfriend grandmother lady miss mother mrs ms niece princess queen sister spokeswoman widow wife woman
        """.split()
    ),
    peer_titles=frozenset("Lord Lady Baroness Baron Viscount".split()),
    courtesy_titles=frozenset("Mr Mr. Mrs Mrs. Ms Ms. Mx Mx. Miss Dr Dr.".split()),
    title_abbreviations=tuple(
        """
        Mr Mrs Ms Mx Dr Prof Rev Hon Fr Sen Sens Rep Reps Gov Govs Gen Col Lt Maj Capt Cmdr Cdr Sgt Cpl Adm Brig Supt
        Det Insp Amb Pres Msgr Del Jr Sr St Ste Mt Ft Bros
        """.split()
    ),
    sentence_abbreviations=tuple(
        "Mr Mrs Ms Messrs Dr Prof Rev Gov Sen Sens Rep Reps Gen Col Lt Maj Capt Sgt Adm Cmdr".split()
    ),
    abbreviations_in_names=frozenset("Jr Sr St Ste Mt Ft Bros".split()),
    gendered_titles_before_name=tuple(
        """
        Mr Mrs Ms Miss Sir Dame Lord Lady Queen King Prince Princess Pope Congressman Congresswoman Chairwoman Baroness
        """.split()
    ),
    offices_before_name=tuple(
        """
        President Senator Sen Rep Representative Governor Gov Mayor Judge Justice Gen General Secretary Minister Premier
        Chancellor Dr Prof Professor Mr Mrs Ms
        """.split()
    ),
    suffixes=frozenset(
        """
        cbe ii iii iv jr kc mbe mp obe phd qc sr
        """.split()
    ),
    generation_suffixes=frozenset("ii iii iv jr sr".split()),
    particles=frozenset(
        """
        abu af al ben bin binti bint da das de del dela delos della den der di dos du el ibn la las le los ten ter ud
        ul van von y zu zum zur
        """.split()
    ),
    titles_also_surnames=frozenset(
        """
        may will march young king lord bishop judge prince pope queen cardinal justice dean major coach chief he
        """.split()
    ),
    given_names_like_words=frozenset(
        """
        april art august bill chance dean do earl faith grace grant guy he hope in an june joy mark may no on per rose
        so storm summer sunday sunny will win you
        """.split()
    ),
    function_words_like_given_names=frozenset("an do he in no on so you".split()),
    titles_also_given_names=frozenset("dean earl".split()),
    person_nouns=frozenset(_PERSON_NOUNS),
    plural_person_nouns=_PLURALS,
    title_adjectives=frozenset("acting executive foreign former gop managing presidential prime".split()),
    dependent_nouns=frozenset(_DEPENDENT_NOUNS),
    role_synonyms={
        "amb": "ambassador",
        "capt": "captain",
        "chairman": "chair",
        "chairwoman": "chair",
        "col": "colonel",
        "congressman": "representative",
        "congresswoman": "representative",
        "dr": "doctor",
        "gen": "general",
        "gov": "governor",
        "lt": "lieutenant",
        "pres": "president",
        "prof": "professor",
        "rep": "representative",
        "rev": "reverend",
        "sen": "senator",
        "sgt": "sergeant",
        "spokesman": "spokesperson",
        "spokeswoman": "spokesperson",
    },
    role_changing_words=frozenset(
        """
        acting assistant associate deputy elect ex former incoming interim junior late onetime outgoing
        one-time opposition original previous rival shadow then under vice would-be
        """.split()
    ),
    role_endings=tuple("eper nor ist ician smith ctor itor utor iner ider aker cher woman".split()),
    group_nouns=_PLURALS.union(
        """
        account activists ad administration ads agency airline airlines ambulance analysis army article assembly
        association audience authorities authors bank bill blog board book borough briefing brigade broadcaster
        bureau cabinet campaign campaigns channel charity church city club coaches coalition column commission
        committee companies company complaint congress consultancy council court courts crowd data democrats
        department document documents editorial editors email embassy essay executives faction families family
        federation figures filing firm foundation fund government governments governors group groups hospital
        house indictment institute institution insurgents journal kremlin law lawsuit leaders leadership league
        letter lobby magazine mayors media memo message military militia ministers ministry movement narrator
        navy network newspaper ngo nonprofit office op-ed order organisation organization page pair panel paper
        parliament parties party pentagon piece police poll polls pollsters post press public regulator
        regulators report representatives republicans rules school scientists senate senators sheriffs sign site
        societies staff state statement station story strategists study suppliers survey syndicate talks team
        think-tank thinktank times tribunal troops tweet two union unions university video watchdog website
        """.split()
    ),
    mouthpieces=frozenset("administration camp campaign cabinet office staff team".split()),
    organization_words=frozenset(
        """
        act africa agency airlines airport alliance america army asia association authority avenue bank board brigade
        britain bureau caucus center centre channel china church city club co coalition college commission committee
        company congress convention corp corporation council county court department district division europe federation
        foundation france fund germany group house inc india initiative institute international iran island israel japan
        journal kingdom korea league llc ltd magazine ministry movement museum nations network news organization party
        police post press project radio republic reserve review russia school senate service society states street
        studios syria team television times tribune trust turkey ukraine union university campaign
        """.split()
    ),
    body_nouns=frozenset(
        """
        academy administration agency alliance assembly association authority bank board bureau center centers
        centre centres chamber chambers church coalition college commission committee company confederation conference
        congress corporation council court courts department directorate federation forum foundation fund group guild
        hospital inspectorate institute institutes institution ministry museum office organisation organization party
        school secretariat service services society trust union university
        """.split()
    ),
    campus_nouns=frozenset("university college campus institute school".split()),
    listing_words=frozenset({"including"}),
    companies_like_officers=frozenset(
        {f"general {word}" for word in "mills motors electric dynamics atomics foods cable cigar maritime re".split()}
    ),
    company_abbreviations=tuple("Inc Corp Co Ltd Bros".split()),
    slogan_verbs=frozenset(
        """
        break build defend feed fight free heal help keep protect reach reclaim rock save stop teach
        """.split()
    ),
    event_words=frozenset("cyclone hurricane storm typhoon".split()),
    text_parts=("amendment", "section", "chapter", "clause"),
    offices_after_of=frozenset(
        """
        affairs commerce defence defense education elections energy health homeland interior justice labor labour state
        transport treasury rights relations operations
        """.split()
    ),
    demonyms=frozenset(
        """
        buddhist catholic jew mormon protestant afghan african albanian algerian american arab argentine argentinian
        armenian asian australian austrian azerbaijani bahraini bangladeshi belarusian belgian bolivian bosnian
        brazilian british bulgarian burmese cambodian canadian catalan caucasian chechen chilean chinese christian
        colombian congolese croatian cuban cypriot czech danish dutch ecuadorian egyptian emirati english eritrean
        estonian ethiopian european filipino finnish flemish french georgian german ghanaian greek guatemalan haitian
        hindu honduran hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese
        jewish jordanian kazakh kenyan korean kosovan kurdish kuwaiti kyrgyz laotian latvian lebanese libyan lithuanian
        macedonian malaysian maltese mexican moldovan mongolian moroccan muslim nepalese nepali nicaraguan nigerian
        norwegian omani pakistani palestinian panamanian paraguayan peruvian polish portuguese qatari romanian russian
        rwandan salvadoran saudi scottish senegalese serbian sikh singaporean slovak slovenian somali soviet spanish
        sudanese swedish swiss syrian taiwanese tanzanian thai tibetan tunisian turkish ugandan ukrainian uruguayan
        uyghur uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean
        """.split()
    ),
    regions=frozenset(
        """
        Ala Alabama Alaska
        Ariz Arizona Ark Arkansas Calif California Colo Colorado Conn Connecticut Del Delaware Fla Florida Ga
        Georgia Hawaii Idaho Ill Illinois Ind Indiana Iowa Kan Kansas Kentucky Ky La Louisiana Maine Maryland Mass
        Massachusetts Md Mich Michigan Minn Minnesota Miss Mississippi Missouri Mo Mont Montana Neb Nebraska Nev Nevada
        Ohio Okla Oklahoma Ore Oregon Pa Pennsylvania Tenn Tennessee Tex Texas Utah Va Vermont Virginia Vt Wash Wis
        Wisconsin Wyo Wyoming
        """.split()
    ),
    non_name_words=frozenset(
        """
        a about according add adding africans after again against all also although always americans among an and
        another any april are as asian asked at august back because before being besides between both but by can could
        critics december democrats did do does during each earlier either europeans even ever every everyone experts
        february few for friday from further had has have having he hence her here his how however i if in indeed
        instead is it imagine its january july june just last later like many march may maybe meanwhile monday more
        moreover most my neither never next no nobody none nor not nothing november now october of officials often on
        once one only or other others our over people per perhaps please rather republicans right russians same saturday
        september she should since so some sometimes soon sorry speaking still such sunday that the their then there
        these they this those though three through thursday thus to today tomorrow tonight too tuesday two under unlike
        until upon very via voters was way we wednesday well were what whatever when whenever where wherever whether
        which while who whom whose why will with would yes yesterday yet you your
        """.split()
    ),
    sentence_openers=frozenset(
        """
        abroad additional multiple let afterwards ahead alongside amongst another backstage below brexit click covid
        covid-19 downstairs early elsewhere following hardly initial initially late nearby overall overnight
        partial r0 read readers recent scarcely similar subsequent together updated upstairs username various watch
        watched whilst worldwide
        """.split()
    ),
    non_naming_words=frozenset({"staff"}),  # "Chief of Staff Ada Brandreth"
    male_given_names=MALE_GIVEN_NAMES,
    female_given_names=FEMALE_GIVEN_NAMES,
    nicknames=tuple(frozenset(line.split()) for line in _NICKNAMES.strip().splitlines()),
    surnames_written_first=frozenset(
        """
        ban cai cao chen cheng deng ding dong feng gao guo he hou han hu huang jia jiang kim li liang lin liu luo ma
        meng mao moon nguyen pan peng pham roh shen song sun tang tran wang wei wen wu xi xiao xu xue yang ye yoon yu
        yuan zhang zhao zheng zhou zhu
        """.split()
    ),
    name_stop_words=frozenset("the a an of for at in from to and with on by his her their its".split()),
)
