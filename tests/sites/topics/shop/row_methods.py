"""One object of each kind that is asked for rows."""

from shop.models import Author, Book, Person


def objects():
    book = Book(pk=1, title="One")
    return {
        "QuerySet": Author.objects.all(),
        "RawQuerySet": Author.objects.raw("SELECT * FROM shop_author"),
        "Manager": Author.objects,
        "RelatedManager": book.stock_set,
        "ManyRelatedManager": book.authors,
        "ManyRelatedManagerThrough": book.stores,
        "GenericRelatedObjectManager": book.tags,
        "Model": Person(pk=1, name="Ann"),
    }


def missing(names):
    """Of the names by kind, those that there are not, and that nothing is said of."""
    absent = []
    for kind, one in objects().items():
        for name in names[kind]:
            try:
                getattr(one, name)
            except AttributeError as error:
                if "djr" not in str(error):
                    absent.append(f"{kind}.{name}")
            except Exception:
                # It is there, and has to be asked of a row of the database.
                continue
    return absent
