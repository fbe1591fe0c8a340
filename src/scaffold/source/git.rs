//! A scaffold in a git repository, which the installed git gets.
//!
//! No working tree is made, so that neither hooks nor filters nor links of the repository do anything: git writes the files
//! of the commit as a tar.

use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::scaffold::source::{ScaffoldTree, SourceError, archive, without_inner};

/// Short forms of addresses.
const HOSTS: [(&str, &str); 3] = [
    ("gh:", "https://github.com/"),
    ("gl:", "https://gitlab.com/"),
    ("cb:", "https://codeberg.org/"),
];

/// A repository, and what of it is meant.
#[derive(Clone, Debug)]
pub struct GitSource {
    /// What git is asked for.
    address: String,
    /// A branch, a tag or a commit; without it, what the repository has by default.
    reference: Option<String>,
    /// The directory within it.
    directory: Option<String>,
}

/// Whether `text` looks like the address of a repository.
pub(super) fn is_address(text: &str) -> bool {
    let (text, _) = without_inner(text);
    let has_host = || {
        let (host, path) = text.split_once(':').unwrap_or_default();
        !host.is_empty() && !path.is_empty() && !host.contains('/')
    };
    let is_repository = || Path::new(with_reference(text).0).is_dir();
    text.contains("://") || has_host() || is_repository()
}

/// The address and the reference behind its `@`.
fn with_reference(text: &str) -> (&str, Option<&str>) {
    let start = text.find("://").map_or(0, |scheme| scheme + "://".len());
    match text[start..].rsplit_once('@') {
        // An `@` before the first `/` or `:` stands behind the name of a user.
        Some((before, reference))
            if before.contains(['/', ':']) || start == 0 && is_local(before) =>
        {
            (&text[..start + before.len()], Some(reference))
        }
        _ => (text, None),
    }
}

fn is_local(path: &str) -> bool {
    Path::new(path).is_dir()
}

/// `address` as git takes it from any directory.
fn absolute(address: &str) -> String {
    let path = is_local(address).then(|| std::path::absolute(address));
    match path {
        Some(Ok(path)) => path.display().to_string(),
        _ => address.to_owned(),
    }
}

impl GitSource {
    /// Reads `address[@reference][//directory]`.
    pub(super) fn parse(text: &str) -> Result<Self, SourceError> {
        // Behind the directory, too: `repo//blog@v1`.
        let (before, directory) = without_inner(text);
        let (directory, late) = match directory.map(|inner| inner.rsplit_once('@')) {
            Some(Some((directory, reference))) => (Some(directory), Some(reference)),
            _ => (directory, None),
        };
        let (address, reference) = with_reference(before);
        let reference = reference.or(late);
        let refused = |reason| SourceError::Address {
            text: text.to_owned(),
            reason,
        };
        if [Some(address), reference, directory]
            .into_iter()
            .flatten()
            .any(|part| part.starts_with('-') || part.is_empty())
        {
            return Err(refused("a part of it is empty or looks like an option"));
        }
        let short = HOSTS
            .iter()
            .find_map(|(short, host)| Some(format!("{host}{}", address.strip_prefix(short)?)));
        Ok(Self {
            address: short.unwrap_or_else(|| absolute(address)),
            reference: reference.map(ToOwned::to_owned),
            directory: directory.map(ToOwned::to_owned),
        })
    }

    /// The same at another branch, tag or commit.
    pub(in crate::scaffold) fn at(&self, reference: &str) -> Self {
        Self {
            reference: Some(reference.to_owned()),
            ..self.clone()
        }
    }

    /// How it is written in the record of a project.
    pub(super) fn recorded(&self) -> String {
        let address = &self.address;
        let reference = self.reference.as_ref().map(|name| format!("@{name}"));
        let directory = self.directory.as_ref().map(|name| format!("//{name}"));
        let (reference, directory) = (reference.unwrap_or_default(), directory.unwrap_or_default());
        format!("git+{address}{reference}{directory}")
    }

    /// Gets the files of the commit.
    pub(super) fn read(&self) -> Result<ScaffoldTree, SourceError> {
        let aside = tempfile::tempdir().map_err(SourceError::NoGit)?;
        let aside = aside.path();
        self.git(aside, &["init", "--quiet", "--bare"])?;
        let commit = self.fetch(aside)?;
        let tree = match &self.directory {
            Some(directory) => format!("{commit}:{}", directory.trim_matches('/')),
            None => commit.clone(),
        };
        let mut tree = self.archive(aside, &tree)?;
        tree.revision = Some(commit);
        Ok(tree)
    }

    /// Gets the commit, and as little else as the server allows; returns its name.
    fn fetch(&self, aside: &Path) -> Result<String, SourceError> {
        let reference = self.reference.as_deref().unwrap_or("HEAD");
        let shallow = [
            "fetch",
            "--quiet",
            "--depth",
            "1",
            "--",
            &self.address,
            reference,
        ];
        if self.git(aside, &shallow).is_ok() {
            return self.git(aside, &["rev-parse", "FETCH_HEAD^{commit}"]);
        }
        // A server may refuse to send a commit by its name, or its beginning alone.
        let everything = ["fetch", "--quiet", "--", &self.address, "+refs/*:refs/*"];
        self.git(aside, &everything)?;
        let name = format!("{reference}^{{commit}}");
        self.git(aside, &["rev-parse", "--verify", "--quiet", &name])
            .map_err(|_| self.refusal(format!("it has no branch, tag or commit `{reference}`")))
    }

    fn archive(&self, aside: &Path, tree: &str) -> Result<ScaffoldTree, SourceError> {
        let mut child = Self::command(aside, &["archive", "--format=tar", tree])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(SourceError::NoGit)?;
        let read = match child.stdout.take() {
            Some(output) => archive::read_tar(Path::new(&self.address), output),
            None => Ok(ScaffoldTree::default()),
        };
        let mut message = String::new();
        if let Some(mut errors) = child.stderr.take() {
            errors.read_to_string(&mut message).ok();
        }
        let status = child.wait().map_err(SourceError::NoGit)?;
        // What the files have is worse than that git could not write them to their end.
        let refused = matches!(
            read,
            Err(SourceError::Refused { .. }
                | SourceError::TooLarge { .. }
                | SourceError::TooMany { .. })
        );
        if !status.success() && !refused {
            return Err(self.refusal(last_line(&message)));
        }
        read
    }

    /// What git prints.
    fn git(&self, aside: &Path, words: &[&str]) -> Result<String, SourceError> {
        let output = Self::command(aside, words).output();
        let output = output.map_err(SourceError::NoGit)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        let message = String::from_utf8_lossy(&output.stderr);
        Err(self.refusal(last_line(&message)))
    }

    fn command(aside: &Path, words: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(["-c", "protocol.ext.allow=never", "-C"])
            .arg(aside)
            .args(words)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .stdin(Stdio::null());
        command
    }

    fn refusal(&self, message: String) -> SourceError {
        SourceError::Git {
            address: self.address.clone(),
            message,
        }
    }
}

/// The last line that says something.
fn last_line(text: &str) -> String {
    let lines = text.lines().rev().map(str::trim);
    let line = lines.into_iter().find(|line| !line.is_empty());
    line.unwrap_or("it says nothing").to_owned()
}

impl fmt::Display for GitSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recorded = self.recorded();
        f.write_str(recorded.strip_prefix("git+").unwrap_or(&recorded))
    }
}

#[cfg(test)]
mod tests {
    use super::GitSource;

    fn parts(text: &str) -> (String, Option<String>, Option<String>) {
        let source = GitSource::parse(text).unwrap();
        (source.address, source.reference, source.directory)
    }

    #[test]
    fn a_user_in_an_address_is_not_a_reference() {
        for (text, address, reference, directory) in [
            (
                "https://example.com/a.git",
                "https://example.com/a.git",
                None,
                None,
            ),
            (
                "https://ada@example.com/a",
                "https://ada@example.com/a",
                None,
                None,
            ),
            (
                "https://ada@example.com/a@v1",
                "https://ada@example.com/a",
                Some("v1"),
                None,
            ),
            ("git@example.com:a/b", "git@example.com:a/b", None, None),
            (
                "git@example.com:a/b@x/y//c/d",
                "git@example.com:a/b",
                Some("x/y"),
                Some("c/d"),
            ),
            (
                "ssh://git@example.com/a@v2",
                "ssh://git@example.com/a",
                Some("v2"),
                None,
            ),
            (
                "gh:ada/blog@main//site",
                "https://github.com/ada/blog",
                Some("main"),
                Some("site"),
            ),
            (
                "gh:ada/blog//site@main",
                "https://github.com/ada/blog",
                Some("main"),
                Some("site"),
            ),
        ] {
            let expected = (
                address.to_owned(),
                reference.map(ToOwned::to_owned),
                directory.map(ToOwned::to_owned),
            );
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_in_an_address_is_an_option_of_git() {
        for text in [
            "--upload-pack=touch x",
            "https://example.com/a@--output=x",
            "https://example.com/a@",
        ] {
            assert!(GitSource::parse(text).is_err(), "{text}");
        }
    }
}
