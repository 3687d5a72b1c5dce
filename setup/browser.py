"""Says before the tests whether the browser journeys can run, and how to make them run where they cannot."""

import shutil
import sys
from typing import Optional

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> Optional[str]:
    """Path of this machine's Chromium, or None."""
    return next((found for found in map(shutil.which, PROGRAMS) if found), None)


def main() -> int:
    """Print which browser the journeys will use."""
    found = chromium()
    if found:
        print("Browser journeys run in {}.".format(found))
    else:
        print("Chromium was not found: browser journeys are skipped. To run them:  apt-get install chromium")
    return 0


if __name__ == "__main__":
    sys.exit(main())
