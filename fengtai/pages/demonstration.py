"""A site whose rows are invented stays out of search engines, with its files and its pages of errors."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


class NotIndexed:
    def __init__(self, get_response):
        if not settings.DEMO:
            raise MiddlewareNotUsed("The rows are real.")
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
