"""Common given names of the news, in small letters, by gender; names that are also other words are told elsewhere."""

from __future__ import annotations

MALE_GIVEN_NAMES = frozenset(
    """
    aaron abdul abdullah abraham adam adrian ahmed alan alastair albert alberto alejandro aleksandr alex alexander
    alexei alexey alfonso alfred ali alistair allan alvin amir anders andre andreas andrei andrew andrés andy angus
    anthony antoine anton antonio anwar arjun armando arne arnold arthur arturo ashok augusto austin barack barney
    barry bashar ben benedict benjamin bernie bert bill bjorn björn bob bobby bogdan boris boyd brad brandon branko
    brendan brent bret brett brian bruce bryan bryce caleb callum calvin cameron carl carlos cedric cesar chad
    charles charlie chris christian chuck clarence claude clint clive colin connor conor conrad corey cory craig
    curtis cyril cyrus césar damian damien dan daniel danny darius darrell darren darryl daryl dave david davide
    dean declan denis dennis denzel derek desmond devin dick dieter dimitri dmitri dmitriy dmitry dominic dominique
    don donald doug douglas drew duncan dusan dwight dylan eamonn earl ed eddie edgar edmund edouard eduardo edward
    edwin efraim elias elijah elliot elliott elon emanuel emil emile emmanuel emmett enrique enzo ephraim eric erik
    ernest ernesto ernie esteban ethan etienne eugene evan fabian fabio farhad farid federico felipe felix ferdinand
    fergus fernando fidel finn flavio francisco francois frank franz françois fred freddie frederic frederick
    friedrich gabriel gareth garrett gary gaston gavin gene geoff geoffrey georg george georges georgi gerald gerard
    gerardo gerhard gerry gianni gilbert gilles giorgio giovanni giuseppe glen glenn gonzalo gordon graeme graham
    grant greg gregory guido guillermo gunther gustav gustavo guy günter hakan hamid hamish hamza hank hans harold
    harry harvey hassan hector heinrich heinz helmut henri henrik henrique henry herbert herman hernan hideki
    hiroshi howard hubert hugh hugo humphrey hussein iain ian ibrahim idris ignacio igor ilya imran ioannis ira
    irving isaac isaiah ismail ivan jaap jack jacob jacques jaime jair jake jakob jamal james jamie janos jared
    jaroslav jarrod jason jasper javier jayson jean-claude jeb jed jeff jeffery jeffrey jens jeremiah jeremy jeroen
    jerome jerry jerzy jesse jim jimmy joachim joaquin joaquín joe joel joey john johnny jonas jonathan jonny jordi
    jorge jose josef josep joseph josh joshua josé juan julian julius justin jürgen kareem karim karl kasper keith
    kelvin ken kenji kenneth kevin khalid kieran kirill klaus kofi konstantin kristian kristoffer kurt kwame kyle
    lachlan lance larry lars laurent lawrence lech leif lenny leo leon leonard leonid leopold leroy liam lindsey
    lionel lloyd logan lorenzo lou louis loïc luc luca lucas luciano ludwig luigi luis lukas luke lyndon maciej
    magnus mahmoud malcolm manuel marc marcel marcelo marco marcus marek mariano mario marius mark marlon martijn
    martin marvin mason mateo mathias mathieu matteo matthew matthias mattias maurice maurizio mauro max maxim
    maximilian mehmet melvin michael mick mickey miguel mihai mikael mike mikhail mikko milos miloš mirko miroslav
    mitch mohamad mohamed mohammad mohammed mohsen morgan moritz moses moshe muhammad mustafa myles nabil narendra
    nasser nathan navid neal ned neil nelson newt niall nicholas nick nico nicolas nicolás niels nigel nikita niklas
    nikolai nikos nils noah norm norman nuno olaf oleg oleksandr oleksiy oliver olivier omar oscar oskar osvaldo
    otto owen pablo paolo pascal pasquale patrice patricio patrick paul pavel pawel pedro pekka percy pete peter
    phil philip philippe phillip pierre piers pieter piotr poul quentin quincy radek rafael rafal rahul raj rajesh
    rajiv ralph rami ramon ramón rand randall randy raoul raphael rashid raul ravi raymond raúl recep reggie
    reginald reince reinhard remy rené reuben rhys ricardo riccardo richard rick ricky rob robbie robert roberto
    rocco rod roderick rodrigo roger roland rolf romain roman ron ronald rory ross roy ruben rudolf rudy rufus
    rupert ruslan russell ryan saeed salman salvador salvatore sam samuel sandro sanjay sanjeev satoshi saul scott
    sean sebastian selim serge sergei sergey sergio seth shane shaun shawn shimon shinzo sid sidney silvio simeon
    simon slobodan soren stan stefan stefano steffen stephane stephen steve steven stuart stéphane sunil svein sven
    sylvain sylvester søren tadeusz takeshi tarek tariq tayyip ted terence terrence terry thabo theo theodore
    thierry thomas thorsten tibor tim timothy timur tobias todd tom tomas tomasz tommaso tommy tomáš tony toshio
    travis trevor tyler umberto uwe vadim valentin valery vasily vernon victor viggo vijay vikram viktor vince
    vincent vincenzo vinod vitaly vito vlad vladimir volodymyr vyacheslav václav wade wally walter warren wayne
    werner wes wesley wilbur wilfred wilhelm william willie wim winston wojciech wolfgang woody xavier yann yannick
    yannis yasser yevgeny yitzhak yoav yoshihide youssef yuri yusuf yves zach zachary zack zbigniew zoran
    """.split()
)
FEMALE_GIVEN_NAMES = frozenset(
    """
    abigail ada adele adriana agnes aileen aimee aisha alana alejandra aleksandra alessandra alexandra alexis alice
    alicia alison allison alyssa amanda amber amelia amina amira amy anastasia andrea angela angelica angelika
    angelina angie anika anita anja anjali ann anna anne annegret anneke anneliese annette annie annika antoinette
    antonella antonia anya ariana arlene ashley astrid audrey aung ava barbara beatrice becky belinda bella benazir
    benedetta bernadette bernadine bernice bertha beth bethany bettina betty beverly bianca birgit bonnie brenda
    brianna bridget brigitte brittany brooke camilla candace candice carina carla carlota carly carmela carmen carol
    carole caroline carolyn carrie cassandra cassie catalina catarina catherine cathleen cathy catriona cecilia
    celeste celia celine chantal charlene charlotte chelsea cherie cheryl chiara chloe christa christiane christina
    christine ciara cindy claire clara clare claudette claudia claudine clementine cleo colette colleen condoleezza
    connie corinna corinne cornelia courtney cristina cynthia céline dagmar daisy daniela danielle daphne darlene
    dawn deanna debbie deborah debra deirdre delia denise diana diane dianne dilma dinah dolores donna dora doris
    dorothea dorothy edith edna edwina eileen ekaterina elaine eleanor elena elina elisa elisabeth elise eliza
    elizabeth elke ellen ellie elsa elspeth elvira emilia emilie emily emma emmanuelle erica erika erin ernestine
    estela estelle esther ethel eugenia eunice eva evangeline evelina evelyn faith fatima fatma federica felicia
    felicity ffion fiona florence frances francesca franziska freda frida frieda gabriela gabriele gabrielle gail
    gemma genevieve geneviève georgette georgia georgina geraldine germaine gertrude ghislaine gillian gina ginny
    giorgia gisela giselle giulia gladys glenda gloria golda grace greta gwen gwendolyn gwyneth hanna hannah hanne
    harriet hazel heather hedwig heidi heike helen helena helene helga henrietta hermione hilary hilda hildegard
    hillary hiroko holly huma hélène ida ilana ilona ilse imelda imogen indira ines inez inga inge ingrid irene
    irina irma isabel isabella isabelle isobel ivana ivanka jacinda jaclyn jacqueline jacquelyn jacqui jana jane
    janelle janet janette janice janine jasmine jayne jean jeanette jeanne jeannette jemima jenna jennifer jenny
    jessica jessie jill joan joann joanna joanne jocelyn jodi johanna jolene josefina josephine josie joyce juana
    juanita judi judith judy julia juliana julianne julie juliet juliette justine karen karin karina karla katarina
    kate katharina katharine katherine kathleen kathryn kathy katie katja katrina katy katya kayla keiko keira kelly
    kellyanne kelsey kemi kendra keri kimberly kirsten kirstie kirstin kirsty krista kristalina kristen kristi
    kristin kristina lana larisa larissa latoya laura lauren laurie leah leanne leila lena leonie leonora lesley
    leslie leticia lidia liesbeth lila lilian liliana lillian lily linda lindsay lisa lisbeth lise liz liza lizzie
    ljubica lois lola lorena loretta lori lorna lorraine louise lucia lucie lucille lucinda lucy ludmila luisa luiza
    lydia lynn lyudmila mabel madeleine madeline madison maeve magdalena maggie maja malala malin mandy manuela
    marcela marcia margaret margarita margot margrethe margrit maria mariam mariana marianna marianne maribel marie
    mariella marietta marilyn marina marine marisa marisol marissa marjorie marlene marsha marta martha martina mary
    maryam mathilde matilda matilde maud maude maureen mavis maxine maya meg megan melania melanie melinda melissa
    meredith meryl mette mia michaela micheline michelle mildred milena millie mindy minna minnie miranda mireille
    miriam moira molly mona monica muriel myra myrna nadia nadine naledi nancy nanette naomi natalia natalie natalya
    natasha neha nellie nelly nerys nicki nicola nicole nicolette nikki nina nirmala noelle noemi noor nora noreen
    norma octavia odette odile oksana olena olga olivia ornella paige pamela patricia paula paulette pauline peggy
    penelope penny petra petronella philippa phyllis pia pilar pippa polly priscilla priti priya rachael rachel
    rania raquel rebecca rebekah regina renata renate renee rhoda rhonda rita roberta robyn romina ronda rosa
    rosalie rosalind rosalyn rosanna rose roseanne rosemarie rosemary rosie rowena roxana roxanne ruby ruth sabine
    sabrina sadia sally salma samantha sandra sanna sara sarah saskia selena selma serena sharon sharron shauna
    sheikha sheila shelly sherri sheryl shira shirley shona simona simone siobhan siobhán sofia solveig sonia sonja
    sophia soraya stacey stacy stefania stefanie stella stephanie sue sunita susan susana susannah susie suzan
    suzanna suzanne svetlana sybil sylvia sylvie tabitha tamara tammy tania tanya tara tasha tatiana teresa terri
    tessa thea thelma theodora theresa therese thérèse tiffany tilda tina tonya tracey tricia trish trudy tsai tulsi
    ulrike uma una ursula valentina valeria valerie vanessa vera verena veronica vicky victoria viola virginia
    vivian viviane vivien vivienne wanda wendy wilhelmina wilma winifred xenia yael yasmin yasmine yesenia yoko
    yolanda yulia yvette yvonne zainab zara zeinab zelda zoe zoya zuzana élisabeth
    """.split()
)
