"""Chinese in templates, marked on pages in English; every template knows these without loading them."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from fengtai.records.chinese import LANG, is_chinese, is_english, lang_of, marked

register = template.Library()


@register.filter
def zh(text) -> SafeString:
    """A text or HTML that may hold Chinese."""
    return marked(conditional_escape("" if text is None else text))


@register.filter
def zh_lang(text) -> SafeString:
    """The attribute of an element that holds nothing but this text: an option, an input."""
    return mark_safe(lang_of(str(text)))


@register.filter
def all_zh_lang(text) -> SafeString:
    """The same of a text that may be a sentence of the page's language, and only quotes Chinese."""
    return mark_safe(LANG if is_english() and is_chinese(str(text)) else "")


@register.simple_tag
def lang_zh() -> SafeString:
    """The attribute of an element that holds Chinese whatever it says: a quotation."""
    return mark_safe(LANG if is_english() else "")


@register.simple_block_tag
def titled(content) -> SafeString:
    """Around the title of a page, which can hold no element that would mark a part of it."""
    text = content.strip().removeprefix("<title>").removesuffix("</title>").strip()
    return mark_safe(f"<title{lang_of(text)}>{text}</title>")
