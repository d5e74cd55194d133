"""Parties as minutes print them: in brackets, in lists, in running text, under former names, and local ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.extract.context import Context
from kommungraf.extract.parties import find_parties
from kommungraf.model.facts import Party

PARTIES = [
    ("Anna Ek (S)", [("S", "S")]),
    ("Anna Ek (S), Bo Al (SD) och Eva Ask (MP)", [("S", "S"), ("SD", "SD"), ("MP", "MP")]),
    ("S, V och MP (S, V, MP) röstar", [("S", "S"), ("V", "V"), ("MP", "MP")]),
    ("Förslag (M och KD)", [("M", "M"), ("KD", "KD")]),
    ("Bo Al (FP)", [("FP", "L")]),  # Folkpartiet became Liberalerna in 2015: one party
    ("Folkpartiet liberalernas gruppledare", [("Folkpartiet liberalernas", "L")]),
    ("Anna Ek (s), Bo Al (fp)", [("s", "S"), ("fp", "L")]),  # before about 2010
    ("Anna Ek, kd, ordförande", [("kd", "KD")]),
    ("avsnitt (s) och (m)", []),
    ("moderaterna yrkar avslag", [("moderaterna", "M")]),
    ("Parti: Arbetarepartiet-Socialdemokraterna", [("Arbetarepartiet-Socialdemokraterna", "S")]),
    ("Anna Ek, KD", [("KD", "KD")]),
    ("Anna Ek (-)", []),
    ("alternativ (A) och (B)", []),
    ("Kommunal Vårdsamverkan (KV)", []),  # an acronym of the words before it
    ("Vitamin C, D och E", []),
]


@pytest.mark.parametrize(("text", "expected"), PARTIES)
def test_party(text: str, expected: list[tuple[str, str]], context: Callable[..., Context]) -> None:
    ctx = context(text, [find_parties])
    assert [(ctx.clean(node.evidence[0]), node.abbreviation) for node in ctx.of_type(Party)] == expected


def test_a_local_party_keeps_its_letters_and_its_scope(context: Callable[..., Context]) -> None:
    ctx = context("Anna Ek (S), Bo Al (OrsP), Eva Ask (M)", [find_parties], publisher="Orsa kommun")
    local = [node for node in ctx.of_type(Party) if node.hints.get("local")]
    assert [(node.abbreviation, node.hints["scope"]) for node in local] == [("OrsP", "Orsa kommun")]


def test_a_local_party_is_known_by_the_name_that_defines_it(context: Callable[..., Context]) -> None:
    ctx = context("Landsbygdens Bästa (LB) föreslår Bo Al (LB).", [find_parties], publisher="Orsa kommun")
    assert {node.name for node in ctx.of_type(Party)} == {"Landsbygdens Bästa"}
    assert [ctx.clean(node.evidence[0]) for node in ctx.of_type(Party)] == ["Landsbygdens Bästa", "LB", "LB"]
