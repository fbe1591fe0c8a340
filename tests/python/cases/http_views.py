from django.http import *
from django.test import RequestFactory
from django.views import View
from django.views.generic import RedirectView, TemplateView
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from django.core.exceptions import PermissionDenied, ImproperlyConfigured
from django.utils.decorators import method_decorator, decorator_from_middleware, decorator_from_middleware_with_args
from django.utils.deprecation import MiddlewareMixin
f = RequestFactory()
def told(response):
    return response.status_code, dict(response.headers), response.content
class Own(View):
    extra = 1
    def get(self, request, *args, **kwargs):
        "doc of get"
        return HttpResponse(f"{self.extra} {args} {kwargs}")
v = Own.as_view(extra=5)
told(v(f.get("/"), 1, x=2)), told(v(f.head("/"))), told(v(f.post("/"))), told(v(f.options("/"))), told(v(f.generic("get", "/"))), told(v(f.generic("FOO", "/")))
v.view_class, v.view_initkwargs, v.__name__, v.__doc__, v.__module__
tried(Own.as_view, get=1), tried(Own.as_view, nothing=1), tried(lambda: Own().as_view())
class NoSuper(View):
    def setup(self, request):
        pass
tried(NoSuper.as_view(), f.get("/"))
class Few(View):
    http_method_names = ["post"]
    def get(self, request):
        return HttpResponse("g")
    def post(self, request):
        return HttpResponse("p")
told(Few.as_view()(f.get("/"))), told(Few.as_view()(f.post("/")))
R = RedirectView
each(lambda k: told(R.as_view(**k)(f.get("/?a=ü"), pk=3)), {"url": "/x/%(pk)s/"}, {"url": "/x/", "permanent": True}, {"url": "/x/", "query_string": True}, {"pattern_name": "post-detail"}, {"pattern_name": "nothing"}, {}, {"url": "/%%20/"}, {"url": "/%(no)s/"}, {"url": ""})
[told(R.as_view(url="/x/")(f.generic(m, "/"))) for m in ("HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")]
c = ContextMixin()
c.extra_context = {"a": 1}
sorted(c.get_context_data(b=2))
t = TemplateView.as_view(template_name="x.html", extra_context={"e": 1})(f.get("/"), k="v")
t.template_name, sorted(t.context_data), t.is_rendered, t.context_data["k"], tried(lambda: t.content)
tried(TemplateView.as_view(), f.get("/"))
from django.views.decorators.http import *
from django.views.decorators.http import condition, conditional_page, etag, last_modified, require_safe
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.vary import vary_on_headers, vary_on_cookie
from django.views.decorators.csrf import csrf_exempt, csrf_protect, requires_csrf_token
from django.views.decorators.clickjacking import *
from django.views.decorators.clickjacking import xframe_options_deny, xframe_options_exempt, xframe_options_sameorigin
from django.views.decorators.debug import sensitive_variables, sensitive_post_parameters
from django.views.decorators.common import no_append_slash
from django.views.decorators.gzip import gzip_page
def page(request, *args, **kwargs):
    "doc"
    return HttpResponse("page" * 100)
[told(d(page)(f.generic(m, "/")))[:2] for d in (require_GET, require_POST, require_safe, require_http_methods(["PUT", "GET"])) for m in ("GET", "POST", "HEAD")]
require_GET(page).__name__, require_GET(page).__doc__, require_POST.__name__
import datetime
CHANGED = datetime.datetime(2026, 1, 2, 3, 4, 5)
tagged = condition(lambda r: "abc", lambda r: CHANGED)(page)
told(tagged(f.get("/")))
CONDITIONS = [{"if-none-match": '"abc"'}, {"if-none-match": '"x"'}, {"if-none-match": "*"}, {"if-none-match": 'W/"abc"'}, {"if-match": '"abc"'}, {"if-match": '"x"'}, {"if-match": 'W/"abc"'}, {"if-match": "*"}, {"if-modified-since": "Fri, 02 Jan 2026 03:04:05 GMT"}, {"if-modified-since": "Fri, 02 Jan 2026 03:04:04 GMT"}, {"if-unmodified-since": "Fri, 02 Jan 2026 03:04:04 GMT"}, {"if-unmodified-since": "Fri, 02 Jan 2026 03:04:05 GMT"}, {"if-modified-since": "junk"}, {"if-none-match": "junk"}, {"if-none-match": '"x"', "if-modified-since": "Fri, 02 Jan 2026 03:04:05 GMT"}, {"if-none-match": '"abc"', "if-modified-since": "Thu, 01 Jan 2026 03:04:05 GMT"}, {"if-match": '"x"', "if-none-match": '"abc"'}]
[told(tagged(f.get("/", headers=h)))[:2] for h in CONDITIONS]
[told(tagged(f.put("/", headers=h)))[:2] for h in CONDITIONS]
[told(etag(lambda r: None)(page)(f.get("/", headers=h)))[:2] for h in CONDITIONS[:9]]
[told(etag(lambda r: 'W/"abc"')(page)(f.get("/", headers=h)))[:2] for h in CONDITIONS[:9]]
[told(last_modified(lambda r: CHANGED)(page)(f.get("/", headers=h)))[:2] for h in CONDITIONS]
told(last_modified(lambda r: CHANGED.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=2))))(page)(f.get("/")))[:2]
told(conditional_page(page)(f.get("/")))[:2], told(conditional_page(page)(f.get("/", headers={"if-none-match": told(conditional_page(page)(f.get("/")))[1]["ETag"]})))
[told(cache_control(**k)(page)(f.get("/")))[1] for k in ({"max_age": 60}, {"private": True}, {"no_cache": "x"}, {"public": True, "s_maxage": 5}, {}, {"must_revalidate": True})]
sorted(told(never_cache(page)(f.get("/")))[1]), told(never_cache(page)(f.get("/")))[1]["Cache-Control"]
tried(cache_control(max_age=1)(page), 5), tried(never_cache(page), 5)
told(vary_on_headers("A", "B")(page)(f.get("/")))[1], told(vary_on_cookie(page)(f.get("/")))[1], told(vary_on_headers("*")(vary_on_cookie(page))(f.get("/")))[1]
csrf_exempt(page).csrf_exempt, csrf_exempt(page)(f.get("/")).status_code, csrf_exempt(page).__name__, hasattr(page, "csrf_exempt")
[told(d(page)(f.get("/")))[1].get("X-Frame-Options") for d in (xframe_options_deny, xframe_options_sameorigin, xframe_options_exempt)], xframe_options_exempt(page)(f.get("/")).xframe_options_exempt
q = f.post("/")
sensitive_post_parameters("a", "b")(page)(q), q.sensitive_post_parameters, sensitive_post_parameters()(page)(q), q.sensitive_post_parameters
tried(sensitive_post_parameters, page), tried(sensitive_variables, page), tried(sensitive_post_parameters()(page), 5), sensitive_variables("x")(lambda: 5)(), sensitive_variables()(lambda a: a)(3)
no_append_slash(page).should_append_slash
z = gzip_page(page)(f.get("/", headers={"accept-encoding": "gzip"}))
z["Content-Encoding"], z["Vary"], z["Content-Length"] == str(len(z.content)), gzip_page(page)(f.get("/"))["Vary"], gzip_page(lambda r: HttpResponse("x"))(f.get("/", headers={"accept-encoding": "gzip"})).headers
@method_decorator(never_cache, name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class Decorated(View):
    def get(self, request):
        return HttpResponse("d")
Decorated.as_view().csrf_exempt, "Cache-Control" in Decorated.as_view()(f.get("/"))
log = []
class Ware(MiddlewareMixin):
    def process_request(self, request):
        log.append("request")
        if request.GET.get("stop"):
            return HttpResponse("stopped")
    def process_view(self, request, view, args, kwargs):
        log.append(f"view {args} {kwargs}")
    def process_exception(self, request, error):
        log.append("exception")
        if request.GET.get("save"):
            return HttpResponse("saved")
    def process_response(self, request, response):
        log.append("response")
        response["X-W"] = "1"
        return response
w = decorator_from_middleware(Ware)(page)
told(w(f.get("/"), 1, a=2))[:2], told(w(f.get("/?stop=1"))), log
log.clear()
def boom(request):
    raise ValueError
told(decorator_from_middleware(Ware)(boom)(f.get("/?save=1"))), tried(decorator_from_middleware(Ware)(boom), f.get("/")), log
told(Ware(page)(f.get("/")))[1], repr(Ware(page)), tried(Ware, None)
class Args(MiddlewareMixin):
    def __init__(self, get_response, a, b=0):
        super().__init__(get_response)
        self.x = a, b
    def process_response(self, request, response):
        response["X-A"] = str(self.x)
        return response
told(decorator_from_middleware_with_args(Args)(1, b=2)(page)(f.get("/")))[1]
from django.utils.cache import *
from django.utils.cache import patch_cache_control, get_max_age, patch_vary_headers, has_vary_header, patch_response_headers, add_never_cache_headers, set_response_etag
def patched(before, **k):
    r = HttpResponse(headers={"Cache-Control": before} if before is not None else None)
    patch_cache_control(r, **k)
    return sorted(r["Cache-Control"].split(", "))
[tried(patched, b, **k) for b in (None, "", "max-age=100", "private", "public", "no-cache=x", "no-store, must-revalidate", "MAX-AGE=5, x", "max-age=x", "a=b=c, d") for k in ({"private": True}, {"public": True}, {"max_age": 60}, {"no_cache": True}, {"no_cache": "a"}, {"no_cache": "x"}, {"s_maxage": 1})]
each(lambda h: get_max_age(HttpResponse(headers={"Cache-Control": h})), "max-age=5", "", "max-age", "max-age=x", "private, MAX-AGE=7", "max-age=5, max-age=6")
[(lambda r: (patch_vary_headers(r, n), r["Vary"]))(HttpResponse(headers={"Vary": b} if b else None))[1] for b in (None, "Cookie", "cookie, Accept", "*", "a ,b") for n in (["Cookie"], ["A", "B"], ["*"], [], ("ACCEPT",))]
[has_vary_header(HttpResponse(headers={"Vary": "Cookie, Accept"}), n) for n in ("cookie", "ACCEPT", "x", "")], has_vary_header(HttpResponse(), "x")
e = HttpResponse("x")
set_response_etag(e)["ETag"], set_response_etag(StreamingHttpResponse(["a"])).headers, set_response_etag(HttpResponse("")).headers
n = HttpResponse()
patch_response_headers(n, 60)
n["Cache-Control"], "Expires" in n, patch_response_headers(n, -5), n["Cache-Control"]
