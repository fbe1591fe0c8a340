from django.test import RequestFactory, SimpleTestCase, TestCase
from django.urls import resolve, reverse

from . import views
from .cart import Cart
from .forms import CartAddProductForm


class CartTests(TestCase):
    def test_what_is_added_is_in_the_session(self):
        self.client.post(reverse("cart:add", args=[1]), {"quantity": 2})
        self.assertEqual(self.client.session["cart"], {"1": {"quantity": 2, "price": "4.20"}})

    def test_the_page_follows(self):
        response = self.client.post(reverse("cart:add", args=[3]), {"quantity": 1}, follow=True)
        self.assertRedirects(response, reverse("cart:detail"))
        self.assertContains(response, "Teapot is in your cart.", count=1)
        self.assertEqual(response.context["cart"].get_total_price(), 34)
        self.assertTemplateUsed(response, "cart/detail.html")

    def test_a_session_that_is_prepared(self):
        session = self.client.session
        session["cart"] = {"2": {"quantity": 1, "price": "5.90"}}
        session.save()
        response = self.client.get(reverse("cart:summary"))
        self.assertEqual(response.json()["total"], "5.90")
        self.assertJSONEqual(response.content, {"items": [["Earl Grey <fine>", 1, "5.90"]], "count": 1, "total": "5.90"})

    def test_methods(self):
        self.assertEqual(self.client.get(reverse("cart:add", args=[1])).status_code, 405)
        self.assertEqual(self.client.post(reverse("cart:add", args=[99]), {"quantity": 1}).status_code, 404)

    def test_two_visitors_have_two_carts(self):
        self.client.post(reverse("cart:add", args=[1]), {"quantity": 1})
        other = self.client_class()
        self.assertEqual(other.get(reverse("cart:summary")).json()["count"], 0)


class PartsTests(SimpleTestCase):
    def test_a_cart_of_any_session(self):
        request = RequestFactory().get("/")
        request.session = {}
        self.assertEqual(len(Cart(request)), 0)

    def test_addresses(self):
        self.assertEqual(resolve("/cart/").func, views.detail)
        self.assertEqual(reverse("cart:remove", kwargs={"product_id": 4}), "/cart/remove/4/")

    def test_forms(self):
        self.assertFalse(CartAddProductForm({"quantity": "21"}).is_valid())
        form = CartAddProductForm({"quantity": "20", "override": "on"})
        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(form.cleaned_data, {"quantity": 20, "override": True})
