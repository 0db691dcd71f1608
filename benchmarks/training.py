"""Seconds to 98.5 % and to 99 % of MNIST's test digits: our training beside a plain loop.

The plain loop is pytorch/examples' mnist/main.py written out: its network of 1.2 million
parameters, a DataLoader of one process, batches of 64 that it does not shuffle on a CPU, Adadelta
at 1 and gamma 0.7 an epoch, test batches of 1,000. Ours is the article's ConvNet in
`cnn.training.Training`, as `train.py` runs it, but for two epochs on MNIST alone, at a higher rate
and without jitter.

Both clocks run from the first batch, MNIST being in memory, to the first quarter of an epoch after
which the test digits are read well enough; testing is on neither clock.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from cnn.data import DataError, default_dir, mnist
from cnn.evaluate import accuracy, log_odds
from cnn.training import Settings, Training

CHECKS = 4  # an epoch


class Plain(nn.Module):
    """The network of pytorch/examples, mnist/main.py."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 32, 3, 1), nn.Conv2d(32, 64, 3, 1)
        self.dropout1, self.dropout2 = nn.Dropout(0.25), nn.Dropout(0.5)
        self.fc1, self.fc2 = nn.Linear(9216, 128), nn.Linear(128, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.conv2(F.relu(self.conv1(x))))
        x = torch.flatten(self.dropout1(F.max_pool2d(x, 2)), 1)
        return F.log_softmax(self.fc2(self.dropout2(F.relu(self.fc1(x)))), dim=1)


def plain(epochs: int, data_dir: str | None) -> Iterator[Callable[[], float]]:
    """Train as the example does; at every check give how to test."""
    from torchvision import datasets, transforms

    torch.manual_seed(1)
    transform = transforms.Compose(
        [transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))]
    )
    sets = [datasets.MNIST(data_dir or default_dir(), train=t, transform=transform) for t in (1, 0)]
    train, test = DataLoader(sets[0], batch_size=64), DataLoader(sets[1], batch_size=1000)
    model = Plain()
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)

    @torch.no_grad()
    def score() -> float:
        model.eval()
        right = sum((model(x).argmax(1) == y).sum().item() for x, y in test)
        model.train()
        return 100 * right / len(sets[1])

    def checks() -> Iterator[Callable[[], float]]:
        for _ in range(epochs):
            for k, (digits, labels) in enumerate(train, 1):
                optimizer.zero_grad()
                F.nll_loss(model(digits), labels).backward()
                optimizer.step()
                if k % (len(train) // CHECKS) == 0:
                    yield score
            schedule.step()

    return checks()


def ours(epochs: int, data_dir: str | None) -> Iterator[Callable[[], float]]:
    """Train the ConvNet; at every check give how to test."""
    digits, labels = mnist(train=True, data_dir=data_dir)
    test, answers = mnist(train=False, data_dir=data_dir)
    training = Training(Settings(epochs=epochs, lr=0.05, augment=False), digits, labels)

    def checks() -> Iterator[Callable[[], float]]:
        for _ in range(epochs):
            for k, _ in enumerate(training.epoch(), 1):
                if k % (training.steps_per_epoch // CHECKS) == 0:
                    yield lambda: accuracy(log_odds(training.average, test), answers)

    return checks()


def race(name: str, checks: Iterator[Callable[[], float]], goals: list[float]) -> list[float]:
    """Seconds to each goal, tests not counted; inf for one that is not reached."""
    reached, seconds = [], 0.0
    begun = time.perf_counter()
    for i, score in enumerate(checks, 1):
        seconds += time.perf_counter() - begun
        percent = score()
        print(f"{name:6s} epoch {i / CHECKS:5.2f} {seconds:7.1f} s {percent:6.2f} %", flush=True)
        while len(reached) < len(goals) and percent >= goals[len(reached)]:
            reached.append(seconds)
        if len(reached) == len(goals):
            break
        begun = time.perf_counter()
    return reached + [float("inf")] * (len(goals) - len(reached))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    parser.add_argument("--quick", action="store_true", help="only to 97 % and 98 %: two minutes")
    args = parser.parse_args()
    goals = [97.0, 98.0] if args.quick else [98.5, 99.0]
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, {platform.machine()}")
    try:
        mine = race("ours", ours(2, args.data_dir), goals)
    except DataError as error:
        sys.exit(str(error))
    theirs = race("plain", plain(14, args.data_dir), goals)
    for goal, a, b in zip(goals, mine, theirs, strict=True):
        print(f"to {goal} %: ours {a:.1f} s, plain {b:.1f} s, {b / a:.0f} times sooner")


if __name__ == "__main__":
    main()
