"""Data that the pages of any site may read: what is public, asked without a cookie."""

from functools import wraps

from django.http import HttpResponse

EXPOSED = "Content-Disposition, Retry-After"


def open_to_all(request, response: HttpResponse) -> HttpResponse:
    """Lets scripts of other sites read the answer, unless whoever asks is known here; cookies are never asked for."""
    if not request.COOKIES:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
    return response


def public_data(view):
    """A view all of whose answers are such data."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        return open_to_all(request, view(request, *args, **kwargs))

    return opened
