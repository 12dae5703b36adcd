"""The programs of docs/api.md, run as they stand there."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.clients.installation import NODE, PYTHON, ROOT
from tests.clients.results import Result
from tests.support.markdown import CodeBlock, code_blocks

DECLARED = "declare const token: string;\n"
TSCONFIG = """{"compilerOptions": {"strict": true, "noEmit": true, "module": "ESNext", "moduleResolution": "Bundler",
"target": "ES2022", "lib": ["ES2022", "DOM"], "skipLibCheck": true, "types": []}, "include": ["."]}"""


def guide_programs(environment: Mapping[str, str]) -> Iterator[Result]:
    """Each program of the guide: run where it needs nothing, type-checked where it is a part of another."""
    blocks = code_blocks((ROOT / "docs" / "api.md").read_text("utf-8"))
    folder = NODE / "build" / "guide"
    folder.mkdir(parents=True, exist_ok=True)
    for block in blocks:
        if command := _command(block):
            done = subprocess.run(
                (*command, block.code), env={**os.environ, **environment}, capture_output=True, text=True, timeout=60
            )
            worked = done.returncode == 0 and "AF-" in done.stdout
            label = f"{block.language} {block.label}".strip()
            yield Result(f"docs/api.md: {label} runs", "", None if worked else (done.stderr or done.stdout)[-400:])
    yield _typescript(blocks, folder)


def _command(block: CodeBlock) -> tuple[str, ...] | None:
    match (block.language, block.label):
        case ("js", _):
            return ("node", "--input-type=module", "--eval")
        case ("python", ""):
            return (sys.executable, "-c")
        case ("python", "gql"):
            return (str(PYTHON), "-c")
        case _:
            return None


def _typescript(blocks: list[CodeBlock], folder: Path) -> Result:
    """Whether TypeScript accepts the programs for Apollo, urql and Relay."""
    for number, block in enumerate(block for block in blocks if block.language == "ts"):
        (folder / f"program{number}.ts").write_text(DECLARED + block.code, "utf-8")
    (folder / "tsconfig.json").write_text(TSCONFIG, "utf-8")
    done = subprocess.run((NODE / "node_modules/.bin/tsc", "-p", folder), capture_output=True, text=True, timeout=300)
    return Result("docs/api.md: TypeScript is accepted", "", done.stdout[-600:] if done.returncode else None)
