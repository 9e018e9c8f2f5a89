"""The benchmark of the appendix: its versions are those of the page."""

import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pytest

from gru_lesson import results
from gru_lesson.bptt import gru_backward, gru_forward

sys.path.insert(0, str(Path(__file__).parent / "benchmark"))

import engine
import ideas

SIZES = 3, 2, 2, 4


@pytest.fixture(scope="module")
def versions():
    return ideas.versions()


def test_the_versions_stand_in_the_order_of_the_committed_results(versions):
    first, *_, last = versions
    assert (first, last) == ("Taught", "Floor")
    for run, sizes in zip(results.load("ideas")["runs"], engine.SIZES, strict=True):
        assert list(run["milliseconds"]) == list(versions)
        assert tuple(run["sizes"]) == sizes


def test_every_version_computes_what_the_taught_functions_do(versions):
    xs, dhs, layer, _ = engine.problem(*SIZES)
    p = {name: np.array(array) for name, array in layer.params.items()}
    hs, caches = gru_forward(xs, np.zeros((2, 4), np.float32), p)
    dxs, _, grads = gru_backward(dhs, caches, p)
    for name, version in list(versions.items())[:-1]:
        got = version(p, 3, 2).step(xs, dhs)
        assert np.allclose(got[0], hs, atol=1e-6), name
        assert np.allclose(got[1], dxs, atol=1e-6), name
        assert all(np.allclose(got[2][n], grads[n], atol=1e-5) for n in p), name


def test_every_version_is_timed(versions):
    taken = ideas.measure(SIZES, rounds=1, block=0)
    assert list(taken) == list(versions)
    assert min(taken.values()) > 0


def test_each_idea_is_added_to_those_before_it(versions):
    chain = list(versions.values())[1:-2]
    for before, after in pairwise(chain):
        assert issubclass(after, before)


def test_the_page_reads_both_files():
    source = str(nbformat.read(ideas.CHAPTER, as_version=4).cells)
    assert 'results.load("ideas")' in source
    assert 'results.load("engine")' in source
