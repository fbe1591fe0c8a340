//! Servers of caches that the tests start for themselves; the unit tests use this file, too.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A server on a free port of this machine, which ends with the test.
#[derive(Debug)]
pub(crate) struct TestServer {
    process: Child,
    /// Its port.
    pub(crate) port: u16,
}

impl TestServer {
    pub(crate) fn redis() -> Self {
        Self::start("redis-server", None, Self::redis_arguments)
    }

    /// Redis on `port`, where one was before.
    #[allow(dead_code, reason = "the unit tests have no use for it")]
    pub(crate) fn redis_again(port: u16) -> Self {
        Self::start("redis-server", Some(port), Self::redis_arguments)
    }

    fn redis_arguments(port: &str) -> Vec<&str> {
        vec![
            "--port",
            port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
    }

    pub(crate) fn memcached() -> Self {
        Self::start("memcached", None, Self::memcached_arguments)
    }

    /// A memcached on `port`, where one was before.
    #[allow(dead_code, reason = "the unit tests have no use for it")]
    pub(crate) fn memcached_again(port: u16) -> Self {
        Self::start("memcached", Some(port), Self::memcached_arguments)
    }

    fn memcached_arguments(port: &str) -> Vec<&str> {
        vec!["-l", "127.0.0.1", "-p", port, "-U", "0", "-u", "nobody"]
    }

    fn start(program: &str, port: Option<u16>, arguments: impl Fn(&str) -> Vec<&str>) -> Self {
        // The port is free until somebody else takes it: then the server ends at once, and another one is tried.
        for _ in 0..5 {
            let port = port.unwrap_or_else(free_port);
            let mut command = Command::new(program);
            command.args(arguments(&port.to_string()));
            let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
            let process =
                process.unwrap_or_else(|error| panic!("this test needs `{program}`: {error}"));
            let mut server = Self { process, port };
            if server.answers() {
                return server;
            }
        }
        panic!("`{program}` does not start");
    }

    fn answers(&mut self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline && self.process.try_wait().unwrap().is_none() {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Sends the process a signal, by its name: `STOP`, `CONT`, `KILL`. Returns after `STOP` once none of its threads runs.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.unwrap().success());
        while name == "STOP" && self.has_running_threads() {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether some thread is not stopped yet; false where there is no `/proc`.
    fn has_running_threads(&self) -> bool {
        let Ok(threads) = fs::read_dir(format!("/proc/{}/task", self.process.id())) else {
            return false;
        };
        threads.flatten().any(|thread| {
            let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            // The state stands behind the name, which is in brackets.
            stat.rsplit_once(") ")
                .is_some_and(|(_, rest)| !rest.starts_with('T'))
        })
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
