"""What Hugging Face's ZeroGPU asks of a Space: import this before Gradio and PyTorch.

Elsewhere this does nothing, and the package `spaces` is not needed.
"""

import os

# As the package reads its own variable.
ON_ZEROGPU = os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")

if ON_ZEROGPU:
    import spaces

    # The network is far too small for a GPU and runs in the reader's browser, pictures on the CPU.
    # But ZeroGPU, the only Gradio Space that is free, refuses an app without such a function.
    @spaces.GPU(duration=1)
    def unused() -> None:
        """Never called: no GPU is ever taken."""
