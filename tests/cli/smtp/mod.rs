//! A mail server on loopback: aiosmtpd, which shares no code with djr.

use std::io::{BufRead as _, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::support::tool::{Tool, python_with_aiosmtpd};

/// A running server; it ends with the test.
pub(crate) struct MailServer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Where it listens.
    pub(crate) port: u16,
}

impl MailServer {
    /// Starts one that is `plain`, `starttls`, `tls` or `auth`.
    #[track_caller]
    pub(crate) fn start(mode: &str) -> Self {
        Tool::Aiosmtpd.require();
        let mut process = Command::new(python_with_aiosmtpd().unwrap())
            .arg(directory().join("server.py"))
            .arg(mode)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the server's port").unwrap();
        Self {
            process,
            lines,
            port: port.parse().unwrap(),
        }
    }

    /// The messages it took; it ends.
    pub(crate) fn messages(mut self) -> Vec<Value> {
        drop(self.process.stdin.take());
        let lines = self.lines.by_ref();
        lines
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The authority that signed the server's certificate, which is for `localhost`.
pub(crate) fn authority() -> PathBuf {
    directory().join("ca.pem")
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/smtp")
}
