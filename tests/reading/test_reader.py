"""One message read whole: with the parser down nothing is lost but the rankings."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from bot.reading import Reader
from bot.reading.parser_process import RASA, running_parser
from bot.thresholds import Pack, Question, load_pack

ROOT = Path(__file__).resolve().parents[2]
NARRATIVE = "Kyron in Y4 has a bruise on his neck, he says stepdad hit him and he's scared to go home"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("england", root=ROOT / "data" / "thresholds")


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_with_the_parser_down_rules_still_read(pack: Pack, closed_port: int) -> None:
    said = Reader(f"http://127.0.0.1:{closed_port}", timeout=0.5).read(NARRATIVE, (), None, pack)
    assert not said.parser_up
    assert "Kyron" not in said.redacted and said.redacted.startswith("[NAME] in Y4")
    assert {"injury", "age_band", "child_says"} <= {one.question for one in said.suggestions}
    assert said.acts == () and said.categories == ()


def test_with_the_parser_down_danger_is_still_met(pack: Pack, closed_port: int) -> None:
    said = Reader(f"http://127.0.0.1:{closed_port}", timeout=0.5).read("he has a knife", (), None, pack)
    assert said.danger == ("weapon",)


def test_an_answer_is_read_against_the_open_question(pack: Pack, closed_port: int) -> None:
    reader = Reader(f"http://127.0.0.1:{closed_port}", timeout=0.5)
    said = reader.read("he's 9", (), pack.question("age_band"), pack)
    assert said.answer is not None and said.answer.value == "age_7_9"


def test_only_redacted_words_go_to_the_parser(pack: Pack, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/model/parse").respond_with_json({"acts": [], "categories": [], "danger": 0.0})
    Reader(httpserver.url_for("/")).read(NARRATIVE + ", ring 07700 900461", ["Kyron Bell"], None, pack)
    sent = httpserver.log[0][0].get_data(as_text=True)
    assert "Kyron" not in sent and "07700" not in sent
    assert "[NAME]" in sent


@pytest.mark.parametrize("answer", [{"intent": {}}, [], "nothing", {"acts": []}])
def test_an_answer_that_is_no_ranking_counts_as_down(
    answer: object, pack: Pack, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/model/parse").respond_with_json(answer)
    assert not Reader(httpserver.url_for("/")).read(NARRATIVE, (), None, pack).parser_up


def test_a_failing_parser_counts_as_down(pack: Pack, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/model/parse").respond_with_data("boom", status=500)
    assert not Reader(httpserver.url_for("/")).read(NARRATIVE, (), None, pack).parser_up


def test_unlikely_categories_are_not_offered(pack: Pack, httpserver: HTTPServer) -> None:
    ranked = [
        {"name": "neglect", "confidence": 0.7},
        {"name": "no_such_category", "confidence": 0.2},
        {"name": "bullying", "confidence": 0.01},
    ]
    httpserver.expect_request("/model/parse").respond_with_json(
        {
            "acts": [{"name": "tell", "confidence": 0.9}],
            "categories": ranked,
            "danger": 0.9,
            "limits": {"offer": 0.1, "danger": 0.4},
        }
    )
    said = Reader(httpserver.url_for("/")).read("dirty and hungry again", (), None, pack)
    assert [one.name for one in said.categories] == ["neglect"]
    assert said.act == "tell"
    assert said.danger == ("model",)


def ranked(httpserver: HTTPServer, act: str, sure: float, category: float = 0.3) -> Reader:
    httpserver.expect_request("/model/parse").respond_with_json(
        {
            "acts": [{"name": act, "confidence": sure}, {"name": "tell", "confidence": 0.1}],
            "categories": [{"name": "bullying", "confidence": category}],
            "danger": 0.0,
            "limits": {"offer": 0.05, "danger": 0.4},
        }
    )
    return Reader(httpserver.url_for("/"))


@pytest.mark.parametrize(
    ("act", "sure", "taken"),
    [
        ("restart", 0.4, "tell"),
        ("restart", 0.9, "tell"),  # it takes answers back, so the words themselves must ask for it
        ("go_back", 0.9, "go_back"),
        ("deny", 0.5, "tell"),
        ("ask_out_of_hours", 0.2, "tell"),
        ("immediate_danger", 0.9, "tell"),  # danger is heard beside the acts; the words are a story
    ],
)
def test_an_act_steers_only_when_it_is_sure(
    act: str, sure: float, taken: str, pack: Pack, httpserver: HTTPServer
) -> None:
    assert ranked(httpserver, act, sure).read("just the one", (), None, pack).act == taken


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("can we start this whole thing again from the top", "restart"),
        ("scrap that, new concern", "restart"),
        ("start with another child", "tell"),
        ("add another child", "another_child"),
        ("there are two children", "another_child"),
        ("add his little brother", "another_child"),
    ],
)
def test_another_child_never_takes_back_what_was_answered(
    words: str, act: str, pack: Pack, httpserver: HTTPServer
) -> None:
    assert ranked(httpserver, "restart", 0.9).read(words, (), None, pack).act == act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("none of these", "deny"),
        ("nah", "deny"),
        ("nah shes fine", "tell"),
        ("not at the min", "tell"),
        ("i dont think so", "tell"),
        ("no danger at all honestly", "tell"),
    ],
)
def test_only_a_plain_none_denies_a_whole_list_of_worries(
    words: str, act: str, pack: Pack, httpserver: HTTPServer
) -> None:
    asked = Question("categories", "What is it about?", "", "many", "concern", {}, {})
    assert ranked(httpserver, "deny", 0.9).read(words, (), asked, pack).act == act


def test_a_long_message_is_a_story_unless_the_parser_is_surer(pack: Pack, httpserver: HTTPServer) -> None:
    reader = ranked(httpserver, "human_handoff", 0.4)
    assert reader.read("our lead has been messaging a boy alone", (), None, pack).act == "tell"
    assert reader.read("who can I ring", (), None, pack).act == "human_handoff"


@pytest.mark.parametrize(("category", "taken"), [(0.7, "tell"), (0.3, "out_of_scope")])
def test_what_surely_tells_of_a_worry_is_not_out_of_scope(
    category: float, taken: str, pack: Pack, httpserver: HTTPServer
) -> None:
    reader = ranked(httpserver, "out_of_scope", 0.6, category)
    assert reader.read("attendance is 80%", (), None, pack).act == taken


def test_a_few_words_beside_a_question_offer_no_new_worry(pack: Pack, httpserver: HTTPServer) -> None:
    reader = ranked(httpserver, "tell", 0.9)
    assert reader.read("yeah both arms", (), pack.question("injury"), pack).categories == ()
    assert reader.read("the others in his class call him names", (), None, pack).categories


def test_an_empty_message_says_nothing(pack: Pack, closed_port: int) -> None:
    said = Reader(f"http://127.0.0.1:{closed_port}", timeout=0.5).read("   ", (), None, pack)
    assert said.parser_up and not said.acts and not said.suggestions and not said.danger


@pytest.fixture(scope="module")
def parser() -> Iterator[str]:
    if not RASA.exists() or not any((ROOT / "models").glob("parser-*.tar.gz")):
        pytest.skip("needs Rasa's environment and a trained model: make train")
    with running_parser() as address:
        yield address


@pytest.mark.slow
@pytest.mark.parser
def test_with_a_real_parser(parser: str, pack: Pack) -> None:
    reader = Reader(parser, timeout=10)
    said = reader.read(NARRATIVE, (), None, pack)
    assert said.parser_up
    assert said.act == "tell"
    assert said.categories[0].name == "physical_harm"
    assert reader.read("why are you asking me that", (), None, pack).act == "ask_why"
    assert "model" in reader.read("he is on the roof and says he will jump", (), None, pack).danger


@pytest.mark.slow
@pytest.mark.parser
def test_a_long_message_is_read_in_parts(parser: str, pack: Pack) -> None:
    padding = "We had the usual register and a spelling test and it rained at lunch so they stayed in. " * 6
    text = (
        padding
        + "He said that his dad beat him with a belt and showed me the bruises on his back. "
        + padding
    )
    said = Reader(parser, timeout=10).read(text, (), None, pack)
    assert "physical_harm" in [one.name for one in said.categories[:3]]
