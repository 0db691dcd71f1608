import pytest
import torch

from cnn.model import MLP, ConvNet
from cnn.training import NO_DIGIT, Diverged, Settings, Training, _pool_first, calibrate

GENERATOR = torch.Generator().manual_seed(0)
DIGITS = torch.randint(0, 256, (600, 1, 28, 28), dtype=torch.uint8, generator=GENERATOR)
LABELS = torch.randint(0, 11, (600,), generator=GENERATOR)
SETTINGS = Settings("convnet", epochs=3, batch_size=100, dropout=0.3)


@pytest.mark.parametrize("network", [ConvNet, MLP])
def test_pooling_before_relu_changes_neither_values_nor_gradients(network):
    model, digits = network().eval(), torch.rand(9, 1, 28, 28)
    gradients = []
    for odds in (
        model(digits),
        _pool_first(model)(model.normalise(digits)).log_softmax(1),
    ):
        gradients.append(torch.autograd.grad(odds[:, 3].sum(), list(model.parameters())))
        torch.testing.assert_close(odds, model(digits))
    torch.testing.assert_close(gradients[0], gradients[1])


def weights_after(training: Training, epochs: int) -> list:
    for _ in range(epochs):
        list(training.epoch())
    return list(training.average.state_dict().values())


def test_the_same_seed_gives_the_same_weights_and_another_does_not():
    same = [weights_after(Training(SETTINGS, DIGITS, LABELS), 2) for _ in range(2)]
    assert all(torch.equal(a, b) for a, b in zip(*same, strict=True))
    other = weights_after(Training(Settings(epochs=3, seed=1), DIGITS, LABELS), 2)
    assert not any(torch.equal(a, b) for a, b in zip(same[0], other, strict=True))


def test_a_run_taken_up_ends_with_exactly_the_weights_of_the_whole_one():
    whole = weights_after(Training(SETTINGS, DIGITS, LABELS), 3)
    first = Training(SETTINGS, DIGITS, LABELS)
    weights_after(first, 1)
    state = {name: tensor.clone() for name, tensor in first.state().items()}
    second = Training(SETTINGS, DIGITS, LABELS)
    torch.manual_seed(99)
    second.resume(state)
    assert all(torch.equal(a, b) for a, b in zip(whole, weights_after(second, 2), strict=True))


def test_digits_are_learnt_and_what_is_no_digit_gets_even_odds():
    # One bright row says which digit it is; a row from 20 on says that it is none.
    rows = torch.arange(600) % 12
    digits = torch.zeros(600, 1, 28, 28, dtype=torch.uint8)
    digits[torch.arange(600), 0, torch.where(rows < 10, rows * 2, 12 + rows)] = 255
    labels = rows.clamp(max=NO_DIGIT)
    training = Training(Settings(epochs=30, batch_size=60, augment=False), digits, labels)
    weights_after(training, 30)
    odds = training.average(digits.float() / 255).exp()
    known = labels < 10
    assert (odds.argmax(1) == labels)[known].all()
    assert odds.amax(1)[known].min() > 0.8
    assert odds.amax(1)[~known].max() < 0.3


def test_a_loss_that_is_no_number_says_to_lower_the_rate():
    training = Training(SETTINGS, DIGITS, LABELS)
    with torch.no_grad():
        training.model.fc2.bias.fill_(float("nan"))
    with pytest.raises(Diverged, match="--lr"):
        list(training.epoch())


@pytest.mark.parametrize("too_sure", [0.5, 1.0, 3.0])
def test_calibration_finds_the_temperature_that_the_odds_were_sharpened_by(too_sure):
    torch.manual_seed(0)
    model = MLP().eval()
    true = torch.randn(20_000, 10) * 2
    labels = torch.distributions.Categorical(logits=true).sample()
    before = model.fc2.weight.clone()
    found = calibrate(model, (true * too_sure).log_softmax(1), labels)
    assert found == pytest.approx(too_sure, rel=0.05)
    torch.testing.assert_close(model.fc2.weight, before / found)
