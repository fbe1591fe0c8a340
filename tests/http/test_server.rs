//! A server with a toy service in this process, and a client that sends bytes as they are.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use djr::http::{FormLimits, HttpRequest, RequestBody, Response, UploadDirectory};
use djr::logging::AccessDetails;
use djr::server::{
    HttpService, Listener, LostWorkers, Responder, ServerEvent, ServerLimits, Shutdown,
    ShutdownOutcome, serve,
};
use djr::staticfiles::StaticFiles;

use tempfile::TempDir;

use crate::streams;

/// How long a client of a test waits for bytes.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Answers with what was asked, or does what the path says.
pub(crate) struct EchoService {
    files: Option<StaticFiles>,
}

impl HttpService for EchoService {
    type Worker = usize;

    fn new_worker(&self) -> usize {
        0
    }

    fn respond(&self, worker: &mut usize, request: HttpRequest) -> Response {
        *worker += 1;
        match request.path.as_str() {
            "/panic" => panic!("a view that panics"),
            "/slow" => {
                thread::sleep(Duration::from_millis(400));
                Response::text(200, "slow")
            }
            "/large" => Response::text(200, "x".repeat(1_000_000)),
            path => streams::respond(path).unwrap_or_else(|| {
                let echo = format!("{} {path} {}", request.method, told(&request.body));
                Response::text(200, echo)
            }),
        }
    }

    fn responder(&self, encoded_path: &str) -> Responder {
        let files = self.files.as_ref();
        match files.filter(|files| files.covers(encoded_path)) {
            Some(_) => Responder::Disk,
            None if encoded_path.starts_with("/memory/") => Responder::Memory,
            None => Responder::Worker,
        }
    }

    fn respond_from_memory(&self, request: HttpRequest) -> Option<Response> {
        match request.path.as_str() {
            "/memory/page" => Some(Response::text(200, "from memory")),
            "/memory/thread" => {
                let name = thread::current().name().map(ToOwned::to_owned);
                Some(Response::text(200, name.unwrap_or_default()))
            }
            "/memory/panic" => panic!("a panic on the thread of all connections"),
            _ => self.files.as_ref()?.respond_from_memory(&request),
        }
    }

    fn respond_from_disk(&self, request: HttpRequest) -> Option<Response> {
        self.files.as_ref()?.respond(&request)
    }
}

/// The size of a body; of a form what it holds, or why it cannot be read.
fn told(body: &RequestBody) -> String {
    let form = match body {
        RequestBody::Bytes(bytes) => return bytes.len().to_string(),
        RequestBody::Form(Err(error)) => return error.to_string(),
        RequestBody::Form(Ok(form)) => form,
    };
    let fields = form
        .fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    let files = form.files.iter().map(|(name, file)| {
        let place = file.temporary_path().map_or("memory", |_| "disk");
        format!("{name}={:?}, {} bytes in {place}", file.name(), file.size())
    });
    fields.chain(files).collect::<Vec<_>>().join("; ")
}

/// A running server; stopped when it is dropped.
pub(crate) struct TestServer {
    pub(crate) port: u16,
    pub(crate) shutdown: Shutdown,
    events: Arc<Mutex<Vec<String>>>,
    uploads: TempDir,
    thread: Option<JoinHandle<ShutdownOutcome>>,
}

/// Limits that a test reaches in no time.
pub(crate) fn short_limits() -> ServerLimits {
    ServerLimits {
        io_threads: 2,
        workers: 2,
        queue: 256,
        connections: 128,
        head_size: 16 * 1024,
        form: FormLimits {
            fields: 10,
            files: 5,
            field_bytes: 64 * 1024,
            memory_bytes: 16 * 1024,
        },
        upload_size: 8 * 1024 * 1024,
        head_timeout: Duration::from_millis(400),
        body_timeout: Duration::from_millis(400),
        idle_timeout: Duration::from_millis(600),
        shutdown_timeout: Duration::from_secs(5),
        worker_stack: None,
        loading_thread: None,
        lost_workers: LostWorkers::default(),
    }
}

impl TestServer {
    pub(crate) fn start(limits: ServerLimits) -> Self {
        Self::start_with(limits, None)
    }

    pub(crate) fn start_with(limits: ServerLimits, files: Option<StaticFiles>) -> Self {
        let listener = Listener::bind(&"127.0.0.1:0".parse().unwrap()).unwrap();
        let (port, shutdown) = (listener.port(), Shutdown::default());
        let service = Arc::new(EchoService { files });
        let events = Arc::new(Mutex::new(Vec::new()));
        let uploads = tempfile::tempdir().unwrap();
        let directory = UploadDirectory::open(uploads.path());
        let thread = {
            let (shutdown, events) = (shutdown.clone(), Arc::clone(&events));
            thread::spawn(move || {
                let sink = move |batch: Vec<ServerEvent>| {
                    let lines = batch.iter().map(line);
                    events.lock().unwrap().extend(lines);
                };
                serve(listener, service, limits, directory, &shutdown, sink).unwrap()
            })
        };
        Self {
            port,
            shutdown,
            events,
            uploads,
            thread: Some(thread),
        }
    }

    /// Where files of forms are written.
    pub(crate) fn upload_directory(&self) -> PathBuf {
        self.uploads.path().to_owned()
    }

    /// Waits for its end, and looks at what it left; returns how it ended, and the lines of its events.
    pub(crate) fn ended_keeping(mut self, look: impl FnOnce()) -> (ShutdownOutcome, Vec<String>) {
        let ending = self.thread.take().unwrap().join().unwrap();
        look();
        let events = self.events.lock().unwrap().clone();
        (ending, events)
    }

    /// How many files of forms lie on disk.
    pub(crate) fn files_on_disk(&self) -> usize {
        let files = walkdir::WalkDir::new(self.uploads.path()).into_iter();
        files
            .filter(|entry| {
                entry
                    .as_ref()
                    .is_ok_and(|entry| entry.file_type().is_file())
            })
            .count()
    }

    pub(crate) fn connect(&self) -> Client {
        Client::connect(SocketAddr::from(([127, 0, 0, 1], self.port)))
    }

    /// Sends `bytes` on a new connection and reads until the server closes it.
    pub(crate) fn exchange(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut client = self.connect();
        client.send(bytes);
        client.rest()
    }

    /// Stops it; returns how it ended, and the lines of its events.
    pub(crate) fn stopped(self) -> (ShutdownOutcome, Vec<String>) {
        self.shutdown.request();
        self.ended()
    }

    /// Waits for its end; returns how it ended, and the lines of its events.
    pub(crate) fn ended(self) -> (ShutdownOutcome, Vec<String>) {
        self.ended_keeping(|| {})
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.shutdown.request();
        self.shutdown.request();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn line(event: &ServerEvent) -> String {
    match event {
        ServerEvent::Access {
            access:
                AccessDetails {
                    method,
                    target,
                    version,
                    status,
                    size,
                    ..
                },
            ..
        } => format!("{method} {target} {version} {status} {size}"),
        ServerEvent::Refused { status, reason, .. } => format!("{status}: {reason}"),
        ServerEvent::Panic { target, message } => format!("{target} panicked: {message}"),
        other => format!("{other:?}"),
    }
}

/// One connection.
pub(crate) struct Client {
    socket: TcpStream,
    read: Vec<u8>,
}

impl Client {
    pub(crate) fn connect(address: impl ToSocketAddrs) -> Self {
        let socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(TIMEOUT)).unwrap();
        Self {
            socket,
            read: Vec::new(),
        }
    }

    /// Asks for `path` and reads the answer.
    pub(crate) fn get(&mut self, path: &str) -> RawResponse {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        self.response()
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // The server may have closed by now; what it said before is read all the same.
        self.socket.write_all(bytes.as_ref()).ok();
    }

    /// Everything until the server closes the connection.
    pub(crate) fn rest(&mut self) -> String {
        self.socket.read_to_end(&mut self.read).unwrap();
        String::from_utf8_lossy(&std::mem::take(&mut self.read)).into_owned()
    }

    /// One response with its body, by its length or in chunks.
    pub(crate) fn response(&mut self) -> RawResponse {
        self.response_to("GET")
    }

    /// One response to a request of the method; that to HEAD has no body.
    pub(crate) fn response_to(&mut self, method: &str) -> RawResponse {
        loop {
            if let Some(answer) = RawResponse::take(&mut self.read, method) {
                return answer;
            }
            let mut buffer = [0; 4096];
            let size = self.socket.read(&mut buffer).unwrap();
            assert!(
                size > 0,
                "closed after {:?}",
                String::from_utf8_lossy(&self.read)
            );
            self.read.extend_from_slice(&buffer[..size]);
        }
    }

    pub(crate) fn close_write(&self) {
        self.socket.shutdown(std::net::Shutdown::Write).unwrap();
    }
}

/// What chunks hold up to the last one, and how many bytes that took; `None` before that has come.
fn without_chunks(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let rest = bytes.get(at..)?;
        let line = rest.windows(2).position(|end| end == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        at += line + 2;
        body.extend(bytes.get(at..at + size)?);
        at += size + 2;
        if size == 0 {
            return Some((body, at));
        }
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl RawResponse {
    fn take(bytes: &mut Vec<u8>, method: &str) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        // Beyond ASCII headers are Latin-1.
        let head: String = bytes[..end].iter().copied().map(char::from).collect();
        let mut answer = Self {
            status: head[9..12].parse().unwrap(),
            head,
            body: Vec::new(),
        };
        if method != "HEAD" && answer.header("transfer-encoding") == Some("chunked") {
            let (body, size) = without_chunks(&bytes[end..])?;
            answer.body = body;
            bytes.drain(..end + size);
            return Some(answer);
        }
        let size = answer.header("content-length").filter(|_| method != "HEAD");
        let size = size.map_or(0, |size| size.parse().unwrap());
        answer.body = bytes.get(end..end + size)?.to_vec();
        bytes.drain(..end + size);
        Some(answer)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// Every value of a header that may stand there several times.
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let same = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value).collect()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
