"""Common given names of the news, in small letters, by gender; names that are also other words are told elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

MALE_GIVEN_NAMES = frozenset(
    """
    aaron abdul abdullah abraham adam adrian ahmed alan alastair albert alberto alejandro aleksandr alex alexander
    alexei alexey alfonso alfred ali alistair allan alvin amir amit anders andre andreas andrei andrew andrés andy angus
    anthony antoine anton antonio anwar arjun armando armin arne arnold arthur arturo arvind ashok ashraf asif augusto
    austin barack barney barry bashar ben benedict bengt benjamin bernie bert bill bjorn björn boaz bob bobby bogdan
    boris boyd brad brandon branko brendan brent bret brett brian bruce bryan bryce caleb callum calvin cameron carl
    carlos cedric cesar chad charles charlie chris christian chuck clarence claude clement clint clive colin connor
    conor conrad corey cornelius cory craig curtis cyril cyrus césar damian damien dan daniel danny darius darrell
    darren darryl daryl dave david davide dean declan denis dennis denzel derek desmond devin dick dieter dimitri dmitri
    dmitriy dmitry dominic dominique don donald doug douglas drew duane duncan dusan dwayne dwight dylan eamonn earl ed
    eddie edgar edmund edouard eduardo edward edwin efraim ehud elias elijah elliot elliott elmer elon emanuel emil
    emile emmanuel emmett enrique enzo ephraim eric erik erling ernest ernesto ernie espen esteban ethan etienne eugene
    evan ezekiel ezra fabian fabio farhad farid federico felipe felix ferdinand fergus fernando fidel finn flavio
    francisco francois frank franz françois fred freddie frederic frederick friedrich fumio gabriel gareth garrett gary
    gaston gavin geir gene geoff geoffrey georg george georges georgi gerald gerard gerardo gerhard gerry gianni gilbert
    gilles giorgio giovanni giuseppe glen glenn gonzalo gordon graeme graham grant greg gregory guido guillermo gunther
    gustav gustavo guy göran günter haakon hajime hakan hamid hamish hamza hank hans hardeep harold harry harvey hassan
    hector heinrich heinz helmut henri henrik henrique henry herbert herman hernan hideki hiroshi howard hubert hugh
    hugo humphrey humza hussein iain ian ibrahim idris ignacio igor ilya imran ioannis ira irving isaac isaiah ismail
    ivan jaap jack jacob jacques jagmeet jaime jair jake jakob jamal james jamie janos jared jaroslav jarrod jason
    jasper javier jayson jean-claude jeb jed jeff jeffery jeffrey jens jeremiah jeremy jermaine jeroen jerome jerry
    jerzy jesse jim jimmy joachim joaquin joaquín joe joel joey john johnny jonas jonathan jonny jordi jorge jose josef
    josep joseph josh joshua josé juan julian julius junichiro justin jürgen kareem karim karl kasper kazuhiro keir
    keith kelvin kemal ken kenji kenneth kevin khalid kieran kiichi kirill klaus knut kofi konstantin kristian
    kristoffer kurt kwame kyle kyriakos lachlan lamar lance larry lars laurent lawrence lech leif lenny leo leon leonard
    leonid leopold leroy liam lindsey lionel lloyd logan lorenzo lou louis loïc luc luca lucas luciano ludwig luigi luis
    lukas luke lyndon maciej mads magnus mahathir mahmoud malcolm manmohan manuel marc marcel marcelo marco marcus marek
    mariano mario marius mark markus marlon martijn martin marvin mason mateo mathias mathieu matteo matthew matthias
    mattias maurice maurizio mauro max maxim maximilian mehmet melvin michael mick mickey miguel mihai mikael mike
    mikhail mikko milo milos miloš mirko miroslav mitch mohamad mohamed mohammad mohammed mohan mohsen morgan moritz
    moses moshe muhammad muhammadu mustafa myles nabil naftali narendra nasser nathan navid nawaz neal ned neil nelson
    newt niall nicholas nick nico nicolas nicolás niels nigel nikita niklas nikolai nikos nils nitish noah noboru nobuo
    norm norman nuno olaf oleg oleksandr oleksiy oliver olivier omar oscar oskar osvaldo otto owen pablo paolo pascal
    pasquale patrice patricio patrick paul pavel pawel pedro pekka percy pete peter phil philip philippe phillip pierre
    piers pieter piotr poul quentin quinton radek rafael rafal rahul rainer raj rajesh rajiv rajnath ralph rami ramon
    ramón rand randall randy raoul raphael rashid raul ravi raymond raúl recep reggie reginald reince reinhard remy rené
    reuben rhys ricardo riccardo richard rick ricky rishi rob robbie robert roberto rocco rod roderick rodrigo roger
    rohan roland rolf romain roman ron ronald rory ross roy ruben rudolf rudy rufus rupert ruslan russell ryan sadiq
    saeed sajid salman salvador salvatore sam samuel sandro sanjay sanjeev satoru satoshi satya saul scott sean
    sebastian selim serge sergei sergey sergio seth shane shaun shawn shehbaz shimon shinzo shlomo sid sidney sigurd
    silvio simeon simon slobodan soren stan stanislav stefan stefano steffen stephane stephen steve steven stuart
    stéphane sundar sunil svein sven sylvain sylvester søren tadeusz takeshi tarek tariq tayyip ted tedros terence
    terrence terry thabo thaddeus theo theodore thierry thomas thorsten tibor tim timothy timur tobias todd tom tomas
    tomasz tommaso tommy tomáš tony torsten toshio travis trevor trond tyler tyrone uhuru ulf ulrich umberto uwe vadim
    valentin valery vasily vernon victor viggo vijay vikram viktor vince vincent vincenzo vinod vitaly vito vivek vlad
    vladimir volodymyr vyacheslav václav wade wally walter warren wayne werner wes wesley wilbur wilfred wilfried
    wilhelm william willie wim winston wojciech wolfgang wolfram woody xavier yair yann yannick yannis yaroslav yasser
    yevgeny yitzhak yoav yoshihide yoshiro youssef yukio yuri yusuf yves zach zachary zack zbigniew zoran zygmunt
    """.split()
)
FEMALE_GIVEN_NAMES = frozenset(
    """
    aaliyah abigail ada adele adriana agnes agnieszka aileen aimee aisha alana alejandra aleksandra alessandra alexandra
    alexis alice alicia alison allison alyssa amanda amber amelia amina amira amy anastasia andrea angela angelica
    angelika angelina angie anika anita anja anjali ann anna annalena anne annegret anneke anneliese annette annie
    annika antje antoinette antonella antonia anya aoife aretha ariana arlene ashley astrid audrey aung ava barbara
    beata beatrice becky belinda bella benazir benedetta bernadette bernadine bernice bertha beth bethany bettina betty
    beverly bianca birgit birgitta bonnie brenda brianna bridget brigitte brittany bronwyn brooke camilla candace
    candice carina carla carlota carly carmela carmen carol carole caroline carolyn carrie carys cassandra cassie
    catalina catarina catherine cathleen cathy catrin catriona cecilia celeste celia celine chantal charlene charlotte
    chelsea cherie cheryl chiara chloe christa christiane christina christine ciara cindy claire clara clare claudette
    claudia claudine clementine cleo colette colleen condoleezza connie corinna corinne cornelia courtney cristina
    cynthia céline dagmar daisy daniela danielle daphne darlene dawn deanna debbie deborah debra deepika deirdre delia
    denise diana diane dianne dilma dinah dolores donna dora doris dorothea dorothy edith edna edwina eileen eilidh
    ekaterina elaine eleanor elena elina elisa elisabeth elise eliza elizabeth elke ellen ellie elsa elspeth elvira
    emilia emilie emily emma emmanuelle erica erika erin ernestine estela estelle esther ethel eugenia eunice eva
    evangeline evelina evelyn ewa faith fatima fatma federica felicia felicity ffion fiona florence frances francesca
    franziska freda frida frieda gabriela gabrielle gail gemma genevieve geneviève georgette georgia georgina geraldine
    germaine gertrude ghislaine gillian gina ginny giorgia gisela giselle giulia gladys glenda gloria golda grace greta
    gunilla gwen gwendolyn gwyneth hanna hannah hanne harriet hazel heather hedwig heidi heike helen helena helene helga
    henrietta hermione hilary hilda hilde hildegard hillary hiltrud hiroko holly huma hélène ida ilana ilhan ilona ilse
    imelda imogen indira ines inez inga inge ingrid irene irina irma isabel isabella isabelle isobel ivana ivanka
    jacinda jaclyn jacqueline jacquelyn jacqui jada jadwiga jana jane janelle janet janette janice janine jasmine jayne
    jean jeanette jeanne jeannette jemima jenna jennifer jenny jessica jill joan joann joanna joanne jocelyn jodi
    johanna jolanta jolene josefina josephine josie joyce juana juanita judi judith judy julia juliana julianne julie
    juliet juliette justine kamala karen karin karina karla katarina katarzyna kate katharina katharine katherine
    kathleen kathryn kathy katie katja katrina katy katya kayla keiko keira keisha kelly kellyanne kelsey kemi kendra
    keri kerstin ketanji kimberly kirsten kirstie kirstin kirsty krista kristalina kristen kristi kristin kristina lana
    larisa larissa latasha latoya laura lauren laurie leah leanne leila lena leonie leonora lesley leticia lidia
    liesbeth lila lilian liliana lillian lily linda lisa lisbeth lise liz liza lizzie ljubica lois lola lorena loretta
    lori lorna lorraine louise lucia lucie lucille lucinda lucy ludmila luisa luiza lydia lynn lyudmila mabel madeleine
    madeline madison maeve magda magdalena maggie maja malala malgorzata malin mandy manuela marcela marcia margaret
    margarita margot margrethe margrit maria mariam mariana marianna marianne maribel marie mariella marietta marilyn
    marina marine marisa marisol marissa marit marjorie marlene marsha marta martha martina mary maryam mathilde matilda
    matilde maud maude maureen mavis maxine maya meg megan melania melanie melinda melissa meredith meryl mette mhairi
    mia michaela micheline michelle mildred milena millie mindy minna minnie miranda mireille miriam moira molly mona
    monica morag muriel myra myrna nadia nadine naledi nancy nanette naomi natalia natalie natalya natasha neha nellie
    nelly nerys niamh nicki nicola nicole nicolette nikki nina nirmala noelle noemi noor nora noreen norma octavia
    odette odile oksana olena olga olivia orla ornella paige pamela patricia paula paulette pauline peggy penelope penny
    petra petronella philippa phyllis pia pilar pippa polly priscilla priti priya priyanka rachael rachel rania raquel
    rashida rebecca rebekah regina renata renate renee rhiannon rhoda rhonda rita roberta robyn romina ronda rosa
    rosalie rosalind rosalyn rosanna rose roseanne rosemarie rosemary rosie rowena roxana roxanne ruby ruth sabine
    sabrina sadia sally salma samantha sandra sanna saoirse sara sarah saskia scarlett selena selma serena sharon
    sharron shauna sheikha sheila shelly sherri sheryl shira shirley shona sian sigrid simona simran sinead sinéad
    siobhan siobhán siân sofia soledad solveig sonia sonja sophia soraya stacey stacy stefania stefanie stella stephanie
    sue sunita susan susana susannah susie suzan suzanna suzanne svenja svetlana sybil sylvia sylvie tabitha tamara
    tamika tammy tania tanya tara tasha tatiana teresa terri tessa thea thelma theodora theresa therese thérèse tiffany
    tilda tina tonya tracey tricia trish trudy tsai tulsi ulla ulrike uma ursula uschi valentina valeria valerie vanessa
    vera verena veronica vicky victoria viola virginia vivian viviane vivien vivienne wanda wendy wiebke wilhelmina
    wilma winifred xenia ximena yael yasmin yasmine yesenia yoko yolanda yulia yvette yvonne zainab zara zeinab zelda
    zoe zoya zuzana élisabeth
    """.split()
)


def add_nicknames(names: frozenset[str], others: frozenset[str], nicknames: Iterable[frozenset[str]]) -> frozenset[str]:
    """Given names of one gender, with the nicknames that go only with names of this gender."""
    groups = [group for group in nicknames if group & names and not group & (others - names)]
    return names.union(*(group - others for group in groups))


def index_nicknames(groups: Iterable[frozenset[str]]) -> dict[str, frozenset[int]]:
    """The numbers of the groups that each given name is in."""
    numbers: dict[str, frozenset[int]] = {}
    for number, group in enumerate(groups):
        for name in group:
            numbers[name] = numbers.get(name, frozenset()) | {number}
    return numbers
