"""A decision sentence and what it decides. Invented sentences in the wording of Swedish minutes."""

from __future__ import annotations

import pytest

from kommungraf.extract.outcomes import outcome_of

CASES = [
    # adopt
    ("Kommunfullmäktige antar resepolicyn.", "adopt"),
    ("Kommunfullmäktige beslutar att anta policyn, att uppdra åt kommunstyrelsen att följa upp den.", "adopt"),
    ("att anta föreslagen taxa för kultur och fritid", "adopt"),
    ("Dagordningen fastställs.", "adopt"),
    ("Förbundsmötet fastställer stadgarna, med tillägget att under § 1 ändras namnet.", "adopt"),
    ("Nämnden fastställde internkontrollplanen.", "adopt"),
    ("1. Taxan antas att gälla från och med 1 januari.", "adopt"),
    ("Kommunstyrelsen antar yttrandet som sitt eget.", "adopt"),
    # approve
    ("Kommunstyrelsen godkänner informationen och lägger den till handlingarna.", "approve"),
    ("Redovisningen godkänns.", "approve"),
    ("att godkänna årsredovisningen", "approve"),
    ("Motionen bifalls.", "approve"),
    ("Kommunfullmäktige ställer sig bakom överenskommelsen.", "approve"),
    ("Nämnden beslutar att ställa sig positiv till förslaget.", "approve"),
    ("Styrelsen godkände protokollet.", "approve"),
    # elect
    ("Åke EXEMPEL (S) väljs till mötets ordförande, Eva EXEMPEL väljs till sekreterare.", "elect"),
    ("Fullmäktige väljer Åke EXEMPEL till ledamot i valnämnden.", "elect"),
    ("att till ny ersättare i nämnden välja Eva EXEMPEL (M)", "elect"),
    ("Till ombud valdes Åke EXEMPEL.", "elect"),
    ("Omval av samtliga revisorer.", "elect"),
    # appoint
    ("Länsstyrelsen beslutar att utse ny ledamot och ersättare för ledamot i kommunfullmäktige.", "appoint"),
    ("Nämnden utser Eva EXEMPEL som ersättare i styrelsen.", "appoint"),
    ("Åke EXEMPEL utses att justera dagens protokoll.", "appoint"),
    ("Kommunstyrelsen förordnar Eva EXEMPEL som tillförordnad kommundirektör.", "appoint"),
    ("att till dataskyddsombud utse Eva EXEMPEL", "appoint"),
    ("Som ordförande utses Åke EXEMPEL.", "appoint"),
    # dismiss: the resignation is what counts, whichever verb grants it
    ("Kommunfullmäktige entledigar Åke EXEMPEL från uppdraget.", "dismiss"),
    ("att bevilja Eva EXEMPEL (C) entledigande från uppdraget som ledamot", "dismiss"),
    ("Kommunfullmäktige beviljar Åke EXEMPELs avsägelse.", "dismiss"),
    ("Avsägelsen godkänns.", "dismiss"),
    ("Nedanstående avsägelser godkänns:", "dismiss"),
    ("Kommunfullmäktige befriar Eva EXEMPEL från uppdraget som nämndeman.", "dismiss"),
    # discharge beats grant
    ("Förbundsmötet beviljar styrelsen ansvarsfrihet.", "discharge"),
    ("Styrelsens ledamöter beviljas ansvarsfrihet för 2023.", "discharge"),
    ("att bevilja nämnden och dess enskilda ledamöter ansvarsfrihet", "discharge"),
    ("Ansvarsfrihet beviljas för direktionen.", "discharge"),
    # grant
    ("Nämnden beviljar föreningen ett bidrag om 20 000 kronor.", "grant"),
    ("Bygglov beviljas med stöd av 9 kap. 30 § plan- och bygglagen.", "grant"),
    ("Kommunstyrelsen anslår 500 000 kronor till projektet.", "grant"),
    ("att ge bygglov för nybyggnad av garage", "grant"),
    ("Medel anvisas ur kommunstyrelsens konto för oförutsett.", "grant"),
    # permit
    ("Motionen får ställas.", "permit"),
    ("Interpellationen får hållas.", "permit"),
    ("Kommunfullmäktige medger att frågan får ställas.", "permit"),
    ("Allmänheten får närvara.", "permit"),
    # refer
    ("Motionen remitteras till kommunstyrelsen för beredning.", "refer"),
    ("Kommunfullmäktige överlämnar motionen till kommunstyrelsen för beredning.", "refer"),
    ("att remittera medborgarförslaget till tekniska nämnden", "refer"),
    ("Ärendet hänskjuts till kommunfullmäktige.", "refer"),
    ("Motionerna lämnas över till kommunstyrelsen.", "refer"),
    # negated consent; a fronted "Som …" is no clause
    ("Nämnden beslutar att inte lämna positivt förhandsbesked.", "reject"),
    ("Som kontrollansvarig godtas Åke EXEMPEL.", "approve"),
    ("Nämnden beslutar att skicka förslaget på remiss till samtliga nämnder.", "refer"),
    # assign
    ("Kommunstyrelsen ger kommundirektören i uppdrag att utreda frågan.", "assign"),
    ("Kommunstyrelsen uppdrar åt förvaltningen att ta fram en plan.", "assign"),
    ("Förvaltningen får i uppdrag att återkomma.", "assign"),
    ("att ge socialnämnden i uppdrag att redovisa kostnaderna", "assign"),
    ("3. Kommunstyrelsen ska under beredningen inhämta skolnämndens synpunkter.", "assign"),
    ("Uppdraget ges till tekniska kontoret.", "assign"),
    ("Samhällsbyggnadsnämnden ska återrapportera i september.", "assign"),
    ("att uppdra till förvaltningen att ta fram förslag för att ändra taxan", "assign"),
    # propose
    ("Kommunstyrelsen föreslår kommunfullmäktige besluta att anta planen.", "propose"),
    ("Arbetsutskottet föreslår att kommunstyrelsen godkänner rapporten.", "propose"),
    ("Nämnden tillstyrker förslaget.", "propose"),
    ("att föreslå kommunfullmäktige att avslå motionen", "propose"),
    ("Nämnden hemställer hos kommunfullmäktige om utökad ram.", "propose"),
    # reject, also consent with a negation
    ("Motionen avslås.", "reject"),
    ("att avslå medborgarförslaget", "reject"),
    ("Kommunfullmäktige avslår motionen med hänvisning till yttrandet.", "reject"),
    ("Ansökan beviljas inte.", "reject"),
    ("att inte godkänna avtalet", "reject"),
    ("Överklagandet avvisas.", "reject"),
    # return, not refer
    ("Ärendet återremitteras till förvaltningen.", "return"),
    ("att återremittera ärendet för ytterligare utredning", "return"),
    # postpone
    ("Ärendet bordläggs till nästa sammanträde.", "postpone"),
    ("att bordlägga valet", "postpone"),
    ("Frågan skjuts upp till hösten.", "postpone"),
    # answer
    ("Motionen anses besvarad.", "answer"),
    ("att anse motionen besvarad", "answer"),
    ("Kommunfullmäktige förklarar motionen besvarad.", "answer"),
    ("att med hänvisning till förvaltningens skrivelse anse medborgarförslaget vara besvarat", "answer"),
    ("Nämnden överlämnar skrivelsen som sitt svar på revisionsrapporten.", "answer"),
    # note
    ("Kommunstyrelsen lägger rapporten till handlingarna.", "note"),
    ("Informationen läggs till handlingarna.", "note"),
    ("Kommunstyrelsen har tagit del av informationen.", "note"),
    ("att notera informationen till protokollet", "note"),
    ("Nämnden tar del av redovisningen.", "note"),
    ("Kommunstyrelsen tackar för informationen.", "note"),
    # amend, repeal, recommend, delegate
    ("Kommunfullmäktige reviderar reglementet.", "amend"),
    ("att ändra § 4 i arbetsordningen", "amend"),
    ("Kommunfullmäktige upphäver riktlinjerna från 2012.", "repeal"),
    ("Föreskrifterna upphör därmed att gälla.", "repeal"),
    ("Styrelsen rekommenderar kommunerna att teckna överenskommelsen.", "recommend"),
    ("Nämnden delegerar till ordföranden att fatta beslut i ärendet.", "delegate"),
    ("att bemyndiga ekonomichefen att ta upp lån", "delegate"),
    # other: certain, but none of the codes
    ("Nämnden avger yttrande enligt förslaget.", "other"),
    ("Ärendet utgår.", "other"),
    ("att inrätta ett ungdomsråd", "other"),
    # the perfect tense of a few city councils
    ("Avsägelsen har bifallits.", "dismiss"),
    ("har avslagits.", "reject"),
    ("Kommunfullmäktige beslutar om ärendets återremiss.", "return"),
    ("Kommunfullmäktige beslutar om minoritetsåterremiss.", "return"),
    ("Ärendet dras tillbaka av motionären.", "other"),
    ("Kommunen avstår från att yttra sig.", "other"),
    ("att ställa sig bakom upprättat svar samt att motionen avslås", "approve"),
    ("Kommunfullmäktige har tagit emot informationen.", "note"),
    ("Stämman gav styrelsen ansvarsfrihet.", "discharge"),
    ("Informationen tas emot.", "note"),
    ("Budgeten utökas med 2 miljoner kronor.", "amend"),
    ("Planen sänds ut på samråd.", "other"),
    # the main verb wins over verbs about the object
    ("Den arbetsgrupp som utses av nämnden får i uppdrag att ta fram ett förslag.", "assign"),
    ("att ta fram en plan för att ändra taxan samt att uppdra åt förvaltningen att återkomma", "assign"),
    ("Förslaget om återremiss avslås.", "reject"),
]


@pytest.mark.parametrize(("sentence", "code"), CASES, ids=[sentence[:40] for sentence, _ in CASES])
def test_outcome(sentence: str, code: str) -> None:
    found = outcome_of(sentence)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "sentence",
    [
        "Inga övriga ärenden.",
        "Nämnden beslutar enligt förvaltningens förslag.",
        "Ordföranden hälsar alla välkomna.",
        "Avgiften ska vara 100 kronor.",
        "Kaffe serveras.",
    ],
)
def test_no_outcome(sentence: str) -> None:
    assert outcome_of(sentence) is None
