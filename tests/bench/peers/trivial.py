"""The least that any page costs: a word through the same middleware."""

from django.http import HttpResponse


def view(request):
    return HttpResponse("ok")
