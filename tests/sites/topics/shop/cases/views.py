"""Topic guides: class based views, decorators, urls."""

from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin, UserPassesTestMixin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, Resolver404, resolve, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import condition, require_http_methods, require_safe
from django.views.generic import CreateView, DetailView, FormView, ListView, RedirectView, TemplateView, UpdateView
from django.views.generic.base import ContextMixin
from django.views.generic.detail import SingleObjectMixin

from shop.models import Author, Book


def _request(path="/", method="get", user=None, **kwargs):
    request = getattr(RequestFactory(), method)(path, **kwargs)
    request.user = user or AnonymousUser()
    return request


def resolver_matches(show, request):
    from shop import views

    match = request.resolver_match
    show(match.func is views.run, match.func == resolve("/case/x/").func, match.url_name, match.kwargs, match.route)
    show(match[0] is views.run, match[2], match.view_name, match.namespaces, match.captured_kwargs)
    found = resolve("/class/3/")
    show(found.func.view_class is views.ClassPage, found.func.view_initkwargs, found.func.__name__, found.view_name, found.kwargs)
    func, args, kwargs = resolve("/books/4/")
    show(func.view_class.__name__, args, kwargs, func(request=_request(), pk=Book.objects.first().pk).status_code)
    show.fails(resolve, "/nothing/")
    show(reverse("class", args=[3]), reverse("book", kwargs={"pk": 2}, query={"a": 1}, fragment="x"), str(reverse_lazy("books")))
    show(reverse(views.run, args=["x"]) if False else "", repr(match).split("(")[0])
    show.fails(reverse, "class", args=["x"])


def mixins(show, request):
    class Secret(LoginRequiredMixin, View):
        login_url = "/login/"

        def get(self, request):
            return HttpResponse("in")

    answer = Secret.as_view()(_request("/a/?b=1"))
    show(answer.status_code, answer.url)

    class Refused(Secret):
        raise_exception = True
        permission_denied_message = "No"

    show(str(show.fails(Refused.as_view(), _request())))

    class Permitted(PermissionRequiredMixin, View):
        permission_required = ["shop.add_book", "shop.view_book"]
        login_url = "/in/"
        redirect_field_name = "back"

    show(Permitted.as_view()(_request("/x/")).url)

    class Tested(UserPassesTestMixin, View):
        def test_func(self):
            return self.request.user.is_anonymous

        def get(self, request):
            return HttpResponse("passed")

    show(Tested.as_view()(_request()).content)
    show.fails(PermissionRequiredMixin().get_permission_required)


def class_views(show, request):
    class Page(TemplateView):
        template_name = "shop/visitor.html"
        extra_context = {"visitor": "x"}

    response = Page.as_view()(_request())
    show(response.status_code, sorted(response.context_data), response.template_name, response.is_rendered)
    show.fails(TemplateView.as_view(), _request())
    show.fails(Page.as_view, wrong=1)
    show.fails(Page.as_view, get=1)
    show(Page.as_view(template_name="a.html").view_initkwargs, Page.as_view().__doc__ == Page.__doc__)
    options = Page.as_view()(_request(method="options"))
    show(options["Allow"], options["Content-Length"], Page.as_view()(_request(method="post")).status_code)
    show(RedirectView.as_view(url="/a/%(x)s/", query_string=True)(_request("/?q=1"), x="b").url)
    show(RedirectView.as_view(pattern_name="book", permanent=True)(_request(), pk=3).status_code)
    show(RedirectView.as_view()(_request()).status_code)


def list_views(show, request):
    class Books(ListView):
        queryset = Book.objects.cheap()
        ordering = "-title"
        paginate_by = 1
        context_object_name = "cheap"

    view = Books()
    view.setup(_request("/?page=2"))
    view.object_list = view.get_queryset()
    context = view.get_context_data()
    show([str(book) for book in context["cheap"]], context["page_obj"].number, context["is_paginated"], view.get_template_names())
    show.fails(Books.as_view(), _request("/?page=9"))
    show(Books.as_view(paginate_orphans=1)(_request()).context_data["is_paginated"])
    show.fails(Books.as_view(queryset=Book.objects.none(), allow_empty=False), _request())
    show(Books.as_view(model=Author, queryset=None, context_object_name=None, ordering=None)(_request("/?page=last")).context_data["author_list"][0])


def detail_views(show, request):
    class Detail(DetailView):
        model = Book
        slug_field = "title"
        query_pk_and_slug = True

    book = Book.objects.get(title="Alpha")
    view = Detail()
    view.setup(_request(), pk=book.pk, slug="Alpha")
    view.object = view.get_object()
    show(view.object, view.get_template_names(), sorted(view.get_context_data()))
    show.fails(Detail.as_view(), _request(), pk=0)
    show.fails(Detail.as_view(), _request())

    class Interest(SingleObjectMixin, ListView):
        paginate_by = 2

        def get(self, request, *args, **kwargs):
            self.object = self.get_object(queryset=Author.objects.all())
            return super().get(request, *args, **kwargs)

        def get_queryset(self):
            return self.object.books.all()

    response = Interest.as_view(template_name="x.html")(_request(), pk=Author.objects.get(name="Ann").pk)
    show([str(book) for book in response.context_data["object_list"]], str(response.context_data["object"]))


def edit_views(show, request):
    class New(CreateView):
        model = Author
        fields = ["name"]
        success_url = "/authors/{id}/"
        initial = {"name": "Zed"}

    show(New.as_view()(_request()).context_data["form"]["name"].value())
    answer = New.as_view()(_request(method="post", data={"name": "Dee"}))
    show(answer.status_code, answer.url == f"/authors/{Author.objects.get(name='Dee').pk}/")
    bad = New.as_view()(_request(method="post", data={"name": ""}))
    show(bad.status_code, bad.context_data["form"].errors, bad.template_name)
    show.fails(CreateView.as_view(model=Author), _request())
    change = UpdateView.as_view(model=Author, fields=["name"], success_url="/ok/")
    show(change(_request(method="put", data="name=x", content_type="application/x-www-form-urlencoded"), pk=Author.objects.first().pk).status_code)

    class JSONResponseMixin:
        def form_invalid(self, form):
            super().form_invalid(form)
            return JsonResponse(form.errors, status=400)

        def form_valid(self, form):
            super().form_valid(form)
            return JsonResponse({"name": self.object.name})

    class AsJson(JSONResponseMixin, CreateView):
        model = Author
        fields = ["name"]
        success_url = "/"

    show(AsJson.as_view()(_request(method="post", data={})).content, AsJson.as_view()(_request(method="post", data={"name": "J"})).content)


def decorators(show, request):
    @require_http_methods(["GET", "POST"])
    def view(request):
        return HttpResponse("x")

    show(view(_request()).status_code, view(_request(method="delete"))["Allow"], require_safe(view)(_request(method="post")).status_code)

    @condition(etag_func=lambda request: '"abc"')
    def tagged(request):
        return HttpResponse("y")

    show(tagged(_request())["ETag"], tagged(_request(headers={"If-None-Match": '"abc"'})).status_code, tagged(_request(method="put", headers={"If-Match": '"z"'})).status_code)

    def twice(function):
        def inner(request, *args, **kwargs):
            response = function(request, *args, **kwargs)
            response["X-Twice"] = response.headers.get("X-Twice", "") + "2"
            return response

        return inner

    @method_decorator([twice, twice], name="dispatch")
    class Page(View):
        @method_decorator(twice)
        def get(self, request):
            return HttpResponse("z")

    show(Page.as_view()(_request())["X-Twice"], Page.as_view()(_request(method="post")).status_code)
    show.fails(method_decorator(twice, name="nothing"), Page)


def responses(show, request):
    response = HttpResponse("é", content_type="text/plain; charset=latin-1", headers={"Age": 120})
    show(response.content, response.charset, response["Age"], response.has_header("age"), response.headers.items())
    response.write("x")
    response.setdefault("Age", "1")
    response.set_signed_cookie("s", "v", salt="x", max_age=10, httponly=True, samesite="Strict")
    response.delete_cookie("gone", path="/p")
    show(len(response.content), response.cookies["s"]["max-age"], response.cookies["gone"].OutputString())
    show(JsonResponse([1, 2], safe=False).content, JsonResponse({"a": "é"}, json_dumps_params={"ensure_ascii": False}).content.decode())
    show.fails(JsonResponse, [1])
    show(HttpResponse(status=404).reason_phrase, HttpResponse(reason="Why").reason_phrase, HttpResponse([b"a", "b"]).content, HttpResponse(memoryview(b"m")).content)
    show.fails(HttpResponse, status=1000)
    show.fails(response.__setitem__, "X", "a\nb")
