"""The chat as a form: it works without scripts, keeps what was typed, and says plainly what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.web.conftest import Browser, Site

STORY = "A girl in Year 2 has a bruise behind her ear and would not say how it happened."


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the chat's form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def told(sam: Browser, address: str, text: str = STORY) -> str:
    """Tell the story; returns the page that follows."""
    page = sam.get(address).text
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    answer = sam.post(address, data={**form, "do": "answer", "text": text})
    assert answer.status_code == 303, answer.text
    return sam.get(address).text


def choose(sam: Browser, address: str, value: str, **more: str) -> str:
    """Choose an option of the open question."""
    page = sam.get(address).text
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    answer = sam.post(address, data={**form, "do": "answer", "value": value, **more})
    assert answer.status_code == 303, answer.text
    return sam.get(address).text


def test_a_new_concern_asks_for_the_story_in_a_text_box(sam: Browser, opened: Callable[[], str]) -> None:
    page = sam.get(opened()).text
    assert 'name="text"' in page
    assert hidden(page, "question") == "narrative"
    assert "call 999" in page


def test_the_story_is_kept_word_for_word_and_the_next_question_is_asked(
    sam: Browser, opened: Callable[[], str]
) -> None:
    page = told(sam, opened())
    assert STORY in page
    assert 'type="radio"' in page or 'type="checkbox"' in page
    assert "Why we ask" in page
    assert "cannot read free text" in page


def test_html_in_a_message_is_shown_as_text(sam: Browser, opened: Callable[[], str]) -> None:
    page = told(sam, opened(), "<script>alert(1)</script> & <b>bold</b>")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write something first"),
        ("   \n ", "Write something first"),
        ("x" * 20_001, "longer than 20,000"),
        ("a\x00b", "cannot be read"),
        ("a\x1bb", "cannot be read"),
    ],
)
def test_a_message_that_cannot_be_taken_is_said_twice_and_kept(
    sam: Browser, opened: Callable[[], str], text: str, says: str
) -> None:
    address = opened()
    page = sam.get(address).text
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    answer = sam.post(address, data={**form, "do": "answer", "text": text})
    assert answer.status_code == 422
    assert answer.text.count(says) == 2
    assert "There is a problem" in answer.text
    if "\x00" not in text and "\x1b" not in text:
        assert text in answer.text


def test_a_question_without_an_answer_says_so(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    page = told(sam, address)
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    answer = sam.post(address, data={**form, "do": "answer"})
    assert answer.status_code == 422
    assert answer.text.count("Choose an answer") == 2


def test_an_answer_that_is_no_option_is_refused_without_repeating_it(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    page = told(sam, address)
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    answer = sam.post(address, data={**form, "do": "answer", "value": "zzinvented"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "zzinvented" not in answer.text


GATE = "Her dad is at the gate with a knife"


def test_danger_that_was_read_in_words_is_for_a_person_to_say(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    page = told(sam, address, GATE)
    assert hidden(page, "question") == "danger_now"
    assert f"You wrote: “{GATE}”. Is that so now?" in page
    assert not re.search(r'name="value"[^>]*\schecked', page), "nobody presses Continue on a chosen Yes"


def test_what_was_only_suggested_is_no_answer_beside_words(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    choose(sam, address, "no")  # no danger now
    page = choose(sam, address, "hurt_or_violence")
    while 'name="suggested"' not in page:
        page = choose(sam, address, "not_sure")
    question, suggestion = hidden(page, "question"), hidden(page, "suggested")
    words = "it was last year and we were told about it then"
    page = choose(sam, address, suggestion, suggested=suggestion, text=words)
    assert words in page
    assert hidden(page, "question") == question, "nobody has answered it yet"


def test_words_beside_a_choice_do_not_answer_the_next_question(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    told(sam, address, GATE)
    page = choose(sam, address, "no", suggested="yes", text="no")
    assert hidden(page, "question") == "screen"
    assert "I noted: none of these" not in page


def test_a_form_of_an_old_page_is_not_taken_and_keeps_what_was_typed(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    old = sam.get(address).text
    told(sam, address)
    form = {name: hidden(old, name) for name in ("version", "question", "kind", "child")}
    answer = sam.post(
        address, data={**form, "key": "another", "do": "answer", "text": "typed in the other window"}
    )
    assert answer.status_code == 409
    assert "changed in another window" in answer.text
    assert "typed in the other window" in answer.text


def test_the_same_form_sent_twice_counts_once(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    page = sam.get(address).text
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    for _ in range(2):
        assert sam.post(address, data={**form, "do": "answer", "text": STORY}).status_code == 303
    log = sam.get(address).text.partition('role="log"')[2].partition("</ul>")[0]
    assert log.count(STORY) == 1


def test_going_back_asks_the_last_question_again(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    page = told(sam, address)
    question = hidden(page, "question")
    choose(sam, address, "no")
    page = sam.get(address).text
    assert hidden(page, "question") != question
    sam.post(address, data={"do": "back", "version": hidden(page, "version")})
    assert hidden(sam.get(address).text, "question") == question


def test_danger_shows_red_999_and_to_ring_first(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    page = choose(sam, address, "yes")
    assert "Ring MASH now" in page
    assert "app-band--red" in page
    assert "Ring 999 first" in page


def test_a_script_gets_the_same_form_as_a_fragment(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    page = sam.get(address).text
    form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
    answer = sam.post(address, data={**form, "do": "answer", "text": STORY}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="conversation"')
    assert "<html" not in answer.text


def test_one_answer_is_changed_on_a_page_of_its_own(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    page = choose(sam, address, "no")
    change = re.search(r'href="(/concerns/\w+/change/danger_now)"', page)
    assert change
    form = sam.get(change[1]).text
    assert 'value="no" checked' in form
    answer = sam.post(change[1], data={"version": hidden(form, "version"), "value": "yes"})
    assert answer.status_code == 303
    assert "app-band--red" in sam.get(address).text


def test_a_change_that_lowers_the_band_asks_for_the_reason_and_keeps_the_peak(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    told(sam, address)
    page = choose(sam, address, "yes")
    change = f"{address}/change/danger_now"
    form = sam.get(change).text
    sam.post(change, data={"version": hidden(form, "version"), "value": "no"})
    page = sam.get(address).text
    assert re.search(r"Highest so far.*?app-band--red", page, re.S)


def test_the_page_of_an_answer_offers_everything_that_may_be_answered(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    told(sam, address)
    choose(sam, address, "no")
    assert hidden(sam.get(address).text, "kind") == "many"
    question = hidden(sam.get(address).text, "question")
    choose(sam, address, "none")
    form = sam.get(f"{address}/change/{question}").text
    for value in ("none", "not_sure", "not_known"):
        assert f'value="{value}"' in form


def test_a_question_that_was_not_asked_cannot_be_changed(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    assert sam.get(f"{address}/change/danger_now").status_code == 404
    assert sam.get(f"{address}/change/invented").status_code == 404


def test_disagreeing_needs_a_band_and_a_reason(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    answer = sam.post(f"{address}/disagree", data={})
    assert answer.status_code == 422
    assert "Choose the band" in answer.text
    assert "Say why" in answer.text
    assert sam.post(f"{address}/disagree", data={"band": "red", "reason": "I know her."}).status_code == 303


def test_long_conversations_show_their_end_and_the_rest_on_request(
    site: Site, sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    for number in range(45):
        page = sam.get(address).text
        form = {
            "version": hidden(page, "version"),
            "key": f"k{number}",
            "do": "answer",
            "text": f"Remark {number}.",
        }
        assert sam.post(address, data=form).status_code == 303
    page = sam.get(address).text
    assert "Remark 44." in page
    assert "Remark 0." not in page
    assert "earlier messages" in page
    assert "Remark 0." in sam.get(f"{address}?from=start").text


def test_a_duty_is_ticked_off_and_stays_so(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    choose(sam, address, "yes")
    assert "I have done this" in sam.get(f"{address}/advice").text
    assert sam.post(f"{address}/duties/call_999").status_code == 303
    assert 'govuk-tag--green">Done' in sam.get(f"{address}/advice").text
    assert sam.post(f"{address}/duties/invented").status_code == 422
