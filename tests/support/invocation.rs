//! One run of the executable, isolated from the caller.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Transcript;

/// The second every command of a test runs in, unless the test says otherwise.
const NOW: &str = "2026-01-02T03:04:05Z";

/// A run of `djr` that is being put together.
pub(crate) struct Invocation {
    command: Command,
    root: PathBuf,
    stdin: Option<String>,
}

impl Invocation {
    pub(crate) fn new(root: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_djr"));
        command
            .args(arguments)
            .current_dir(root)
            .env_clear()
            .env("COLUMNS", "100")
            .env("HOME", root)
            .env("DJR_TEST_NOW", NOW);
        Self {
            command,
            root: root.to_owned(),
            stdin: None,
        }
    }

    /// Sets a variable in its environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs below `program`, which has these options and is found by the caller's `PATH`.
    pub(crate) fn under(self, program: &str, options: &[&str]) -> Self {
        let inner = &self.command;
        let mut command = Command::new(program);
        command
            .args(options)
            .arg(inner.get_program())
            .args(inner.get_args())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(
                inner
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        if let Some(directory) = inner.get_current_dir() {
            command.current_dir(directory);
        }
        Self { command, ..self }
    }

    /// Runs in a directory of the project rather than at its root.
    pub(crate) fn current_dir(mut self, directory: &str) -> Self {
        self.command.current_dir(self.root.join(directory));
        self
    }

    /// Gives it `text` on standard input, which is otherwise empty.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.to_owned());
        self
    }

    /// Runs it to its end.
    #[must_use = "snapshot the transcript or call `success`"]
    pub(crate) fn run(mut self) -> Transcript {
        let input = self.stdin.take();
        let mut child = self
            .command
            .stdin(if input.is_some() {
                Stdio::piped()
            } else {
                Stdio::null()
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("djr should start");
        if let (Some(text), Some(mut pipe)) = (input, child.stdin.take()) {
            // A command that does not read its input has closed the pipe by now.
            pipe.write_all(text.as_bytes()).ok();
        }
        let output = child.wait_with_output().expect("djr should end");
        Transcript::new(output, &self.root)
    }

    /// The command itself, for a test that talks to it while it runs.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }
}
