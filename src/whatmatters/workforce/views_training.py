"""Whose e-learning is still to come, for whoever manages the team."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import allows, area_of, granted
from whatmatters.workforce.training import due, posts


@allows("manage the team")
def left_to_train(request: HttpRequest) -> HttpResponse:
    today = date.today()
    rows = posts(area_of(granted(request)), today)
    left = [post for post, done in rows if not done]
    context = {"left": left, "done": len(rows) - len(left), "all": len(rows), "due": due(today)}
    return render(request, "workforce/left_to_train.jinja", context)
