"""The modules that `train.py` works with.

mnist.py          MNIST as tensors, checked to the last bit
datasets.py       all that is trained on, and what is held out
augment.py        digits -> jittered digits, a batch at a time
trainer.py        an epoch at a time, with a moving average of the weights
muon.py           the optimiser
history.py        the same network at moments of its training, for the page to scrub through
held_out.py       which weights stay: what the held-out digits decide
checkpoint.py     a run on disk, to be resumed
card.py           where weights come from and what they score
corrections.py    corrections that people gave, as a file
finetune.py       training on corrections without forgetting the rest
plots.py          the picture of the curves and the confusion matrix
"""
