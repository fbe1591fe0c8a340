//! Python that is hostile, or as good as: the request is over, and the server lives.

use std::net::TcpStream;

use crate::page_cache::get;
use crate::support::{Project, Server};

const VIEWS: &str = r#"
import ast
import copy
import io
import itertools
import json
import os
import re
import signal
import sys
import threading

from django.http import Http404, HttpResponse


def fine(request):
    return HttpResponse("fine")


def deep():
    value = []
    for _ in range(100000):
        value = [value]
    return value


class Gone(Http404, KeyError):
    pass


class Stubborn:
    def __del__(self):
        raise ValueError("in __del__")


def steps():
    try:
        yield 1
    finally:
        yield 2


def raised_limit():
    sys.setrecursionlimit(10**8)

    def again():
        return again()

    return again()


def exhausted():
    kept = []
    while True:
        try:
            kept.append("a" * 4_000_000 + str(len(kept)))
        except Exception:
            pass


def caught(deed):
    try:
        deed()
    except MemoryError as error:
        return "caught"


def threads():
    done = []
    thread = threading.Thread(target=lambda: done.append(threading.get_ident()))
    thread.start()
    told = list(done)
    thread.join()
    return f"{len(told)} before join"


def forget_modules():
    del sys.modules["django.http"], sys.modules["shop.views"]
    import django.http

    return "imported anew"


def gone():
    raise Gone("nothing here")


def stubborn():
    for _ in range(3):
        Stubborn()
    return "deleted"


def generators():
    found = [next(steps()) for _ in range(100)]
    return str(len(found))


def handlers():
    try:
        signal.signal(signal.SIGTERM, lambda *_: None)
    except ValueError as error:
        return f"ValueError: {error}"
    return "set"


DEEDS = {
    "repr": lambda: repr(deep()),
    "equal": lambda: str(deep() == deep()),
    "copy": lambda: copy.deepcopy(deep()),
    "write": lambda: json.dumps(deep()),
    "read": lambda: json.loads("[" * 100000),
    "number": lambda: json.loads("-"),
    "source": lambda: ast.literal_eval("[" * 100000),
    "chain": lambda: eval("1" + "+1" * 100000),
    "limit": raised_limit,
    "exit": lambda: os._exit(3),
    "kill": lambda: os.kill(os.getpid(), 9),
    "raise": lambda: signal.raise_signal(9),
    "sys_exit": lambda: sys.exit(3),
    "quit": lambda: (_ for _ in ()).throw(SystemExit),
    "interrupt": lambda: (_ for _ in ()).throw(KeyboardInterrupt),
    "memory": exhausted,
    "repeated": lambda: "a" * 10**12,
    "list": lambda: [0] * 10**10,
    "bytearray": lambda: bytearray(10**11),
    "shift": lambda: 1 << 10**13,
    "power": lambda: 2 ** 10**14,
    "join": lambda: "a".join(["b" * 10**6] * 10**7),
    "width": lambda: "{:>10000000000}".format(1),
    "percent": lambda: "%10000000000d" % 1,
    "filled": lambda: "1".zfill(10**12),
    "replaced": lambda: ("a" * 10**6).replace("a", "b" * 10**7),
    "random": lambda: os.urandom(10**12),
    "file": lambda: io.BytesIO().seek(10**12),
    "caught": lambda: caught(lambda: "a" * 10**12),
    "counted": lambda: list(itertools.count()),
    "called": lambda: list(iter(int, 1)),
    "added": lambda: sum(iter(int, 1)),
    "sought": lambda: 1 in itertools.repeat(0),
    "ranged": lambda: list(range(10**12)),
    "mapped": lambda: "".join(map(str, range(10**12))),
    "threads": threads,
    "forget": forget_modules,
    "gone": gone,
    "stubborn": stubborn,
    "generators": generators,
    "native": lambda: str(re.match("(a+)+$", "a" * 64 + "b")),
    "handlers": handlers,
}


def do(request, deed):
    return HttpResponse(DEEDS[deed]())
"#;

const URLS: &str = r#"
[[urls]]
path = "fine/"
view = "shop.views.fine"
[[urls]]
path = "do/<str:deed>/"
view = "shop.views.do"
"#;

fn site() -> Project {
    site_with("workers = 1\nmemory_limit = 512")
}

fn site_with(server: &str) -> Project {
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        )
        .setting(&format!("[server]\n{server}"))
        .file("urls.toml", URLS)
        .file("shop/views.py", VIEWS)
}

/// What the page of `deed` says, after which the server must answer as before.
fn done(server: &Server, deed: &str) -> String {
    let page = get(server, &format!("/do/{deed}/"));
    let after = get(server, "/fine/");
    assert_eq!(after.text(), "fine", "after {deed}: {}", page.text());
    format!("{} {}", page.status, page.text())
}

#[test]
fn what_would_end_a_process_ends_a_request() {
    let project = site();
    let server = project.serve();
    for (deed, told) in [
        ("repr", "RecursionError"),
        ("equal", "RecursionError"),
        ("copy", "RecursionError"),
        ("write", "RecursionError"),
        ("read", "RecursionError"),
        ("number", "JSONDecodeError"),
        ("source", "too many nested parentheses"),
        ("chain", "RecursionError"),
        ("limit", "RecursionError"),
        ("exit", "AttributeError"),
        ("kill", "AttributeError"),
        ("raise", "AttributeError"),
        ("sys_exit", "SystemExit"),
        ("quit", "SystemExit"),
        ("interrupt", "KeyboardInterrupt"),
    ] {
        let answer = done(&server, deed);
        assert!(answer.starts_with("500 "), "{deed}: {answer}");
        assert!(answer.contains(told), "{deed}: {answer}");
    }
    for deed in [
        "repeated",
        "list",
        "bytearray",
        "shift",
        "power",
        "join",
        "width",
        "percent",
        "filled",
        "replaced",
        "random",
        "file",
    ] {
        let answer = done(&server, deed);
        assert!(
            answer.contains("are more than `[server] memory_limit` leaves"),
            "{deed}: {answer}"
        );
    }
    assert_eq!(done(&server, "caught"), "200 caught");
    // On a busy machine it may be the plain page of a worker that was replaced, which does not name the setting.
    let answer = done(&server, "memory");
    assert!(answer.starts_with("500 "), "{answer}");
    let mut answers = (0..50).map(|_| done(&server, "number"));
    assert!(answers.any(|answer| answer.contains("JSONDecodeError")));
}

#[test]
fn what_is_odd_is_as_python_has_it() {
    let project = site();
    let server = project.serve();
    for (deed, expected) in [
        ("threads", "200 1 before join"),
        ("forget", "200 imported anew"),
        ("stubborn", "200 deleted"),
        ("generators", "200 100"),
        (
            "handlers",
            "200 ValueError: signal only works in main thread of the main interpreter",
        ),
    ] {
        assert_eq!(done(&server, deed), expected, "{deed}");
    }
    assert!(done(&server, "gone").starts_with("404 "));
    server.line_with("ValueError: in __del__");
}

#[test]
fn native_loops_without_an_end_are_ended_as_code_is() {
    let project = site_with("workers = 1\nmemory_limit = 512\nview_timeout = 3");
    let server = project.serve();
    for deed in ["counted", "called", "added", "sought", "ranged", "mapped"] {
        let answer = done(&server, deed);
        assert!(answer.starts_with("500 "), "{deed}: {answer}");
    }
}

#[test]
fn a_server_that_has_lost_too_many_views_ends_for_its_supervisor() {
    let project = site_with("workers = 2\nview_timeout = 3\nshutdown_timeout = 1");
    let mut server = project.serve();
    // A worker that is slow to load its modules loses its time and not itself: it is asked again.
    for _ in 0..12 {
        let asked = [server.url("/do/native/"), server.url("/do/native/")].map(|address| {
            std::thread::spawn(move || {
                let request = ureq::get(&address).header("Host", "testserver");
                // The answer is an error, or none once the server ends.
                request.call().is_ok()
            })
        });
        for thread in asked {
            assert!(
                !thread.join().unwrap(),
                "a view that does not return has no answer"
            );
        }
        if TcpStream::connect(server.address()).is_err() {
            break;
        }
    }
    server.line_with("4 views did not return");
    assert_eq!(server.wait(), Some(1));
}
