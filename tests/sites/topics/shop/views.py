import json

from django.contrib.auth import authenticate, get_user_model, login, logout
from django.contrib.messages import get_messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import View
from django.views.generic import DetailView, ListView

from shop import cases
from shop.models import Book
from shop.rows import fill


class Lines:
    """What a case shows, line by line."""

    def __init__(self):
        self.lines = []

    def __call__(self, *values):
        self.lines.append(" ".join(repr(value) for value in values))

    def fails(self, function, *args, **kwargs):
        """Which exception it is."""
        try:
            found = function(*args, **kwargs)
        except Exception as error:
            self.lines.append(f"! {type(error).__name__}")
            return error
        self.lines.append(f"no error: {found!r}")
        return None


def run(request, name):
    case = cases.ALL.get(name)
    if case is None:
        raise Http404
    fill()
    lines = Lines()
    case(lines, request)
    return HttpResponse("\n".join(lines.lines), content_type="text/plain")


def visitor(request):
    user = request.user
    if "login" in request.GET:
        model = get_user_model()
        model.objects.filter(username="ann").delete()
        model.objects.create_user("ann", "ann@example.com", "s3cret-words")
        user = authenticate(request, username="ann", password="s3cret-words")
        before = user.last_login
        login(request, user)
        return JsonResponse({"before": before, "after": user.last_login is not None, "same": request.user == user,
                             "kept": model.objects.get().last_login == request.user.last_login})
    if "logout" in request.GET:
        logout(request)
    storage = get_messages(request)
    used = storage.used
    page = render(request, "shop/visitor.html", {"visitor": user})
    return HttpResponse(page.content + f"{used} {storage.used}".encode())


class ClassPage(View):
    extra = 1

    def get(self, request, number):
        match = request.resolver_match
        return JsonResponse({
            "name": match.func.__name__,
            "class": match.func.view_class.__name__,
            "is_own": match.func.view_class is ClassPage,
            "initkwargs": match.func.view_initkwargs,
            "view_name": match.view_name,
            "route": match.route,
            "kwargs": match.kwargs,
        })


class BookList(ListView):
    model = Book
    paginate_by = 2
    template_name = "shop/books.html"


class BookDetail(DetailView):
    queryset = Book.objects.all()
    template_name = "shop/book.html"
