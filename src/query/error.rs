//! Why a question or a row does not fit the models.

use crate::db::DatabaseError;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::models::{ModelKey, ReferenceError};
use crate::text;
use crate::values::InvalidDefault;

/// Why a question or a row does not fit the models, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A reference, or a path along references, does not lead to a field.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A path names what the model does not have.
    #[error("`{model}` has no {what} `{name}`")]
    UnknownName {
        /// The model.
        model: ModelKey,
        /// What was looked for: a field, or a relation.
        what: &'static str,
        /// The name.
        name: String,
        /// The names that there are.
        choices: Vec<String>,
    },
    /// A field is left out, and the row it refers to is to be read along.
    #[error("`{field}` of `{model}` cannot be left out and followed by `select_related` at once")]
    DeferredRelation {
        /// The model.
        model: ModelKey,
        /// The field.
        field: String,
    },
    /// There is not a row that a query asks for.
    #[error("no row of `{0}` is meant by the query")]
    NotFound(ModelKey),
    /// There are several rows where a query asks for one.
    #[error("more than one row of `{0}` is meant by the query")]
    Multiple(ModelKey),
    /// The latest row is asked for, and nothing says by which field.
    #[error("nothing says by which field the latest row of `{0}` is found")]
    NoLatestBy(ModelKey),
    /// Rows are looked for by a field that several rows may have the same value of.
    #[error("`{field}` of `{model}` is not unique")]
    NotUnique {
        /// The model.
        model: ModelKey,
        /// The field.
        field: String,
    },
    /// A query of rows of another model was given for a relation.
    #[error("`{path}` leads to rows of `{expected}`, and not of `{found}`")]
    WrongModel {
        /// The path.
        path: String,
        /// The model it leads to.
        expected: ModelKey,
        /// The model of the query.
        found: ModelKey,
    },
    /// A row is to be changed that is not there.
    #[error("no row of `{0}` was changed: it is not in the database")]
    NothingUpdated(ModelKey),
    /// A statement of one's own does not select the primary key.
    #[error("the statement does not select the primary key `{0}`")]
    RawWithoutKey(String),
    /// A field that cannot be written in this way.
    #[error("`{0}` cannot be written here")]
    NotWritable(String),
    /// Rows are to be changed, and none of their fields is named.
    #[error("no field is named that would be changed")]
    NoFields,
    /// A change of rows needs rows of other tables.
    #[error("`{0}` cannot be changed to what other tables hold")]
    JoinedUpdate(String),
    /// Rows that protect what is to be deleted.
    #[error("{count} of `{model}` refer to it in `{field}`, which forbids deleting")]
    Protected {
        /// The model of those rows.
        model: ModelKey,
        /// The field.
        field: String,
        /// How many rows.
        count: usize,
    },
    /// Behind a field stands a name that is neither a field nor a part of its value.
    #[error("nothing is called `{name}` behind `{field}`")]
    UnknownTransform {
        /// The field.
        field: String,
        /// The name.
        name: String,
        /// What may stand there: what can be made of the value, and lookups.
        choices: Vec<&'static str>,
    },
    /// Nothing says the kind of an expression's values.
    #[error("nothing says of what kind this is; `output_field` does")]
    UnknownKind,
    /// The parts of an expression are of kinds that do not go together.
    #[error("this is made of {0}, which do not go together; `output_field` says what it is")]
    MixedKinds(String),
    /// An annotation is called as a field.
    #[error("`{model}` has a field that is called `{name}` as the annotation is")]
    AnnotationConflict {
        /// The model.
        model: ModelKey,
        /// The name of both.
        name: String,
    },
    /// An annotation has a name that cannot stand in a statement.
    #[error("an annotation cannot be called `{0}`: its name is made of letters, digits and `_`")]
    AnnotationName(String),
    /// An order by an aggregate that is not an annotation.
    #[error("an aggregate in `order_by` must be an annotation")]
    AggregateOrder,
    /// A query within another selects several values where one is meant.
    #[error("a query within another selects one value, and not {0}")]
    SeveralValues(usize),
    /// Rows that are read along are to be found under a name that the model has already.
    #[error("`{model}` has something that is called `{name}` as `to_attr` is")]
    TakenAttribute {
        /// The model.
        model: ModelKey,
        /// The name of both.
        name: String,
    },
    /// What is selected is a name that is for conditions and orders alone.
    #[error("`{0}` is an alias, which cannot be selected; `annotate` makes it so")]
    SelectedAlias(String),
    /// A relation whose rows are filtered, where a value is asked for.
    #[error("a `FilteredRelation` is not a value: it stands alone under the name of an annotation")]
    RelationAsValue,
    /// Rows of a relation that are filtered by rows behind it, or by those of others.
    #[error("a condition on the rows of `{relation}` cannot be about `{field}`")]
    BeyondRelation {
        /// The relation.
        relation: String,
        /// What the condition names.
        field: String,
    },
    /// An aggregate of an aggregate.
    #[error("`{0}` is an aggregate already")]
    NestedAggregate(String),
    /// What is asked of all rows together is not an aggregate.
    #[error("`{0}` is not an aggregate")]
    NotAnAggregate(String),
    /// An aggregate with an option that it does not have.
    #[error("`{aggregate}` has no `{option}`")]
    AggregateOption {
        /// The aggregate.
        aggregate: String,
        /// The option.
        option: &'static str,
    },
    /// A call that makes no sense after another.
    #[error("`{call}` cannot come after {after}")]
    RefusedCall {
        /// The call.
        call: &'static str,
        /// What came before.
        after: &'static str,
    },
    /// A value of another query, without one around.
    #[error("`OuterRef` of `{0}` has no query around it")]
    NoOuterQuery(String),
    /// The order of combined queries by something that is not selected.
    #[error("`{0}` is not selected by the combined queries")]
    UnselectedOrder(String),
    /// What SQLite cannot do.
    #[error("SQLite cannot do `{0}`")]
    NotSupported(String),
    /// A function got a value of a kind that it does not take.
    #[error("`{function}` does not take {}", crate::text::with_article(kind))]
    WrongArgument {
        /// The function.
        function: String,
        /// The kind.
        kind: &'static str,
    },
    /// A name that is not one of a time zone.
    #[error("there is no time zone `{0}`")]
    UnknownZone(String),
    /// A parameter of a query was not given a value.
    #[error("`{0}` was not given a value")]
    UnboundParameter(String),
    /// The orders of models refer to each other without end.
    #[error("the order by `{0}` comes back to itself")]
    EndlessOrder(String),
    /// A lookup has a value that its field cannot be compared with.
    #[error("`{path}` cannot be compared with {value}")]
    WrongValue {
        /// The path of the lookup.
        path: String,
        /// The value, as it is written.
        value: String,
        /// Django's class of the field, where it is one.
        kind: Option<&'static str>,
    },
    /// A column holds what is not a value of its field.
    #[error("a column of {} holds {value}", crate::text::with_article(kind))]
    UnreadableValue {
        /// The class of the field.
        kind: &'static str,
        /// The value.
        value: String,
    },
    /// A default that its field cannot hold.
    #[error(transparent)]
    InvalidDefault(#[from] InvalidDefault),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Code of the project that was asked about a row failed.
    #[error("{0}")]
    Code(String),
}

impl Diagnostic for QueryError {
    fn code(&self) -> &'static str {
        match self {
            Self::Reference(ReferenceError::UnknownModel(_)) => "unknown-model",
            Self::UnknownName { .. } | Self::Reference(ReferenceError::UnknownField { .. }) => {
                "unknown-field"
            }
            Self::Reference(ReferenceError::NoPrimaryKey(_)) => "no-primary-key",
            Self::Reference(ReferenceError::Cycle { .. }) => "reference-cycle",
            Self::UnknownTransform { .. } => "unknown-lookup",
            Self::DeferredRelation { .. } => "deferred-relation",
            Self::NotFound(_) => "not-found",
            Self::Multiple(_) => "several-rows",
            Self::NoLatestBy(_) => "no-latest-by",
            Self::NotUnique { .. } => "not-unique",
            Self::WrongModel { .. } => "wrong-model",
            Self::NothingUpdated(_) => "nothing-updated",
            Self::NotWritable(_) => "not-writable",
            Self::RawWithoutKey(_) => "raw-without-key",
            Self::NoFields => "no-fields",
            Self::JoinedUpdate(_) => "joined-field",
            Self::UnboundParameter(_) => "unbound-parameter",
            Self::UnknownKind => "unknown-kind",
            Self::MixedKinds(_) => "mixed-kinds",
            Self::AnnotationConflict { .. } => "annotation-conflict",
            Self::AnnotationName(_) => "annotation-name",
            Self::AggregateOrder => "aggregate-order",
            Self::SeveralValues(_) => "several-values",
            Self::TakenAttribute { .. } => "taken-attribute",
            Self::SelectedAlias(_) => "selected-alias",
            Self::NestedAggregate(_) | Self::NotAnAggregate(_) | Self::AggregateOption { .. } => {
                "wrong-aggregate"
            }
            Self::RefusedCall { .. } => "refused-call",
            Self::RelationAsValue | Self::BeyondRelation { .. } => "wrong-relation",
            Self::NoOuterQuery(_) => "no-outer-query",
            Self::UnselectedOrder(_) => "unselected-order",
            Self::NotSupported(_) => "not-supported",
            Self::WrongArgument { .. } => "wrong-argument",
            Self::UnknownZone(_) => "unknown-zone",
            Self::EndlessOrder(_) => "endless-order",
            Self::WrongValue { .. } => "wrong-value",
            Self::UnreadableValue { .. } => "unreadable-value",
            Self::Protected { .. } => "protected",
            Self::InvalidDefault(_) => "wrong-default",
            Self::Database(error) => error.code(),
            Self::Code(_) => "python-error",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Database(error) => error.hints(),
            Self::UnknownName { name, choices, .. } => {
                let choices = || choices.iter().map(String::as_str);
                let nearest = text::did_you_mean(name, choices());
                let all = format!("the choices are {}", text::quoted(choices()));
                nearest.into_iter().chain([all]).collect()
            }
            Self::UnknownTransform { name, choices, .. } => {
                let choices = || choices.iter().copied();
                let nearest = text::did_you_mean(name, choices());
                let all = format!("behind it may stand {}", text::quoted(choices()));
                nearest.into_iter().chain([all]).collect()
            }
            Self::NoLatestBy(_) => {
                vec!["name fields, or set `get_latest_by` of the model".to_owned()]
            }
            Self::Protected { .. } => vec!["delete those rows first".to_owned()],
            _ => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Database(error) => error.exit_code(),
            Self::Protected { .. } => ExitCode::Refused,
            _ => ExitCode::Failed,
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        match self {
            Self::Database(error) => error.is_schema_mismatch(),
            _ => false,
        }
    }
}
