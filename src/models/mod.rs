//! Models as data: what `models.toml` and the migrations declare.
//!
//! * [`Model`] is a table with its [`Field`]s and [`ModelOptions`]; [`FieldKind`] is the one list of kinds.
//! * [`expression`] is the one form of conditions and computed values.
//! * [`read`] turns the TOML vocabulary into these types, all mistakes of a file at once; [`mod@write`] turns them back.
//! * [`ModelSet`] is what can be asked of any set of models, references followed.
//! * [`Registry`] holds the models of the installed apps as they are now.
//! * [`ProjectState`] holds the models as they were after some migrations.

mod check;
pub mod expression;
mod field;
mod field_at_path;
mod field_names;
mod file_observer;
mod kind;
mod literal;
mod model;
mod model_set;
mod name;
mod options;
pub mod read;
mod read_registry;
mod registry;
mod reverse_relation;
mod state;
mod unique_for_date;
mod validator;
pub mod write;

pub(crate) use check::{accepts, value_hint};
pub use field::{Choice, Field};
pub use field_at_path::{FieldAtPath, field_at_path};
pub use file_observer::FileObserver;
pub use kind::{AutoNow, FieldKind, IpProtocol, ManyToMany, OnDelete, Relation};
pub use literal::{DefaultFunction, FieldDefault, Literal};
pub use model::Model;
pub use model_set::{ModelSet, ReferenceError};
pub use name::{ModelKey, ModelRef, USER_MODEL};
pub use options::{Constraint, ConstraintKind, Index, IndexField, ModelOptions, Permission};
pub use registry::Registry;
pub use reverse_relation::ReverseRelation;
pub use state::{ProjectState, StateError};
pub use unique_for_date::{UniqueForDate, UniquePeriod};
pub use validator::Validator;
