"""From scores to probabilities, and which is the largest: as torch has it."""

import pytest
import torch

LOGITS = {
    "usual": [-2.4, -3.0, -4.2, 5.7, -1.9, -3.6, -2.6, -2.8, -4.6, -2.8],
    "far apart": [-900, 800, 799, 0, 0, 0, 0, 0, 0, -1000],
    "equal": [7.0] * 12,
    "two": [0.5, 0.25],
}
SCORED = """async (scores) => {
  const { argmax, probabilitiesOf, ranked } = await import("/engine/probabilities.js");
  return [probabilitiesOf(scores), argmax(scores), ranked(scores)];
}"""


@pytest.mark.parametrize("logits", LOGITS.values(), ids=LOGITS)
def test_probabilities_and_their_order_are_those_of_torch(engine, logits):
    scores = torch.tensor(logits, dtype=torch.float64)
    for given in (scores, torch.log_softmax(scores, 0)):  # log-probabilities have the same
        probs, largest, order = engine.evaluate(SCORED, given.tolist())
        assert probs == pytest.approx(torch.softmax(scores, 0).tolist(), abs=1e-12)
        assert largest == scores.argmax()
        assert order == scores.argsort(descending=True, stable=True).tolist()


def test_of_nothing_none_is_the_largest(engine):
    assert engine.evaluate(SCORED, []) == [[], -1, []]
