"""The head of minutes: when and where."""

from __future__ import annotations

import pytest

from kommungraf.extract.meetings_times import place_of, times_of


@pytest.mark.parametrize(
    ("head", "times"),
    [
        ("Plats och tid\tDigitalt via Teams Tisdagen den 14 maj, kl. 09.00-10.00", ("09:00", "10:00")),
        ("Plats och tid\nKommunhuset, klockan 13:00–16:30", ("13:00", "16:30")),
        ("Plats och tid: Stadshuset kl. 08.30 – 12.00, 13.00 – 15.10", ("08:30", "15:10")),
        ("Tid: kl 18.30", ("18:30", None)),
        ("Tid: klockan 18", ("18:00", None)),
        ("Plats och tid\tSalen, kl 9-11", ("09:00", "11:00")),
        ("Plats och tid Salen kl. 09:00-15:17 Ajournering för kaffe kl. 10:00-10:20", ("09:00", "15:17")),
        ("Plats och tid\tSalen, kl. 13.00–16.00\nAjournering\tkl. 14.00–14.15", ("13:00", "16:00")),
        ("Tid: 25 april 2024", (None, None)),
        ("Paragrafer §§ 1-13", (None, None)),
        ("Mötet öppnas: 17.00\nMötet avslutas: 18.45", ("17:00", "18:45")),
        ("Sammanträdesdatum 2024-04-25", (None, None)),
    ],
)
def test_times(head: str, times: tuple[str | None, str | None]) -> None:
    assert times_of(head) == times


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Plats och tid\tDigitalt via Teams Tisdagen den 14 maj, kl. 09.00-10.00", "Digitalt via Teams"),
        ("Plats och tid\nKommunhuset, Stora salen, klockan 13:00–16:30", "Kommunhuset, Stora salen"),
        ("Tid: Tisdagen 14 maj 2024 klockan 09.00\n\nPlats: Digitalt via Teams. Länk", "Digitalt via Teams"),
        ("Plats och tid: Stadshuset kl. 08.30 – 12.00", "Stadshuset"),
        ("Justeringens plats och tid\tKommunhuset 2024-05-02", None),
        ("Lokal: Folkets hus", "Folkets hus"),
        ("Tid: kl. 9.00", None),
    ],
)
def test_place(head: str, place: str | None) -> None:
    assert place_of(head) == place
