from django.urls import *
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, reverse, reverse_lazy, resolve, is_valid_path, get_script_prefix, get_callable
from django.shortcuts import *
from django.shortcuts import redirect, resolve_url, get_object_or_404, get_list_or_404
from django.http import QueryDict, Http404
import case_urls
reverse("index"), reverse("post-detail", args=[5]), reverse("post-detail", kwargs={"pk": 7}), reverse("post-slug", args=["a-b"]), reverse("pair", args=["ü", "b c"]), reverse(case_urls.view)
each(lambda n: reverse(n), "nothing", "", "post-detail", None, 5, "index:x")
tried(reverse, "post-detail", args=["x"]), tried(reverse, "post-detail", args=[1], kwargs={"pk": 1}), tried(reverse, "post-detail", kwargs={"no": 1}), tried(reverse, "index", args=[1])
[reverse("index", query=q, fragment=f) for q in (None, {}, {"a": [1, 2]}, QueryDict("x=ü&x=2"), {"b": "c d"}) for f in (None, "", "top x")]
str(reverse_lazy("index")), reverse_lazy("index") == "/", "%s" % reverse_lazy("post-detail", args=[3])
m = resolve("/posts/5/")
m.kwargs, m.args, m.url_name, m.view_name, m.route, m.namespaces, m.app_names, m.namespace, m.app_name, m.func is case_urls.view, m[2], repr(m), m._func_path, m.captured_kwargs, m.extra_kwargs
tried(resolve, "/nothing/"), is_valid_path("/nothing/"), bool(is_valid_path("/")), tried(resolve, ""), issubclass(Resolver404, Http404)
get_script_prefix(), get_callable("case_urls.view") is case_urls.view, tried(get_callable, "case_urls.nope"), tried(get_callable, "no.such.view"), tried(get_callable, "x"), tried(get_callable, 5), tried(get_callable, "case_urls.ADDRESSES")
R = ResolverMatch(case_urls.view, (1,), {}, url_name=None, app_names=["a", None], namespaces=["n", "m"])
R.view_name, R.app_name, R.namespace, R[1], repr(R)
class Linked:
    def get_absolute_url(self):
        return "/linked/"
each(lambda to: (lambda r: (r.status_code, r.url))(redirect(to)), "index", "/x/", "http://a.com/", "nothing", Linked(), "a.b", "./x", "../y", reverse_lazy("index"), case_urls.view, "x/y", "", "javascript:x", 5)
(lambda r: (r.status_code, r.url))(redirect("post-detail", pk=3)), (lambda r: (r.status_code, r.url))(redirect("post-detail", 3, permanent=True)), redirect("/x/", permanent=True, preserve_request=True).status_code, redirect("/x/", preserve_request=True).status_code
each(resolve_url, "index", "/x", "nothing", "a.b", Linked(), "")
class Meta:
    object_name = "Thing"
class Model:
    _meta = Meta
    class DoesNotExist(Exception):
        pass
class Rows:
    model = Model
    def __init__(self, rows): self.rows = rows
    def filter(self, **k): return [r for r in self.rows if r == k["x"]]
    def get(self, **k):
        if self.filter(**k): return self.filter(**k)[0]
        raise Model.DoesNotExist
get_object_or_404(Rows([1, 2]), x=2), get_list_or_404(Rows([1, 1]), x=1)
Model._default_manager = None
tried(get_object_or_404, Rows([]), x=2) , tried(get_list_or_404, Rows([]), x=1), tried(get_object_or_404, 5), tried(get_list_or_404, int)
