//! Which worker answers with Python, and that several answer at once.

use std::thread;

use crate::page_cache::{get, visitor};
use crate::support::Project;

const URLS: &str = r#"
[[urls]]
path = "count/"
view = "shop.views.count"
[[urls]]
path = "busy/"
view = "shop.views.busy"
"#;

/// What each interpreter has for itself.
const VIEWS: &str = r#"
import itertools

from django.http import HttpResponse

numbers = itertools.count(1)


def count(request):
    return HttpResponse(next(numbers))


def busy(request):
    rows = [{"number": n, "text": "x" * (n % 7)} for n in range(2000)]
    return HttpResponse(sum(len(row["text"]) for row in rows))
"#;

fn site(workers: usize) -> Project {
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\"")
        .replaced(
            "debug = true",
            "debug = false\nallowed_hosts = [\"testserver\"]",
        )
        .setting(&format!("[server]\nworkers = {workers}"))
        .file("urls.toml", URLS)
        .file("shop/views.py", VIEWS)
}

#[test]
fn requests_one_after_another_need_one_interpreter() {
    let project = site(4);
    let server = project.serve();
    // Now and then one is not waiting again yet when the next request comes; in turn each would answer five.
    let answers = (0..20).map(|_| get(&server, "/count/").text());
    let most = answers.map(|answer| answer.parse::<u32>().unwrap()).max();
    assert!(most > Some(12), "{most:?}");
}

#[test]
fn eight_workers_answer_at_once() {
    let project = site(8);
    let server = project.serve();
    let visitors: Vec<_> = (0..8).map(|_| visitor(&server)).collect();
    thread::scope(|scope| {
        for mut visitor in visitors {
            scope.spawn(move || {
                for _ in 0..5 {
                    let page = visitor.get("/busy/");
                    assert_eq!(page.status, 200);
                    assert_eq!(page.text(), "5995");
                }
            });
        }
    });
}
