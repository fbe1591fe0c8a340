"""How forms become HTML: djr does that itself, and by templates of one's own where a form or a widget names one."""

from django._absent import absent


class BaseRenderer:
    form_template_name = "django/forms/div.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "django/forms/field.html"

    def get_template(self, template_name):
        from django.template.loader import get_template

        return get_template(template_name)

    def render(self, template_name, context, request=None):
        return self.get_template(template_name).render(context, request=request).strip()


class DjangoTemplates(BaseRenderer):
    pass


class Jinja2(BaseRenderer):
    pass


class TemplatesSetting(BaseRenderer):
    pass


def get_default_renderer():
    return DjangoTemplates()


__getattr__ = absent(__name__)
