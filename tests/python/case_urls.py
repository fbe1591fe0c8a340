"""The addresses of the cases: for Django as patterns; the stand-in of `_djr` reads the same table."""

ADDRESSES = [
    ("", "index", "case_urls.view"),
    ("posts/<int:pk>/", "post-detail", "case_urls.view"),
    ("posts/<slug:slug>/", "post-slug", "case_urls.view"),
    ("login/", "login", "case_urls.view"),
    ("a/<str:first>/<str:second>/", "pair", "case_urls.view"),
]


def view(request, *args, **kwargs):
    from django.http import HttpResponse

    return HttpResponse("ok")


def __getattr__(name):
    if name == "urlpatterns":
        from django.urls import path

        return [path(route, view, name=name) for route, name, _ in ADDRESSES]
    raise AttributeError(name)
