"""What a person can do at a browser, and what must hold of every page they see."""

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request, Response

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1.min.js").read_text()
BROUGHT = f"() => {{ {AXE}; }}"
JUDGED = """async options => {
  if (document.readyState !== 'complete' || document.querySelector('form[data-busy]:not([hidden])')) return null;
  if (!('axe' in window)) return 'axe';
  const lines = ({id, impact, help, nodes}) => nodes.map(
    node => `${id} (${impact}): ${help}: ${node.html.slice(0, 200)}`
  );
  return (await axe.run(document, options)).violations.flatMap(lines);
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
BROKEN = 500
NARROW = 320  # CSS pixels: a 1280-pixel window at 400%
PATIENCE = 2000  # milliseconds
# The menu folds when the next frame is drawn; where a page lies behind another, none is.
SETTLED = """() => new Promise(settled => {
  setTimeout(settled, 150);
  requestAnimationFrame(() => requestAnimationFrame(settled));
})"""
FITS = """async ([width, patience]) => {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise(later => setTimeout(later, 20)))
    if (document.documentElement.scrollWidth <= width) return true;
  return false;
}"""
STOPS = 150  # more presses of Tab than any page has places to stop

NAME = """() => {
  const at = document.activeElement;
  const name = at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || '';
  return name.replace(/\\s+/g, ' ').trim();
}"""
DRAWN = 50  # milliseconds; asking the page itself can wait for ever where it lies behind another
WIDE = """width => [...document.querySelectorAll('body *')]
  .filter(each => each.getBoundingClientRect().right > width + 1)
  .filter(each => !each.closest('.wm-wide, .nhsuk-u-visually-hidden'))
  .slice(0, 5).map(each => each.outerHTML.slice(0, 120))"""


class Site:
    """One browser window. ``faults`` gathers what went wrong out of the reader's sight."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home, self.faults, self.clicks = page, home, list[str](), 0
        page.set_default_timeout(30_000)  # a busy machine is no fault of a page
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))
        page.on("response", self._answer)
        page.on("request", self._stays_home)

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.home + path)

    def click(self, name: str) -> None:
        """Press the link or button that is called so; ``clicks`` counts."""
        self.clicks += 1
        self.still()
        self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)).first.click()

    def still(self) -> None:
        """Loaded, and a moment later: a page whose menu is still folding moves away from under the finger."""
        self.page.wait_for_load_state()
        self.page.wait_for_timeout(DRAWN)

    def fill(self, **answers: str) -> None:
        """By label, with underscores for spaces: ``fill(Given_name="Joan")``."""
        for label, answer in answers.items():
            self.page.get_by_label(label.replace("_", " ")).first.fill(answer)

    def day(self, question: str, day: date) -> None:
        """Fill the three boxes of a date."""
        boxes = self.page.get_by_role("group", name=question)
        for part in ("day", "month", "year"):
            boxes.get_by_label(part.capitalize()).fill(str(getattr(day, part)))

    def choose(self, question: str, answer: str) -> None:
        """One of the answers to a question."""
        self.clicks += 1
        self.page.get_by_role("group", name=question).get_by_label(answer).first.check()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text().strip()

    def sees(self, text: str) -> Locator:
        """Waits for the words; fails when they do not come."""
        found = self.page.get_by_text(text).first
        found.wait_for()
        return found

    def tab_to(self, name: str) -> None:
        """Press Tab until the focus is on what is called so, never landing out of sight."""
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME) == name:
                return
        raise AssertionError(f"The keyboard never reached {name!r} on {self.heading()!r}")

    def enter(self) -> None:
        """Press Enter where the focus is, and wait for the page it opens."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def check(self) -> None:
        """Accessible as it stands: axe finds nothing, and at 400% nothing sticks out sideways."""
        found = self.axe()
        assert not found, f"{self.heading()}:\n" + "\n".join(found)
        sticking_out = self.reflow()
        assert not sticking_out, f"{self.heading()} is wider than {NARROW} pixels:\n" + "\n".join(sticking_out)

    def axe(self) -> list[str]:
        """One line for every violation: the rule, and what breaks it."""
        while (found := self._judged()) is None:
            self.page.wait_for_timeout(DRAWN)
        return found

    def _judged(self) -> list[str] | None:
        """What axe says; none while a page is on its way, where it would judge one that has no style yet, or the one
        before, whose form a script is still sending."""
        self.page.wait_for_load_state()
        options = {"runOnly": RULES, "resultTypes": ["violations"]}
        try:
            self.page.evaluate(SETTLED)
            found = self.page.evaluate(JUDGED, options)
            if found == "axe":
                self.page.evaluate(BROUGHT)
                found = self.page.evaluate(JUDGED, options)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            return None
        return None if found == "axe" else found

    def resize(self, width: int, height: int) -> bool:
        """Give the window this size; whether everything fits in its width once the menu has folded."""
        self.page.set_viewport_size({"width": width, "height": height})
        return bool(self.page.evaluate(FITS, [width, PATIENCE]))

    def reflow(self) -> list[str]:
        """What sticks out when the window is narrow; tables in a frame of their own may scroll in it."""
        size = self.page.viewport_size
        assert size is not None
        fits = self.resize(NARROW, 640)
        wide: list[str] = [] if fits else self.page.evaluate(WIDE, NARROW)
        self.resize(**size)
        return wide if fits else wide or ["the page itself"]

    def _console(self, message: ConsoleMessage) -> None:
        # An answer of 404 or 422 to the page itself is also an error on chromium's console; ``_answer`` judges it.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _answer(self, response: Response) -> None:
        # A form that is kept on the device is sent by script first; where it must be mended, the page is sent after it.
        page = response.request.is_navigation_request() or (response.status, response.request.method) == (422, "POST")
        if response.status >= BROKEN or (response.status >= 400 and not page):
            self.faults.append(f"{response.status} for {urlsplit(response.url).path}")

    def _stays_home(self, request: Request) -> None:
        # The browser finds no other host (conftest), so that asking is all that happens.
        if not request.url.startswith((self.home, "data:")):
            self.faults.append(f"asked of another host: {request.url}")
