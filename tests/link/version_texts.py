"""Documents of an invented municipality, and what becomes of them when they are published anew."""

MINUTES = """# Sammanträdesprotokoll

Exempelby kommun

**Organ:** Kommunstyrelsen

**Plats och tid:** Sessionssalen, 2024-03-14, kl. 13.00-15.30

**Beslutande:**

Ylva Provberg (S), ordförande  
Tor Testlund (M)  
Siv Prövgren (C)  

**Utses att justera:** Tor Testlund (M)

**Paragrafer:** §§ 31-33

## § 31 Detaljplan för kvarteret Provet

Dnr KS 2024/17

Samhällsbyggnadskontoret har tagit fram ett förslag till detaljplan för kvarteret Provet. Planen gör det möjligt att
bygga fyrtio lägenheter i två hus om fyra våningar mot parken och att behålla den gamla skolan som samlingslokal.

### Beslut

Kommunstyrelsen beslutar att anta detaljplanen för kvarteret Provet.

## § 32 Belysning på elljusspåret

Dnr KS 2024/21

Föreningarna i Exempelby har begärt ny belysning på elljusspåret vid Hedängen. Tekniska kontoret räknar med att
armaturerna kostar 410 000 kronor och att arbetet tar tre veckor under sommaren.

### Beslut

Kommunstyrelsen beviljar 410 000 kronor till ny belysning på elljusspåret.

## § 33 Svar på remiss om bibliotekens öppettider

Dnr KS 2024/9

Kultur- och fritidsnämnden föreslår längre öppettider på biblioteken om kvällarna under vinterhalvåret.

### Beslut

Kommunstyrelsen ställer sig bakom yttrandet och lämnar det som sitt eget svar.
"""  # noqa: W291 (two spaces at the end of a line are a line break in Markdown)

LETTER = """# Tjänsteskrivelse

Exempelby kommun

Datum: 2024-02-20

Dnr KS 2024/40

## Bidrag till {name}

{name} har ansökt om bidrag för sin verksamhet under året. Föreningen uppfyller kommunens villkor för stöd till ideella
föreningar. Föreningen har lämnat verksamhetsberättelse, årsredovisning och medlemsförteckning i rätt tid, och
kontoret har inget att invända mot ansökan. Bidraget betalas ut i två delar, den första i april och den andra i oktober.

## Förslag till beslut

Kommunstyrelsen beviljar {name} {amount} kronor i bidrag.
"""

PLAN = """# Verksamhetsplan {year}

Exempelby kommun

## Inledning

Verksamhetsplanen beskriver vad kommunen vill uppnå under året och hur arbetet följs upp. Den bygger på den strategi som
fullmäktige har antagit och gäller alla nämnder och bolag. Varje nämnd lämnar en delårsrapport och en berättelse.

## Aktiviteter

- Bygga ut fibernätet på landsbygden tillsammans med byalagen.
- Öppna en mötesplats för unga i den gamla skolan.
- Göra en plan för klimatanpassning av hamnen.
- Rusta upp sporthallen och dess omklädningsrum.
- Införa digitala tjänster för bygglov och tillsyn.
"""

NOTICE = """# Kallelse

Exempelby kommun

Kommunstyrelsen kallas till sammanträde 2024-03-14 kl. 13.00 i Sessionssalen.

## Ärenden

1. Detaljplan för kvarteret Provet
2. Belysning på elljusspåret
3. Svar på remiss om bibliotekens öppettider
"""

POLICY = """# Policy för gåvor och representation

Exempelby kommun

Kommunens anställda och förtroendevalda ska kunna utföra sina uppdrag utan att någon kan misstänka att de låter sig
påverkas av ovidkommande hänsyn. Den som erbjuds en gåva eller en förmån i tjänsten ska tacka nej om det finns minsta
risk att den uppfattas som en belöning för hur uppdraget utförs. Enklare måltider i samband med arbete kan godtas.
Representation ska vara måttfull och ha ett direkt samband med kommunens verksamhet. Alkohol bjuds inte vid intern
representation. Den som är osäker frågar sin chef innan hon tackar ja.
"""

UNCUT = MINUTES.replace("§ 3", "punkt 3")
CORRECTED = MINUTES.replace("410 000", "401 000")
TEXT_FILE = MINUTES.replace("**", "").replace("# ", "").replace("#", "")
BUNDLE = NOTICE + "\n\n\n\n" + LETTER.format(name="Hedängens vänner", amount="20 000")
WHOLE, EXTRACT = MINUTES, MINUTES[: MINUTES.index("## § 32")].replace("§§ 31-33", "§ 31")
LETTER_ONE = LETTER.format(name="Hedängens vänner", amount="20 000")
