//! `syndication.feed`, `sitemaps.sitemap` and `robots` over a running server.

use insta::assert_snapshot;

use crate::attacks::browser::Browser;
use crate::blog::{blog, page, status};
use crate::support::Project;

const URLS: &str = r#"
[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"

[[urls]]
path = "feed/"
view = "syndication.feed"
model = "posts.Post"
filter = { status = "PB" }
limit = 2
title = "News & more"
link = "sitemap"
description = "What is <new>"
language = "en"
author = { name = "The team" }
categories = ["rust"]
ttl = 60

[urls.item]
description = "body"
author = { name = "author__username", email = "author__email" }
published = "published_at"
categories = "tags__name"

[[urls]]
path = "tags/<slug:tag>/atom/"
view = "syndication.feed"
model = "posts.Post"
filter = { tags__slug = { captured = "tag" } }
format = "atom"
title = "Of one tag"
title_template = "title.txt"
item = { guid = "slug", updated = "published_at", link = "cover" }

[[urls]]
path = "sitemap.xml"
name = "sitemap"
view = "sitemaps.sitemap"

[urls.sections.posts]
model = "posts.Post"
filter = { author__username = "bob" }
lastmod = "published_at"
changefreq = "weekly"
priority = 0.5

[urls.sections.pages]
urls = ["sitemap", "/about/"]

[[urls]]
path = "large.xml"
view = "sitemaps.sitemap"
paginate_by = 10

[urls.sections.posts]
model = "posts.Post"
lastmod = "published_at"

[urls.sections.pages]
urls = ["/about/"]

[[urls]]
path = "robots.txt"
view = "robots"
disallow = ["/admin/", "/*?q="]
sitemaps = ["sitemap"]
"#;

const TEMPLATES: &[(&str, &str)] = &[
    ("posts/post_detail.html", "{{ post }}"),
    ("title.txt", "{{ obj.title }} of {{ obj.author.username }}"),
];

fn site() -> Project {
    blog(URLS, TEMPLATES)
}

#[test]
fn a_feed_has_the_newest_rows_with_what_the_entry_says_of_them() {
    let project = site();
    let server = project.serve();
    let answer = Browser::new(server.address()).get("/feed/");
    let content_type = Some("application/rss+xml; charset=utf-8");
    assert_eq!(
        answer.header("content-type"),
        content_type,
        "{}",
        answer.text()
    );
    assert!(answer.header("last-modified").is_some());
    let lines = answer.text().replace("><", ">\n<");
    assert_snapshot!(lines, @r##"
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
    <channel>
    <title>News &amp; more</title>
    <link>http://testserver/sitemap.xml</link>
    <description>What is &lt;new&gt;</description>
    <atom:link href="http://testserver/feed/" rel="self"/>
    <language>en</language>
    <category>rust</category>
    <lastBuildDate>Mon, 23 Mar 2026 12:00:00 +0000</lastBuildDate>
    <ttl>60</ttl>
    <item>
    <title>Post 23</title>
    <link>http://testserver/posts/post-23/</link>
    <description>Text &amp; &lt;b&gt;23&lt;/b&gt;</description>
    <dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">ada</dc:creator>
    <pubDate>Mon, 23 Mar 2026 12:00:00 +0000</pubDate>
    <guid>http://testserver/posts/post-23/</guid>
    </item>
    <item>
    <title>Post 20</title>
    <link>http://testserver/posts/post-20/</link>
    <description>Text &amp; &lt;b&gt;20&lt;/b&gt;</description>
    <dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">ada</dc:creator>
    <pubDate>Fri, 20 Mar 2026 12:00:00 +0000</pubDate>
    <guid>http://testserver/posts/post-20/</guid>
    </item>
    </channel>
    </rss>
    "##);
}

#[test]
fn a_feed_may_be_of_what_the_path_captures_and_be_written_by_templates() {
    let project = site();
    let server = project.serve();
    let text = page(&server, "/tags/rust/atom/");
    assert_eq!(text.matches("<entry>").count(), 3);
    assert!(text.contains("<title>Post 1 of ada</title>"), "{text}");
    assert!(text.contains("<id>post-1</id>"), "{text}");
    let none = page(&server, "/tags/nothing/atom/");
    assert!(
        none.contains("<title>Of one tag</title>") && !none.contains("<entry>"),
        "{none}"
    );
}

#[test]
fn a_sitemap_lists_rows_and_named_pages_with_their_addresses() {
    let project = site();
    let server = project.serve();
    let answer = Browser::new(server.address()).get("/sitemap.xml");
    assert_eq!(answer.header("content-type"), Some("application/xml"));
    assert_eq!(
        answer.header("x-robots-tag"),
        Some("noindex, noodp, noarchive")
    );
    assert_eq!(answer.header("last-modified"), None);
    assert_snapshot!(answer.text().replace("><", ">\n<"), @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
    <url>
    <loc>http://testserver/posts/of-bob/</loc>
    <lastmod>2025-12-31</lastmod>
    <changefreq>weekly</changefreq>
    <priority>0.5</priority>
    </url>
    <url>
    <loc>http://testserver/sitemap.xml</loc>
    </url>
    <url>
    <loc>http://testserver/about/</loc>
    </url>
    </urlset>
    "##);
}

#[test]
fn what_does_not_fit_into_one_sitemap_is_an_index_of_several() {
    let project = site();
    let server = project.serve();
    let index = page(&server, "/large.xml").replace("><", ">\n<");
    assert_snapshot!(index, @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap>
    <loc>http://testserver/large.xml?section=posts</loc>
    <lastmod>2026-03-23T12:00:00+00:00</lastmod>
    </sitemap>
    <sitemap>
    <loc>http://testserver/large.xml?section=posts&amp;p=2</loc>
    <lastmod>2026-03-23T12:00:00+00:00</lastmod>
    </sitemap>
    <sitemap>
    <loc>http://testserver/large.xml?section=posts&amp;p=3</loc>
    <lastmod>2026-03-23T12:00:00+00:00</lastmod>
    </sitemap>
    <sitemap>
    <loc>http://testserver/large.xml?section=pages</loc>
    </sitemap>
    </sitemapindex>
    "##);
    let pages: Vec<_> = ["", "&p=2", "&p=3"]
        .iter()
        .map(|more| page(&server, &format!("/large.xml?section=posts{more}")))
        .collect();
    let counts: Vec<_> = pages
        .iter()
        .map(|page| page.matches("<url>").count())
        .collect();
    assert_eq!(counts, [10, 10, 6]);
    let all = pages.concat();
    for number in 1..=25 {
        assert!(
            all.contains(&format!("/posts/post-{number}/</loc>")),
            "{number}"
        );
    }
    for query in [
        "section=posts&p=4",
        "section=posts&p=x",
        "section=posts&p=0",
        "section=none",
    ] {
        assert_eq!(
            status(&server, &format!("/large.xml?{query}")),
            404,
            "{query}"
        );
    }
}

#[test]
fn robots_are_told_what_to_leave_alone_and_where_the_sitemap_is() {
    let project = site();
    let server = project.serve();
    let text = page(&server, "/robots.txt");
    let (rules, sitemap) = text.split_once("Sitemap: ").unwrap();
    assert_eq!(rules, "User-agent: *\nDisallow: /admin/\nDisallow: /*?q=\n");
    assert_eq!(sitemap, "http://testserver/sitemap.xml\n");
}

#[test]
fn check_finds_mistakes_in_feeds_and_sitemaps() {
    let urls = r#"
[[urls]]
path = "feed/"
view = "syndication.feed"
model = "posts.Post"
format = "rs"
title = "x"

[[urls]]
path = "feed2/"
view = "syndication.feed"
model = "posts.Comment"
title = "x"

[[urls]]
path = "feed3/"
view = "syndication.feed"
model = "posts.Comment"
title = "x"
link = "hme"
item = { link = "post__slugg", published = "text", titel = "text" }

[[urls]]
path = "sitemap.xml"
view = "sitemaps.sitemap"
paginate_by = 50001

[urls.sections]
a = { model = "posts.Tag" }
b = { urls = ["nowhere"] }
c = { model = "posts.Post", lastmod = "published", changefreq = "wekly", priority = 2.0 }
d = {}

[[urls]]
path = "other.xml"
view = "sitemaps.sitemap"
sections = { b = { urls = ["nowhere"] } }

[[urls]]
path = "third.xml"
view = "sitemaps.sitemap"

[[urls]]
path = "robots.txt"
view = "robots"
disallow = ["admin"]
"#;
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .file("posts/models.toml", crate::blog::MODELS)
        .file("urls.toml", urls);
    let told = project.djr(["check"]).exited(1);
    assert_snapshot!(told, @r##"
    exit code: 1
    ----- stderr -----
    warning: others can read `.env` (its mode is 644)
    hint: `chmod 600 .env` keeps it for its owner
    error: urls.toml:6:10: `rs` is not a format of feeds
    hint: did you mean `rss`?
    error: urls.toml:11:8: the rows of `Comment` have no page that an item could lead to
    hint: give the model a `url`, or the entry `item = { link = ... }`
    error: urls.toml:17:8: no url is named `hme`
    error: urls.toml:21:17: `posts.post` has no field `slugg`
    hint: did you mean `slug`?
    hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
    error: urls.toml:21:44: `published` must be a date field of the model, which `text` is not
    error: urls.toml:21:52: unknown key `titel`
    hint: did you mean `title`?
    error: urls.toml:26:15: a sitemap holds from 1 to 50000 pages
    error: urls.toml:29:15: the rows of `Tag` have no page
    hint: say where it is with the option `url` of the model
    error: urls.toml:31:39: `lastmod` must be a date field of the model, which `published` is not
    hint: did you mean `published_at`?
    error: urls.toml:31:65: `wekly` says not how often
    hint: did you mean `weekly`?
    error: urls.toml:31:85: a priority is a number from 0.0 to 1.0, which 2 is not
    error: urls.toml:32:5: a section needs a `model` or `urls`
    hint: write `model = "app.Model"`, or `urls = ["home"]`
    error: urls.toml:36:8: no url is named `nowhere`
    error: urls.toml:41:8: a sitemap needs `sections`
    hint: write `sections.posts = { model = "posts.Post" }`, or `sections.pages = { urls = ["home"] }`
    error: urls.toml:46:12: `admin` is not a path
    hint: paths begin with `/`
    error: found 15 errors and 1 warning
    "##);
}
