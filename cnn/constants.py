"""The numbers that Python and the browser share: both read browser/engine/constants.json.

What each of them means is explained where Python reads it, beside the code that needs it.
"""

import json
from pathlib import Path

FILE = Path(__file__).resolve().parent / "page" / "browser" / "engine" / "constants.json"
CONSTANTS = json.loads(FILE.read_text(encoding="utf-8"))
