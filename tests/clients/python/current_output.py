"""Fails when the committed output of ariadne-codegen is not what it would be now. Runs in examples/python."""

import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path.cwd()
OUTPUT = "werkstand_client"

with tempfile.TemporaryDirectory() as folder:
    there = Path(folder) / "examples" / "python"
    there.mkdir(parents=True)
    (Path(folder) / "schema").symlink_to(EXAMPLE.parents[1] / "schema")
    for name in ("pyproject.toml", "operations.graphql"):
        shutil.copy(EXAMPLE / name, there / name)
    program = Path(sys.executable).parent / "ariadne-codegen"
    subprocess.run([program], cwd=there, check=True, stdout=subprocess.DEVNULL)
    names = sorted({path.name for side in (EXAMPLE, there) for path in (side / OUTPUT).glob("*.py")})
    _, different, missing = filecmp.cmpfiles(EXAMPLE / OUTPUT, there / OUTPUT, names, shallow=False)

if different or missing:
    sys.exit(f"Run ariadne-codegen in examples/python: {different + missing}")
