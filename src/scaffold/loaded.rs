//! A scaffold that was read.

use std::path::{Path, PathBuf};

use minijinja::Value;

use crate::diagnostic::Findings;
use crate::scaffold::environment::environment;
use crate::scaffold::manifest::{self, Manifest};
use crate::scaffold::record::{RecordPlace, ScaffoldRecord};
use crate::scaffold::render::{RenderedScaffold, render};
use crate::scaffold::rules::Rules;
use crate::scaffold::source::ScaffoldTree;
use crate::scaffold::write_plan::InstalledApp;
use crate::scaffold::{
    Answers, AppName, DjangoOptions, GivenAnswers, ProjectName, Questionnaire, ScaffoldError,
    ScaffoldKind, ScaffoldPlan, ScaffoldSource, ScaffoldVariable, built_in, django,
};
use crate::settings;

/// A scaffold that was read.
#[derive(Debug)]
pub struct Scaffold {
    source: ScaffoldSource,
    tree: ScaffoldTree,
    rules: Rules,
}

/// What is to be made, and where.
#[derive(Clone, Copy, Debug)]
pub enum ScaffoldTarget<'t> {
    /// A project in a directory, a new one or an existing one.
    Project {
        /// Its name.
        name: &'t ProjectName,
        /// Where it is made.
        directory: &'t Path,
    },
    /// An app in the project at `root`.
    App {
        /// Its label.
        name: &'t AppName,
        /// The directory of the project.
        root: &'t Path,
        /// The apps that the project has.
        installed: &'t [&'t str],
    },
}

/// The names of the built-in scaffolds for `kind` and what each makes, in a line.
pub fn built_in_scaffolds(
    kind: ScaffoldKind,
) -> Result<Vec<(&'static str, String)>, ScaffoldError> {
    let described = |found: built_in::BuiltIn| {
        let scaffold = Scaffold::load(
            kind,
            ScaffoldSource::BuiltIn(found),
            DjangoOptions::default(),
        )?;
        Ok((found.name, scaffold.description().to_owned()))
    };
    built_in::all(kind).into_iter().map(described).collect()
}

impl Scaffold {
    /// Reads the scaffold for `kind` at `source`; `options` are for one without a manifest.
    pub fn load(
        kind: ScaffoldKind,
        source: ScaffoldSource,
        options: DjangoOptions,
    ) -> Result<Self, ScaffoldError> {
        let mut tree = source.load()?;
        let rules = match manifest(&tree, &source)? {
            None => Rules::Django { kind, options },
            Some(manifest) => Rules::Manifest(Box::new(extended(kind, manifest, &mut tree)?)),
        };
        Ok(Self {
            source,
            tree,
            rules,
        })
    }

    /// What it makes, in a line.
    pub fn description(&self) -> &str {
        match &self.rules {
            Rules::Manifest(manifest) => &manifest.description,
            Rules::Django { .. } => "",
        }
    }

    /// What it asks for, `given` being known.
    pub fn questionnaire(
        &self,
        target: ScaffoldTarget<'_>,
        given: GivenAnswers,
    ) -> Result<Questionnaire, ScaffoldError> {
        let variables = self.variables().to_vec();
        Questionnaire::new(variables, given, self.standard_answers(target))
    }

    fn variables(&self) -> &[ScaffoldVariable] {
        match &self.rules {
            Rules::Manifest(manifest) => &manifest.variables,
            Rules::Django { .. } => &[],
        }
    }

    /// The names of what it asks for.
    pub fn variable_names(&self) -> impl Iterator<Item = &str> {
        self.variables()
            .iter()
            .map(|variable| variable.name.as_str())
    }

    /// What its files know without asking.
    fn standard_answers(&self, target: ScaffoldTarget<'_>) -> Answers {
        if let Rules::Django { kind, .. } = self.rules {
            let directory = std::path::absolute(target.directory());
            let directory = directory.unwrap_or_else(|_| target.directory());
            let shown = directory.display().to_string();
            return django::context(kind, target.name(), &shown);
        }
        let mut answers = Answers::from([
            ("name".to_owned(), Value::from(target.name())),
            ("label".to_owned(), target.name().into()),
            ("title".to_owned(), target.title().into()),
            ("djr_version".to_owned(), env!("CARGO_PKG_VERSION").into()),
        ]);
        let key = settings::SecretKey::random();
        answers.insert("secret_key".to_owned(), key.expose().into());
        answers
    }

    /// What it makes of `answers`, with the record of it.
    pub(super) fn render(
        &self,
        target: ScaffoldTarget<'_>,
        answers: &Answers,
    ) -> Result<(RenderedScaffold, ScaffoldRecord), ScaffoldError> {
        let mut all = self.standard_answers(target);
        all.extend(answers.clone());
        let mut rendered = render(&self.tree, &self.rules, &all)?;
        if let ScaffoldTarget::App { name, .. } = target {
            rendered = rendered.prefixed(name.as_str());
        }
        let mut record = self.record(target.name(), answers);
        record.note_files(&rendered);
        if matches!(self.rules, Rules::Manifest(_)) {
            let place = target.record_place();
            let files = record.to_files(&place, &rendered)?;
            // The file that completes a project stays the last one.
            let end = rendered.files.len().saturating_sub(1);
            rendered.files.splice(end..end, files);
        }
        Ok((rendered, record))
    }

    fn record(&self, name: &str, answers: &Answers) -> ScaffoldRecord {
        let mut recorded = answers.clone();
        for variable in self.variables().iter().filter(|it| it.is_secret()) {
            recorded.remove(&variable.name);
        }
        ScaffoldRecord {
            source: self.source.recorded(),
            revision: self.tree.revision.clone(),
            djr: env!("CARGO_PKG_VERSION").to_owned(),
            name: name.to_owned(),
            answers: recorded,
            files: std::collections::BTreeMap::new(),
        }
    }

    /// What it makes of `answers`, compared with what is there.
    pub fn plan(
        &self,
        target: ScaffoldTarget<'_>,
        answers: &Answers,
    ) -> Result<ScaffoldPlan, ScaffoldError> {
        let (rendered, _) = self.render(target, answers)?;
        match target {
            ScaffoldTarget::Project { directory, .. } => {
                ScaffoldPlan::new(directory, rendered, None)
            }
            ScaffoldTarget::App {
                name,
                root,
                installed,
            } => {
                let app = InstalledApp {
                    label: name.as_str().to_owned(),
                    installed: installed.iter().map(|&label| label.to_owned()).collect(),
                };
                ScaffoldPlan::new(root, rendered, Some(app))
            }
        }
    }
}

/// The manifest in `tree`.
fn manifest(
    tree: &ScaffoldTree,
    source: &ScaffoldSource,
) -> Result<Option<Manifest>, ScaffoldError> {
    let Some(file) = tree.files.get(manifest::FILE_NAME) else {
        return Ok(None);
    };
    let path = PathBuf::from(source.to_string()).join(manifest::FILE_NAME);
    let text = std::str::from_utf8(&file.content)
        .map_err(|_| ScaffoldError::NotText(manifest::FILE_NAME.into()))?;
    Ok(Some(Manifest::parse(&path, text, &environment())?))
}

/// `manifest` with what the built-in scaffold has that it extends, whose files are added to `tree`.
fn extended(
    kind: ScaffoldKind,
    manifest: Manifest,
    tree: &mut ScaffoldTree,
) -> Result<Manifest, ScaffoldError> {
    let Some(extends) = &manifest.extends else {
        return Ok(manifest);
    };
    let name = extends.as_str().unwrap_or_default();
    let Some(base) = built_in::find(kind, name) else {
        let message = format!("there is no built-in scaffold `{name}`");
        let names: Vec<_> = built_in::all(kind).iter().map(|found| found.name).collect();
        let finding = extends.error("unknown-scaffold", message);
        return Err(Findings::from(finding.suggest(name, names)).into());
    };
    let mut base_tree = base.tree()?;
    let source = ScaffoldSource::BuiltIn(base);
    let Some(base) = self::manifest(&base_tree, &source)? else {
        return Ok(manifest);
    };
    let base = extended(kind, base, &mut base_tree)?;
    for (name, file) in base_tree.files {
        tree.files.entry(name).or_insert(file);
    }
    tree.directories.extend(base_tree.directories);
    Ok(manifest.over(base))
}

impl<'t> ScaffoldTarget<'t> {
    fn name(self) -> &'t str {
        match self {
            Self::Project { name, .. } => name.as_str(),
            Self::App { name, .. } => name.as_str(),
        }
    }

    fn title(self) -> String {
        match self {
            Self::Project { name, .. } => name.title(),
            Self::App { name, .. } => name.title(),
        }
    }

    /// Where its files are.
    fn directory(self) -> PathBuf {
        match self {
            Self::Project { directory, .. } => directory.to_owned(),
            Self::App { name, root, .. } => root.join(name.as_str()),
        }
    }

    fn record_place(self) -> RecordPlace {
        match self {
            Self::Project { .. } => RecordPlace::of_project(),
            Self::App { name, .. } => RecordPlace::of_app(name.as_str()),
        }
    }
}
