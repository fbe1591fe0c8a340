"""What the shop sells."""

from decimal import Decimal


class Product:
    def __init__(self, slug, name, price, tags=()):
        self.slug = slug
        self.name = name
        self.price = Decimal(price)
        self.tags = list(tags)

    def __str__(self):
        return self.name

    @property
    def is_cheap(self):
        return self.price < 5

    @property
    def url(self):
        from django.urls import reverse

        return reverse("shop:product", kwargs={"slug": self.slug})


PRODUCTS = {
    product.slug: product
    for product in [
        Product("tea", "Tea & Honey", "3.50", ["hot", "sweet"]),
        Product("bread", "Bread", "4.20"),
        Product("cake", "Cake <large>", "12.00", ["sweet"]),
    ]
}
