"""Catalogues of standards and their harmonisation (标准体系与协同, C4–C5)."""

from jinghe.standards.catalogue import STATUSES, TIERS, Catalogue, Heading, Item, read_catalogue, read_headings
from jinghe.standards.check import check_crosswalk
from jinghe.standards.feed import INDICATOR, Stock, find_figures, find_stock
from jinghe.standards.gaps import Gaps, Side, Supply, find_gaps
from jinghe.standards.life import (
    STATES,
    Event,
    JointStandard,
    Life,
    Recognition,
    follow,
    read_joint,
    recognises,
)
from jinghe.standards.match import NO_TERM, PREDICATES, Crosswalk, Match
from jinghe.standards.metrics import (
    CatalogueMetrics,
    PairMetrics,
    find_duplicates,
    find_lag,
    measure_catalogue,
    measure_pair,
)
from jinghe.standards.plan import ACTIONS, Step, make_plan
from jinghe.standards.relate import chain, find_cardinalities, find_rings, invert
from jinghe.standards.similarity import Encoder, encode_titles
from jinghe.standards.sssom import format_sssom, parse_sssom, read_sssom, write_sssom
from jinghe.standards.suggest import Candidate, accept, propose, suggest

__all__ = [
    "ACTIONS",
    "INDICATOR",
    "NO_TERM",
    "PREDICATES",
    "STATES",
    "STATUSES",
    "TIERS",
    "Candidate",
    "Catalogue",
    "CatalogueMetrics",
    "Crosswalk",
    "Encoder",
    "Event",
    "Gaps",
    "Heading",
    "Item",
    "JointStandard",
    "Life",
    "Match",
    "PairMetrics",
    "Recognition",
    "Side",
    "Step",
    "Stock",
    "Supply",
    "accept",
    "chain",
    "check_crosswalk",
    "encode_titles",
    "find_cardinalities",
    "find_duplicates",
    "find_figures",
    "find_gaps",
    "find_lag",
    "find_rings",
    "find_stock",
    "follow",
    "format_sssom",
    "invert",
    "make_plan",
    "measure_catalogue",
    "measure_pair",
    "parse_sssom",
    "propose",
    "read_catalogue",
    "read_headings",
    "read_joint",
    "read_sssom",
    "recognises",
    "suggest",
    "write_sssom",
]
