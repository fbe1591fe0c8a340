//! Runs of `djr` that something happens to: a signal, a failing system call, another user.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{Invocation, Transcript};

/// The system calls that change files, as `strace` names them.
pub(crate) const CALLS: [&str; 5] = [
    "/^write",
    "/^fsync",
    "/^rename",
    "/^mkdir",
    "/^unlink|^rmdir",
];

/// Starts a run and kills it after `delay`.
pub(crate) fn kill_after(invocation: Invocation, delay: Duration) {
    let mut command = invocation.into_command();
    let mut child = silent(&mut command).spawn().expect("djr should start");
    thread::sleep(delay);
    child.kill().ok();
    child.wait().unwrap();
}

/// Runs with a `fault` of strace, such as `write:signal=KILL:when=3`; tells whether the run failed.
///
/// `None` where `strace` is missing or may not trace.
pub(crate) fn inject(invocation: Invocation, fault: &str) -> Option<bool> {
    let mut trace = Command::new("strace");
    trace.args(["-f", "-qqq", "-o", "/dev/null"]);
    let usable = silent(&mut trace)
        .arg("true")
        .status()
        .is_ok_and(|status| status.success());
    if !usable {
        return None;
    }
    let call = fault.split(':').next().unwrap_or_default();
    let options = [
        "-f",
        "-qqq",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={call}"),
        "-e",
        &format!("inject={fault}"),
    ];
    let mut command = wrapped("strace", &options, &invocation.into_command());
    Some(!silent(&mut command).status().unwrap().success())
}

/// Runs as a user who owns nothing; `None` where that cannot be arranged.
pub(crate) fn unprivileged(invocation: Invocation, root: &Path) -> Option<Transcript> {
    let options = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let command = invocation.into_command();
    let mut probe = wrapped("setpriv", &options, &command);
    let usable = silent(probe.arg("--version"))
        .status()
        .is_ok_and(|status| status.success());
    let output = usable.then(|| wrapped("setpriv", &options, &command).output().unwrap());
    output.map(|output| Transcript::new(output, root))
}

/// `command` run by `program`, in the same place and environment.
fn wrapped(program: &str, options: &[&str], command: &Command) -> Command {
    let mut outer = Command::new(program);
    outer
        .args(options)
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear();
    // The programs around djr are found by the caller's PATH.
    outer.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    outer.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    if let Some(directory) = command.get_current_dir() {
        outer.current_dir(directory);
    }
    outer
}

fn silent(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}
