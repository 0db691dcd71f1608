"""What times are divided by: a loop of known arithmetic, in the browser and in Python.

A machine that is half as fast, or busy, needs twice as long both for what is measured and for the
loop beside it. So a claim about time is a number of such loops, measured in the same run;
milliseconds are printed beside it, but are not a claim.
"""

import statistics
import time

MULTIPLY_ADDS = 1_000_000  # of a loop in the browser, one after the other, float32 by float32
PYTHON_MULTIPLY_ADDS = 100_000  # of one in Python
LOOPS = 9  # of Python's, of which the median counts

# Defines reference(), which returns the milliseconds of one loop, already compiled by then.
IN_BROWSER = f"""(() => {{
    const length = 1000; // of the factors: they stay in the processor's nearest cache
    const a = Float32Array.from({{ length }}, (_, i) => (i % 7) - 3);
    const b = Float32Array.from({{ length }}, (_, i) => (i % 5) - 2);
    const dots = () => {{
        let sum = 0;
        for (let k = 0; k < {MULTIPLY_ADDS} / length; k++) {{
            for (let i = 0; i < length; i++) sum += a[i] * b[i];
        }}
        return sum;
    }};
    globalThis.reference = () => {{
        const began = performance.now();
        globalThis.referenceSum = dots(); // where all can see it, so that it is computed
        return performance.now() - began;
    }};
    for (let k = 0; k < 50; k++) globalThis.reference();
}})()"""


def python_ms() -> float:
    """Milliseconds of a loop in Python, the median of LOOPS."""
    return statistics.median(_loop_ms() for _ in range(LOOPS))


def _loop_ms() -> float:
    began, total = time.perf_counter(), 0.0
    for k in range(PYTHON_MULTIPLY_ADDS):
        total += (k % 7) * (k % 5)
    return 1000 * (time.perf_counter() - began)
