from datetime import timedelta

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from .forms import PreferencesForm
from .ratelimit import cache_limit, session_limit

DEFAULTS = {"theme": "light", "language": "en", "items_per_page": 20, "newsletter": False}


def get_preferences(request):
    return {**DEFAULTS, **request.session.get("preferences", {})}


def home(request):
    recent = request.session.get("recent", [])
    return render(request, "prefs/home.html", {"preferences": get_preferences(request), "recent": recent})


def preferences(request):
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            request.session["preferences"] = form.cleaned_data
            messages.success(request, "Preferences saved.")
            return redirect("preferences")
        messages.warning(request, "Look at the fields again.", extra_tags="form")
    else:
        form = PreferencesForm(initial=get_preferences(request))
    context = {"form": form, "preferences": get_preferences(request)}
    return render(request, "prefs/preferences.html", context)


@require_POST
def forget(request):
    try:
        del request.session["preferences"]
    except KeyError:
        messages.info(request, "There was nothing to forget.")
    return redirect("home")


def visits(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return JsonResponse({"visits": request.session["visits"]})


@session_limit(3, 3600)
def limited(request):
    return JsonResponse({"left": 3 - len(request.session["calls"])})


@cache_limit(2, 60)
def search(request):
    term = request.GET.get("q", "").strip()
    if not term:
        return HttpResponseBadRequest("q is missing")
    recent = request.session.setdefault("recent", [])
    if term in recent:
        recent.remove(term)
    recent.insert(0, term)
    del recent[5:]
    request.session.modified = True
    searches = cache.get_or_set(f"searches:{term}", lambda: 0)
    cache.set(f"searches:{term}", searches + 1)
    return JsonResponse({"recent": recent, "searches": cache.get(f"searches:{term}")})


def session(request):
    return JsonResponse(
        {
            "keys": sorted(request.session.keys()),
            "is_empty": request.session.is_empty(),
            "has_key": bool(request.session.session_key),
            "age": request.session.get_expiry_age(),
            "at_close": request.session.get_expire_at_browser_close(),
            "cookies_work": request.session.test_cookie_worked(),
        }
    )


def change_session(request, what):
    before = request.session.session_key
    if what == "flush":
        request.session.flush()
    elif what == "cycle":
        request.session.cycle_key()
    elif what == "short":
        request.session.set_expiry(300)
    elif what == "close":
        request.session.set_expiry(0)
    elif what == "usual":
        request.session.set_expiry(None)
    elif what == "test":
        request.session.set_test_cookie()
    elif what == "tested":
        request.session.delete_test_cookie()
    elif what == "clear":
        request.session.clear()
    elif what == "update":
        request.session.update({"a": 1, "b": [1, {"c": None}]})
        request.session.setdefault("d", "räksmörgås")
    elif what == "pop":
        return JsonResponse({"popped": request.session.pop("b", "nothing"), "again": request.session.pop("b", "nothing")})
    elif what == "bad":
        request.session["bad"] = object()
    else:
        return HttpResponseBadRequest("what?")
    return JsonResponse({"what": what, "same_key": before == request.session.session_key})


def cookies(request):
    return JsonResponse(
        {
            "theme": request.COOKIES.get("theme"),
            "signed": request.get_signed_cookie("seen", default=None, salt="prefs"),
            "names": sorted(name for name in request.COOKIES if name not in ("sessionid", "csrftoken", "messages")),
        }
    )


def set_cookies(request):
    response = HttpResponse("set", content_type="text/plain")
    response.set_cookie("theme", request.GET.get("theme", "dark"), max_age=3600, httponly=True, samesite="Strict")
    response.set_cookie("place", "here", path="/cookies/", secure=True)
    response.set_cookie("days", "5", max_age=timedelta(days=5))
    response.headers["X-Site"] = "cookies"
    return response


def delete_cookies(request):
    response = redirect("cookies")
    response.delete_cookie("theme", samesite="Strict")
    response.delete_cookie("place", path="/cookies/")
    return response
