"""Weights learned from sentences that were written and labelled for this: what a sentence is about.

Rules find what has a form of its own. What people mean is said in more ways than anybody can list,
so a linear model hears it besides: features are folded into places, each with one weight a label,
and the sum becomes a chance. `python -m benchmarks.chat_learning` measures and writes the weights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mash_triage.chat.hearing.phrases import bucket, features
from mash_triage.chat.words.vocabulary import DATA
from mash_triage.loaded import for_good


@dataclass(frozen=True)
class Weights:
    """One model: a weight for each place (row) and label (column), in steps of its `scale`."""

    labels: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    """A chance from 0 to 1 is the logistic of `sum of weights x scale / sqrt(features) + bias`."""

    def chances(
        self, words: list[str], around: Iterable[str] = (), asked: str = ""
    ) -> NDArray[np.float32]:
        """How likely each label is for these words, 0 to 1, in the order of `labels`."""
        places = list({bucket(each) for each in features(words, around, asked)})
        sums = self.weights[places].sum(axis=0, dtype=np.int32) * self.scale
        chances: NDArray[np.float32] = 1 / (1 + np.exp(-(sums / np.sqrt(len(places)) + self.bias)))
        return chances


@cache
@for_good
def weights_of(name: str) -> Weights:
    """The model with this name, from the data folder."""
    with np.load(DATA / f"{name}.npz") as stored:
        return Weights(
            tuple(str(each) for each in stored["labels"]),
            stored["weights"],
            stored["scale"],
            stored["bias"],
        )
