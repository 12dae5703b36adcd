"""The programs that try the clients, run against one system."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.clients.installation import NODE, PYTHON, PYTHON_EXAMPLE, TYPESCRIPT_EXAMPLE
from tests.clients.results import Result

OUTPUT_CHECK = PYTHON.parents[2] / "current_output.py"
SECONDS = 300
LONGEST_ERROR = 600
TOOLS = {
    "graphql-codegen: client-preset from the address": "codegen",
    "gql.tada: types from the address": "tada",
    "graphql-inspector: served schema, published documents": "inspector",
    "graphql-eslint: published documents": "eslint",
    "relay-compiler: @refetchable on every entity": "refetchable",
}
STEPS = {
    "examples/typescript: types": (TYPESCRIPT_EXAMPLE, ("npm", "run", "--silent", "generate")),
    "examples/typescript: check": (TYPESCRIPT_EXAMPLE, ("npm", "run", "--silent", "check")),
    "examples/typescript: three stories": (TYPESCRIPT_EXAMPLE, ("npm", "run", "--silent", "stories")),
    "examples/python: three stories": (PYTHON_EXAMPLE, (str(PYTHON), "stories.py")),
    "examples/python: committed output is current": (
        PYTHON_EXAMPLE,
        (str(PYTHON), "../../tests/clients/python/current_output.py"),
    ),
    "GraphiQL: vendored files are those of the packages": (NODE, ("node", "vendor_graphiql.mjs", "--check")),
}


def clients_in_node(environment: Mapping[str, str]) -> Iterator[Result]:
    """The scenario with every client of the npm packages, in Node.js."""
    bundle("clients/node.mjs", "build/node.mjs", "--platform=node", "--external:ws")
    yield from _lines(_run(NODE, ("node", "build/node.mjs"), environment))


def clients_in_python(environment: Mapping[str, str]) -> Iterator[Result]:
    """The scenario with gql."""
    yield from _lines(_run(NODE.parent / "python", (str(PYTHON), "gql_client.py"), environment))


def tools(environment: Mapping[str, str]) -> Iterator[Result]:
    """Tools and examples, each of which works or not."""
    for name, script in TOOLS.items():
        yield _outcome(name, _run(NODE, ("node", f"tools/{script}.mjs"), environment))
    for name, (folder, command) in STEPS.items():
        yield _outcome(name, _run(folder, command, environment))


def prepare_relay() -> None:
    """Compile the documents of the scenario as Relay's users do."""
    _run(NODE / "relay", ("../node_modules/.bin/relay-compiler", "relay.config.json"), {}).check_returncode()


def bundle(source: str, target: str, *options: str) -> None:
    """One file of a program and its packages."""
    command = ("node_modules/.bin/esbuild", source, "--bundle", "--format=esm", f"--outfile={target}", *options)
    _run(NODE, (*command, "--log-level=error"), {}).check_returncode()


def http_audits(environment: Mapping[str, str]) -> list[dict[str, str | bool]]:
    """What the audits of graphql-http say, each with `id`, `kind`, `name`, `failed` and `reason`."""
    done = _run(NODE, ("node", "tools/http_audits.mjs"), environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _lines(done: "subprocess.CompletedProcess[str]") -> Iterator[Result]:
    """Results that a program printed as lines of JSON; one of its own when it ended otherwise."""
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            yield Result(**json.loads(line))
    if done.returncode:
        yield _outcome(" ".join(done.args), done)


def _outcome(name: str, done: "subprocess.CompletedProcess[str]") -> Result:
    said = (done.stdout + done.stderr).strip()[-LONGEST_ERROR:]
    return Result(name, "", None if done.returncode == 0 else said or f"ended with {done.returncode}")


def _run(folder: Path, command: Sequence[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=SECONDS
    )
