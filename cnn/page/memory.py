"""What pictures and uploads took in memory goes back to the system when they are done."""

import ctypes

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of glibc's mallopt
LARGE = 1024 * 1024  # bytes


def give_back_large_blocks() -> None:
    """Have blocks of LARGE and more given back as soon as they are free; only glibc needs it.

    Left to itself, it raises that bound up to 32 MB with each such block that is freed, and keeps
    blocks under the bound: of forty photographs at once 150 MB, for ever.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # not glibc; TypeError: Windows
        return
    mallopt(M_MMAP_THRESHOLD, LARGE)
    mallopt(M_TRIM_THRESHOLD, LARGE)
