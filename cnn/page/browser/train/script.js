// "The same in PyTorch": what a plan trains, as a Python script of its own, which runs as it stands.

/**
 * @import { Spec } from "../engine/layers/layer.js"
 * @import { Plan } from "./plan.js"
 */

import { architectureOf, countsOf } from "./plan.js";

export const FILE = "train_digits.py";
const SEEN = 20_480; // digits, where no run says how many

/**
 * The script. It trains the same stages from random weights with the same optimiser, on as many of
 * MNIST's digits; it has neither the synthetic digits nor the reader's own.
 *
 * Throws a PlanError where the plan's network cannot be built.
 *
 * @param {Plan} plan
 * @param {number} [seen] how many digits the run has learned from; 0: it has not begun
 */
export function scriptOf(plan, seen = 0) {
  const architecture = architectureOf(plan);
  const name = plan.network === "cnn" ? "ConvNet" : "MLP";
  const parts = [
    head(plan, architecture[0], Math.ceil((seen || SEEN) / plan.batch)),
    NETWORK,
    classOf(name, architecture),
    ...(plan.jitter ? [JITTER] : []),
    ...(plan.optimizer === "muon" ? [MUON] : []),
    OPTIMIZERS[plan.optimizer],
    learn(plan.smoothing),
    ...(plan.average ? [AVERAGE] : []),
    ACCURACY,
    main(name, plan),
  ];
  // Each line of Python begins after a |: the page is sent without indentation and blank lines.
  return parts.map((part) => part.trim().replaceAll(/^ *\|/gm, "")).join("\n\n\n") + "\n";
}

/** 20_480, as people write it in Python. @param {number} n @param {string} mark */
const whole = (n, mark = "_") => `${n}`.replaceAll(/\B(?=(\d{3})+$)/g, mark);

/** @param {Plan} plan @param {Spec} input @param {number} steps */
function head(plan, { mean, std }, steps) {
  const { digits, batch, rate, seed, jitter, synthetic, own } = plan;
  const more = [...(synthetic ? ["pen digits"] : []), ...(own ? ["your own digits"] : [])];
  const modules = [...(plan.average ? ["copy"] : []), ...(jitter ? ["math"] : [])];
  const imports = modules.map((name) => `\n|import ${name}`).join("");
  return `
|"""The network that was built on the page, trained on digits of MNIST by PyTorch.
|
|Run: pip install torch torchvision && python ${FILE}
${more.length ? `|On the page it learned from others as well: ${more.join(" and ")}.\n` : ""}|"""
|${imports}
|from collections import OrderedDict
|
|import torch
|from torch import Tensor, nn
|from torch.nn import functional as F
|from torchvision.datasets import MNIST
|
|MEAN, STD = ${mean}, ${std}  # of the pixels of MNIST's 60,000 training images, in [0, 1]
|DIGITS = ${whole(digits)}  # to learn from, of those 60,000
|BATCH = ${batch}  # digits at a step
|STEPS = ${whole(steps)}
|RATE = ${rate}
|SEED = ${seed}`;
}

const NETWORK = `
|class Network(nn.Sequential):
|    """Named stages, run in order on digits that the network normalises itself."""
|
|    def __init__(self, **stages: nn.Module) -> None:
|        super().__init__(OrderedDict(stages))
|
|    def forward(self, digits: Tensor) -> Tensor:
|        """float32 (B, 1, 28, 28), paper 0, ink 1 -> log-probabilities (B, 10)."""
|        return super().forward((digits - MEAN) / STD)`;

/** @param {string} name @param {Spec[]} architecture */
function classOf(name, architecture) {
  const parameters = whole(countsOf(architecture).parameters, ",");
  return `
|class ${name}(Network):
|    """As it was built on the page: ${parameters} parameters."""
|
|    def __init__(self) -> None:
|        super().__init__(
${architecture.slice(1).map((spec) => `|            ${stage(spec)}`).join("\n")}
|        )`;
}

/** The stage's line, as cnn/model.py has it. @param {Spec} spec */
function stage({ name, kind, shape, ...spec }) {
  const [size] = spec.kernel_size ?? [];
  const [stride] = spec.stride ?? [];
  const [padding] = spec.padding ?? [];
  const windows = `kernel_size=${size}, stride=${stride}, padding=${padding}`;
  /** @type {Record<string, string>} */
  const given = {
    Conv2d: `${spec.in_channels}, ${spec.out_channels}, ${windows}`,
    MaxPool2d: `${size}`,
    AvgPool2d: `${size}`,
    Dropout: `${spec.p}`,
    Linear: `${spec.in_features}, ${spec.out_features}`,
    LogSoftmax: "dim=1",
  };
  const line = `${name}=nn.${kind}(${given[kind] ?? ""}),`;
  const isSame = ["ReLU", "Dropout", "LogSoftmax"].includes(kind); // the shape stays
  return isSame ? line : `${line}  # (B, ${shape.join(", ")})`;
}

const JITTER = `
|def jitter(digits: Tensor) -> Tensor:
|    """(B, 1, 28, 28) -> each digit turned, sheared, scaled and moved a little, its own way."""
|
|    def uniform(*shape: int) -> Tensor:  # in [-1, 1]
|        return torch.rand(len(digits), *shape) * 2 - 1
|
|    turn, shear, scale = uniform() * math.radians(10), uniform() * 0.15, 1 + uniform(2) * 0.08
|    x, y = (uniform(2) * 0.7 * 2 / 28).unbind(1)  # 0.7 px; half an image is 1
|    cos, sin = turn.cos(), turn.sin()
|    x_from = torch.stack([cos * scale[:, 0], (shear * cos - sin) * scale[:, 0], x], 1)
|    y_from = torch.stack([sin * scale[:, 1], (shear * sin + cos) * scale[:, 1], y], 1)
|    grid = F.affine_grid(torch.stack([x_from, y_from], 1), digits.shape, align_corners=False)
|    return F.grid_sample(digits, grid, align_corners=False)`;

const MUON = `
|class Muon(torch.optim.Optimizer):
|    """Momentum whose every step is made orthogonal: https://kellerjordan.github.io/posts/muon/"""
|
|    def __init__(self, params: list[Tensor], lr: float, momentum: float = 0.85) -> None:
|        super().__init__(params, {"lr": lr, "momentum": momentum})
|
|    @torch.no_grad()
|    def step(self) -> None:
|        for group in self.param_groups:
|            for weight in group["params"]:
|                momentum = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
|                momentum.lerp_(weight.grad, 1 - group["momentum"])
|                rows = orthogonal(weight.grad.lerp(momentum, group["momentum"]).flatten(1))
|                scale = max(1, rows.shape[0] / rows.shape[1]) ** 0.5
|                weight.sub_(rows.view_as(weight), alpha=group["lr"] * scale)
|
|
|def orthogonal(matrix: Tensor, steps: int = 4) -> Tensor:
|    """The matrix with its singular values brought near 1, by Newton-Schulz steps."""
|    tall = matrix.shape[0] > matrix.shape[1]
|    x = matrix.T if tall else matrix
|    x = x / (x.norm() + 1e-7)  # never by 0
|    for _ in range(steps):
|        square = x @ x.T
|        x = 3.4445 * x + (2.0315 * square @ square - 4.7750 * square) @ x  # Jordan's coefficients
|    return x.T if tall else x`;

/** As engine/optimizers.js has them. @type {Record<Plan["optimizer"], string>} */
const OPTIMIZERS = {
  sgd: `
|def optimizers(model: Network) -> list[torch.optim.Optimizer]:
|    return [torch.optim.SGD(model.parameters(), RATE, momentum=0.9)]`,
  adam: `
|def optimizers(model: Network) -> list[torch.optim.Optimizer]:
|    return [torch.optim.Adam(model.parameters(), RATE)]`,
  muon: `
|def optimizers(model: Network) -> list[torch.optim.Optimizer]:
|    """Muon for all matrices but the last, which gives the logits; Adam for the rest."""
|    matrices = [p for p in model.parameters() if p.ndim > 1][:-1]
|    rest = [p for p in model.parameters() if all(p is not matrix for matrix in matrices)]
|    return [Muon(matrices, RATE), torch.optim.Adam(rest, RATE / 6, betas=(0.9, 0.99))]`,
};

/** @param {number} smoothing */
function learn(smoothing) {
  const loss = smoothing
    ? `cross_entropy(model(digits), labels, label_smoothing=${smoothing})`
    : "nll_loss(model(digits), labels)";
  return `
|def learn(
|    model: Network, steppers: list[torch.optim.Optimizer], digits: Tensor, labels: Tensor
|) -> Tensor:
|    """One step on a batch; the loss before it."""
|    model.train()
|    loss = F.${loss}
|    model.zero_grad()
|    loss.backward()
|    for stepper in steppers:
|        stepper.step()
|    return loss.detach()`;
}

const ACCURACY = `
|@torch.no_grad()
|def accuracy(model: Network, digits: Tensor, labels: Tensor) -> float:
|    """Percent of the digits that it reads right."""
|    model.eval()
|    read = torch.cat([model(some).argmax(1) for some in digits.split(1000)])
|    return 100 * (read == labels).float().mean().item()`;

/** As engine/optimizers.js has it. */
const AVERAGE = `
|@torch.no_grad()
|def average(mean: Network, model: Network, step: int) -> None:
|    """Bring the average of the steps' weights up to date: the newest count most."""
|    for old, new in zip(mean.parameters(), model.parameters(), strict=True):
|        old.lerp_(new, 5 / (step + 6))`;

/** @param {string} name @param {Plan} plan */
function main(name, plan) {
  const shown = plan.average ? "mean" : "model";
  const begin = plan.average ? "\n|    mean = copy.deepcopy(model)" : "";
  const follow = plan.average ? "\n|        average(mean, model, step - 1)" : "";
  const batch = plan.jitter ? "jitter(digits[batch])" : "digits[batch]";
  return `
|def mnist(train: bool) -> tuple[Tensor, Tensor]:
|    """Digits float32 (N, 1, 28, 28), ink 1, and their labels (N,); downloaded if need be."""
|    data = MNIST("data", train=train, download=True)
|    return data.data[:, None].float() / 255, data.targets
|
|
|def main() -> None:
|    torch.manual_seed(SEED)
|    digits, labels = mnist(train=True)
|    chosen = torch.randperm(len(digits))[:DIGITS]
|    digits, labels = digits[chosen], labels[chosen]
|    test = mnist(train=False)
|    model = ${name}()${begin}
|    steppers = optimizers(model)
|    order = torch.randperm(len(digits))
|    for step in range(1, STEPS + 1):
|        while len(order) < BATCH:
|            order = torch.cat([order, torch.randperm(len(digits))])
|        batch, order = order[:BATCH], order[BATCH:]
|        loss = learn(model, steppers, ${batch}, labels[batch])${follow}
|        if not loss.isfinite():
|            raise SystemExit("the loss is no longer a finite number; take a lower RATE")
|        if step % 100 == 0 or step == STEPS:
|            read = accuracy(${shown}, *test)
|            print(f"{step * BATCH:,} digits: loss {loss:.3f}, {read:.2f} % of the test digits")
|
|
|if __name__ == "__main__":
|    main()`;
}
