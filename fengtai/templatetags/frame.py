"""What the frame of every page says of whoever keeps the site, from the settings; nothing that is not set."""

from html import escape

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.caching.page_cache import has_large_text

register = template.Library()

register.filter("has_large_text", has_large_text)

FACTS = (
    ("SITE_ORGANISER", _("Organiser")),
    ("SITE_OPERATOR", _("Operated by")),
    ("SITE_CONTACT", _("Contact")),
    ("SITE_CODE", _("Government site code")),
    ("SITE_POLICE_RECORD", _("Public security record")),
    ("SITE_ICP", _("ICP record")),
)
# Where the authorities tell whose record it is; links that load nothing.
LEADS_TO = {"SITE_ICP": "https://beian.miit.gov.cn/", "SITE_POLICE_RECORD": "https://beian.mps.gov.cn/"}


@register.simple_tag
def site_facts() -> list[tuple]:
    """Label, text and address of each that is set."""
    found = ((label, getattr(settings, name), LEADS_TO.get(name, "")) for name, label in FACTS)
    return [(label, text, address) for label, text, address in found if text]


@register.simple_tag(takes_context=True)
def on_paper(context) -> SafeString:
    """For its print, the whole address of a page and when it was made; "" where it stands at no name of this site."""
    if not context.get("site_root"):
        return SafeString()
    address, now = context["site_root"] + context["request"].get_full_path(), timezone.localtime()
    made, time = gettext("page made"), f"<time>{now:%Y-%m-%d %H:%M}</time>"
    return SafeString(f'<p class="on-paper"><code>{escape(address)}</code> · {made} {time}</p>')


@register.simple_tag
def site_contact() -> str:
    return settings.SITE_CONTACT
