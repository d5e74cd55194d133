"""Changes: what texts say was renamed, continued, merged, split, replaced or ended; and what they do not say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.extract import extract
from kommungraf.extract.bodies import find_bodies
from kommungraf.extract.changes import find_changes
from kommungraf.extract.changes_dates import effective
from kommungraf.extract.context import Context
from kommungraf.extract.networks import find_networks
from kommungraf.extract.organizations import find_organizations
from kommungraf.extract.parties import find_parties
from kommungraf.extract.people import find_people
from kommungraf.extract.places import find_municipalities, find_regions
from kommungraf.extract.projects import find_projects
from kommungraf.model.facts import Change, Entity
from kommungraf.read import read_bytes
from kommungraf.segment import segment

FINDERS = [
    find_parties,
    find_municipalities,
    find_regions,
    find_organizations,
    find_bodies,
    find_networks,
    find_projects,
    find_people,
]
YEAR = 2023

# (text of a document about 2023, changes as (kind, from, to, date), why)
SAID = [
    # renamed
    ("Projektet Gröna byar heter numera Hållbara byar.", [("renamed", "Gröna byar", "Hållbara byar", "")], "numera"),
    (
        "Styrelsen beslutar att projektet Gröna byar från och med den 1 mars 2023 ska heta Hållbara byar (HB).",
        [("renamed", "Gröna byar", "Hållbara byar", "2023-03-01")],
        "a decision, with its date",
    ),
    (
        "Skolchefsnätverket byter namn till Utbildningsnätverket från årsskiftet.",
        [("renamed", "skolchefsnätverket", "utbildningsnätverket", "2024-01-01")],
        "the turn of the year that ends the document's year",
    ),
    (
        "Utbildningsnätverket, tidigare skolchefsnätverket, har haft sex möten under 2022.",
        [("renamed", "skolchefsnätverket", "utbildningsnätverket", "")],
        "names side by side; the year is of the meetings",
    ),
    ("Utbudet i Lånehyllan (fd Bokportalen) har vuxit.", [("renamed", "Bokportalen", "Lånehyllan", "")], "fd"),
    (
        "Vi köper film till Lånehyllan. Lånehyllans (f.d. Bokportalen) utbud har vuxit.",
        [("renamed", "Bokportalen", "Lånehyllan", "")],
        "a genitive, known without its s",
    ),
    (
        "Bokportalen för skolor har uppdaterats och heter nu Låne-Hyllan.",
        [("renamed", "Bokportalen", "Låne-Hyllan", "")],
        "the definite noun at the start of the sentence was the name",
    ),
    (
        "Den tidigare *Plan för vård i byn* har omarbetats och bytt namn till *Plan för närhet*.",
        [("renamed", "Plan för vård i byn", "Plan för närhet", "")],
        "names in italics; the subject is left out after och",
    ),
    (
        "Enhetschef (tidigare - gruppledare) har rätt att attestera ett basbelopp (tidigare 50 000 kronor).",
        [("renamed", "gruppledare", "enhetschef", "")],
        "the title of an office; an amount is none",
    ),
    (
        "Benämningen kanslichef ändras till förbundsdirektör från och med den 1 januari 2023.",
        [("renamed", "kanslichef", "förbundsdirektör", "2023-01-01")],
        "what is called so is no mention",
    ),
    (
        "Mötet beslutade att vården ska benämnas Vård i hemmet i stället för Hemvård.",
        [("renamed", "Hemvård", "Vård i hemmet", "")],
        "the old name stands last",
    ),
    (
        "## Kockar\n\nArbetet har omfattat länets kocknätverk.\n\nNästa träff i satsningen, som numera "
        "benämns Kocknätverk syd, hölls i maj 2023.",
        [("renamed", "kocknätverket", "kocknätverk syd", "")],
        "satsningen is the one network that was spoken of; May is when it was met",
    ),
    # continued
    (
        "- Projektet Gröna byar är avslutat.\n"
        '- Ett fortsättningsprojekt beviljades, "Fortsatt gröna byar", som startade 2023-03-01 och pågår till 2025.',
        [("ended", "Gröna byar", "", ""), ("continued", "Gröna byar", "Fortsatt gröna byar", "2023-03-01")],
        "the project of the point before",
    ),
    (
        "Projektet Nya spår är en fortsättning på projektet Gröna byar.",
        [("continued", "Gröna byar", "Nya spår", "")],
        "the new one stands first",
    ),
    (
        "Projektet Gröna byar avslutades i mars 2023. Arbetet har tagits över av projektet Nya spår.",
        [("ended", "Gröna byar", "", "2023-03"), ("continued", "Gröna byar", "Nya spår", "")],
        "arbetet is the project's",
    ),
    (
        "# Fortsättning på projektet Gröna byar\n\n"
        "Styrelsen beslutar att arbetet från och med 2024 fortsätter under namnet Byspår.",
        [("continued", "Gröna byar", "Byspår", "2024")],
        "the title says of what",
    ),
    (
        "Styrelsen har beslutat att förlänga projektet Gröna byar till och med 2024.",
        [("continued", "Gröna byar", "Gröna byar", "")],
        "prolonged: the same goes on",
    ),
    # merged and split
    (
        "Projekten Gröna byar och Nya spår slås samman till projektet Hela bygden från och med den 1 januari 2024.",
        [("merged", "Gröna byar + Nya spår", "Hela bygden", "2024-01-01")],
        "two become one",
    ),
    (
        "Ekonomichefsnätverket uppgick under 2022 i Styrnätverket.",
        [("merged", "ekonomichefsnätverket", "styrnätverket", "2022")],
        "a date between verb and object",
    ),
    (
        "Ekonomichefsnätverket uppgår i Kommunchefsnätverket från och med den 1 juli 2023.",
        [("merged", "ekonomichefsnätverket", "kommunchefsnätverket", "2023-07-01")],
        "one goes up in another",
    ),
    (
        "Byalinjerna blev tre, då de två linjerna inom vården (dag och natt) har slagits samman.",
        [],
        "halves of names, and what they became is not named: an issue",
    ),
    (
        "Byalinjerna blev tre, då de två linjerna inom vården (dag och natt) har slagits samman. Vi kör Byalinjen "
        "inom vården.",
        [("merged", "Byalinjen inom vården (dag) + Byalinjen inom vården (natt)", "Byalinjen inom vården", "")],
        "the file names the one that they became",
    ),
    (
        "Ekonomichefsnätverket delas upp i Budgetnätverket och Redovisningsnätverket den 1 januari 2024.",
        [("split", "ekonomichefsnätverket", "budgetnätverket + redovisningsnätverket", "2024-01-01")],
        "one becomes two",
    ),
    # replaced
    (
        "Samhällsbyggnadsnämnden ersätts av miljö- och byggnadsnämnden från och med den 1 januari 2024.",
        [("replaced", "samhällsbyggnadsnämnden", "miljö- och byggnadsnämnden", "2024-01-01")],
        "a board",
    ),
    # ended
    (
        "Projektet Gröna byar avslutades i förtid den 31 augusti 2023.",
        [("ended", "Gröna byar", "", "2023-08-31")],
        "before its time",
    ),
    ("Efter 2025 avslutas projektet Gröna byar.", [("ended", "Gröna byar", "", "2025")], "the verb comes first"),
    (
        "Under januari 2025 kommer projektet Gröna byar att avslutas.",
        [("ended", "Gröna byar", "", "2025-01")],
        "the subject stands between the verbs",
    ),
    (
        "Projektet Gröna byar som skulle ha avslutats 2022 blev förlängt ett år och avslutades 2023.",
        [("ended", "Gröna byar", "", "2023")],
        "what should have been was not",
    ),
    (
        "## ABLE (Arbete och bildning, livskraft, egenmakt)\n\nPilotprojektet, som ABF finansierade, pågick mellan "
        "1 mars 2022 och 28 februari 2023 men avslutades i förtid.",
        [("ended", "Arbete och bildning, livskraft, egenmakt", "", "2023-02-28")],
        "the pilot of the heading",
    ),
    (
        "Styrelsen har beslutat att avveckla verksamhetsområdet Kurs från och med nästa år.",
        [("ended", "Kurs", "", "2024")],
        "a decision to end it",
    ),
    (
        "Vi har deltagit i det nationella nätverk Trygghet. Detta nätverk upphörde vid årsskiftet 2020/2021.",
        [("ended", "Trygghet", "", "2020-12-31")],
        "the network of the sentence before",
    ),
    (
        "Medlen kommer från den nedlagda organisationen Kvisten och räcker till årsskiftet.",
        [("ended", "Kvisten", "", "")],
        "said by an adjective, without a date of its own",
    ),
    (
        "Projektet Gröna byar har övergått i ordinarie verksamhet från och med den 1 januari 2023.",
        [("ended", "Gröna byar", "", "2023-01-01")],
        "what becomes ordinary work is no project any more",
    ),
    (
        "Policy för resor upphävs och ersätts av Resepolicy för kommunen från och med den 1 maj 2023.",
        [("replaced", "Policy för resor", "Resepolicy för kommunen", "2023-05-01")],
        "documents; the subject is left out after och",
    ),
    (
        "Området Mat och miljö utgick 2022 när projektet Gröna byar avslutades.",
        [("ended", "Mat och miljö", "", "2022"), ("ended", "Gröna byar", "", "2022")],
        "areas are called by two things",
    ),
    (
        "Tekniska förvaltningen och Miljöförvaltningen slogs ihop den 1 maj 2023 och bildade Samhällsförvaltningen.",
        [("merged", "Tekniska förvaltningen + Miljöförvaltningen", "Samhällsförvaltningen", "2023-05-01")],
        "administrations",
    ),
    (
        "Byabostäder AB fusionerades med Granbostäder AB den 1 juli 2022.",
        [("merged", "Byabostäder AB", "Granbostäder AB", "2022-07-01")],
        "companies",
    ),
    (
        "Granbostäder AB (f.d. Byabostäder AB) äger husen.",
        [("renamed", "Byabostäder AB", "Granbostäder AB", "")],
        "companies with both names",
    ),
    (
        "Kultur- och fritidsnämnden delades 2022 upp i kulturnämnden och fritidsnämnden.",
        [("split", "kultur- och fritidsnämnden", "kulturnämnden + fritidsnämnden", "2022")],
        "the verb is broken up by its year",
    ),
    (
        "Satsningen bekostas genom en förlängning av projektet Gröna byar.",
        [("continued", "Gröna byar", "Gröna byar", "")],
        "prolonged, by a noun",
    ),
    (
        "Från och med den 1 januari 2023 heter bildningsnämnden utbildningsnämnden.",
        [("renamed", "bildningsnämnden", "utbildningsnämnden", "2023-01-01")],
        "old and new name after the verb",
    ),
    (
        "Den 1 mars 2023 bytte arbetsmarknadsenheten namn till Kompetenscentrum.",
        [("renamed", "arbetsmarknadsenheten", "Kompetenscentrum", "2023-03-01")],
        "the verb is parted by its subject",
    ),
    (
        "Det tidigare verksamhetssystemet Omsorgaren har ersatts med Livsvis från maj.",
        [("replaced", "Omsorgaren", "Livsvis", "2023-05")],
        "products",
    ),
    (
        "Kommunens intranät Insidan heter numera Byportalen.",
        [("renamed", "Insidan", "Byportalen", "")],
        "a name that nothing introduced",
    ),
    (
        "Den digitala tjänsten Mina ärenden, som tidigare hette E-torget, har vuxit.",
        [("renamed", "E-torget", "Mina ärenden", "")],
        "a relative clause",
    ),
    (
        "Föreningen Byalaget, numera Bygdelaget, driver huset.",
        [("renamed", "Föreningen Byalaget", "Bygdelaget", "")],
        "the new name second",
    ),
    (
        "Vid årsskiftet upphörde det kommunala bolaget Byturism AB.",
        [("ended", "Byturism AB", "", "2023")],
        "an adjective before the kind of thing; which turn of the year is not said",
    ),
    (
        "Avveckla förbundets kurser i simning.\n\n- Genomfört.",
        [("ended", "förbundets kurser i simning", "", "2023")],
        "what was planned to end did",
    ),
    (
        "Nämnden beslutar att fritidsgården Oasen läggs ned den 30 juni 2023.",
        [("ended", "Oasen", "", "2023-06-30")],
        "a place that a head word names",
    ),
    (
        "Nämnden beslutar att ändra namn på Arbetsmarknadsnämnden till Nämnden för arbete från den 1 maj 2023.",
        [("renamed", "arbetsmarknadsnämnden", "nämnden för arbete", "2023-05-01")],
        "named anew by a body",
    ),
    (
        "Förvaltningschefens titel ändras från socialchef till socialdirektör.",
        [("renamed", "socialchef", "socialdirektör", "")],
        "a title",
    ),
    (
        "Strategin Vision 2022 har ersatts av Vision 2035.",
        [("replaced", "Vision 2022", "Vision 2035", "")],
        "a year in a name is no date",
    ),
    (
        "Projektet Gröna byar avlöstes 2022 av projektet Nya spår.",
        [("replaced", "Gröna byar", "Nya spår", "2022")],
        "the date stands inside the verb",
    ),
    (
        "Skolchefsnätverket byter namn till Utbildningsnätverket 2024.",
        [("renamed", "skolchefsnätverket", "utbildningsnätverket", "2024")],
        "a year after a name that is no part of it",
    ),
    (
        "Omsorgsnämnden och socialnämnden har slagits samman till en ny nämnd, vård- och omsorgsnämnden.",
        [("merged", "omsorgsnämnden + socialnämnden", "vård- och omsorgsnämnden", "")],
        "an apposition",
    ),
    ("Musikskolan bytte namn till Kulturskolan 2019.", [("renamed", "Musikskolan", "Kulturskolan", "2019")], "a noun"),
    (
        "Lärplattformen Lärvis avvecklades under våren.",
        [("ended", "Lärvis", "", "2023")],
        "a season of the document's year",
    ),
    # a date or an adverb between a verb and its particle
    (
        "Projektet Gröna byar bytte den 1 mars 2022 namn till Hållbara byar.",
        [("renamed", "Gröna byar", "Hållbara byar", "2022-03-01")],
        "bytte … namn",
    ),
    (
        "Nätverket för skolchefer heter sedan i maj Bildningsrådet.",
        [("renamed", "nätverket för skolchefer", "Bildningsrådet", "2023-05")],
        "since when stands before the name",
    ),
    (
        "Projektet Gröna byar delades den 1 juli 2022 upp i projekten Norra byar och Södra byar.",
        [("split", "Gröna byar", "Norra byar + Södra byar", "2022-07-01")],
        "delades … upp",
    ),
    (
        "Projekten Gröna byar och Nya spår slogs under våren ihop till projektet Hela bygden.",
        [("merged", "Gröna byar + Nya spår", "Hela bygden", "2023")],
        "slogs … ihop",
    ),
    (
        "Ekonomisystemet Kronan ersattes den 1 oktober 2022 av Dukaten.",
        [("replaced", "Kronan", "Dukaten", "2022-10-01")],
        "ersattes … av",
    ),
    (
        "Projektet Gröna byar ska från och med den 1 januari 2024 heta Hela bygden.",
        [("renamed", "Gröna byar", "Hela bygden", "2024-01-01")],
        "ska … heta",
    ),
    # the newer one stands first
    (
        "Projektet Hela bygden hette under ansökan Gröna byar.",
        [("renamed", "Gröna byar", "Hela bygden", "")],
        "what it was called while applied for",
    ),
    (
        "Projektet Hela bygden hette tidigare Gröna byar.",
        [("renamed", "Gröna byar", "Hela bygden", "")],
        "hette tidigare",
    ),
    (
        "Projektet Nya spår, som tog över efter Gröna byar, avslutades i juni.",
        [("replaced", "Gröna byar", "Nya spår", ""), ("ended", "Nya spår", "", "2023-06")],
        "a relative clause; June is of the next verb",
    ),
    # other plain verbs
    (
        "Projektet Gröna byar följdes av projektet Nya spår, som startade i augusti 2022.",
        [("continued", "Gröna byar", "Nya spår", "")],
        "when the next one began is not when this one was followed",
    ),
    (
        "Arbetet i projektet Gröna byar fortsätter i projektet Nya spår från januari 2023.",
        [("continued", "Gröna byar", "Nya spår", "2023-01")],
        "the work is the project's",
    ),
    (
        "Socialförvaltningen och arbetsenheten bildar från den 1 januari 2024 välfärdsförvaltningen.",
        [("merged", "Socialförvaltningen + arbetsenheten", "välfärdsförvaltningen", "2024-01-01")],
        "two units become one",
    ),
    (
        "Teamet i Norrby och teamet i Söderby slogs under hösten ihop till ett gemensamt team, Team Mitten.",
        [("merged", "Teamet i Norrby + teamet i Söderby", "Team Mitten", "2023")],
        "two of a kind, told apart by their places",
    ),
    ("Nätverket Trygg i byn har upphört.", [("ended", "nätverket Trygg i byn", "", "")], "a name that is a phrase"),
    ("Projektet Gröna byar drivs inte längre.", [("ended", "Gröna byar", "", "")], "no more"),
    (
        "Samarbetet med Räddning Norr upphörde vid årsskiftet 2022/2023.",
        [("ended", "samarbetet med Räddning Norr", "", "2022-12-31")],
        "the cooperation ended, the other party did not",
    ),
    (
        "Team Norr bytte i april namn till Norrteamet.",
        [("renamed", "Team Norr", "Norrteamet", "2023-04")],
        "two capitals at the start of a sentence are a name",
    ),
    (
        "Projektet att ta fram en ny Byaatlas har slutförts.",
        [("ended", "Byaatlas", "", "")],
        "called by what it makes; a clause is no name",
    ),
    (
        "Under § 1 ändras *Bundet för kaffe, BFK till Bundet för te, BFT*.",
        [("renamed", "Bundet för kaffe", "Bundet för te", "")],
        "a name with its abbreviation, in statutes",
    ),
    # what a paragraph introduces without a name and closes
    (
        "Vi bildade i våras en plan. Då bildades ett dialogforum för trafik. Nu har forumet lagts ner.",
        [("ended", "dialogforum", "", "")],
        "formed and closed in one paragraph",
    ),
    (
        "Då utbildning i ABC saknar sökande har det beslutats att vi inte längre ska hålla utbildningen.",
        [("ended", "utbildning i ABC", "", "")],
        "a decision to stop",
    ),
    ("En grupp bildades. Arbetsgruppen har upphört.", [], "which group is not said"),
    # names that are headings of the document
    (
        "### Trappan\n\nTrappan är en insats som startade 2018 under namnet Första steget. Många går vidare i Trappan.",
        [("renamed", "Första steget", "Trappan", "")],
        "the heading is a name: it has its capital inside a sentence, too",
    ),
    (
        "### Resurs Ung\n\nResurs Ung är för unga. Insatsen övergick den 1 juli 2022 i ordinarie verksamhet.",
        [("ended", "Resurs Ung", "", "2022-07-01")],
        "insatsen is what the heading names",
    ),
    (
        "### Gröna byar Norr\n\nDet är en fortsättning på Gröna byar Väst.",
        [("continued", "Gröna byar Väst", "Gröna byar Norr", "")],
        "it, under a heading",
    ),
    ("### Utbildningar\n\nUtbildningar lades ned i maj. Tio utbildningar hölls.", [], "a heading of common words"),
    # traps
    ("Förslaget att projektet Gröna byar ska heta Nya byar återremitteras.", [], "a proposal that is returned"),
    ("Fullmäktige avslår motionen om att projektet Gröna byar läggs ned den 1 maj 2023.", [], "a motion rejected"),
    ("Förslaget innebär att projektet Gröna byar från den 1 maj 2024 ska heta Nya byar.", [], "not decided"),
    (
        "Kommunfullmäktige bifaller förslaget att projektet Gröna byar ska heta Nya byar.",
        [("renamed", "Gröna byar", "Nya byar", "")],
        "a proposal that is granted",
    ),
    ("Ärendet gäller sammanslagning av projekten Gröna byar och Nya spår.", [], "what a matter is about"),
    ("Orsa kommun och Region Halland bildar tillsammans Kommunalförbundet Nord.", [], "both go on"),
    ("Projektet Gröna byar fortsätter i Orsa kommun. Arbetet i projektet fortsätter i tre kommuner.", [], "where"),
    ("Verksamheten heter numera Lyktan. Arbetet bytte namn till Lyktan.", [], "what these stand for is not said"),
    ("Medlemmarna i Gröna byar och Nya spår har gått samman om upphandlingen.", [], "people go together"),
    ("Kostnaden delas upp mellan Region Halland och Orsa kommun. Detaljplanen upphör att gälla.", [], "no things"),
    ("Avveckla förbundets kurser i simning.\n\n- Genomförs under nästa år.", [], "not yet"),
    (
        "Samarbetet upphörde den 31 december 2022 då projektet Gröna byar startade.",
        [],
        "the next clause is of something else",
    ),
    ("Kultur- och fritidsnämnden slutade på plus 1 200 tkr.", [], "a result"),
    ("Förordnandet för Karin Sten förlängs till juni. Avtalet förlängdes.", [], "a person's time and a contract"),
    ("Rektor Anna Ek slutade i juni och ersattes av Per Berg.", [], "people come and go"),
    ("Projektet Gröna byar ersätts av Migrationsverket.", [], "who pays"),
    ("Kommunen gick över till Teams.", [], "a way of working"),
    ("Fullmäktige beslutar att upphäva Riktlinjer för bidrag.", [], "a decision tells so"),
    (
        "Kursen avslutades i maj. Projektet avslutades.",
        [],
        "a generic subject, and a project of which nothing is known",
    ),
    ("I projektet Gröna byar avslutades mätningen i maj 2023.", [], "it is the survey that ended"),
    ("Projektet Gröna byar avslutades inte under året.", [], "denied"),
    ("Projektet Gröna byar skulle ha avslutats 2022.", [], "should have been"),
    ("Styrelsen föreslår att projektet Gröna byar avslutas den 1 maj 2023.", [], "only proposed"),
    ("Projektet Gröna byar planeras att avslutas.", [], "planned, without a date"),
    ("- Avsluta projektet Gröna byar och sprida metoden.", [], "a plan to end it is no end"),
    ("Kommunstyrelsen avslutades klockan 16.", [], "a meeting ends, not the board"),
    ("Anna Ek ersätter Per Berg under mötet.", [], "a substitute"),
    ("Anna Ek (tidigare Berg) valdes till ordförande.", [], "a person's name"),
    ("Anna Ek, tidigare rektor, höll ett anförande.", [], "a person's office"),
    ("Antalet har ökat jämfört med tidigare år (tidigare 40).", [], "a number"),
    ("Vi bygger vidare på tidigare erfarenheter.", [], "nothing is named"),
    ("En felskrivning rättas: benämningen regionförbundet ändras till förbundet.", [], "a correction of the text"),
    ("Arbetet fortsätter under 2024.", [], "nothing is named"),
    ("Projektet Gröna byar fortsätter under 2024.", [], "it goes on as before"),
    ("Projektet Gröna byar går över förväntan.", [], "only an idiom"),
    ("Deltagarna i projektet Gröna byar har gått samman i en förening.", [], "the participants did"),
    ("Projekten redovisas tillsammans.", [], "no change"),
    ("Kommunen övergår till digitala kallelser.", [], "a way of working"),
    ("Redan innan projektet Gröna byar startade hette vägen Bygatan.", [], "something else"),
    ("Gröna byar var namnet på en utställning.", [], "no change"),
]


def changes(ctx: Context) -> list[tuple[str, str, str, str]]:
    """The changes of a document, names for mentions."""
    found = list(find_changes(ctx))
    names = {node.id: node.name for node in (*ctx.nodes, *found) if isinstance(node, Entity)}
    return [
        (
            node.change_kind,
            " + ".join(names[ref] for ref in node.changed_from),
            " + ".join(names[ref] for ref in node.changed_into),
            str(node.effective or ""),
        )
        for node in found
        if isinstance(node, Change)
    ]


@pytest.mark.parametrize(("text", "expected", "why"), SAID, ids=[case[0][:50] for case in SAID])
def test_change(
    text: str, expected: list[tuple[str, str, str, str]], why: str, context: Callable[..., Context]
) -> None:
    ctx = context(text, FINDERS, publisher="Kommunförbundet Exempel")
    ctx.document.year = YEAR
    assert sorted(changes(ctx)) == sorted(expected), why


def test_evidence_is_the_sentence_and_names_are_mentioned_again(context: Callable[..., Context]) -> None:
    text = "Lånehyllan är ny. Alla läser. Utbudet i Lånehyllan (fd Bokportalen) har vuxit. Bokportalen var liten."
    ctx = context(text, FINDERS)
    found = list(find_changes(ctx))
    (change,) = [node for node in found if isinstance(node, Change)]
    assert ctx.clean(change.evidence[0]) == "Utbudet i Lånehyllan (fd Bokportalen) har vuxit." == change.text
    mentions = [(ctx.clean(node.evidence[0]), node.evidence[0].start) for node in found if isinstance(node, Entity)]
    assert sorted(mentions, key=lambda pair: pair[1]) == [
        ("Lånehyllan", 0),
        ("Lånehyllan", text.index("Lånehyllan (")),
        ("Bokportalen", text.index("Bokportalen)")),
        ("Bokportalen", text.rindex("Bokportalen")),
    ]


def test_what_is_only_proposed_is_no_change() -> None:
    text = (
        "# Tjänsteskrivelse\n\nDnr 2023/12\n\n## Förslag till beslut\n\n"
        "Projektet Gröna byar avslutas den 31 maj 2023.\n\n## Bakgrund\n\nProjektet Gröna byar har pågått sedan 2021.\n"
    )
    read = read_bytes(text.encode(), "exempel.md")
    documents, _ = segment(read)
    import spacy

    doc = spacy.blank("sv").make_doc(read.clean)
    ctx = Context(read, documents[0], documents, doc)
    for find in FINDERS:
        ctx.nodes.extend(find(ctx))
    assert not [node for node in find_changes(ctx) if isinstance(node, Change)]


DATES = [
    ("X avslutades den 30 juni 2023.", "avslutades", "ended", "2023-06-30", "as printed"),
    ("X avslutades den 30 juni.", "avslutades", "ended", "2023-06-30", "the document's year for a day without one"),
    ("X avslutades i juni.", "avslutades", "ended", "2023-06", "a month of the document's year"),
    ("X avslutades under året.", "avslutades", "ended", "2023", "the document's year"),
    ("X avslutades vid årsskiftet 2021/2022.", "avslutades", "ended", "2021-12-31", "an end is on the last day"),
    ("X heter Y från årsskiftet 2021/22.", "heter", "renamed", "2022-01-01", "a beginning on the first"),
    ("X avslutades.", "avslutades", "ended", None, "nothing is said"),
    ("X startade 2020 och avslutades 2022.", "avslutades", "ended", "2022", "the start is something else"),
    (
        "Den 7 maj 2021 beslutade vi att X avslutas 2022.",
        "avslutas",
        "ended",
        "2022",
        "the day of the decision is none",
    ),
    ("Den 7 maj 2021 beslutade vi att X avslutas.", "avslutas", "ended", None, "nor when it stands alone"),
    ("X avslutades och Y startade 2024.", "avslutades", "ended", None, "the date is of the next clause"),
]


@pytest.mark.parametrize(("text", "word", "kind", "expected", "why"), DATES, ids=[case[0] for case in DATES])
def test_when_it_took_effect(text: str, word: str, kind: str, expected: str | None, why: str) -> None:
    start = text.index(word)
    found = effective(text, (start, start + len(word)), YEAR, kind)
    assert (str(found) if found else None) == expected, why


def test_what_is_rejected_changes_nothing() -> None:
    text = (
        "# Protokoll\n\nKommunfullmäktige i Exempels kommun\n\nSammanträdesdatum 2023-03-27\n\n"
        "## § 12 Nytt namn på projektet Gröna byar\n\nProjektet Gröna byar ska från den 1 maj 2023 heta Nya byar.\n\n"
        "**Beslut**\n\nKommunfullmäktige beslutar {}\n"
    )
    for decided, expected in (("att avslå förslaget.", []), ("att bifalla förslaget.", ["renamed"])):
        read = read_bytes(text.format(decided).encode(), "exempel.md")
        documents, _ = segment(read)
        ((_, nodes),) = extract(read, documents)[0]
        assert [node.change_kind for node in nodes if isinstance(node, Change)] == expected, decided


def test_things_merged_into_nothing_that_is_named_are_an_issue(context: Callable[..., Context]) -> None:
    ctx = context("De två linjerna inom vården (dag och natt) har slagits samman.", FINDERS)
    assert not list(find_changes(ctx))
    assert [issue.kind for issue in ctx.issues] == ["no-successor"]
