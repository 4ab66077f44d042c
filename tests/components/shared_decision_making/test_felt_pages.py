"""The pages of how decisions felt: what is shown, what is kept back, and what is said when something is amiss."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from whatmatters.components.shared_decision_making.actions import answering, asking
from whatmatters.components.shared_decision_making.models import Answer, SelfAssessment, Statement
from whatmatters.people.actions_wishes import say
from whatmatters.periods import financial_year

pytestmark = pytest.mark.database
TODAY = date.today()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def as_(client, make_worker, place):
    def sign_in(role, at="east"):
        client.force_login(make_worker(role, getattr(place, at)).user)
        return client

    return sign_in


def sheets(practice, number, items, by=None):
    for once in range(number):
        answering.type_in(
            practice=practice, instrument="collaborate", items=items, groups={}, once=f"{practice.code}{once}{items}",
            by=by or asking.THE_SYSTEM, on=LAST_MONTH,
        )  # fmt: skip


def results(client):
    year = financial_year(LAST_MONTH).label
    page = client.get(reverse("answers"), {"year": year}).content.decode()
    return page[page.index("<tbody>") : page.index("</tbody>")]


def test_under_25_answers_nothing_is_shown_and_from_25_the_top_score_with_its_interval(as_, place):
    client = as_("pcn_manager")
    sheets(place.harbour, 24, [9, 9, 9])
    assert "<td>" not in results(client)
    sheets(place.harbour, 6, [9, 9, 0])
    shown = results(client)
    assert shown.count("80.0% (95% interval 62.7% to 90.5%)") == 2  # the network, and the practice that is all of it
    assert shown.count("Too few answers to show") == 1


def test_a_practice_is_kept_back_where_another_could_be_worked_out_from_the_networks_number(as_, place):
    client = as_("pcn_manager")
    sheets(place.harbour, 30, [9, 9, 9])
    sheets(place.garden, 3, [1, 1, 1])
    shown = results(client)
    assert shown.count("Too few answers to show") == 2
    assert shown.count("<td>33</td>") == 1


def test_this_months_answers_wait_until_it_is_over(as_, place):
    client = as_("pcn_manager")
    for once in range(30):
        answering.type_in(
            practice=place.harbour, instrument="collaborate", items=[9, 9, 9], groups={}, once=str(once),
            by=asking.THE_SYSTEM,
        )  # fmt: skip
    assert "<td>" not in results(client)


def test_a_sheet_with_a_code_uses_the_code_up_and_one_without_needs_its_practice(as_, place, make_person):
    client = as_("receptionist", "harbour")
    ask = asking.ask(person=make_person(), instrument="sure", by=asking.THE_SYSTEM)
    url = reverse("type-in-answer")
    page = client.post(url, {"instrument": "collaborate", "code": "WRONG"})
    assert (page.status_code, "No open question has this code" in page.content.decode()) == (422, True)
    code = asking.spaced(asking.word_of(ask))
    sheet = {"code": code, "practice": "B81001", "instrument": "sure", "once": "1", "q1": "1", "q2": "1", "q3": "1"}
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    assert "SURE on paper" in client.post(url, {"code": code, "instrument": "collaborate"}).content.decode()
    assert client.post(url, {**sheet, "q4": "0", **day}).status_code == 302
    assert client.post(url, {**sheet, "q4": "0", **day}).status_code == 422
    plain = {"practice": "B81001", "instrument": "collaborate", "once": "2", "q1": "9", "q2": "9", "q3": "9", **day}
    assert client.post(url, plain).status_code == 302
    assert sorted(Answer.objects.values_list("instrument", "score", "how")) == [
        ("collaborate", 9, "paper"), ("sure", 3, "paper"),
    ]  # fmt: skip
    assert client.post(url, {**plain, "practice": "B81003"}).status_code == 404  # another network's


def test_without_the_wording_the_sheet_and_the_link_say_what_each_end_means(as_, make_person, client, place):
    staff = as_("receptionist", "harbour")
    which = {"instrument": "collaborate", "practice": place.harbour.pk}
    sheet = staff.post(reverse("type-in-answer"), which).content.decode()
    assert sheet.count("0 means not at all, 9 means as much as there could be") == 3
    assert "Go by their numbers on the sheet" in sheet
    ask = asking.ask(person=make_person(), instrument="sdm-q9", situation="hip-pain", by=asking.THE_SYSTEM)
    page = client.get(reverse("how-it-felt", args=[asking.word_of(ask)])).content.decode()
    assert page.count("0 means not true at all, 5 means wholly true") == 9
    assert "The decision we ask about: <strong>Hip pain</strong>" in page
    assert "ask Harbour Surgery for one" in page


def test_a_letter_is_handed_over_where_there_is_no_address(as_, make_person):
    client = as_("clinician", "harbour")
    person = make_person()
    url = reverse("ask-how-it-felt", args=[person.uuid])
    page = client.post(url, {"instrument": "collaborate", "sent": "email"})
    assert (page.status_code, "print a letter instead" in page.content.decode()) == (422, True)
    person.email = "joan@example.org"
    person.save()
    page = client.post(url, {"instrument": "collaborate", "sent": "email"})
    assert (page.status_code, "not recorded that they agree" in page.content.decode()) == (422, True)
    say(person=person, about="email", yes=True, by=asking.THE_SYSTEM)
    page = client.post(url, {"instrument": "collaborate", "sent": "email"})
    assert (page.status_code, "its questions are not loaded here" in page.content.decode()) == (422, True)
    page = client.post(url, {"instrument": "collaborate", "sent": "letter"}).content.decode()
    assert asking.spaced(asking.word_of(person.asked_how_it_felt.get())) in page


def test_a_commissioner_judges_plans_and_completes(as_):
    client, year = as_("commissioner", "icb"), financial_year(TODAY).label
    at = {"board": "QOQ", "year": year}
    page = client.post(reverse("self-assessment-complete", kwargs=at), follow=True).content.decode()
    assert "Judge the statements first" in page
    judged = {one.value: "3" for one in Statement}
    assert client.post(reverse("self-assessment-judge", kwargs=at), judged).status_code == 302
    page = client.post(reverse("self-assessment-complete", kwargs=at), follow=True).content.decode()
    assert "Completed, and attested" in page
    assert SelfAssessment.objects.get().completed_on == TODAY
    assert client.get(reverse("self-assessment", kwargs={**at, "year": "2022-24"})).status_code == 404
