"""The words by which news says who speaks: verbs and nouns of saying, titles, and words that begin no name."""

from __future__ import annotations

# Verbs of saying.
SAID = tuple(
    """
    said says say told tells tell added adds add noted notes argued argues argue claimed claims claim wrote
    writes write asked asks explained explains warned warns warn acknowledged acknowledges tweeted tweets
    announces announced declares declared insisted insists responded responds replied replies answered answers
    recalled recalls suggested suggests stated states continued continues concluded concludes admitted admits
    stressed stresses emphasized emphasizes emphasised observed observes remarked remarks predicted predicts
    promised promises pledged pledges vowed vows urged urges joked jokes quipped lamented laments conceded
    concedes confirmed confirms revealed reveals reported reports indicated indicates testified testifies
    repeated repeats reiterated reiterates asserted asserts contended contends complained complains cautioned
    cautions mused shouted yelled boasted bragged countered counters opined retorted exclaimed commented
    comments deadpanned blogged posted interjected charged alleged alleges maintained maintains proclaimed
    recounted sings sang chimed pleaded begged whispered chanted intoned sniffed snapped gushed enthused
    hinted signaled signalled remembered remembers retaliated beamed fumed scoffed thundered marveled sneered
    yells shouts
    """.split()
)

# Verbs of thinking, judging and asking for: what somebody holds, rather than the words.
VIEWED = tuple(
    """
    called calls described describes accused accuses criticized criticizes criticised blamed blames praised
    praises denied denies rejected rejects dismissed dismisses endorsed endorses defended defends blasted
    blasts slammed slams attacked attacks mocked mocks cited cites questioned questions supports supported
    opposes opposed proposed proposes believes believed thinks thought wants wanted hopes hoped expects
    expected fears feared worries worried sees agreed agrees condemned condemns denounced denounces thanked
    labeled labelled likened compared compares referred refers spoke speaks talked talks mentioned mentions
    discussed discusses expressed expresses touted decried hailed welcomed estimates estimated knows knew
    recommended recommends demanded demands offered credited characterized disavowed pointed disputed disputes
    derided ridiculed chided challenged doubts doubted dubbed ripped rebuked scolded lambasted
    """.split()
)

ING = tuple(
    """
    saying adding noting arguing calling claiming citing suggesting telling warning insisting stating
    explaining describing asking urging asserting promising vowing pledging stressing emphasizing tweeting
    writing declaring referring accusing praising blaming recalling predicting announcing lamenting
    complaining joking shouting yelling alleging acknowledging admitting conceding pointing quipping charging
    questioning criticizing mocking boasting denying
    """.split()
)

# What stands before a name and is no part of it.
TITLES = frozenset(
    """
    acting activist admiral adviser advisor aide ambassador analyst archbishop attorney author bishop brother
    candidate capt captain cardinal chairman chairwoman chancellor chief coach col columnist commissioner
    congressman congresswoman consultant correspondent councillor dame delegate democrat democratic democrats
    deputy director dr economist editor engineer executive foreign former founder gen general gop gov governor
    head historian host inspector judge justice king lady lawyer leader lord lt major manager managing mayor
    minister miss mr mrs ms nominee officer organizer owner pollster pope president presidential prime prince
    princess prof professor queen relief rep reporter representative reps republican researcher rev scientist
    secretary sen senator sens sgt sheriff sir sister speaker spokesman spokesperson spokeswoman strategist
    superintendent u.s us vice
    """.split()
)

SUFFIXES = frozenset(
    """
    ii iii iv jr sr
    """.split()
)

# Words that begin a sentence with a capital and are no name.
NOT_A_NAME = frozenset(
    """
    a about according after against all also although americans among an and another any april are as asked at
    august because before between both but by can could critics december democrats did do does during each
    earlier europeans even every everyone experts february few for friday from further had has have he her
    here his how however i if in indeed instead is it its january july june just last later like many march
    may maybe meanwhile monday moreover most my next no nobody not november now october of officials on once
    one only or other others our over people per perhaps republicans russians saturday september she should
    since so some speaking still sunday that the their then there these they this those though three through
    thursday to tuesday two under unlike until via voters was we wednesday well were what when where whether
    which while who whom whose why will with would yes yet you your
    """.split()
)

# "The campaign", "the company": no person, so never taken for the one who spoke before.
NO_PERSON = frozenset(
    """
    ad administration ads advisers agency aides analysts army article association audience bank bill board
    book broadcaster campaign campaigns channel church city coalition commission committee company complaint
    congress council court critics crowd data department document documents email embassy experts family
    figures filing firm foundation government group groups hospital house indictment institute journal kremlin
    law lawsuit letter magazine media memo message military ministry movement navy network newspaper office
    officials order organisation organization pair paper party pentagon police poll polls post press public
    report rules school senate sign site sources state statement station story study supporters survey team
    times tweet two union university video website
    """.split()
)

# The most common given names, by what a pronoun can be for them; a name in neither list fits every pronoun.
MEN = frozenset(
    """
    aaron adam ahmed alan albert alexander ali andrew angus anthony antonio arthur austin barack ben benjamin
    bernie bill bob bobby boris brad brandon brett brian bruce bryan carl carlos chad charles chris christian
    chuck clarence clint corey cory craig curtis dan daniel david dean dennis derek dick dmitry don donald
    doug douglas drew duncan dwight dylan earl ed edward elijah emmanuel eric erik ernest ethan eugene evan
    fernando francisco frank fred gabriel garrett gary gene george gerald giovanni glenn gordon graham grant
    greg gregory hans harold harry hassan henry herman howard hugh ian ira irving ivan jack jacob james jared
    jason jeb jeff jeffrey jens jeremy jerry jesse jim jimmy joe john johnny jonathan jose joseph juan julian
    justin keith ken kenneth kevin klaus kurt kyle lance larry lars lawrence leo leon lindsey logan lou louis
    luis luke malcolm marco marcus mark martin mason matthew max michael miguel mike mitch mohammed morgan
    muhammad nathan neal ned neil newt nicholas nigel noah norm norman olaf oliver omar oscar owen pablo
    patrick paul pedro peter philip phillip ralph rand randy raymond recep reince richard rick rob robert rod
    roger ron ronald ross roy rudy rupert russell ryan sam samuel scott sean sergei sergey seth sidney simon
    stan stephen steve steven stuart sven ted terry thomas tim timothy tom tony trevor tyler vernon victor
    viktor vincent vladimir volodymyr wade walter warren wayne wes william willie yuri zach zachary
    """.split()
)

WOMEN = frozenset(
    """
    abigail ada agnes alexis alice alicia alison amanda amber amelia amy andrea angela anita ann anna anne
    annette annie ashley astrid audrey aung ava barbara bella benazir beth betty beverly bonnie brenda bridget
    brittany carly carol caroline carolyn carrie catherine cathy charlotte chelsea cheryl christina christine
    cindy claire clara claudia colleen condoleezza connie courtney cynthia daisy danielle daphne debbie
    deborah debra denise diana diane dolores donna doris dorothy edith elaine eleanor elena elizabeth ellen
    emily emma erica erin esther eva evelyn faith fiona florence frances gail giorgia gloria golda grace greta
    gwen hannah harriet heather heidi helen hillary holly huma ida indira ingrid irene isabella ivanka
    jacqueline jane janet janice jenna jennifer jenny jessica jill joan joanna joanne jodi josephine joyce
    judith judy julia julie karen karla kate katherine kathleen kathryn kathy katie kayla kellyanne kimberly
    kirsten kristen kristin laura lauren leah lily linda lisa lois loretta lori lorraine louise lucia lucy
    lynn madison maggie margaret margrethe maria marie marilyn marsha martha mary maud maureen maya meg megan
    melania melissa mia michelle mindy miranda molly monica nancy naomi natalie nicola nicole nina olivia
    pamela patricia paula peggy phyllis polly priscilla rachael rachel rebecca regina renee rita roberta rosa
    rose ruth sally samantha sandra sara sarah sharon shirley sonia sophia stacey stacy stephanie susan
    susannah suzanne sylvia tammy tara teresa theresa tiffany tina tsai ursula valerie vanessa vicky victoria
    virginia wendy zoe
    """.split()
)

# Titles that tell the pronoun.
HE_TITLES = frozenset(
    """
    brother chairman congressman councilman father king lord mr pope prince sir spokesman
    """.split()
)

SHE_TITLES = frozenset(
    """
    chairwoman congresswoman councilwoman dame lady miss mother mrs ms princess queen sister spokeswoman
    """.split()
)

# Forms that are nouns as often as verbs: behind "the" they say nothing.
NOUNS_TOO = frozenset(
    """
    answers argue attacks calls charged claim claims comments counters demands doubts estimates expected fears
    hopes notes offered pledges posted praise promised promises questions remarks repeats reports say states
    supports tweets wanted
    """.split()
)

# "Trump's claim", "the minister's remark"
NOUN = tuple(
    """
    claim claims statement comment comments remark remarks assertion argument promise pledge warning
    suggestion view belief call criticism description accusation allegation insistence contention prediction
    complaint declaration words response answer reply
    """.split()
)
