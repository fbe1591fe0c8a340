from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Product:
    id: int
    name: str
    price: Decimal


PRODUCTS = {
    product.id: product
    for product in [
        Product(1, "Black tea", Decimal("4.20")),
        Product(2, "Earl Grey <fine>", Decimal("5.90")),
        Product(3, "Teapot", Decimal("34.00")),
    ]
}
