//! Where commands take names and passwords from: options, files, the environment, a person.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use crate::auth::{
    PasswordProblem, PasswordValidators, UnsendablePassword, UserAttributes, check_sendable,
};
use crate::crypto::Secret;
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::ui::{PromptError, Ui};

/// How many bytes of a password file are read: more than any password has, so that a longer one is found out.
const FILE_LIMIT: u64 = 64 << 10;

/// Why there is no password.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordInputError {
    /// The file cannot be read.
    #[error("cannot read the password from `{}`", path.display())]
    Unreadable {
        /// The file; `-` is standard input.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Standard input is a terminal.
    #[error("`-` reads the password from a pipe, and standard input is a terminal")]
    Terminal,
    /// It is empty.
    #[error("the password in `{}` is empty", .0.display())]
    Empty(PathBuf),
    /// No login form could send it.
    #[error("{0}")]
    Unsendable(UnsendablePassword),
    /// The validators of the settings refuse it.
    #[error("{}", joined(.0))]
    Refused(Vec<PasswordProblem>),
}

impl Diagnostic for PasswordInputError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } | Self::Terminal => "password-unreadable",
            Self::Empty(_) => "password-empty",
            Self::Unsendable(_) => "password-unsendable",
            Self::Refused(problems) => problems.first().map_or("password", |first| first.code()),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Terminal => {
                vec!["write the password into a pipe, or name a file that holds it".to_owned()]
            }
            Self::Unsendable(reason) => vec![reason.hint().to_owned()],
            _ => Vec::new(),
        }
    }
}

fn joined(problems: &[PasswordProblem]) -> String {
    let sentences: Vec<_> = problems.iter().map(ToString::to_string).collect();
    sentences.join("; ")
}

/// Reads a password from `path`, or from standard input where that is `-`; one line end is cut off.
pub(crate) fn read_password(path: &Path) -> Result<Secret, PasswordInputError> {
    let read = if path == Path::new("-") {
        if io::stdin().is_terminal() {
            // Otherwise it would be read with everybody looking on.
            return Err(PasswordInputError::Terminal);
        }
        read_limited(io::stdin().lock())
    } else {
        std::fs::File::open(path).and_then(read_limited)
    };
    let text = read.map_err(|source| PasswordInputError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let text = text.ok_or(PasswordInputError::Unsendable(UnsendablePassword::TooLong))?;
    let password = password_of_line(&text)?;
    if password.is_empty() {
        return Err(PasswordInputError::Empty(path.to_owned()));
    }
    Ok(password)
}

/// The password in `text`, whose line end is cut off: whoever writes a line into a file or a variable ends it.
fn password_of_line(text: &str) -> Result<Secret, PasswordInputError> {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let password = line.strip_suffix('\r').unwrap_or(line);
    check_sendable(password).map_err(PasswordInputError::Unsendable)?;
    Ok(Secret::from(password))
}

/// The superuser's password in the environment or `.env`, as [`superuser_variable`].
pub(crate) fn superuser_password(
    settings: &Settings,
) -> Result<Option<Secret>, PasswordInputError> {
    let text = superuser_variable(settings, "PASSWORD").map(Secret::from);
    let password = text.map(|text| password_of_line(&text)).transpose()?;
    Ok(password.filter(|password| !password.is_empty()))
}

/// The text of `source`; nothing where it is longer than any password.
fn read_limited(source: impl io::Read) -> io::Result<Option<Secret>> {
    // With room for most of them: a longer one would leave a copy behind as it grows.
    let mut text = String::with_capacity(4096);
    let mut source = source.take(FILE_LIMIT);
    let read = source.read_to_string(&mut text);
    if source.limit() == 0 {
        // Where it was cut off may be within a character, which is not the mistake to tell.
        return Ok(None);
    }
    read.map(|_| Some(Secret::new(text)))
}

/// A variable of a superuser in the environment or `.env`: `DJR_SUPERUSER_*`, else `DJANGO_SUPERUSER_*`.
///
/// A variable that is empty counts as none: an empty password would let anybody in.
pub(crate) fn superuser_variable(settings: &Settings, name: &str) -> Option<String> {
    let environment = &settings.environment;
    ["DJR", "DJANGO"]
        .iter()
        .find_map(|prefix| environment.get(&format!("{prefix}_SUPERUSER_{name}")))
        .map(ToOwned::to_owned)
}

/// The login name of the person who runs the command.
pub(crate) fn login_name() -> Option<String> {
    let variables = ["LOGNAME", "USER", "LNAME", "USERNAME"];
    let mut names = variables.iter().filter_map(|name| std::env::var(name).ok());
    names.find(|name| !name.is_empty()).or_else(passwd_name)
}

/// The name of the process's user in `/etc/passwd`.
fn passwd_name() -> Option<String> {
    let id = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let (name, found) = (parts.next()?, parts.nth(1)?);
        (found == id).then(|| name.to_owned())
    })
}

/// One attempt at a new password, which is asked for twice.
pub(crate) enum PasswordAttempt {
    /// Both were equal, and the validators accept it.
    Accepted(Secret),
    /// Both were equal, but the validators object; their findings were printed.
    Weak(Secret),
    /// Nothing was typed.
    Blank,
    /// The two differ.
    Mismatch,
}

/// Asks for a new password of `person`, twice, and prints what is wrong with it.
pub(crate) fn ask_password(
    ui: &Ui,
    question: &str,
    validators: &PasswordValidators,
    person: &UserAttributes<'_>,
) -> Result<PasswordAttempt, PromptError> {
    let password = Secret::new(ui.ask_secret(question)?);
    if password.trim().is_empty() {
        return Ok(PasswordAttempt::Blank);
    }
    if Secret::new(ui.ask_secret(&format!("{question} (again)"))?) != password {
        ui.reject_answer("the two passwords differ");
        return Ok(PasswordAttempt::Mismatch);
    }
    let problems = validators.validate(&password, person);
    for problem in &problems {
        ui.reject_answer(problem);
    }
    Ok(if problems.is_empty() {
        PasswordAttempt::Accepted(password)
    } else {
        PasswordAttempt::Weak(password)
    })
}

/// Refuses a password that the validators object to, where nobody can be asked.
pub(crate) fn check_password(
    password: &str,
    validators: &PasswordValidators,
    person: &UserAttributes<'_>,
) -> Result<(), PasswordInputError> {
    match validators.validate(password, person) {
        problems if problems.is_empty() => Ok(()),
        problems => Err(PasswordInputError::Refused(problems)),
    }
}
