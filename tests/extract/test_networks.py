"""Networks and the one form of their names."""

from __future__ import annotations

import pytest

from kommungraf.extract.networks import network_names

NETWORKS = [
    ("Skolchefsnätverket har mötts.", [("Skolchefsnätverket", "skolchefsnätverket")]),
    ("länets IT-chefsnätverk", [("IT-chefsnätverk", "IT-chefsnätverket")]),
    ("socialchefs nätverket", [("socialchefs nätverket", "socialchefsnätverket")]),
    ("Kultur- och fritidsnätverkets plan", [("Kultur- och fritidsnätverkets", "kultur- och fritidsnätverket")]),
    ("socialchefs- och skolchefsnätverket", [("skolchefsnätverket", "skolchefsnätverket")]),  # two networks, one whole
    ("nätverket för elevhälsochefer", [("nätverket för elevhälsochefer", "nätverket för elevhälsochefer")]),
    ("Nätverket för IT-chefer", [("Nätverket för IT-chefer", "nätverket för IT-chefer")]),
    ("SKR:s nätverk för uppföljning", [("nätverk för uppföljning", "nätverket för uppföljning")]),
    ("Nätverket Norrsken träffades", [("Nätverket Norrsken", "nätverket Norrsken")]),
    ("Nätverket Säkra byn har mötts", [("Nätverket Säkra byn", "nätverket Säkra byn")]),  # an adjective with its noun
    ("Nätverket Trygg i trafiken har upphört", [("Nätverket Trygg i trafiken", "nätverket Trygg i trafiken")]),
    ("Nätverket Trygg i länet har mötts", [("Nätverket Trygg", "nätverket Trygg")]),  # where it is
    ("Kulturnätverk väst", [("Kulturnätverk väst", "kulturnätverk väst")]),
    ("ett nätverk för erfarenhetsutbyte", []),
    ("nätverken i länet", []),
    ("sociala nätverk, elnätverket och kontaktnätverket", []),
    ("nätverket för att samordna", []),
    ("Nätverket har mötts.", []),
]


@pytest.mark.parametrize(("text", "expected"), NETWORKS)
def test_network(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[name.start : name.end], name.name) for name in network_names(text)] == expected


def test_an_acronym_after_the_name_is_its_short_name() -> None:
    (name,) = network_names("Kultur- och fritidsnätverket (KoF)")
    assert name.short == "KoF"
