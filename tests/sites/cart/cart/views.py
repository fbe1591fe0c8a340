from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .cart import Cart
from .catalogue import PRODUCTS
from .forms import CartAddProductForm


def product_or_404(product_id):
    try:
        return PRODUCTS[product_id]
    except KeyError:
        raise Http404(f"No product {product_id}") from None


@require_GET
def detail(request):
    cart = Cart(request)
    items = list(cart)
    for item in items:
        item["update_form"] = CartAddProductForm(initial={"quantity": item["quantity"], "override": True})
    return render(request, "cart/detail.html", {"cart": cart, "items": items, "products": PRODUCTS.values()})


@require_POST
def add(request, product_id):
    product = product_or_404(product_id)
    form = CartAddProductForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please choose a quantity between 1 and 20.")
        return redirect("cart:detail")
    cd = form.cleaned_data
    Cart(request).add(product, quantity=cd["quantity"], override_quantity=cd["override"])
    messages.success(request, f"{product.name} is in your cart.")
    return redirect("cart:detail")


@require_http_methods(["PATCH", "PUT"])
def update(request, product_id):
    cart = Cart(request)
    cart.add(product_or_404(product_id), quantity=len(request.body), override_quantity=True)
    return JsonResponse({"quantity": cart.cart[str(product_id)]["quantity"], "total": str(cart.get_total_price())})


@require_POST
def remove(request, product_id):
    Cart(request).remove(product_or_404(product_id))
    return redirect("cart:detail")


def clear(request):
    Cart(request).clear()
    return redirect("cart:detail")


def summary(request):
    cart = Cart(request)
    return JsonResponse(
        {
            "items": [[item["product"].name, item["quantity"], str(item["total_price"])] for item in cart],
            "count": len(cart),
            "total": str(cart.get_total_price()),
        }
    )
