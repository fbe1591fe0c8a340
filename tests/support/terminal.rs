//! A run of `djr` on a terminal, with somebody typing.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::tcgetattr;

use super::Invocation;

/// How long a question may take to come.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A pseudo-terminal, and what runs on it.
pub(crate) struct Terminal {
    child: Child,
    keyboard: File,
    output: Receiver<String>,
    screen: String,
}

impl Terminal {
    /// Starts `invocation` on a terminal, and `then` when it has ended.
    pub(crate) fn start(invocation: Invocation, then: &str) -> Self {
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&keyboard).unwrap();
        unlockpt(&keyboard).unwrap();
        let path = ptsname(&keyboard, Vec::new()).unwrap();
        let screen = OpenOptions::new()
            .read(true)
            .write(true)
            // The terminal must not become that of the tests themselves.
            .custom_flags(libc::O_NOCTTY)
            .open(path.to_str().unwrap())
            .unwrap();
        let inner = invocation.into_command();
        let words = std::iter::once(inner.get_program()).chain(inner.get_args());
        let words: Vec<_> = words
            .map(|word| format!("'{}'", word.to_str().unwrap()))
            .collect();
        let mut outer = Command::new("/bin/sh");
        outer
            // A group of its own, whose parent is outside: only such a command can be suspended.
            .process_group(0)
            .arg("-c")
            .arg(format!("{}; {then}", words.join(" ")))
            .current_dir(inner.get_current_dir().unwrap())
            .env_clear()
            .env("TERM", "dumb")
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(
                inner
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdin(screen.try_clone().unwrap())
            .stdout(screen.try_clone().unwrap())
            .stderr(screen);
        let child = outer.spawn().unwrap();
        // The command holds the terminal's other side: without it reading ends when the child does.
        drop(outer);
        let keyboard = File::from(keyboard);
        let mut pipe = keyboard.try_clone().unwrap();
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
        Self {
            child,
            keyboard,
            output,
            screen: String::new(),
        }
    }

    /// Waits for `question` to be asked, then types `keys`; what was shown before it is forgotten.
    #[track_caller]
    pub(crate) fn answer(&mut self, question: &str, keys: &str) {
        self.wait_for(question);
        // Keys pressed before the command listens would be echoed by the terminal itself.
        thread::sleep(Duration::from_millis(50));
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Types `keys` at once.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Sends `signal` to the command itself, not to the shell it runs in.
    #[track_caller]
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.command(), signal).unwrap();
    }

    /// The modes of the terminal.
    pub(crate) fn modes(&self) -> String {
        format!("{:?}", tcgetattr(&self.keyboard).unwrap())
    }

    /// Waits until the modes are other ones than `before`.
    #[track_caller]
    pub(crate) fn wait_until_modes_change(&self, before: &str) {
        wait_until("the modes change", || self.modes() != before);
    }

    /// Waits until the command is suspended.
    #[track_caller]
    pub(crate) fn wait_until_stopped(&self) {
        let path = format!("/proc/{}/stat", self.command().as_raw_nonzero());
        wait_until("the command is suspended", || {
            let stat = std::fs::read_to_string(&path).unwrap();
            stat.rsplit(')').next().unwrap().trim().starts_with('T')
        });
    }

    /// The process of the command, a child of the shell.
    #[track_caller]
    fn command(&self) -> Pid {
        let shell = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
        let children = children.unwrap();
        let first = children.split_whitespace().next().expect("a command runs");
        Pid::from_raw(first.parse().unwrap()).unwrap()
    }

    /// Waits until `text` is on the screen; returns all up to its end.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.screen.find(text) {
                let rest = self.screen.split_off(at + text.len());
                return std::mem::replace(&mut self.screen, rest);
            }
            let output = self.output.recv_timeout(TIMEOUT);
            self.screen += &output.unwrap_or_else(|_| panic!("no `{text}` in: {}", self.screen));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // The shell and what it started: a server would outlive it.
        kill_process_group(Pid::from_child(&self.child), Signal::KILL).ok();
        self.child.wait().ok();
    }
}

/// Waits until `holds`; panics with `what` does not come to be.
#[track_caller]
fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + TIMEOUT;
    while !holds() {
        assert!(Instant::now() < end, "{what}: not within {TIMEOUT:?}");
        thread::sleep(Duration::from_millis(5));
    }
}
