"""What every browser test asks of a page: accessible by axe, and no wider than the screen."""

import subprocess
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


def installed_browser() -> str | None:
    """The path of an installed Chromium or Chrome, found as `make test` finds it."""
    finder = Path(__file__).parents[1] / "scripts" / "find-browser"
    found = subprocess.run([finder], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2, A and AA, and where."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found]


def check_page(page: Page, name: str = "") -> None:
    """No violation, and nothing to scroll sideways for."""
    assert violations(page) == [], f"{name} {page.url}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
