//! A project, or one of its apps, brought up to date with its scaffold.
//!
//! Three versions of every file are compared: as it was generated, as it is, and as the scaffold makes it now. What only the
//! scaffold changed is replaced, what both changed is merged, what was deleted stays deleted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::files::{FileChange, Journal};
use crate::scaffold::merge::{Merged, merge};
use crate::scaffold::reading::read_if_there;
use crate::scaffold::record::{self, RecordPlace, ScaffoldRecord};
use crate::scaffold::render::{RenderedScaffold, ScaffoldFile};
use crate::scaffold::{
    Answers, AppName, DjangoOptions, GivenAnswers, ProjectName, Questionnaire, Scaffold,
    ScaffoldError, ScaffoldKind, ScaffoldSource, ScaffoldTarget,
};

/// A project, or an app of it, that has a record of its scaffold.
#[derive(Debug)]
pub struct Recorded {
    root: PathBuf,
    /// What it is and what it is called.
    name: RecordedName,
    place: RecordPlace,
    record: ScaffoldRecord,
}

#[derive(Clone, Debug)]
enum RecordedName {
    Project(ProjectName),
    App(AppName),
}

/// What an update does with the files of a project.
#[derive(Debug)]
pub struct UpdatePlan {
    root: PathBuf,
    /// Each file that something is done with or said about, in the order of their paths.
    pub files: Vec<UpdatedFile>,
    /// The changes; the record of them comes last.
    changes: Vec<FileChange>,
}

/// A file, and what an update does with it.
#[derive(Debug)]
pub struct UpdatedFile {
    /// Which.
    pub path: PathBuf,
    /// What is done.
    pub action: UpdateAction,
    /// What it contains, where it is there.
    pub old: Vec<u8>,
    /// What it is to contain.
    pub new: Vec<u8>,
}

/// What an update does with a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UpdateAction {
    /// The scaffold has it now, and it was not there.
    Added,
    /// Only the scaffold changed it.
    Replaced,
    /// Both changed it, at different places.
    Merged,
    /// Both changed it at the same place: both versions stand there, between markers.
    Conflict,
    /// The scaffold has it no more, and nobody changed it.
    Removed,
    /// The scaffold has it no more, but somebody changed it: it stays.
    Kept,
    /// Both changed it, and it is not text: it stays, and the new version is beside it, with `.new` behind its name.
    Beside,
}

impl UpdateAction {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Replaced => "replaced",
            Self::Merged => "merged",
            Self::Conflict => "conflict",
            Self::Removed => "removed",
            Self::Kept => "kept",
            Self::Beside => "beside",
        }
    }
}

impl Recorded {
    /// The project at `root`.
    pub fn project(root: &Path) -> Result<Self, ScaffoldError> {
        let place = RecordPlace::of_project();
        Journal::recover(root)?;
        let record = read(root, &place)?;
        Ok(Self {
            root: root.to_owned(),
            name: RecordedName::Project(ProjectName::new(&record.name)?),
            place,
            record,
        })
    }

    /// The app `name` of the project at `root`.
    pub fn app(root: &Path, name: &AppName) -> Result<Self, ScaffoldError> {
        let place = RecordPlace::of_app(name.as_str());
        Journal::recover(root)?;
        let record = read(root, &place)?;
        Ok(Self {
            root: root.to_owned(),
            name: RecordedName::App(name.clone()),
            place,
            record,
        })
    }

    /// Where its scaffold is from.
    pub fn source(&self) -> &str {
        &self.record.source
    }

    fn kind(&self) -> ScaffoldKind {
        match self.name {
            RecordedName::Project(_) => ScaffoldKind::Project,
            RecordedName::App(_) => ScaffoldKind::App,
        }
    }

    fn target(&self) -> ScaffoldTarget<'_> {
        match &self.name {
            RecordedName::Project(name) => ScaffoldTarget::Project {
                name,
                directory: &self.root,
            },
            RecordedName::App(name) => ScaffoldTarget::App {
                name,
                root: &self.root,
                installed: &[],
            },
        }
    }

    /// Its scaffold as it is now: at `reference` where that is given, which only a git repository has.
    pub fn scaffold(&self, reference: Option<&str>) -> Result<Scaffold, ScaffoldError> {
        let source = ScaffoldSource::parse(self.kind(), &self.record.source)?;
        let source = match (reference, source) {
            (None, source) => source,
            (Some(reference), ScaffoldSource::Git(source)) => {
                ScaffoldSource::Git(source.at(reference))
            }
            (Some(_), _) => return Err(ScaffoldError::NoReference(self.record.source.clone())),
        };
        Scaffold::load(self.kind(), source, DjangoOptions::default())
    }

    /// What `scaffold` asks for beyond what was answered already; `given` counts more.
    pub fn questionnaire(
        &self,
        scaffold: &Scaffold,
        given: &GivenAnswers,
    ) -> Result<Questionnaire, ScaffoldError> {
        let mut all = GivenAnswers::default();
        for (name, answer) in &self.record.answers {
            // What the scaffold does not ask for any more is of no interest.
            if scaffold.variable_names().any(|asked| asked == name) {
                let place = self.place.record.display().to_string();
                all.add_value(name, answer.clone(), &place);
            }
        }
        scaffold.questionnaire(self.target(), all.with(given))
    }

    /// Makes the files as `scaffold` makes them of `answers`, all or none; returns what was done.
    pub fn update(
        &self,
        scaffold: &Scaffold,
        answers: &Answers,
    ) -> Result<UpdatePlan, ScaffoldError> {
        let journal = Journal::open(&self.root)?;
        // What was half done is undone by now, and nobody else writes.
        let now = Self {
            root: self.root.clone(),
            name: self.name.clone(),
            place: self.place.clone(),
            record: read(&self.root, &self.place)?,
        };
        let plan = now.plan(scaffold, answers)?;
        if !plan.changes.is_empty() {
            journal.apply(&plan.changes)?;
        }
        Ok(plan)
    }

    /// What has to be done for the files to be as `scaffold` makes them of `answers`.
    pub fn plan(
        &self,
        scaffold: &Scaffold,
        answers: &Answers,
    ) -> Result<UpdatePlan, ScaffoldError> {
        let (rendered, _) = scaffold.render(self.target(), answers)?;
        let originals = record::originals(&self.root, &self.place)?;
        let mut plan = UpdatePlan {
            root: self.root.clone(),
            files: Vec::new(),
            changes: Vec::new(),
        };
        let (records, files): (Vec<_>, Vec<_>) =
            (rendered.files.into_iter()).partition(|file| self.place.has(&file.path));
        let rendered = RenderedScaffold {
            files,
            directories: rendered.directories,
        };
        let paths = self.record.files.keys().cloned();
        let paths: BTreeSet<_> = paths
            .chain(rendered.files.iter().map(|file| file.path.clone()))
            .collect();
        for path in paths {
            let theirs = rendered.files.iter().find(|file| file.path == path);
            let ours = read_if_there(&self.root.join(&path))?;
            let version = FileVersions {
                is_untouched: self.is_untouched(&path, ours.as_deref()),
                ours,
                is_recorded: self.record.files.contains_key(&path),
                original: originals.get(&path).map(Vec::as_slice),
                theirs,
            };
            plan.compare(path, &version);
        }
        plan.note(records)?;
        Ok(plan)
    }

    /// Whether `content` is what the file at `path` was generated with.
    fn is_untouched(&self, path: &Path, content: Option<&[u8]>) -> bool {
        let generated = self.record.files.get(path);
        generated.is_some_and(|hash| content.is_some_and(|content| record::hash(content) == *hash))
    }
}

/// A file as it was generated, as it is and as the scaffold makes it now.
struct FileVersions<'v> {
    ours: Option<Vec<u8>>,
    is_untouched: bool,
    is_recorded: bool,
    original: Option<&'v [u8]>,
    theirs: Option<&'v ScaffoldFile>,
}

fn read(root: &Path, place: &RecordPlace) -> Result<ScaffoldRecord, ScaffoldError> {
    ScaffoldRecord::read(root, place)?.ok_or_else(|| ScaffoldError::NoRecord(place.record.clone()))
}

impl UpdatePlan {
    /// Whether files change, and not the record alone.
    pub fn has_work(&self) -> bool {
        let mut files = self.files.iter();
        files.any(|file| file.action != UpdateAction::Kept)
    }

    /// The files in which both versions stand between markers.
    pub fn conflicts(&self) -> impl Iterator<Item = &Path> {
        let files = self.files.iter();
        let conflicts = files.filter(|file| file.action == UpdateAction::Conflict);
        conflicts.map(|file| file.path.as_path())
    }

    fn compare(&mut self, path: PathBuf, versions: &FileVersions<'_>) {
        let Some(theirs) = versions.theirs else {
            self.compare_removed(path, versions);
            return;
        };
        let Some(ours) = &versions.ours else {
            // What was deleted stays deleted; what is new is made.
            if !versions.is_recorded {
                self.create(path, theirs.content.clone(), theirs, UpdateAction::Added);
            }
            return;
        };
        // Files that are different each time are as their owner has them.
        if *ours == theirs.content || theirs.generated {
            return;
        }
        if versions.is_untouched {
            self.replace(path, ours, &theirs.content, UpdateAction::Replaced);
            return;
        }
        if versions.original == Some(theirs.content.as_slice()) {
            return;
        }
        match merge(versions.original.unwrap_or_default(), ours, &theirs.content) {
            Merged::Clean(text) if text == *ours => {}
            Merged::Clean(text) => self.replace(path, ours, &text, UpdateAction::Merged),
            Merged::Conflict(text) => self.replace(path, ours, &text, UpdateAction::Conflict),
            Merged::NotText => self.put_beside(&path, theirs),
        }
    }

    fn compare_removed(&mut self, path: PathBuf, versions: &FileVersions<'_>) {
        let Some(ours) = &versions.ours else {
            return;
        };
        if versions.is_untouched {
            self.changes.push(FileChange::Remove {
                path: path.clone(),
                old: ours.clone(),
            });
            self.tell(path, UpdateAction::Removed, ours, b"");
        } else {
            self.tell(path, UpdateAction::Kept, ours, ours);
        }
    }

    fn put_beside(&mut self, path: &Path, theirs: &ScaffoldFile) {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let is_there = self.root.join(&beside).exists();
        if !is_there {
            let content = theirs.content.clone();
            self.create(beside.into(), content, theirs, UpdateAction::Beside);
        }
    }

    fn create(
        &mut self,
        path: PathBuf,
        content: Vec<u8>,
        file: &ScaffoldFile,
        action: UpdateAction,
    ) {
        self.tell(path.clone(), action, b"", &content);
        let mode = file.mode;
        self.changes.push(FileChange::Create {
            path,
            content,
            mode,
        });
    }

    fn replace(&mut self, path: PathBuf, old: &[u8], new: &[u8], action: UpdateAction) {
        self.tell(path.clone(), action, old, new);
        self.changes.push(FileChange::Replace {
            path,
            old: old.to_vec(),
            new: new.to_vec(),
        });
    }

    fn tell(&mut self, path: PathBuf, action: UpdateAction, old: &[u8], new: &[u8]) {
        self.files.push(UpdatedFile {
            path,
            action,
            old: old.to_vec(),
            new: new.to_vec(),
        });
    }

    /// Adds the changes of the record, whose own file comes last.
    fn note(&mut self, records: Vec<ScaffoldFile>) -> Result<(), ScaffoldError> {
        for file in records {
            match read_if_there(&self.root.join(&file.path))? {
                Some(old) if old == file.content => {}
                Some(old) => self.changes.push(FileChange::Replace {
                    path: file.path,
                    old,
                    new: file.content,
                }),
                None => self.changes.push(FileChange::Create {
                    path: file.path,
                    content: file.content,
                    mode: file.mode,
                }),
            }
        }
        Ok(())
    }
}
