"""Access for everyone, in a real browser: axe with best practices, keyboard, zoom, large text, motion."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise, product

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import FULL, ROOT
from lxml import html
from playwright.sync_api import Browser, Page

SETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What colours, widths and sizes can change; the other rules read the tree, which is the same in every view.
LEAST = {"color-contrast": 4.5, "color-contrast-enhanced": 7}
SEEN = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# Everything that opens, with the sentence behind the first figure.
OPEN = """async () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  for (const part of document.querySelectorAll("button[aria-expanded=false]")) {
    if (part.checkVisibility()) part.click();
  }
  const figure = [...document.querySelectorAll("main a.figure")].find((link) => !link.closest(".ev"));
  figure?.click();
  for (let turn = 0; turn < 50 && figure && !figure.ariaExpanded; turn += 1) {
    await new Promise((done) => setTimeout(done, 20));
  }
}"""
# Of many alike, the short profile looks at the first.
ALIKE = [] if FULL else [".resource ~ .resource", ".stage ~ .stage", ".behind ~ .behind ~ .behind"]
# What axe leaves undecided (text scrolled out of a table, a single character): brought into view, measured.
DECIDE = """([targets, least]) => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const clear = (node) => /^rgba\\(.*, 0\\)$/.test(getComputedStyle(node).backgroundColor);
  const fault = (target) => {
    const at = document.querySelector(target);
    at.scrollIntoView({ block: "start", inline: "start", behavior: "instant" });
    const words = document.createRange();
    words.selectNodeContents(at);
    const { left, top, width, height } = words.getClientRects()[0];
    const layers = document.elementsFromPoint(left + Math.min(width, 20) / 2, top + height / 2);
    const own = layers.findIndex((node) => at.contains(node));
    if (own < 0 || layers.slice(0, own).some((node) => !clear(node))) return "covered";
    if (layers.some((node) => getComputedStyle(node).backgroundImage !== "none")) return "picture behind";
    const ground = layers.slice(own).find((node) => !clear(node)) ?? document.body;
    const style = getComputedStyle(at);
    const both = [light(style.color), light(getComputedStyle(ground).backgroundColor)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const big = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (both[0] + 0.05) / (both[1] + 0.05);
    return ratio < least / (big ? 1.5 : 1) ? `contrast ${ratio.toFixed(2)}` : "";
  };
  return targets.map((target) => [target, fault(target)]).filter(([, found]) => found);
}"""
# Noted at every press of a key: where the keyboard stands, whether that is named, drawn, outlined and bare.
WALK = """
window.stops = [];
addEventListener("keydown", () => {
  const at = document.activeElement;
  if (!at || at === document.body) return;
  const box = at.getClientRects()[0] ?? at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const over = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, middle);
  at.dataset.stop ??= window.stops.length;
  window.stops.push({
    at: `stop ${at.dataset.stop}`,
    what: at.outerHTML.slice(0, 90),
    named: Boolean((at.getAttribute("aria-label") ?? at.textContent ?? "").trim() || at.labels?.length),
    drawn: box.width > 1 && box.height > 1,
    seen: box.bottom > 0 && box.top < innerHeight && box.left < innerWidth && box.right > 0,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    bare: Boolean(over && (at.contains(over) || over.contains(at))),
  });
}, true);
"""
VIEWS = [("light", 1280, False), ("dark", 390, False), ("light", 390, True)]
if FULL:
    VIEWS = list(product(("light", "dark"), (390, 1280), (False, True)))
FOUND = "search/?q=预算"
TABBABLE = """[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((at) => at.checkVisibility({ visibilityProperty: true }) && !at.disabled).length"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
ENGLISH = re.compile(r"[a-z]{2,}(?: [a-z]{2,}){2}", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
# Every word that is shown, wherever it stands; a card says the head of its column before the cell.
SHOWN = """[document.body.innerText, ...[...document.querySelectorAll("[data-head]")]
  .filter((at) => !/^(none|normal)$/.test(getComputedStyle(at, "::before").content))
  .map((at) => at.dataset.head)].join(" ")"""
STOP = """(() => {
  const at = document.activeElement.getBoundingClientRect();
  return [at.top + at.height / 2, at.left];
})()"""
COVERED = """[...document.querySelectorAll(".copied")].filter((box) => {
  const [words, button] = [document.createRange(), box.querySelector("button").getBoundingClientRect()];
  words.selectNodeContents(box.querySelector("pre"));
  return [...words.getClientRects()].some((line) => line.right > button.left && line.bottom > button.top
    && line.top < button.bottom);
}).map((box) => box.textContent)"""
CUT = """[...document.querySelectorAll("main :not(.unseen, .clip)")]
  .filter((at) => getComputedStyle(at).overflowX === "hidden" && at.scrollWidth > at.clientWidth + 1)
  .map((at) => at.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def templates(pages: dict[str, html.HtmlElement]) -> list[str]:
    """One page of every template (a folder of pages has one); the full profile takes every page."""
    every = sorted(path.removesuffix("index.html") for path in pages)
    return every if FULL else sorted({(path.split("/")[0], path.count("/")): path for path in every}.values())


@contextmanager
def opened(browser: Browser, width: int, large: bool = False, **settings: object) -> Iterator[Page]:
    """A page of its own, in the view that a reader chose."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **settings)  # type: ignore[arg-type]
    if large:
        context.add_init_script("localStorage.setItem('disclosure-view', 'large')")
    yield context.new_page()
    context.close()


def axe(page: Page, rules: list[str]) -> list[str]:
    """Violations, and whatever axe left undecided that measuring does not settle."""
    options = {"runOnly": rules, "resultTypes": ["violations", "incomplete"]}
    exclude = [part for part in ALIKE if page.locator(part).count()]
    answer = Axe().run(page, {"exclude": exclude} if exclude else None, options).response
    found = [
        f"{fault['id']}: {node['html'][:120]}" for fault in answer["violations"] for node in fault["nodes"]
    ]
    for fault in answer["incomplete"]:
        targets = [node["target"][0] for node in fault["nodes"]]
        if fault["id"] in LEAST:
            targets = page.evaluate(DECIDE, [targets, LEAST[fault["id"]]])
        found += [f"{fault['id']}: {target}" for target in targets]
    return found


@pytest.mark.parametrize(("scheme", "width", "large"), VIEWS)
def test_axe_finds_no_violation_and_leaves_nothing_undecided(
    browser: Browser, address: str, templates: list[str], scheme: str, width: int, large: bool
) -> None:
    found = []
    with opened(browser, width, large, color_scheme=scheme) as page:
        for path in [*templates, FOUND]:
            page.goto(address + path)
            if "?q=" in path:
                page.locator("#search-found li").first.wait_for()
            page.evaluate(OPEN)
            rules = [SEEN, SETS][FULL or width == 1280]
            found += [f"{path}: {fault}" for fault in axe(page, rules)]
            if large:
                found += [f"{path}: {fault}" for fault in axe(page, ["color-contrast-enhanced"])]
        assert page.locator("html[data-view=large]").count() == int(large)
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_stop_of_the_keyboard_is_named_drawn_outlined_and_bare(
    browser: Browser, address: str, templates: list[str], width: int
) -> None:
    faults, short = [], []
    with opened(browser, width, reduced_motion="reduce") as page:
        page.add_init_script(WALK)
        for path in [*templates, FOUND]:
            page.goto(address + path)
            if "?q=" in path:
                page.locator("#search-found li").first.wait_for()
            many = int(page.evaluate(TABBABLE))
            for _ in range(many + 1):
                page.keyboard.press("Tab")
            stops = page.evaluate("window.stops")
            assert "skip" in stops[0]["what"], path
            if len({stop["at"] for stop in stops}) < many:
                short.append(path)
            faults += [
                f"{path} not {name}: {stop['what']}"
                for stop in stops
                for name, good in stop.items()
                if not good
            ]
    assert short == []
    assert faults == []


def test_skip_link_menu_search_and_views_need_no_mouse(browser: Browser, address: str) -> None:
    with opened(browser, 390, reduced_motion="reduce", color_scheme="light") as page:

        def press(name: str) -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.textContent.trim()") == name:
                    page.keyboard.press("Enter")
                    return
            pytest.fail(f"the keyboard does not reach {name}")

        page.goto(address)
        press("跳转至正文")
        assert page.evaluate("document.activeElement.id") == "main"
        page.goto(address)
        press("全部页面")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#pages') !== null")
        page.goto(address)
        press("搜索")
        page.wait_for_url("**/search/")
        while page.evaluate("document.activeElement.tagName") != "INPUT":
            page.keyboard.press("Tab")
        page.keyboard.insert_text("一般公共预算")
        page.keyboard.press("Enter")
        page.locator("#search-found li").first.wait_for()
        press(page.locator("#search-found a").first.inner_text())
        page.wait_for_url(lambda url: "/search/" not in url)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_keyboard_goes_through_the_head_as_the_eye_does(
    browser: Browser, address: str, width: int
) -> None:
    with opened(browser, width) as page:
        page.goto(address)
        page.keyboard.press("Tab")  # the link that leads past them
        stops = []
        for _ in range(page.locator(".top a, .top button").count()):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(STOP))
    for (y, x), (below, right) in pairwise(stops):
        assert below > y + 12 or (abs(below - y) < 12 and right > x)


def test_large_text_and_palette_are_pressed_by_keyboard_and_stay_chosen(
    browser: Browser, address: str
) -> None:
    size, ground = (f"getComputedStyle(document.body).{name}" for name in ("fontSize", "backgroundColor"))
    with opened(browser, 390, color_scheme="light") as page:
        page.goto(address)
        before = float(page.evaluate(size)[:-2])
        for name in ("大字版", "深色"):
            page.get_by_role("button", name=name).focus()
            page.keyboard.press("Enter")
        page.goto(address + "money/")
        assert float(page.evaluate(size)[:-2]) > before * 1.2
        assert page.evaluate(ground) == "rgb(0, 0, 0)"
        assert page.locator(".view [aria-pressed=true]").count() == 2
        page.get_by_role("button", name="大字版").click()
        page.reload()
        assert float(page.evaluate(size)[:-2]) == before


# 640 and 320 pixels are a window of 1,280 at 200% and 400%.
@pytest.mark.parametrize(("width", "large"), [(640, False), (320, False), (320, True)])
def test_zoomed_pages_keep_every_word_and_scroll_one_way(
    browser: Browser, address: str, templates: list[str], width: int, large: bool
) -> None:
    faults = []
    with opened(browser, width, large) as page, opened(browser, 1280) as whole:
        for path in templates:
            for each in (page, whole):
                each.goto(address + path)
                each.evaluate(OPEN)
            lost = {*whole.evaluate(SHOWN).split()} - {*page.evaluate(SHOWN).split()}
            faults += [f"{path} loses {word}" for word in lost]
            faults += [f"{path} cuts {cut}" for cut in page.evaluate(CUT)]
            if page.evaluate(SIDEWAYS):
                faults.append(f"{path} scrolls sideways")
    assert faults == []


def test_reduced_motion_is_honoured(browser: Browser, address: str) -> None:
    scroll = "getComputedStyle(document.documentElement).scrollBehavior"
    for wish, found in (("reduce", "auto"), ("no-preference", "smooth")):
        with opened(browser, 390, reduced_motion=wish) as page:
            page.goto(address)
            assert page.evaluate(scroll) == found
            assert page.evaluate("document.getAnimations().length") == 0


def test_a_page_says_its_language_and_marks_sentences_of_another(pages: dict[str, html.HtmlElement]) -> None:
    faults = []
    for path, tree in pages.items():
        assert tree.get("lang") == ("en" if path.startswith("en/") else "zh-CN"), path
        for text in tree.xpath("//body//text()[not(ancestor::code or ancestor::pre or ancestor::script)]"):
            other = ENGLISH if tree.get("lang") != "en" else CHINESE
            if other.search(text) and text.getparent().xpath(
                "string(ancestor-or-self::*[@lang][1]/@lang)"
            ) == tree.get("lang"):
                faults.append(f"{path}: {text.strip()[:60]}")
    assert faults == []


def test_paper_shows_source_and_date_above_and_below_and_everything_folded(
    browser: Browser, address: str, pages: dict[str, html.HtmlElement]
) -> None:
    source, version = pages["index.html"].xpath("string(//p[@class='printed'])").split("；")[:2]
    with opened(browser, 794) as page:
        page.goto(address + "quality/")
        page.emulate_media(media="print")
        head, foot = (page.locator(part).inner_text() for part in (".top", ".foot"))
        assert page.locator("main").inner_text().count("依据：") == len(
            pages["quality/index.html"].xpath("//li[starts-with(@id, 'rule-')]")
        )
        assert page.locator(".view, .skip, .top nav").evaluate_all(
            "(all) => all.every((at) => !at.checkVisibility())"
        )
        page.goto(address + "ledger/")
        page.emulate_media(media="print")
        folded = page.locator("#duties summary, tr.sum, .list tfoot tr").all()
        assert folded and all(part.is_visible() for part in folded), "a law has its name, a table its sum"
        page.goto(address + "guide/")
        page.emulate_media(media="print")
        assert all(part.is_visible() for part in page.locator(".hint > summary").all())
        page.goto(address + "money/")
        page.emulate_media(media="print")
        repeated = page.get_by_text("同样的数，用表格看", exact=True).locator("xpath=self::summary").all()
        assert repeated and not any(part.is_visible() for part in repeated), "the same numbers once"
    for text in (head, foot):
        assert source in text and version in text


def test_the_button_that_copies_covers_no_word_of_what_it_copies(browser: Browser, address: str) -> None:
    with opened(browser, 390) as page:
        page.goto(address + "guide/")
        assert page.locator(".copied > button").count() > 3
        assert page.evaluate(COVERED) == []


def test_a_rule_is_unfolded_by_its_address(browser: Browser, address: str) -> None:
    with opened(browser, 390) as page:
        page.goto(address + "quality/")
        rule = page.locator("[id^=rule-]").last
        assert not rule.is_visible()
        page.goto(f"{address}quality/#{rule.get_attribute('id')}")
        assert rule.is_visible()


def test_the_style_sheet_has_no_rule_that_nothing_uses() -> None:
    rules = re.sub(
        r"/\*.*?\*/", "", (ROOT / "docs/assets/site.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    classes = set(re.findall(r"\.([a-z][\w-]*)", " ".join(re.findall(r"([^{};]+)\{", rules))))
    makers = [*(ROOT / "docs").rglob("*.[hjm]*"), *(ROOT / "scripts/disclosure/website").rglob("*.[hp]*")]
    text = "".join(
        path.read_text(encoding="utf-8") for path in makers if path.suffix in (".html", ".js", ".md", ".py")
    )
    # A class stands whole between quotes or spaces, or a template completes its name: state-{{ ... }}.
    told = set(re.findall(r"(?<=[\"' ])[a-z][\w-]*(?=[\"' ])|[a-z]+-(?={)", text))
    assert {name for name in classes if not {name, name[: name.find("-") + 1]} & told} == set()
