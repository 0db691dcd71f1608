"""What the held-out digits decide: which weights stay when a run ends.

Both networks are scored anew, on the same digits: a card may date from before it held these scores,
and its scores on synthetic digits from before the generator of these changed.
"""

from pathlib import Path

from cnn.files import write_files
from cnn.metrics import accuracy, log_probabilities
from cnn.model import Network, WeightsError, load
from cnn.training.datasets import Datasets


def held_out_scores(model: Network, datasets: Datasets) -> dict[str, float]:
    """{"mnist", "synthetic"}: percent of the held-out digits that are read right.

    mnist: of MNIST's training digits that no run trains on, the same in every run. synthetic: of
    the synthetic digits that temperature and threshold are chosen on.
    """
    return {
        name: accuracy(log_probabilities(model, digits), labels)
        for name, (digits, labels) in (
            ("mnist", datasets.held_out),
            ("synthetic", datasets.synthetic_held_out),
        )
    }


def regressions(
    before: dict[str, float], after: dict[str, float], allowed: float = 0.0
) -> dict[str, float]:
    """The kinds of digits on which accuracy fell by more than `allowed` points, and by how many."""
    lost = {kind: before[kind] - after[kind] for kind in ("mnist", "synthetic") if before}
    return {kind: points for kind, points in lost.items() if points > allowed}


def may_replace(path: Path, scores: dict[str, float], finished: bool, datasets: Datasets) -> bool:
    """Whether a run with these held-out scores may write its weights to `path`.

    It may if there are none, or none that can be loaded, or if those read no more of either kind
    right. Otherwise a sentence is printed, and it may only if it reached its end: the old file is
    then kept as .previous.safetensors, unless such a file is there already and reads more.
    """
    old = _scores_of(path, datasets)
    lost = regressions(old, scores)
    if not lost:
        return True
    less = " and ".join(
        f"{points:.2f} points less of the held-out {kind} digits "
        f"({scores[kind]:.2f} %, not {old[kind]:.2f} %)"
        for kind, points in lost.items()
    )
    if not finished:
        print(f"{path} stays as it was: the run did not reach its end, and reads {less}")
        return False
    previous = path.with_suffix(".previous.safetensors")
    if regressions(_scores_of(previous, datasets), old):
        kept = f"{previous}, which reads more than these did, stays"
    else:
        write_files({previous: path.read_bytes()})
        kept = f"these are kept as {previous}"
    print(f"{path}: this run reads {less} than the weights there; {kept}")
    return True


def _scores_of(path: Path, datasets: Datasets) -> dict[str, float]:
    """The held-out scores of the weights at `path`; empty if there are none that can be read."""
    try:
        return held_out_scores(load(path), datasets)
    except WeightsError:
        return {}
