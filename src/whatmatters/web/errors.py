"""What is shown when a page cannot be. Nothing of the request is repeated: it may be personal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render




def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/error.jinja", {"title": "This request could not be read"}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/error.jinja", {"title": "You do not have the right to do this"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/error.jinja", {"title": "Page not found"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "web/error.jinja", {"title": "Something went wrong here"}, status=500)
