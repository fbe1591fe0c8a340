//! A server that speaks the protocol of S3 (`SeaweedFS`), which the tests share; the unit tests use this file, too.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::tool::seaweedfs;

/// The name of the key that the server knows.
pub(crate) const ACCESS_KEY: &str = "AKIDOFTESTS";

/// What it signs with: of characters that are encoded in addresses.
pub(crate) const SECRET_KEY: &str = "secret/+of=tests";

/// The server of this process. It ends with it, and its files go.
pub(crate) struct S3Server {
    /// Ends when its standard input does, and so when this process does.
    #[allow(dead_code, reason = "it is held so that the server lives on")]
    process: Child,
    /// The port of the protocol.
    pub(crate) port: u16,
    /// The port of the file system below it.
    filer_port: u16,
}

/// Runs the server as long as standard input is open, then removes its files.
const SCRIPT: &str = "directory=$1; shift; \"$@\" & server=$!; \
                      trap '' INT TERM; while read -r _; do :; done; \
                      kill -KILL $server; wait $server 2>/dev/null; rm -rf \"$directory\"";

impl S3Server {
    /// The one server of this process.
    pub(crate) fn shared() -> &'static Self {
        static SERVER: OnceLock<S3Server> = OnceLock::new();
        SERVER.get_or_init(Self::start)
    }

    /// The address of the service.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes a bucket that no other test has; returns its name.
    pub(crate) fn new_bucket(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("bucket{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let address = format!("{}/buckets/{name}/", self.filer());
        ureq::post(&address).send_empty().unwrap();
        name
    }

    /// What lies in `directory` of the bucket as the server's own file system has it, in JSON.
    #[allow(dead_code, reason = "not all of the tests look there")]
    pub(crate) fn raw_listing(&self, bucket: &str, directory: &str) -> String {
        let address = format!("{}/buckets/{bucket}/{directory}?limit=10", self.filer());
        let listed = ureq::get(&address)
            .header("Accept", "application/json")
            .call();
        match listed {
            Ok(mut listed) => listed.body_mut().read_to_string().unwrap(),
            Err(ureq::Error::StatusCode(404)) => String::new(),
            Err(error) => panic!("{error}"),
        }
    }

    fn filer(&self) -> String {
        format!("http://127.0.0.1:{}", self.filer_port)
    }

    fn start() -> Self {
        let program = seaweedfs().expect("this test needs `weed`: `tests/parity/venv` installs it");
        // The ports are free until somebody else takes one: then the server ends, and others are tried.
        for _ in 0..5 {
            if let Some(server) = Self::try_start(&program) {
                return server;
            }
        }
        panic!("`weed` does not start");
    }

    fn try_start(program: &PathBuf) -> Option<Self> {
        let directory = tempfile::tempdir().unwrap().keep();
        let config = directory.join("s3.json");
        let keys = format!(r#"{{"accessKey": "{ACCESS_KEY}", "secretKey": "{SECRET_KEY}"}}"#);
        let rights = r#"["Admin", "Read", "Write", "List"]"#;
        let identity =
            format!(r#"{{"name": "tests", "credentials": [{keys}], "actions": {rights}}}"#);
        std::fs::write(&config, format!(r#"{{"identities": [{identity}]}}"#)).unwrap();
        let ports = free_ports();
        let mut command = Command::new("sh");
        command
            .args(["-c", SCRIPT, "sh"])
            .arg(&directory)
            .arg(program);
        command.args([
            "-logtostderr=true",
            "server",
            "-s3",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
        ]);
        command.arg(format!("-dir={}", directory.display()));
        command.arg(format!("-s3.config={}", config.display()));
        command.args([
            "-master.telemetry=false",
            "-master.volumeSizeLimitMB=64",
            "-volume.max=100",
            "-s3.autoCreateBucket=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
        ]);
        let names = ["master", "volume", "filer", "s3"];
        let flags = names
            .iter()
            .flat_map(|name| [format!("-{name}.port"), format!("-{name}.port.grpc")]);
        for (flag, port) in flags.zip(ports) {
            command.arg(format!("{flag}={port}"));
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let server = Self {
            process: command.spawn().unwrap(),
            port: ports[6],
            filer_port: ports[4],
        };
        server.answers().then_some(server)
    }

    /// Whether it takes a file: its parts find each other one after the other.
    fn answers(&self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .timeout_global(Some(Duration::from_secs(5)))
                .http_status_as_error(false)
                .build()
                .into();
            let put = agent.put(format!("{}/ready", self.filer())).send("ready");
            let asked = agent.get(self.endpoint()).call();
            if put.is_ok_and(|answer| answer.status().is_success()) && asked.is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(50));
        }
        false
    }
}

/// Eight ports that were free a moment ago.
fn free_ports() -> [u16; 8] {
    let listeners = [(); 8].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners
        .each_ref()
        .map(|listener| listener.local_addr().unwrap().port())
}
