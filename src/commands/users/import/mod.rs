//! `djr users import`: makes or updates many users at once, all of them or none.
//!
//! 1. Read every row; what is wrong with any is collected, by line.
//! 2. With `--plain-passwords`, hash them, on all cores.
//! 3. In one transaction, find who is there already, and write.

mod apply;
mod args;
mod column;
mod outcome;
mod row;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::auth::{Hashers, PasswordError, UserAttributes};
use crate::commands::accounts::Accounts;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings};
use crate::serializers::{RecordError, RecordFormat, read_records};
use crate::text;
use crate::ui::Ui;

pub(super) use args::ImportUsersArgs;

use apply::apply;
use outcome::location_in;
use row::{ImportRow, ImportedPassword, RowReader};

/// How many findings a person is shown one by one.
const FINDINGS_SHOWN: usize = 20;

/// Passwords hashed at once, at most.
const THREADS: usize = 8;

pub(super) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ImportUsersArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let format = format(args)?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let mut rows = RowReader::new(&accounts, zone, &args.file);
    rows.plain_passwords = args.plain_passwords;
    read(&args.file, format, &mut rows)?;
    let (mut rows, mut rejects) = rows.finish();
    if args.plain_passwords && !args.weak_passwords {
        rejects.extend(weak_passwords(&accounts, &args.file, &rows));
    }
    fail_if_rejected(ui, rejects)?;
    hash_passwords(ui, &accounts.hashers, &mut rows)?;
    match apply(ui, &accounts, args, &rows)? {
        Ok(outcome) => Ok(ui.result(&outcome)?),
        Err(rejects) => fail_if_rejected(ui, rejects),
    }
}

fn format(args: &ImportUsersArgs) -> Result<RecordFormat, ImportUsersError> {
    let named = args.format.as_deref().and_then(RecordFormat::named);
    let format = named.or_else(|| RecordFormat::of(&args.file));
    format.ok_or_else(|| ImportUsersError::Format(args.file.clone()))
}

fn read(path: &Path, format: RecordFormat, rows: &mut RowReader<'_>) -> Result<(), CommandError> {
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(
            File::open(path).map_err(|source| ImportUsersError::Unreadable {
                path: path.to_owned(),
                source,
            })?,
        )
    };
    let read = read_records(source, format, |record| {
        rows.add(record);
        Ok::<_, RecordError>(())
    });
    if let Err(error) = read {
        rows.add(Err(error));
    }
    Ok(())
}

/// The findings of the password validators about plain passwords.
fn weak_passwords(accounts: &Accounts, path: &Path, rows: &[ImportRow]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in rows {
        let Some(ImportedPassword::Plain(password)) = &row.password else {
            continue;
        };
        let person = UserAttributes {
            username: &row.username,
            email: row.changes.email.as_deref().unwrap_or_default(),
            first_name: row.changes.first_name.as_deref().unwrap_or_default(),
            last_name: row.changes.last_name.as_deref().unwrap_or_default(),
        };
        for problem in accounts.validators.validate(password, &person) {
            let message = format!("`{}`: {problem}", row.username);
            findings
                .push(Finding::error(problem.code(), message).at(location_in(path, row.position)));
        }
    }
    if let Some(last) = findings.last_mut() {
        last.hints
            .push("`--weak-passwords` takes them all the same".to_owned());
    }
    findings
}

/// Hashes the plain passwords, several at once: each takes a core and, with Argon2, 100 MiB.
fn hash_passwords(ui: &Ui, hashers: &Hashers, rows: &mut [ImportRow]) -> Result<(), CommandError> {
    let waiting: Vec<_> = rows
        .iter_mut()
        .filter(|row| matches!(row.password, Some(ImportedPassword::Plain(_))))
        .collect();
    if waiting.is_empty() {
        return Ok(());
    }
    let progress = ui.progress("hashing", waiting.len());
    let cores = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(THREADS);
    let failed: Mutex<Option<PasswordError>> = Mutex::new(None);
    let (next, waiting): (AtomicUsize, Vec<_>) = (
        AtomicUsize::new(0),
        waiting.into_iter().map(Mutex::new).collect(),
    );
    let work = || {
        while let Some(row) = waiting.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A row is taken by one thread alone, so that no lock is ever waited for or poisoned.
            let Ok(mut row) = row.lock() else { return };
            let Some(ImportedPassword::Plain(password)) = &row.password else {
                continue;
            };
            match hashers.make_password(password) {
                Ok(encoded) => row.password = Some(ImportedPassword::Encoded(encoded)),
                Err(error) => {
                    if let Ok(mut failed) = failed.lock() {
                        *failed = Some(error);
                    }
                    return;
                }
            }
            progress.step();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..cores.min(waiting.len()) {
            scope.spawn(work);
        }
    });
    match failed.into_inner() {
        Ok(Some(error)) => Err(error.into()),
        _ => Ok(()),
    }
}

/// Fails where rows were rejected; a person is shown the first findings, and how many there are.
fn fail_if_rejected(ui: &Ui, mut rejects: Vec<Finding>) -> Result<(), CommandError> {
    rejects.sort_by(|left, right| left.location.cmp(&right.location));
    let mut summary = text::count(rejects.len(), "problem");
    if rejects.len() > FINDINGS_SHOWN && !ui.is_json() {
        rejects.truncate(FINDINGS_SHOWN);
        summary = format!("{summary}, these are the first {FINDINGS_SHOWN}");
    }
    match Findings::new(rejects) {
        None => Ok(()),
        Some(findings) => {
            ui.status(format!("nothing was imported: {summary}"));
            Err(findings.into())
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum ImportUsersError {
    #[error("the format of `{}` is not told by its name", .0.display())]
    Format(PathBuf),
    #[error("cannot read `{}`", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
}

impl Diagnostic for ImportUsersError {
    fn code(&self) -> &'static str {
        match self {
            Self::Format(_) => "unknown-format",
            Self::Unreadable { .. } => "unreadable-file",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Format(_) => vec!["pass `--format csv`, `json` or `jsonl`".to_owned()],
            Self::Unreadable { .. } => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Format(_) => ExitCode::Usage,
            Self::Unreadable { .. } => ExitCode::Failed,
        }
    }
}
