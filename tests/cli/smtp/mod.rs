//! A mail server on loopback: Python's aiosmtpd, which is none of ours.

use std::io::{BufRead as _, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A running server; it ends with the test.
pub(crate) struct MailServer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Where it listens.
    pub(crate) port: u16,
}

impl MailServer {
    /// Starts one that is `plain`, `starttls`, `tls` or `auth`; `None`, with a line, without aiosmtpd.
    #[track_caller]
    #[expect(clippy::print_stderr, reason = "what was not tried must be seen")]
    pub(crate) fn start(mode: &str) -> Option<Self> {
        let Some(python) = python() else {
            eprintln!("skipped: no Python with aiosmtpd; `tests/parity/venv` makes one");
            assert!(std::env::var_os("CI").is_none(), "CI skips nothing");
            return None;
        };
        let mut process = Command::new(python)
            .arg(directory().join("server.py"))
            .arg(mode)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the server's port").unwrap();
        Some(Self {
            process,
            lines,
            port: port.parse().unwrap(),
        })
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

fn python() -> Option<PathBuf> {
    let venv = std::env::var_os("DJANGO_VENV").unwrap_or_else(|| "target/django".into());
    let venv = Path::new(env!("CARGO_MANIFEST_DIR")).join(venv);
    let candidates = [venv.join("bin/python"), PathBuf::from("python3")];
    candidates.into_iter().find(|python| {
        let mut command = Command::new(python);
        let asked = command
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null());
        asked.status().is_ok_and(|status| status.success())
    })
}
