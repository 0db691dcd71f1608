"""A run as one picture: its curves, and what it takes for what."""

import io

from torch import Tensor


def chart(rows: list[dict], confusion: Tensor, title: str) -> bytes:
    """PNG: the rows' losses and accuracies by epoch, and the confusion (10, 10) of test digits."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 4), layout="constrained")
    figure.suptitle(title)
    loss, right, table = figure.subplots(1, 3)
    epochs = [row["epoch"] for row in rows]
    loss.plot(epochs, [row["loss"] for row in rows])
    loss.set(title="training loss", xlabel="epoch")
    for name in ("mnist", "pen"):
        right.plot(epochs, [100 - row[name] for row in rows], label=name)
    right.set(title="held-out digits misread, %", xlabel="epoch", yscale="log")
    right.legend()
    table.imshow(confusion, cmap="Blues", vmin=0, vmax=25)
    for label in range(10):
        for read in range(10):
            count = int(confusion[label, read])
            table.text(read, label, count or "", ha="center", va="center", fontsize=7)
    table.set(title="MNIST's test digits", xlabel="read as", ylabel="label")
    table.set(xticks=range(10), yticks=range(10))
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=100)
    return png.getvalue()
