//! One command on one project, disturbed again and again.

use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::directory_state::DirectoryState;
use crate::fault::{self, Fault, FaultKind};
use crate::support::{Invocation, Project, Transcript, faults};

/// How many moments of a run it is killed at, besides its calls.
const INTERVALS: u32 = 100;

/// A command and the project it runs on.
pub(crate) struct Scenario {
    name: &'static str,
    project: Project,
    arguments: &'static [&'static str],
    environment: Vec<(&'static str, &'static str)>,
    whole: Option<CompleteDirectory>,
    rolls_back_on_a_full_disk: bool,
    commits_in_parts: bool,
}

/// A directory that is complete whenever something says it is there.
struct CompleteDirectory {
    directory: &'static str,
    is_claimed: fn(&Project) -> bool,
}

/// Whether every fault is tried, rather than a sample.
pub(crate) fn is_full() -> bool {
    env::var_os("DJR_TORTURE").is_some_and(|value| value == "full")
}

/// The log of a scenario, also shown.
pub(crate) struct Log(File);

impl Log {
    pub(crate) fn new(name: &str) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .unwrap()
            .join("torture");
        fs::create_dir_all(&target).unwrap();
        Self(File::create(target.join(format!("{name}.log"))).unwrap())
    }

    pub(crate) fn line(&mut self, line: &str) {
        writeln!(self.0, "{line}").unwrap();
    }
}

impl Scenario {
    pub(crate) fn new(
        name: &'static str,
        project: Project,
        arguments: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            project,
            arguments,
            environment: Vec::new(),
            whole: None,
            rolls_back_on_a_full_disk: false,
            commits_in_parts: false,
        }
    }

    /// Sets a variable in the command's environment.
    pub(crate) fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Demands that `directory` is complete once the project claims to have it.
    pub(crate) fn whole(
        mut self,
        directory: &'static str,
        is_claimed: fn(&Project) -> bool,
    ) -> Self {
        self.whole = Some(CompleteDirectory {
            directory,
            is_claimed,
        });
        self
    }

    /// Demands that a full disk leaves everything as it was, unless the work was done by then.
    pub(crate) fn rolls_back_on_a_full_disk(mut self) -> Self {
        self.rolls_back_on_a_full_disk = true;
        self
    }

    /// Lets a disturbed run leave a part of its work, as long as `djr check --database` knows it.
    pub(crate) fn commits_in_parts(mut self) -> Self {
        self.commits_in_parts = true;
        self
    }

    /// Tries every fault, or a sample of them.
    pub(crate) fn torture(&self) {
        let mut log = Log::new(self.name);
        let reference = self.reference();
        let calls = fault::count(self.invocation(&self.project.copy()));
        log.line(&format!("djr {}: {calls:?}", self.arguments.join(" ")));
        let mut injected = 0;
        for (call, count) in calls {
            for kind in [FaultKind::Killed, FaultKind::Full] {
                for number in sampled_calls(count).filter(|_| kind.applies_to(call)) {
                    let fault = Fault { kind, call, number };
                    injected += usize::from(self.try_fault(&fault, &reference, &mut log));
                }
            }
        }
        assert!(injected > 0, "no fault injected");
        if is_full() {
            self.kill_at_intervals(&reference, &mut log);
        }
        log.line(&format!("{injected} faults injected, all survived"));
    }

    fn invocation(&self, project: &Project) -> Invocation {
        let variables = self.environment.iter();
        variables.fold(
            project.command(self.arguments),
            |invocation, (name, value)| invocation.env(name, value),
        )
    }

    fn reference(&self) -> DirectoryState {
        let project = self.project.copy();
        drop(self.invocation(&project).run().success());
        DirectoryState::of(project.root())
    }

    /// Lets one call go wrong; returns whether it was reached.
    fn try_fault(&self, fault: &Fault<'_>, reference: &DirectoryState, log: &mut Log) -> bool {
        let project = self.project.copy();
        let transcript = fault.inject(self.invocation(&project)).run();
        let told = transcript
            .stderr()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        log.line(&format!("{fault}: {:?} {told}", transcript.code()));
        let killed = transcript.code().is_none();
        match fault.kind {
            FaultKind::Killed => assert!(
                killed || transcript.code() == Some(0),
                "{fault}: {transcript}"
            ),
            FaultKind::Full => {
                self.assert_reported(&DirectoryState::of(project.root()), reference, &transcript);
            }
        }
        self.recover(&project, reference, &fault.to_string());
        killed || transcript.code() != Some(0)
    }

    /// A command that meets a full disk says so, or has done its work all the same.
    fn assert_reported(
        &self,
        left: &DirectoryState,
        reference: &DirectoryState,
        transcript: &Transcript,
    ) {
        let nothing = Vec::<PathBuf>::new();
        match transcript.code() {
            Some(0) => assert_eq!(left.difference(reference), nothing, "{transcript}"),
            Some(1) if self.rolls_back_on_a_full_disk && !left.includes(reference) => {
                let before = DirectoryState::of(self.project.root());
                assert_eq!(left.difference(&before), nothing, "{transcript}");
            }
            Some(1) => {}
            _ => panic!("{transcript}"),
        }
    }

    /// Kills the command at moments spread over the time it takes.
    fn kill_at_intervals(&self, reference: &DirectoryState, log: &mut Log) {
        let started = Instant::now();
        drop(self.invocation(&self.project.copy()).run());
        let whole = started.elapsed();
        for moment in 0..INTERVALS {
            let project = self.project.copy();
            let after = whole * moment / INTERVALS;
            faults::kill_after(self.invocation(&project), after);
            log.line(&format!("killed after {after:?}"));
            self.recover(&project, reference, &format!("killed after {after:?}"));
        }
    }

    /// Looks at what a disturbed run left, and runs the command again.
    fn recover(&self, project: &Project, reference: &DirectoryState, what: &str) {
        let before = DirectoryState::of(self.project.root());
        let left = DirectoryState::of(project.root());
        if self.commits_in_parts {
            let checked = project.djr(["check", "--database"]);
            assert_eq!(checked.code(), Some(0), "{what}: {checked}");
        } else {
            assert_eq!(
                left.half_written(&before, reference),
                Vec::<&Path>::new(),
                "{what}"
            );
        }
        if let Some(whole) = self
            .whole
            .as_ref()
            .filter(|whole| (whole.is_claimed)(project))
        {
            let directory = Path::new(whole.directory);
            let made = left.below(directory);
            assert!(
                made == reference.below(directory),
                "{what}: `{}` is half-made",
                whole.directory
            );
        }
        if left == *reference {
            return;
        }
        let again = self.invocation(project).run();
        assert!(
            again.code() == Some(0) || left.includes(reference),
            "{what}: {again}"
        );
        let now = DirectoryState::of(project.root());
        assert_eq!(
            now.difference(reference),
            Vec::<PathBuf>::new(),
            "{what}: {again}"
        );
    }
}

/// The calls to disturb, of `count`: all, or the first, the middle and the last.
fn sampled_calls(count: usize) -> impl Iterator<Item = usize> {
    let sample = [1, count.div_ceil(2), count];
    (1..=count).filter(move |number| is_full() || sample.contains(number))
}
