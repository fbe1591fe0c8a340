from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def euros(value):
    return f"{value:.2f} EUR"


@register.filter(name="label")
def make_label(value, kind="tag"):
    return format_html('<span class="{}">{}</span>', kind, value)


@register.filter
def shout(value):
    return str(value).upper() + "!"
