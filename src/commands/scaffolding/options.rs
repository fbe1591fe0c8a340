//! Options of commands that render scaffolds.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::commands::CommandError;
use crate::document::Document;
use crate::scaffold::{
    self, DEFAULT, DjangoOptions, GivenAnswers, Scaffold, ScaffoldKind, ScaffoldSource,
};

/// Variables of the environment that begin so are answers: `DJR_ANSWER_TITLE`.
const ANSWER_PREFIX: &str = "DJR_ANSWER_";

/// Where the scaffold is from.
#[derive(Args, Clone, Debug)]
pub(crate) struct ScaffoldArgs {
    /// A built-in scaffold, a directory, a `.zip` or `.tar.gz`, or a git repository, with `@REF` and `//DIR` behind it
    #[arg(long, short = 't', value_name = "SOURCE", default_value = DEFAULT)]
    template: String,
    /// List the built-in scaffolds
    #[arg(long, conflicts_with = "template")]
    pub(crate) list: bool,
    /// Endings of the files to render of a template of Django's, which has no manifest [default: py]
    #[arg(long, short = 'e', value_name = "ENDING")]
    extension: Vec<String>,
    /// Names of files to render beside them
    #[arg(long = "name", short = 'n', value_name = "NAME")]
    file_names: Vec<String>,
    /// Directories to leave out; without it, all hidden ones
    #[arg(long, short = 'x', value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    exclude: Vec<String>,
}

impl ScaffoldArgs {
    /// Reads the scaffold for `kind`.
    pub(crate) fn load(&self, kind: ScaffoldKind) -> Result<Scaffold, CommandError> {
        let source = ScaffoldSource::parse(kind, &self.template)?;
        let options = DjangoOptions {
            extensions: self.extension.clone(),
            names: self.file_names.clone(),
            exclude: (!self.exclude.is_empty()).then(|| self.exclude.clone()),
        };
        Ok(Scaffold::load(kind, source, options)?)
    }
}

/// What was answered beforehand.
#[derive(Args, Clone, Debug)]
pub(crate) struct AnswerArgs {
    /// An answer to what the scaffold asks for
    #[arg(long = "data", short = 'd', value_name = "KEY=VALUE", value_parser = pair)]
    data: Vec<(String, String)>,
    /// A TOML file of answers
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Ask nothing: what has no answer is what the scaffold says
    #[arg(long)]
    pub(crate) defaults: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or_else(|| "it must be KEY=VALUE".to_owned())?;
    Ok((key.trim().to_owned(), value.to_owned()))
}

impl AnswerArgs {
    /// The answers to what `scaffold` asks for: of the environment, of the file, of the command line, the last ones counting
    /// most.
    pub(crate) fn given(&self, scaffold: &Scaffold) -> Result<GivenAnswers, CommandError> {
        let mut given = GivenAnswers::default();
        for name in scaffold.variable_names() {
            let variable = format!("{ANSWER_PREFIX}{}", name.to_uppercase());
            if let Ok(value) = std::env::var(&variable) {
                given.add_text(name, &value, &variable);
            }
        }
        if let Some(path) = &self.answers {
            read_answers(path, &mut given)?;
        }
        for (name, value) in &self.data {
            given.add_text(name, value, "-d");
        }
        Ok(given)
    }
}

fn read_answers(path: &Path, given: &mut GivenAnswers) -> Result<(), CommandError> {
    let document = Document::read(path)?;
    for entry in document.root().entries() {
        let place = entry.origin.location().to_string();
        given.add_value(&entry.key, scaffold::value_of(&entry.item), &place);
    }
    Ok(())
}

/// What is done about files that are there with another content.
#[derive(Args, Clone, Debug)]
pub(crate) struct WritePolicyArgs {
    /// Replace files that differ
    #[arg(long, conflicts_with = "skip")]
    pub(crate) force: bool,
    /// Leave files that differ as they are
    #[arg(long)]
    pub(crate) skip: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// The scaffolds in the binary.
#[derive(Debug, Serialize)]
pub(crate) struct ScaffoldList {
    scaffolds: Vec<ListedScaffold>,
}

#[derive(Debug, Serialize)]
struct ListedScaffold {
    name: &'static str,
    description: String,
}

impl ScaffoldList {
    /// Those for `kind`.
    pub(crate) fn of(kind: ScaffoldKind) -> Result<Self, CommandError> {
        let scaffolds = scaffold::built_in_scaffolds(kind)?;
        let listed = scaffolds
            .into_iter()
            .map(|(name, description)| ListedScaffold { name, description });
        Ok(Self {
            scaffolds: listed.collect(),
        })
    }
}

impl fmt::Display for ScaffoldList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.scaffolds.iter().map(|listed| listed.name.len());
        let width = names.max().unwrap_or_default();
        for (index, listed) in self.scaffolds.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{:width$}  {}", listed.name, listed.description)?;
        }
        Ok(())
    }
}
