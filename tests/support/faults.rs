//! Runs of `djr` that something happens to: a signal, another user, a tracer.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{Invocation, Transcript};

/// Starts a run and kills it after `delay`.
pub(crate) fn kill_after(invocation: Invocation, delay: Duration) {
    let mut command = invocation.into_command();
    let mut child = silent(&mut command).spawn().expect("djr should start");
    thread::sleep(delay);
    child.kill().ok();
    child.wait().unwrap();
}

/// Whether `strace` is there and may trace.
pub(crate) fn can_trace() -> bool {
    works(&["strace", "-o", "/dev/null", "true"])
}

/// Runs as a user who owns nothing; `None` where that cannot be arranged.
pub(crate) fn unprivileged(invocation: Invocation) -> Option<Transcript> {
    let options = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let probe = [
        &["setpriv"],
        &options[..],
        &[env!("CARGO_BIN_EXE_djr"), "--version"],
    ]
    .concat();
    works(&probe).then(|| invocation.under("setpriv", &options).run())
}

fn works(command: &[&str]) -> bool {
    let mut probe = Command::new(command[0]);
    let status = silent(probe.args(&command[1..])).status();
    status.is_ok_and(|status| status.success())
}

fn silent(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}
