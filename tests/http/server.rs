//! The server on real sockets, with clients that behave and clients that do not.

use std::thread;
use std::time::{Duration, Instant};

use djr::server::ShutdownOutcome;

use crate::test_server::{TestServer, short_limits};

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn keeps_a_connection_and_answers_pipelined_requests_in_order() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    for _ in 0..3 {
        client.send(GET);
        assert_eq!(client.response().text(), "GET / 0");
    }
    let pipelined: String = ["/slow", "/a", "/b"]
        .map(|path| format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"))
        .concat();
    client.send(pipelined);
    let bodies = [(); 3].map(|()| client.response().text());
    assert_eq!(bodies, ["slow", "GET /a 0", "GET /b 0"]);
}

#[test]
fn says_when_and_not_who() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    client.send(GET);
    let answer = client.response();
    assert!(answer.header("date").unwrap().ends_with(" GMT"));
    assert_eq!(answer.header("server"), None);
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
}

#[test]
fn head_is_get_without_the_body() {
    let server = TestServer::start(short_limits());
    let answer = server.exchange("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("content-length: 8\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    let (_, events) = server.stopped();
    assert_eq!(events, ["HEAD / HTTP/1.1 200 0"]);
}

#[test]
fn tells_a_client_that_sends_half_a_head() {
    let server = TestServer::start(short_limits());
    let answer = server.exchange("GET / HTTP/1.1\r\nHos");
    assert!(
        answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
        "{answer}"
    );
    assert!(
        answer.ends_with("the request took too long to arrive\n"),
        "{answer}"
    );
    let (_, events) = server.stopped();
    assert_eq!(events, ["408: the head took too long to arrive"]);
}

#[test]
fn a_head_that_trickles_in_gets_no_more_time() {
    let server = TestServer::start(short_limits());
    let started = Instant::now();
    let mut client = server.connect();
    for byte in GET.bytes().cycle().take(8) {
        client.send([byte]);
        thread::sleep(Duration::from_millis(100));
    }
    assert!(client.rest().starts_with("HTTP/1.1 408 "));
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn closes_an_idle_connection_without_a_word() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    client.send(GET);
    client.response();
    let idle = Instant::now();
    assert_eq!(client.rest(), "");
    assert!(idle.elapsed() >= Duration::from_millis(500));
    assert_eq!(server.exchange(""), "");
}

#[test]
fn an_idle_connection_may_pause_longer_than_a_head_may_take() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    client.send(GET);
    client.response();
    thread::sleep(Duration::from_millis(480));
    client.send(GET);
    assert_eq!(client.response().status, 200);
}

#[test]
fn refuses_a_huge_head() {
    let server = TestServer::start(short_limits());
    for request in [
        format!(
            "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
            "x".repeat(20_000)
        ),
        format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}", "x".repeat(100_000)),
        format!(
            "GET / HTTP/1.1\r\nHost: a\r\n{}\r\n",
            "X: y\r\n".repeat(200)
        ),
        format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(20_000)),
    ] {
        let answer = server.exchange(&request);
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
        assert!(
            answer.ends_with("the head of the request is too large\n"),
            "{answer}"
        );
    }
}

#[test]
fn refuses_what_is_no_http() {
    let server = TestServer::start(short_limits());
    for request in [
        "hello\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET /\u{7f} HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /%FF HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ] {
        let answer = server.exchange(request);
        assert!(
            answer.starts_with("HTTP/1.1 400 Bad Request\r\n"),
            "{request:?}: {answer}"
        );
        assert!(
            !answer.ends_with("\r\n\r\n"),
            "a body: {request:?}: {answer}"
        );
    }
    let answer = server.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 505 "), "{answer}");
    for coding in ["gzip", "foo", "identity"] {
        let request = format!(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {coding}, chunked\r\n\r\n0\r\n\r\n"
        );
        let answer = server.exchange(&request);
        assert!(answer.starts_with("HTTP/1.1 501 "), "{coding}: {answer}");
        assert!(answer.contains("connection: close"), "{coding}: {answer}");
    }
    let answer = server.exchange("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 501 "), "{answer}");
}

#[test]
fn speaks_with_an_old_client_too() {
    let server = TestServer::start(short_limits());
    let answer = server.exchange("GET /old HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("GET /old 0"), "{answer}");
}

#[test]
fn passes_unknown_methods_on() {
    let server = TestServer::start(short_limits());
    let answer = server.exchange("BREW /pot HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(answer.ends_with("BREW /pot 0"), "{answer}");
}

#[test]
fn reads_a_body_by_its_length_and_in_chunks() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    thread::sleep(Duration::from_millis(50));
    client.send("lo");
    assert_eq!(client.response().text(), "POST / 5");
    let chunked = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
    client.send(format!("POST / HTTP/1.1\r\nHost: a\r\n{chunked}"));
    assert_eq!(client.response().text(), "POST / 7");
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assert_eq!(client.response().status, 100);
    client.send("ok");
    assert_eq!(client.response().text(), "POST / 2");
}

#[test]
fn refuses_a_body_that_is_too_large_before_and_while_it_comes() {
    let server = TestServer::start(short_limits());
    let announced = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n";
    let mut chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned();
    for _ in 0..100 {
        chunked += "1000\r\n";
        chunked += &"x".repeat(4096);
        chunked += "\r\n";
    }
    for request in [announced, &chunked] {
        let answer = server.exchange(request);
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(
            answer.ends_with("the body of the request is too large\n"),
            "{answer}"
        );
    }
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = TestServer::start(short_limits());
    let answer = server.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    let mut client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    client.close_write();
    client.rest();
    let (_, events) = server.stopped();
    assert!(
        events.iter().all(|event| !event.contains(" 200 ")),
        "{events:?}"
    );
}

#[test]
fn a_view_that_panics_gives_500_and_its_worker_goes_on() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    for _ in 0..6 {
        client.send("GET /panic HTTP/1.1\r\nHost: a\r\n\r\n");
        let answer = client.response();
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (500, "500 Internal Server Error\n")
        );
    }
    client.send(GET);
    assert_eq!(client.response().status, 200);
    let (_, events) = server.stopped();
    assert!(
        events.contains(&"/panic panicked: a view that panics".to_owned()),
        "{events:?}"
    );
}

#[test]
fn answers_a_hundred_clients_at_once() {
    let server = TestServer::start(short_limits());
    thread::scope(|scope| {
        for number in 0..100 {
            let server = &server;
            scope.spawn(move || {
                let mut client = server.connect();
                for round in 0..10 {
                    let path = format!("/{number}/{round}");
                    client.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
                    assert_eq!(client.response().text(), format!("GET {path} 0"));
                }
            });
        }
    });
    let (ending, events) = server.stopped();
    assert_eq!((ending, events.len()), (ShutdownOutcome::Complete, 1000));
}

#[test]
fn a_full_queue_gives_503() {
    let server = TestServer::start(djr::server::ServerLimits {
        workers: 1,
        queue: 1,
        ..short_limits()
    });
    let mut clients = [(); 6].map(|()| server.connect());
    for client in &mut clients {
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        thread::sleep(Duration::from_millis(20));
    }
    let statuses = clients.each_mut().map(|client| client.response().status);
    assert_eq!(statuses, [200, 200, 503, 503, 503, 503]);
}

#[test]
fn idle_connections_make_room_for_new_ones() {
    let server = TestServer::start(djr::server::ServerLimits {
        connections: 2,
        idle_timeout: Duration::from_secs(60),
        ..short_limits()
    });
    let mut idle = [server.connect(), server.connect()];
    for client in &mut idle {
        client.send(GET);
        client.response();
    }
    let mut client = server.connect();
    client.send(GET);
    assert_eq!(client.response().status, 200);
    assert_eq!(idle[0].rest(), "");
}

#[test]
fn busy_connections_give_a_new_one_503() {
    let server = TestServer::start(djr::server::ServerLimits {
        connections: 2,
        head_timeout: Duration::from_secs(60),
        ..short_limits()
    });
    let mut half = [server.connect(), server.connect()];
    for client in &mut half {
        client.send("GET / HTTP/1.1\r\n");
    }
    thread::sleep(Duration::from_millis(100));
    let answer = server.connect().rest();
    assert!(
        answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"),
        "{answer}"
    );
    half[0].send("Host: a\r\n\r\n");
    assert_eq!(half[0].response().status, 200);
}

#[test]
fn finishes_the_request_in_flight_before_it_stops() {
    let server = TestServer::start(short_limits());
    let mut idle = server.connect();
    let mut client = server.connect();
    client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    thread::sleep(Duration::from_millis(100));
    let port = server.port;
    server.shutdown.request();
    assert_eq!(idle.rest(), "");
    let answer = client.rest();
    assert!(answer.ends_with("slow"), "{answer}");
    let waiting = std::net::TcpStream::connect(("127.0.0.1", port));
    assert!(waiting.is_err());
    assert_eq!(server.ended().0, ShutdownOutcome::Complete);
}

#[test]
fn cuts_requests_off_at_the_deadline_and_at_the_second_signal() {
    for (deadline, signals) in [(Duration::from_millis(50), 1), (Duration::from_secs(60), 2)] {
        let server = TestServer::start(djr::server::ServerLimits {
            shutdown_timeout: deadline,
            ..short_limits()
        });
        let mut client = server.connect();
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        thread::sleep(Duration::from_millis(100));
        for _ in 1..signals {
            server.shutdown.request();
        }
        assert_eq!(
            server.stopped().0,
            ShutdownOutcome::CutOff { connections: 1 }
        );
        assert_eq!(client.rest(), "");
    }
}

#[test]
fn a_client_that_does_not_read_is_given_up() {
    let server = TestServer::start(djr::server::ServerLimits {
        connections: 1,
        ..short_limits()
    });
    let mut deaf = server.connect();
    for _ in 0..40 {
        deaf.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    thread::sleep(Duration::from_secs(2));
    let mut client = server.connect();
    client.send(GET);
    assert_eq!(client.response().status, 200);
}
