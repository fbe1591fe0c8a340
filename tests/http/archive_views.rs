//! `generic.archive` over a running server.

use crate::blog::{blog, page, status};
use crate::support::Project;

const ARCHIVES: &str = r#"
[[urls]]
path = "archive/"
view = "generic.archive"
model = "posts.Post"
date_field = "published_at"
paginate_by = 3

[[urls]]
path = "archive/<year>/"
view = "generic.archive"
period = "year"
model = "posts.Post"
date_field = "published_at"

[[urls]]
path = "full/<int:year>/"
view = "generic.archive"
period = "year"
make_object_list = true
model = "posts.Post"
date_field = "published_at"
filter = { author__username = "bob" }

[[urls]]
path = "archive/<year>/<month>/"
view = "generic.archive"
period = "month"
model = "posts.Post"
date_field = "published_at"

[[urls]]
path = "archive/<year>/week/<int:week>/"
view = "generic.archive"
period = "week"
week_format = "%W"
model = "posts.Post"
date_field = "published_at"

[[urls]]
path = "archive/<year>/<month>/<int:day>/"
view = "generic.archive"
period = "day"
model = "posts.Post"
date_field = "published_at"

[[urls]]
path = "open/<year>/<month>/<int:day>/"
view = "generic.archive"
period = "day"
model = "posts.Post"
date_field = "published_at"
allow_empty = true
template = "posts/post_archive_day.html"

[[urls]]
path = "archive/<year>/<month>/<int:day>/<slug:slug>/"
view = "generic.archive"
period = "date"
model = "posts.Post"
date_field = "published_at"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
"#;

/// The archives, in Vienna.
fn archives() -> Project {
    let rows = "{{ object_list|join(',') }}|{{ post_list|length }}|";
    let dates = "{% for d in date_list or [] %}{{ d|date('Y-m-d') }} {% endfor %}|";
    let beside = |name: &str| {
        format!(
            "{{{{ {name}|date('Y-m-d') }}}}|{{{{ previous_{name}|date('Y-m-d') if previous_{name} }}}}|\
             {{{{ next_{name}|date('Y-m-d') if next_{name} }}}}"
        )
    };
    let page = |name: &str| format!("{rows}{dates}{}", beside(name));
    let project = blog(
        ARCHIVES,
        &[
            (
                "posts/post_archive.html",
                &format!(
                    "{{{{ latest|join(',') }}}}|{dates}{{{{ page_obj.paginator.num_pages }}}}"
                ),
            ),
            ("posts/post_archive_year.html", &page("year")),
            ("posts/post_archive_month.html", &page("month")),
            ("posts/post_archive_week.html", &page("week")),
            (
                "posts/post_archive_day.html",
                &format!(
                    "{}|{}",
                    page("day"),
                    "{{ previous_month|date('Y-m') }} {{ next_month|date('Y-m') }}"
                ),
            ),
            ("posts/post_detail.html", "{{ post }}"),
        ],
    );
    // A year back, before the time that the server lives in.
    let earlier = "UPDATE posts_post SET published_at = \
                   replace(replace(published_at, '2025-', '2024-'), '2026-', '2025-')";
    project.database().execute_batch(earlier).unwrap();
    project.replaced(
        "debug = true",
        "debug = true\ntime_zone = \"Europe/Vienna\"",
    )
}

#[test]
fn rows_are_found_by_year_month_week_and_day_of_the_projects_zone() {
    let project = archives();
    let server = project.serve();
    for (path, expected) in [
        ("/archive/", "Post 23,Post 20,Post 17|2025-01-01 |9"),
        // The only post of 2024 came out in 2025, in Vienna.
        (
            "/archive/2025/",
            "|0|2025-01-01 2025-02-01 2025-03-01 |2025-01-01||",
        ),
        ("/full/2025/", "Of Bob|1|2025-01-01 |2025-01-01||"),
        (
            "/archive/2025/jan/",
            "Post 24,Post 21,Post 18,Post 15,Post 12,Post 9,Post 6,Post 3,Of Bob|9|2025-01-01 2025-01-03 2025-01-06 2025-01-09 \
             2025-01-12 2025-01-15 2025-01-18 2025-01-21 2025-01-24 |2025-01-01||2025-02-01",
        ),
        (
            "/archive/2025/03/",
            "Post 23,Post 20,Post 17,Post 14,Post 11,Post 8,Post 5,Post 2|8|2025-03-02 2025-03-05 2025-03-08 2025-03-11 2025-03-14 2025-03-17 2025-03-20 2025-03-23 |2025-03-01|2025-02-01|",
        ),
        (
            "/archive/2025/week/0/",
            "Post 3,Of Bob|2||2024-12-30||2025-01-06",
        ),
        (
            "/archive/2025/jan/1/",
            "Of Bob|1||2025-01-01||2025-01-03| 2025-02",
        ),
        (
            "/archive/2025/1/3/",
            "Post 3|1||2025-01-03|2025-01-01|2025-01-06|",
        ),
        (
            "/open/2025/1/4/",
            "|0||2025-01-04|2025-01-03|2025-01-05|2024-12 2025-02",
        ),
        ("/archive/2025/jan/3/post-3/", "Post 3"),
    ] {
        let found = page(&server, path);
        assert!(found.starts_with(expected), "{path}\n{found}\n{expected}");
    }
    for path in [
        "/archive/2024/",
        "/archive/26/",
        "/archive/0000/",
        "/archive/9999/",
        "/archive/2025/feb/30/",
        "/archive/2025/foo/",
        "/archive/2025/13/",
        "/archive/2025/week/54/",
        "/archive/2025/week/40/",
        "/archive/2025/jan/4/post-3/",
        "/archive/2025/jan/3/post-4/",
        "/open/2025/2/30/",
    ] {
        assert_eq!(status(&server, path), 404, "{path}");
    }
}
