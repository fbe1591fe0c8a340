//! Runs of `djr` that something happens to: a signal, a tracer, another user, a full disk.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use super::tool::{AS_NOBODY, Tool, is_root};
use super::{Invocation, Transcript};

/// Starts a run and kills it after `delay`; whether it was still running then.
pub(crate) fn kill_after(invocation: Invocation, delay: Duration) -> bool {
    let mut command = invocation.into_command();
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.expect("djr should start");
    thread::sleep(delay);
    let is_running = child.try_wait().unwrap().is_none();
    child.kill().ok();
    child.wait().unwrap();
    is_running
}

/// Runs below `strace` with these options.
#[must_use = "run it"]
#[track_caller]
pub(crate) fn traced(invocation: Invocation, options: &[&str]) -> Invocation {
    Tool::Strace.require();
    invocation.under("strace", options)
}

/// Runs as a user who owns nothing.
#[must_use = "snapshot the transcript or call `success`"]
#[track_caller]
pub(crate) fn unprivileged(invocation: Invocation) -> Transcript {
    Tool::Setpriv.require();
    let run = if is_root() {
        invocation.under("setpriv", &AS_NOBODY)
    } else {
        invocation
    };
    run.run()
}

/// Runs where the disk below `directory` has three megabytes.
#[must_use = "snapshot the transcript or call `success`"]
#[track_caller]
pub(crate) fn on_a_small_disk(invocation: Invocation, directory: &str) -> Transcript {
    with_a_small_disk(invocation, directory, "").run()
}

/// The run where the disk below `directory` has three megabytes, after what the shell does `then`.
#[must_use = "run it"]
#[track_caller]
pub(crate) fn with_a_small_disk(invocation: Invocation, directory: &str, then: &str) -> Invocation {
    Tool::Unshare.require();
    let script = format!(
        "mkdir -p {directory} && mount -t tmpfs -o size=3m tmpfs {directory} {then} && exec \"$@\""
    );
    let options = ["-rm", "sh", "-c", &script, "sh"];
    invocation.under("unshare", &options)
}

/// Runs where the project can be read, and nothing can be written.
#[must_use = "snapshot the transcript or call `success`"]
#[track_caller]
pub(crate) fn on_a_read_only_disk(invocation: Invocation) -> Transcript {
    Tool::Unshare.require();
    let script = "mount --bind . /mnt && mount -o remount,bind,ro /mnt && cd /mnt && exec \"$@\"";
    let options = ["-rm", "sh", "-c", script, "sh"];
    invocation.under("unshare", &options).run()
}
