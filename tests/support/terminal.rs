//! A run of `djr` on a terminal, with somebody typing.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::Invocation;

/// How long a question may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal, made by the `script` of util-linux.
pub(crate) struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    output: Receiver<String>,
    screen: String,
}

impl Terminal {
    /// Starts `invocation` on a terminal, and `then` when it has ended; `None` where there is no `script`.
    pub(crate) fn start(invocation: Invocation, then: &str) -> Option<Self> {
        let version = Command::new("script").arg("--version").output().ok()?;
        if !String::from_utf8_lossy(&version.stdout).contains("util-linux") {
            return None;
        }
        let inner = invocation.into_command();
        let words = std::iter::once(inner.get_program()).chain(inner.get_args());
        let words: Vec<_> = words
            .map(|word| format!("'{}'", word.to_str().unwrap()))
            .collect();
        let mut outer = Command::new("script");
        outer
            .args(["-q", "-e", "-c"])
            .arg(format!("{}; {then}", words.join(" ")))
            .arg("/dev/null")
            .current_dir(inner.get_current_dir().unwrap())
            .env_clear()
            .env("SHELL", "/bin/sh")
            .env("TERM", "dumb")
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(
                inner
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = outer.spawn().unwrap();
        let (keyboard, mut pipe) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = pipe.read(&mut bytes) {
                let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
                if sender.send(text).is_err() {
                    break;
                }
            }
        });
        let screen = String::new();
        Some(Self {
            child,
            keyboard,
            output,
            screen,
        })
    }

    /// Waits for `question` to be asked, then types `keys`; what was shown before it is forgotten.
    #[track_caller]
    pub(crate) fn answer(&mut self, question: &str, keys: &str) {
        self.wait_for(question);
        // Keys pressed before the command listens would be echoed by the terminal itself.
        thread::sleep(Duration::from_millis(50));
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until `text` is on the screen; returns all up to its end.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.screen.find(text) {
                let rest = self.screen.split_off(at + text.len());
                return std::mem::replace(&mut self.screen, rest);
            }
            let output = self.output.recv_timeout(PATIENCE);
            self.screen += &output.unwrap_or_else(|_| panic!("no `{text}` in: {}", self.screen));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
