"""The questions of the chapters, answered as a reader does: by keyboard, by ear."""

import re

import pytest
from served import BOOK, opened

from gru_lesson.grading.quiz import FILES, quiz

pytestmark = pytest.mark.slow
WHERE = {
    int(path.stem[:2]): f"chapters/{path.name}"
    for path in sorted(BOOK.glob("chapters/[0-9]*.html"))
}


@pytest.fixture
def page(book, browser):
    with opened(browser, book + WHERE[2], "light", 390) as page:
        yield page
        assert not page.events["errors"]


@pytest.fixture
def alone(browser):
    """Return a function that shows HTML as the only content of a page."""
    context = browser.new_context()
    errors = []

    def show(html):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text))
        page.set_content(html)
        return page

    yield show
    context.close()
    assert not errors


def question(page, name, chapter=2):
    """Return the place of a question on a page."""
    names = [q["name"] for q in quiz(chapter).questions]
    return page.locator("gru-quiz fieldset").nth(names.index(name))


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def spoken(page, part):
    """Return what a screen reader is told of a question: its live region."""
    status = part.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    return status.inner_text()


@pytest.mark.parametrize("chapter", FILES)
def test_every_question_is_on_its_page_and_answers_every_choice(chapter, book, browser):
    with opened(browser, book + WHERE[chapter], "light", 1280) as page:
        for q in quiz(chapter).questions:
            part = question(page, q["name"], chapter)
            for place, choice in enumerate(q.get("choice", [])):
                part.get_by_role("radio").nth(place).check()
                part.get_by_role("button").click()
                verdict = "Right. " if "right" in choice else "Not right. "
                assert spoken(page, part).startswith(verdict)
                plain = re.sub(r"<.*?>", "", choice["why"])
                assert plain in part.get_by_role("status").text_content()
            for known in [q, *q.get("wrong", [])] if "number" in q else []:
                part.get_by_role("textbox").fill(str(known["number"]))
                part.get_by_role("button").click()
                verdict = "Right. " if known is q else "Not right. "
                said = part.get_by_role("status").text_content()
                assert said.startswith(verdict + re.sub(r"<.*?>", "", known["why"]))
        assert not page.events["errors"]


def test_by_keyboard_alone_wrong_then_right(page):
    part = question(page, "z-is-zero")
    question(page, "half-life").locator("summary").focus()
    press(page, "Tab", "Space")  # into the group: the first choice
    assert part.get_by_role("radio").nth(0).is_checked()
    press(page, "Tab", "Enter")  # the button
    assert spoken(page, part).startswith("Not right. That is the other end")
    press(page, "Shift+Tab", "ArrowDown", "ArrowDown")
    assert spoken(page, part) == ""  # another choice: the old verdict is gone
    assert part.get_by_role("radio").nth(2).is_checked()
    press(page, "Enter")  # in the group, too
    assert spoken(page, part).startswith("Right. At 0 the old state")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3,1", "Right. "),
        ("3.1", "Right. "),
        (" 3,11 steps", "Right. "),
        ("0.31e1", "Right. "),
        ("4,48", "Not right. That is the time constant"),
        ("-3.1", "Not right. After n steps"),
        ("31", "Not right. After n steps"),
        ("", "Type a number first"),
        ("three", "Type a number first"),
        ("3,1,2", "Type a number first"),
        ("-", "Type a number first"),
    ],
)
def test_a_number_is_typed_with_a_comma_or_a_point(typed, said, alone):
    page = alone(quiz(2)._repr_html_())
    part = question(page, "half-life")
    part.get_by_role("textbox").focus()
    page.keyboard.type(typed)
    press(page, "Enter")
    assert spoken(page, part).startswith(said)


@pytest.mark.parametrize(
    "typed", ["1200", "1,200", "1.200", "1 200", "1'200", "1200.0"]
)
def test_thousands_are_read_in_every_spelling(typed, alone):
    page = alone(quiz(6)._repr_html_())
    part = question(page, "parameters", 6)
    part.get_by_role("textbox").fill(typed)
    part.get_by_role("button").click()
    assert spoken(page, part).startswith("Right. ")


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_a_minus_is_a_minus(minus, alone):
    page = alone(quiz(2)._repr_html_())
    part = question(page, "bias-in-the-other-convention")
    part.get_by_role("textbox").fill(f"{minus}3")
    part.get_by_role("button").click()
    assert spoken(page, part).startswith("Right. ")


def test_nothing_chosen_is_said(page):
    part = question(page, "z-is-zero")
    part.get_by_role("button").click()
    assert spoken(page, part) == "Choose an answer first."


def test_names_that_a_screen_reader_says(page):
    part = question(page, "z-is-zero")
    group = page.get_by_role("group", name=re.compile("^Question 2 of 4. In this book"))
    assert group.get_by_role("radio", name="The old state, unchanged").count() == 1
    assert part.get_by_role("button", name="Check: Question 2 of 4").count() == 1
    field = question(page, "half-life").get_by_role("textbox")
    assert field.get_attribute("inputmode") == "decimal"
    assert page.get_by_label("Your answer, in steps:").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_for_a_finger(width, book, browser):
    with opened(browser, book + WHERE[2], "light", width) as page:
        targets = page.locator("gru-quiz :is(button, input, label, summary)")
        assert targets.count() > 20
        for box in (target.bounding_box() for target in targets.all()):
            assert min(box["width"], box["height"]) >= 24


def test_without_javascript_the_answers_can_be_opened(book, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(book + WHERE[2])
    part = page.locator("gru-quiz fieldset").nth(1)
    assert "What is the new state?" in part.inner_text()
    assert not part.locator("button").is_visible()
    assert not part.locator("li").first.is_visible()
    part.locator("summary").click()
    text = part.locator("details").inner_text()
    assert "Right: The candidate, which may hold some of the old state." in text
    assert "Not right: The old state, unchanged. That is the other end" in text
    context.close()


def test_in_an_isolated_frame_as_in_colab(alone):
    page = alone("<iframe title='output' sandbox='allow-scripts'></iframe>")
    srcdoc = "(frame, html) => { frame.srcdoc = html; }"
    page.locator("iframe").evaluate(srcdoc, quiz(2)._repr_html_())
    part = page.frame_locator("iframe").locator("gru-quiz fieldset").first
    part.get_by_role("textbox").fill("2,5")
    part.get_by_role("textbox").press("Enter")  # there a form would be blocked
    assert part.get_by_role("status").inner_text().startswith("Not right. That takes")


def test_two_on_a_page_do_not_disturb_each_other(alone):
    page = alone(quiz(3)._repr_html_() + quiz(3)._repr_html_())
    first, second = (page.locator("gru-quiz").nth(k) for k in (0, 1))
    for part in (first, second):
        part.get_by_role("radio").nth(1).check()
        part.get_by_role("button").first.click()
        assert part.get_by_role("status").first.inner_text().startswith("Right. ")
    assert first.get_by_role("radio").nth(1).is_checked()


def test_an_element_that_is_put_in_later_works_as_in_jupyterlab(alone):
    page = alone("<main></main>")
    page.evaluate(
        """html => {
          const main = document.querySelector("main");
          main.innerHTML = html;
          main.querySelectorAll("script").forEach((old) => {
            const script = document.createElement("script");
            script.textContent = old.textContent;
            old.replaceWith(script);
          });
        }""",
        quiz(3)._repr_html_(),
    )
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("button").first.click()
    assert page.get_by_role("status").first.inner_text().startswith("Not right. ")
