"""Placeholder."""
from django.http import HttpRequest, HttpResponse


def components(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
