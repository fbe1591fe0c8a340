from django import template
from django.utils.html import format_html

from ..models import Post

register = template.Library()


@register.filter
def initials(name):
    return "".join(part[0].upper() for part in name.split() if part)


@register.simple_tag
def total_posts():
    return Post.published.count()


@register.simple_tag
def badge(text, kind="info"):
    return format_html('<span class="badge {}">{}</span>', kind, text)
