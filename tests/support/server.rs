//! A running `djr runserver`.

use std::io::{self, BufRead as _, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use super::Invocation;

/// How long a server may take until it says where it listens.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A server on a free port, killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    address: String,
    lines: Receiver<String>,
    startup_output: String,
}

impl Server {
    /// Starts `invocation` and waits for the line that names the address.
    #[track_caller]
    pub(crate) fn start(invocation: Invocation) -> Self {
        // One pipe for both, as on a terminal: two would say nothing of the order of their lines.
        let (reader, writer) = io::pipe().unwrap();
        let child = invocation
            .into_command()
            .stdin(Stdio::null())
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .spawn()
            .expect("djr should start");
        let (sender, lines) = mpsc::channel();
        forward(reader, sender);
        let mut server = Self {
            child,
            address: String::new(),
            lines,
            startup_output: String::new(),
        };
        server.address = server.wait_for_address();
        server
    }

    /// `host:port`, where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What it printed until it said where it listens, that line included.
    pub(crate) fn startup_output(&self) -> &str {
        &self.startup_output
    }

    /// The URL of `path`, which starts with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The process, for signals.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line it printed; fails the test when none comes.
    #[track_caller]
    pub(crate) fn line(&self) -> String {
        self.lines
            .recv_timeout(TIMEOUT)
            .expect("a line of the server")
    }

    /// The first line from here on that holds `text`.
    #[track_caller]
    pub(crate) fn line_with(&self, text: &str) -> String {
        loop {
            let line = self.line();
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Waits for its end; returns the exit code.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    #[track_caller]
    fn wait_for_address(&mut self) -> String {
        let line = loop {
            let line = self.line();
            self.startup_output.push_str(&line);
            self.startup_output.push('\n');
            if line.contains("http://") {
                break line;
            }
        };
        let (_, rest) = line.split_once("http://").unwrap();
        let end = rest.find(|letter: char| letter == '/' || letter.is_whitespace());
        rest[..end.unwrap_or(rest.len())].to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Sends each line of `pipe`, so that the server never blocks on a full one.
fn forward(pipe: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            sender.send(line).ok();
        }
    });
}
