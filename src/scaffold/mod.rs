//! Projects and apps, rendered from scaffolds: those in `scaffolds/`, directories, archives, git repositories.
//!
//! 1. [`ProjectName`] and [`AppName`] check the name; [`ScaffoldSource`] says where the scaffold is.
//! 2. [`Scaffold::load`] reads its files and its manifest; a [`Questionnaire`] turns what the manifest asks for into answers.
//! 3. [`Scaffold::plan`] renders names and contents, and compares them with what is there: a [`ScaffoldPlan`].
//! 4. [`ScaffoldPlan::write`] has `files` write what was decided, all or nothing, with the record that [`update`] reads.

mod answers;
mod app_removal;
mod built_in;
mod django;
mod environment;
mod error;
mod included_urls;
mod installed_apps;
mod loaded;
mod manifest;
mod merge;
mod name;
mod questionnaire;
mod reading;
mod record;
mod render;
mod rules;
mod source;
mod update;
mod write_plan;

pub use answers::{Answers, GivenAnswers};
pub use app_removal::{AppRemoval, plan_app_removal};
pub use built_in::{BuiltIn, DEFAULT};
pub use django::DjangoOptions;
pub use error::ScaffoldError;
pub use included_urls::entry as urls_entry;
pub use loaded::{Scaffold, ScaffoldTarget, built_in_scaffolds};
pub use manifest::{ScaffoldVariable, VariableChoice, VariableKind};
pub use merge::difference;
pub use name::{AppName, ProjectName};
pub use questionnaire::{Questionnaire, VariableQuestion};
pub use record::value_of;
pub use source::{ScaffoldSource, SourceError};
pub use update::{Recorded, UpdateAction, UpdatePlan};
pub use write_plan::{Differing, PlannedState, ScaffoldPlan};

/// What a scaffold makes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ScaffoldKind {
    /// A project.
    Project,
    /// An app of a project.
    App,
}

impl ScaffoldKind {
    /// The command that makes it.
    pub fn command(self) -> &'static str {
        match self {
            Self::Project => "startproject",
            Self::App => "startapp",
        }
    }

    /// What Django calls it in the names of variables.
    fn django_word(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::App => "app",
        }
    }

    /// The variable of its name, and what stands for it in the paths of Django's templates.
    fn name_variable(self) -> &'static str {
        match self {
            Self::Project => "project_name",
            Self::App => "app_name",
        }
    }
}
