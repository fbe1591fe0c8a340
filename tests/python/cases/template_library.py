from django.template import Library, Context, TemplateDoesNotExist, TemplateSyntaxError
from django.template.defaultfilters import stringfilter
from django.utils.safestring import mark_safe
register = Library()
@register.filter
def one(value):
    return value + 1
@register.filter()
def two(value):
    return value + 2
@register.filter("renamed")
def three(value):
    return value
@register.filter(name="named", is_safe=True)
@stringfilter
def four(value, arg="x"):
    return value.upper() + arg
def five(value):
    return value
register.filter("five", five), register.filter("six", five, needs_autoescape=True)
@register.filter(expects_localtime=True)
def seven(value):
    return value
sorted(register.filters), one(1), two(1), four("a"), four(5, "!"), four(mark_safe("<b>")), four.is_safe, five.needs_autoescape, seven.expects_localtime, register.filters["named"] is four
tried(register.filter, None, five)
@register.simple_tag
def now_tag(a, b=2):
    return a + b
@register.simple_tag(takes_context=True, name="ctx")
def with_context(context, x):
    return context["a"] + x
@register.inclusion_tag("t.html", takes_context=True)
def included(context, n):
    return {"n": n}
sorted(register.tags), now_tag(1), with_context({"a": 1}, 2), included({}, 5)
tried(lambda: register.simple_tag(5))
c = Context({"a": 1})
c["b"] = 2
c["a"], c.get("z"), c.get("z", 5), "b" in c, c.flatten(), tried(lambda: c["z"]), c.setdefault("q", 3)
with c.push(a=9):
    inside = c["a"]
inside, c["a"]
c.update({"u": 1})
c["u"], c.pop(), tried(lambda: c["u"]), c.new({"n": 1}).flatten(), c == Context({"a": 1, "b": 2, "q": 3}), c.autoescape
del c["b"]
"b" in c, tried(lambda: c.update(5)), c.set_upward("a", 7), c["a"]
e = TemplateDoesNotExist("x.html", tried=[("a", "b")])
str(e), e.tried, e.chain, e.backend, issubclass(TemplateSyntaxError, Exception)
from django.template.response import TemplateResponse, SimpleTemplateResponse, ContentNotRenderedError
class Ready:
    def render(self, context, request=None):
        return f"rendered {context} {request}"
r = SimpleTemplateResponse(Ready(), {"a": 1}, status=201)
r.is_rendered, tried(lambda: r.content), tried(lambda: list(r)), r.rendered_content, r.is_rendered, r.status_code, r.context_data, r.template_name is not None
seen = []
r.add_post_render_callback(lambda response: seen.append("callback"))
r.render() is r, r.content, r.is_rendered, seen, r.render() is r, seen, r.add_post_render_callback(lambda response: seen.append("late")), seen, list(r)
from django.http import HttpResponse
t = TemplateResponse("REQUEST", Ready(), {"b": 2}, headers={"X": "y"})
t.add_post_render_callback(lambda response: HttpResponse("replaced"))
t.render().content, t["X"], t.content
t.content = "own"
t.content, t.is_rendered
import pickle
tried(pickle.dumps, SimpleTemplateResponse(Ready(), {}))
