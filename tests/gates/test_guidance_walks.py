"""A browser at a lane that runs: a clearance, an enrolment, a hand-over and an emergency in each language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.gates.live import LiveLane
from tests.gates.running import guest
from tests.web.screens import assert_accessible, picture

from gatehouse.gates.guidance.screens import languages
from gatehouse.gates.machine import Event

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("ignore::ResourceWarning")]
LANGUAGES = ["zh-hant", "en", "ja", "ko", "vi", "th", "id"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveLane]:
    with LiveLane(tmp_path) as lane:
        yield lane


def says(page: Page, code: str, language: str) -> None:
    """The page stands at that instruction, in these words, with a picture that belongs to it."""
    title, more = languages()[language].screens[code]
    expect(page.locator(f'body[data-screen="{code}"]')).to_be_visible(timeout=15_000)
    expect(page.locator("#title")).to_have_text(title)
    expect(page.locator("#help")).to_have_text(more)
    expect(page.locator("#picture svg")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clearance_an_enrolment_a_hand_over_and_an_emergency(live: LiveLane, page: Page, language: str) -> None:
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(live.address)
    page.locator('body[data-screen="place_document"]').wait_for(timeout=15_000)
    page.locator(f'#languages button[lang="{language}"]').click()
    says(page, "place_document", language)
    assert_accessible(page)
    picture(page, f"lane-place-{language}")

    live.come(guest())
    for code in ("reading", "step_in", "go"):
        page.locator(f'body[data-screen="{code}"]').wait_for(timeout=15_000)
        if code == "reading":
            page.locator(f'#languages button[lang="{language}"]').click()
    page.locator('body[data-screen="place_document"]').wait_for(timeout=15_000)
    assert live.kinds() == ["crossing", "passed"]

    live.come(guest("TWN", 21))
    page.locator('body[data-screen="reading"]').wait_for(timeout=15_000)
    page.locator(f'#languages button[lang="{language}"]').click()
    says(page, "consent", language)
    assert_accessible(page)
    picture(page, f"lane-consent-{language}")
    expect(page.locator("#yes")).to_have_text(languages()[language].buttons["agree"])
    page.locator("#yes").focus()
    page.keyboard.press("Enter")
    page.locator('body[data-screen="place_document"]').wait_for(timeout=15_000)
    assert live.kinds()[-2:] == ["crossing", "passed"]

    live.come(guest("JPN", 12, face_of=77))
    page.locator('body[data-screen="reading"]').wait_for(timeout=15_000)
    page.locator(f'#languages button[lang="{language}"]').click()
    says(page, "officer", language)
    expect(page.locator("#reason")).to_have_text(languages()[language].reasons["face"])
    picture(page, f"lane-officer-{language}")

    live.tell(Event.FIRE)
    says(page, "emergency", language)
    assert_accessible(page)
    picture(page, f"lane-emergency-{language}")


def test_the_page_can_be_lowered_and_holds_still_where_asked(live: LiveLane, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(live.address)
    says(page, "place_document", "zh-hant")
    assert page.evaluate("document.getAnimations().length") == 0
    page.locator("#low").click()
    expect(page.locator("#low")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.body.classList.contains('low')")


#: In place of the voices that a machine has or has not: what is said is kept.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  cancel() {}, speak(said) { window.said.push([said.lang, said.text]); } } });
"""


def test_the_page_reads_itself_aloud_where_the_lane_is_told_to(tmp_path: Path, page: Page) -> None:
    page.add_init_script(VOICE)
    with LiveLane(tmp_path, speaks=True) as lane:
        page.goto(lane.address)
        page.locator('body[data-screen="place_document"]').wait_for(timeout=15_000)
        for language in LANGUAGES:
            page.locator(f'#languages button[lang="{language}"]').click()
            expect(page.locator("html")).to_have_attribute("lang", language)
        said = page.evaluate("window.said")
    spoken = dict(said)
    assert set(spoken) == {"zh-TW", "en-US", "ja-JP", "ko-KR", "vi-VN", "th-TH", "id-ID"}
    for language, tag in zip(LANGUAGES, ("zh-TW", "en-US", "ja-JP", "ko-KR", "vi-VN", "th-TH", "id-ID"), strict=True):
        assert spoken[tag] == " ".join(languages()[language].screens["place_document"])


def test_the_page_is_silent_where_it_is_not(live: LiveLane, page: Page) -> None:
    page.add_init_script(VOICE)
    page.goto(live.address)
    page.locator('body[data-screen="place_document"]').wait_for(timeout=15_000)
    assert page.evaluate("window.said") == []
