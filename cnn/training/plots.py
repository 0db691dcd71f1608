"""A run as one picture: its curves, and which digits it mistakes for which."""

import io

from torch import Tensor

FULL_BLUE = 25  # digits in one field of the confusion matrix from which it is darkest


def plot_run(rows: list[dict], confusion: Tensor, title: str) -> bytes:
    """PNG: losses and error rates by epoch, and the confusion int64 (C, C) of test digits.

    rows: one for each epoch, with "epoch", "loss", and "mnist" and "synthetic" in percent.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 4), layout="constrained")
    figure.suptitle(title)
    loss, right, table = figure.subplots(1, 3)
    epochs = [row["epoch"] for row in rows]
    loss.plot(epochs, [row["loss"] for row in rows])
    loss.set(title="training loss", xlabel="epoch")
    for name in ("mnist", "synthetic"):
        right.plot(epochs, [100 - row[name] for row in rows], label=name)
    right.set(title="held-out digits misread, %", xlabel="epoch", yscale="log")
    right.legend()
    table.imshow(confusion, cmap="Blues", vmin=0, vmax=FULL_BLUE)
    classes = range(len(confusion))
    for label in classes:
        for read in classes:
            count = int(confusion[label, read])
            table.text(read, label, count or "", ha="center", va="center", fontsize=7)
    table.set(title="MNIST's test digits", xlabel="read as", ylabel="label")
    table.set(xticks=classes, yticks=classes)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=100)
    return png.getvalue()
