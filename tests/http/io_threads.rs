//! Several threads that read requests and write responses: what holds for one holds for all of them together.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use djr::server::{ServerLimits, ShutdownOutcome};

use crate::test_server::{Client, TestServer, short_limits};

/// A server with this many threads for connections.
fn server(io_threads: usize) -> TestServer {
    TestServer::start(ServerLimits {
        io_threads,
        idle_timeout: Duration::from_secs(60),
        ..short_limits()
    })
}

/// The name of the thread that answers a client from memory.
fn thread_of(client: &mut Client) -> String {
    client.get("/memory/thread").text()
}

#[test]
fn connections_are_spread_over_the_threads_and_stay_where_they_are() {
    let server = server(3);
    let mut clients: Vec<_> = (0..9).map(|_| server.connect()).collect();
    let threads: Vec<_> = clients.iter_mut().map(thread_of).collect();
    let mut counts = BTreeMap::<_, usize>::new();
    for thread in &threads {
        *counts.entry(thread.as_str()).or_default() += 1;
    }
    assert_eq!(
        counts.into_values().collect::<Vec<_>>(),
        [3, 3, 3],
        "{threads:?}"
    );
    let again: Vec<_> = clients.iter_mut().map(thread_of).collect();
    assert_eq!(again, threads);
    // New connections go where others have left.
    let left = threads[4].clone();
    let mut place = 0;
    clients.retain(|_| {
        place += 1;
        threads[place - 1] != left
    });
    thread::sleep(Duration::from_millis(100));
    for _ in 0..3 {
        let mut client = server.connect();
        assert_eq!(thread_of(&mut client), left);
        clients.push(client);
    }
}

#[test]
fn a_thread_answers_from_memory_while_every_worker_is_busy() {
    let server = server(2);
    let mut slow: Vec<_> = (0..4).map(|_| server.connect()).collect();
    for client in &mut slow {
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    let mut client = server.connect();
    assert_eq!(client.get("/memory/page").text(), "from memory");
    assert_eq!(
        client.get("/memory/missing").text(),
        "GET /memory/missing 0"
    );
    for client in &mut slow {
        assert_eq!(client.response().text(), "slow");
    }
    // What is not a GET or HEAD is not asked for in memory.
    client.send("POST /memory/page HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
    assert_eq!(client.response().text(), "POST /memory/page 2");
}

#[test]
fn a_panic_on_a_thread_of_connections_costs_nobody_anything() {
    let server = server(2);
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut client = server.connect();
        assert_eq!(client.get("/memory/panic").text(), "GET /memory/panic 0");
        assert_eq!(client.get("/memory/page").text(), "from memory");
        // The next one is served by the other thread.
        kept.push(client);
    }
}

#[test]
fn all_threads_together_have_as_many_connections_as_the_limits_say() {
    let server = TestServer::start(ServerLimits {
        io_threads: 3,
        connections: 4,
        head_timeout: Duration::from_secs(60),
        ..short_limits()
    });
    let mut half: Vec<_> = (0..4).map(|_| server.connect()).collect();
    for client in &mut half {
        client.send("GET / HTTP/1.1\r\n");
    }
    thread::sleep(Duration::from_millis(100));
    let refused = server.connect().rest();
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    for client in &mut half {
        client.send("Host: a\r\n\r\n");
        assert_eq!(client.response().status, 200);
    }
}

#[test]
fn a_shutdown_lets_the_requests_of_all_threads_finish() {
    let server = server(3);
    let mut busy: Vec<_> = (0..3).map(|_| server.connect()).collect();
    let mut idle: Vec<_> = (0..3).map(|_| server.connect()).collect();
    for client in &mut idle {
        assert_eq!(client.get("/memory/page").status, 200);
    }
    for client in &mut busy {
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    thread::sleep(Duration::from_millis(100));
    server.shutdown.request();
    for client in &mut idle {
        assert_eq!(client.rest(), "");
    }
    for client in &mut busy {
        assert!(client.rest().ends_with("slow"));
    }
    let (outcome, lines) = server.ended();
    assert_eq!((outcome, lines.len()), (ShutdownOutcome::Complete, 6));
}

#[test]
fn a_second_signal_cuts_the_connections_of_all_threads_off() {
    let server = server(3);
    let mut busy: Vec<_> = (0..3).map(|_| server.connect()).collect();
    for client in &mut busy {
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    thread::sleep(Duration::from_millis(100));
    server.shutdown.request();
    let (outcome, lines) = server.stopped();
    assert_eq!(outcome, ShutdownOutcome::CutOff { connections: 3 });
    for client in &mut busy {
        assert_eq!(client.rest(), "");
    }
    assert_eq!(lines, ["GET /slow HTTP/1.1 499 0"; 3]);
}
