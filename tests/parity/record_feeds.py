"""Records how Django writes feeds and sitemaps, in golden/feeds.json.

`record_feeds.py` writes the file; `record_feeds.py --check` fails if a fresh recording differs from it.
`cargo test` writes the same with djr and compares (src/syndication/tests.rs, src/sitemaps/tests.rs).
"""

import json
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone as django_timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed

import recording

GOLDEN = Path(__file__).parent / "golden" / "feeds.json"

NOW = "2026-11-30T10:00:00+00:00"
HOSTILE = "<b>\"it's\" & 'so'</b> ]]>\n\té 日本 😀\u2028"

PLAIN = {"title": "News", "link": "https://example.com/", "description": "All of it"}
FULL = {
    "title": HOSTILE,
    "link": "https://example.com/%C3%A4?a=1&b=2",
    "description": HOSTILE,
    "subtitle": "below",
    "language": "en-us",
    "author": {"name": "Ada", "email": "ada@example.com", "link": "https://example.com/ada/"},
    "categories": ["one", HOSTILE, ""],
    "feed_url": "https://example.com/feed/?x='y'",
    "copyright": "© Ada",
    "guid": "urn:uuid:1",
    "ttl": "600",
}
LINK = "https://user@Example.com:8080/a;b/2026/first;v=1?page=1#top"
ITEMS = {
    "plain": {"title": "First", "link": "https://example.com/1/", "description": "Text"},
    "without description": {"title": "First", "link": "https://example.com/1/", "description": None},
    "empty": {"title": "", "link": "https://example.com", "description": ""},
    "dated": {"title": "First", "link": LINK, "description": "Text", "published": "2026-02-28T23:59:59.000123+00:00"},
    "changed": {
        "title": "First", "link": "http://[::1]:8000", "description": "Text",
        "published": "2026-02-28T23:59:59+00:00", "updated": "2026-03-01T00:00:00+00:00",
    },
    "changed only": {"title": "First", "link": "https://example.com/a;b/;x/y", "description": "Text", "updated": "0999-03-01T00:00:00+00:00"},
    "full": {
        "title": HOSTILE, "link": "https://example.com/%C3%A4/", "description": HOSTILE,
        "author": {"name": "Ada", "email": "ada@example.com", "link": "https://example.com/ada/"},
        "published": "2026-02-28T23:59:59+00:00", "comments": "https://example.com/1/#comments", "guid": "g&1",
        "guid_is_permalink": False, "categories": ["a", HOSTILE], "copyright": "© Ada",
        "enclosure": {"url": "https://example.com/a%20b.mp3", "length": 123, "mime_type": "audio/mpeg"},
    },
    "permalink": {
        "title": "First", "link": "https://example.com/1/", "description": "Text", "guid": "https://example.com/1/",
        "guid_is_permalink": True, "author": {"name": "Ada"},
    },
    "author by address": {
        "title": "First", "link": "https://example.com/1/", "description": "Text", "author": {"name": "", "email": "a@b.c"},
    },
    "author of no name": {"title": "First", "link": "https://example.com/1/", "description": "Text", "author": {"name": ""}},
}


def moment(text):
    return None if text is None else datetime.fromisoformat(text)


def author(of):
    named = of.get("author") or {}
    return {"author_name": named.get("name"), "author_email": named.get("email"), "author_link": named.get("link")}


def document(kind, head, items):
    class Frozen(kind):
        """A feed without dates is one of now."""

        def latest_post_date(self):
            dates = [item[key] for item in self.items for key in ("updateddate", "pubdate") if item[key]]
            return max(dates, default=moment(NOW))

    feed = Frozen(
        title=head["title"], link=head["link"], description=head["description"], language=head.get("language"),
        subtitle=head.get("subtitle"), categories=head.get("categories"), feed_url=head.get("feed_url"),
        feed_copyright=head.get("copyright"), feed_guid=head.get("guid"), ttl=head.get("ttl"), **author(head),
    )
    for item in items:
        file = item.get("enclosure")
        feed.add_item(
            title=item["title"], link=item["link"], description=item["description"], pubdate=moment(item.get("published")),
            updateddate=moment(item.get("updated")), comments=item.get("comments"), unique_id=item.get("guid"),
            unique_id_is_permalink=item.get("guid_is_permalink"), categories=item.get("categories", ()),
            item_copyright=item.get("copyright"),
            enclosures=[Enclosure(file["url"], str(file["length"]), file["mime_type"])] if file else None, **author(item),
        )
    return feed.writeString("utf-8")


def feeds():
    cases = [(PLAIN, []), (FULL, []), (PLAIN, list(ITEMS.values())), (FULL, list(ITEMS.values()))]
    cases += [(PLAIN, [item]) for item in ITEMS.values()]
    for head, items in cases:
        yield {
            "feed": head,
            "items": items,
            "rss": document(Rss201rev2Feed, head, items),
            "atom": document(Atom1Feed, head, items),
        }


URLS = [
    {"location": "https://example.com/"},
    {"location": "https://example.com/?a=1&b='<>\"", "last_modified": "2026-03-29T00:30:00+00:00"},
    {"location": "https://example.com/ä/", "last_modified": "2026-12-31T23:30:00.5+00:00", "change_frequency": "daily"},
    {"location": "https://example.com/1/", "priority": 0.0},
    {"location": "https://example.com/2/", "priority": 0.25, "change_frequency": "never"},
    {"location": "https://example.com/3/", "priority": 1.0},
]


def sitemaps():
    for zone in ["UTC", "Europe/Vienna", "America/New_York"]:
        with django_timezone.override(zone):
            for urls in [[], URLS[:1], URLS]:
                urlset = [
                    {
                        "location": url["location"],
                        "lastmod": moment(url.get("last_modified")),
                        "changefreq": url.get("change_frequency"),
                        "priority": "" if url.get("priority") is None else str(url["priority"]),
                        "alternates": [],
                    }
                    for url in urls
                ]
                items = [{"location": url["location"], "last_mod": moment(url.get("last_modified"))} for url in urls]
                yield {
                    "zone": zone,
                    "urls": urls,
                    "sitemap": render_to_string("sitemap.xml", {"urlset": urlset}),
                    "index": render_to_string("sitemap_index.xml", {"sitemaps": items}),
                }


def main():
    settings.configure(
        USE_TZ=True,
        INSTALLED_APPS=["django.contrib.sitemaps"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    )
    django.setup()
    recorded = {"now": NOW, "feeds": list(feeds()), "sitemaps": list(sitemaps())}
    text = json.dumps(recorded, indent=1, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, text)


if __name__ == "__main__":
    main()
