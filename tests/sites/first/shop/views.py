from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_POST

from .catalogue import PRODUCTS
from .forms import OrderForm


def index(request):
    context = {
        "products": list(PRODUCTS.values()),
        "title": request.GET.get("title", "Shop"),
        "visits": request.visits,
    }
    return render(request, "shop/index.html", context)


def product(request, slug):
    found = PRODUCTS.get(slug)
    if found is None:
        raise Http404(f"there is no {slug}")
    response = render(request, "shop/product.html", {"product": found})
    response["X-Product"] = found.slug
    return response


def cart(request):
    cart = request.session.get("cart", {})
    total = sum(PRODUCTS[slug].price * count for slug, count in cart.items())
    return JsonResponse({"cart": cart, "total": str(total), "url": reverse("shop:cart")})


def add_to_cart(request, slug, count=1):
    if slug not in PRODUCTS:
        raise Http404(slug)
    cart = request.session.setdefault("cart", {})
    cart[slug] = cart.get(slug, 0) + count
    request.session.modified = True
    return redirect("shop:cart")


@require_POST
def empty_cart(request):
    request.session.pop("cart", None)
    return JsonResponse({"empty": "cart" not in request.session})


def order(request):
    form = OrderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session["order"] = form.cleaned_data["name"]
        return redirect("shop:index")
    return render(request, "shop/order.html", {"form": form})


def theme(request):
    if request.method != "POST":
        return JsonResponse({"theme": request.COOKIES.get("theme", "light")})
    response = HttpResponse(status=204)
    response.set_cookie("theme", request.POST["theme"], max_age=3600, samesite="Lax")
    return response


def secret(request):
    if not request.user.is_authenticated:
        raise PermissionDenied
    return HttpResponse("the recipe", content_type="text/plain")


class Report(View):
    def get(self, request):
        match = request.resolver_match
        return JsonResponse(
            {
                "agent": request.headers.get("User-Agent"),
                "path": request.path,
                "full": request.get_full_path(),
                "name": match.view_name,
                "tags": request.GET.getlist("tag"),
                "secure": request.is_secure(),
                "method": request.method,
            }
        )

    def put(self, request):
        return HttpResponse(request.body.upper(), content_type="text/plain")


def broken(request, how):
    if how == "shop":
        raise LookupError("out of stock")
    if how == "suspicious":
        raise SuspiciousOperation("that is not a price")
    if how == "none":
        return None
    if how == "method":
        return HttpResponseNotAllowed(["POST"])
    if how == "template":
        return render(request, "shop/missing.html")
    return 1 / 0
