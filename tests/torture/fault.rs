//! The faults, and `strace`, which causes them.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;

use crate::support::{Invocation, faults};

/// The calls that change what is on the disk, or make it last.
const CALLS: [&str; 22] = [
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlinkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "chmod",
    "fchmod",
    "copy_file_range",
];

/// What a call does instead of its work.
#[derive(Clone, Copy)]
pub(crate) enum FaultKind {
    /// The process is killed on entering it.
    Killed,
    /// It fails with `ENOSPC`.
    Full,
}

impl FaultKind {
    /// Whether a call of this name can meet this fault.
    pub(crate) fn applies_to(self, call: &str) -> bool {
        let removes = ["unlink", "unlinkat", "rmdir", "chmod", "fchmod"].contains(&call);
        matches!(self, Self::Killed) || !removes
    }
}

/// A call that goes wrong: the one of this name and number, counted from 1.
pub(crate) struct Fault<'c> {
    pub(crate) kind: FaultKind,
    pub(crate) call: &'c str,
    pub(crate) number: usize,
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            FaultKind::Killed => "killed at",
            FaultKind::Full => "disk full at",
        };
        write!(f, "{kind} {} {}", self.call, self.number)
    }
}

impl Fault<'_> {
    /// Lets `invocation` meet this fault.
    pub(crate) fn inject(&self, invocation: Invocation) -> Invocation {
        let what = match self.kind {
            FaultKind::Killed => "signal=KILL",
            FaultKind::Full => "error=ENOSPC",
        };
        let inject = format!("inject={}:{what}:when={}", self.call, self.number);
        let trace = format!("trace={}", self.call);
        let options = ["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
        faults::traced(invocation, &options)
    }
}

/// Runs `invocation` undisturbed; returns how often it makes each call.
pub(crate) fn count(invocation: Invocation) -> BTreeMap<&'static str, usize> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let path = log.path().to_str().unwrap();
    let trace = format!("trace={}", CALLS.map(|call| format!("?{call}")).join(","));
    let options = ["-f", "-qq", "-o", path, "-e", &trace];
    drop(faults::traced(invocation, &options).run().success());
    let lines = fs::read_to_string(log.path()).unwrap();
    let mut counts = BTreeMap::new();
    for line in lines.lines() {
        let call = line
            .split_once(' ')
            .map_or("", |(_, rest)| rest.trim_start());
        let name = call.split('(').next().unwrap_or_default();
        if let Some(known) = CALLS.iter().find(|known| **known == name) {
            *counts.entry(*known).or_default() += 1;
        }
    }
    counts
}
