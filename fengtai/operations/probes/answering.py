"""/healthz and /readyz, before everything else: no host name, no TLS, no language, no session, no page that is kept.

Whoever asks from this machine or from a network of PROBE_NETWORKS is told each part; anybody else one word.
"""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from fengtai.downloads.turns import client_address
from fengtai.operations.probes.asking import Probe, worst_of
from fengtai.operations.probes.parts import DOWN

ALIVE, READY = "/healthz", "/readyz"
WORDS = {DOWN: "unavailable"}


class Probes:
    """Middleware, the first of all."""

    def __init__(self, get_response):
        self.get_response, self.probe = get_response, Probe()
        self.networks = [ip_network(text.strip()) for text in settings.PROBE_NETWORKS]

    def __call__(self, request):
        if request.path_info not in (ALIVE, READY):
            return self.get_response(request)
        answer = self._answer(request)
        answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"] = "no-store", "nosniff"
        return answer

    def _answer(self, request) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        if request.path_info == ALIVE:
            return JsonResponse({"status": "ok"})
        states = self.probe.states()
        worst = worst_of(states)
        told = {"status": WORDS.get(worst, worst)}
        if self._may_be_told(request):
            told["parts"] = states
        return JsonResponse(told, status=503 if worst == DOWN else 200)

    def _may_be_told(self, request) -> bool:
        try:
            address = ip_address(seen_address(request))
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return address.is_loopback or any(address in network for network in self.networks)


def seen_address(request) -> str:
    """Empty where a proxy stands between that nobody named: then what connects is not who asks."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR")
    if forwarded is not None and not 0 < settings.TRUSTED_PROXIES <= len(forwarded.split(",")):
        return ""
    return client_address(request)
