"""Builds a release from nothing and prints how long that takes and how large the executable is.

Run it through `bench/compare`. Beside the executable stands what Django's packages take on the disk,
Python itself not counted.
"""

import os
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PACKAGES = Path(sysconfig.get_path("purelib"))

# Installers, which no Django needs once it is there.
NOT_COUNTED = ("pip", "setuptools", "wheel")

# What a clean build may take on two cores, and what the executable may weigh.
MOST_SECONDS = 240
MOST_MEBIBYTES = 16


def clean_build(directory):
    """The seconds of a release build into an empty directory, and the executable."""
    started = time.perf_counter()
    environment = {**os.environ, "CARGO_TARGET_DIR": directory}
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=REPOSITORY, env=environment, check=True)
    return time.perf_counter() - started, Path(directory, "release", "djr")


def size_of_packages():
    """The bytes of the installed packages, compiled files included."""
    files = (path for path in PACKAGES.rglob("*") if path.is_file())
    counted = (path for path in files if not path.relative_to(PACKAGES).parts[0].startswith(NOT_COUNTED))
    return sum(path.stat().st_size for path in counted)


def mebibytes(size):
    return f"{size / 2**20:.1f} MiB"


def main():
    with tempfile.TemporaryDirectory(prefix="build-") as directory:
        seconds, executable = clean_build(directory)
        ours = executable.stat().st_size
    theirs = size_of_packages()
    print(f"\nThe executable (aim: at most {MOST_SECONDS} s and {MOST_MEBIBYTES} MiB)")
    print(f"| clean release build        | {seconds:>9.1f} s | {'':>11} | {'':>7} | {'':>4} |")
    print(f"| size on the disk           | {mebibytes(ours):>11} | {mebibytes(theirs):>11} | {theirs / ours:>7.1f} | {'':>4} |")


if __name__ == "__main__":
    main()
