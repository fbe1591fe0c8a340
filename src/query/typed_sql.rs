//! Expressions as SQL, and the kind of their values (`output_field` and `_resolve_output_field`).

use crate::clock::Zone;
use crate::db::sql::{SqlCastType, SqlExpression};
use crate::models::AutoNow;
use crate::models::FieldKind;
use crate::models::expression::{Connector, FunctionOutput};
use crate::query::QueryError;

/// A decimal number of any length, as Django's `DecimalField()`.
pub(super) const ANY_DECIMAL: FieldKind = FieldKind::Decimal {
    max_digits: 28,
    decimal_places: 12,
};

/// What is known of the kind of an expression's values.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all that is compiled has a kind"
)]
pub(super) enum OutputKind {
    /// The kind.
    Known(FieldKind),
    /// Nothing says it, as of `NULL`.
    Unknown,
    /// Its parts are of kinds that do not go together: what Django says of them.
    Mixed(String),
}

/// Where a value comes from, which decides how it is read.
#[derive(Clone, Debug)]
pub(super) enum ValueOrigin {
    /// A column as it stands.
    Column,
    /// What was computed.
    Computed,
    /// What is at a path of a JSON document.
    JsonKey,
    /// A moment on the clocks of a zone.
    LocalMoment(Zone),
    /// What SQL of somebody's own computes, as the database holds it.
    Stored,
}

/// An expression as SQL.
#[derive(Clone, Debug)]
pub(super) struct TypedSql {
    pub(super) sql: SqlExpression,
    pub(super) kind: OutputKind,
    pub(super) origin: ValueOrigin,
}

impl TypedSql {
    /// What was computed; decimal numbers are compared as numbers, not as text (`SQLiteNumericMixin`).
    pub(super) fn computed(sql: SqlExpression, kind: OutputKind) -> Self {
        let is_decimal = matches!(kind, OutputKind::Known(FieldKind::Decimal { .. }));
        let sql = if is_decimal && !matches!(sql, SqlExpression::Cast(_, SqlCastType::Decimal)) {
            SqlExpression::Cast(Box::new(sql), SqlCastType::Decimal)
        } else {
            sql
        };
        Self {
            sql,
            kind,
            origin: ValueOrigin::Computed,
        }
    }

    /// Fails where nothing says how its values are read.
    pub(super) fn check_readable(&self) -> Result<(), QueryError> {
        match self.origin {
            ValueOrigin::Stored => Ok(()),
            _ => self.known_kind().map(drop),
        }
    }

    /// The kind of its values, where it matters.
    pub(super) fn known_kind(&self) -> Result<&FieldKind, QueryError> {
        match &self.kind {
            OutputKind::Known(kind) => Ok(kind),
            OutputKind::Unknown => Err(QueryError::UnknownKind),
            OutputKind::Mixed(kinds) => Err(QueryError::MixedKinds(kinds.clone())),
        }
    }
}

impl OutputKind {
    pub(super) fn known(&self) -> Option<&FieldKind> {
        match self {
            Self::Known(kind) => Some(kind),
            _ => None,
        }
    }

    /// The kind that all of `kinds` are of; those of which nothing is known do not count.
    pub(super) fn common<'k>(kinds: impl IntoIterator<Item = &'k Self>) -> Self {
        let mut first: Option<&FieldKind> = None;
        for kind in kinds {
            match (kind, first) {
                (Self::Mixed(_), _) => return kind.clone(),
                (Self::Unknown, _) => {}
                (Self::Known(kind), None) => first = Some(kind),
                (Self::Known(kind), Some(before)) if is_instance(before, kind) => {}
                (Self::Known(kind), Some(before)) => {
                    let (before, kind) = (before.class_name(), kind.class_name());
                    return Self::Mixed(format!("{before} and {kind}"));
                }
            }
        }
        first.map_or(Self::Unknown, |kind| Self::Known(kind.clone()))
    }

    /// That of a function whose arguments are of `kinds`.
    pub(super) fn of_function(output: FunctionOutput, kinds: &[Self]) -> Self {
        match output {
            FunctionOutput::Common => Self::common(kinds),
            FunctionOutput::Numeric => Self::numeric(kinds),
            FunctionOutput::First => kinds.first().cloned().unwrap_or(Self::Unknown),
            FunctionOutput::Integer => Self::Known(FieldKind::Integer),
            FunctionOutput::Text => Self::Known(FieldKind::Char { max_length: None }),
            FunctionOutput::Moment => Self::Known(FieldKind::DateTime(AutoNow::default())),
            FunctionOutput::Json => Self::Known(FieldKind::Json),
        }
    }

    /// That of a computation with numbers (`NumericOutputFieldMixin`).
    pub(super) fn numeric(kinds: &[Self]) -> Self {
        let mixed = kinds.iter().find(|kind| matches!(kind, Self::Mixed(_)));
        if let Some(mixed) = mixed {
            return mixed.clone();
        }
        let is_any = |is: fn(&FieldKind) -> bool| kinds.iter().filter_map(Self::known).any(is);
        if is_any(|kind| matches!(kind, FieldKind::Decimal { .. })) {
            Self::Known(ANY_DECIMAL)
        } else if kinds.is_empty() || is_any(FieldKind::is_integer) {
            Self::Known(FieldKind::Float)
        } else {
            Self::common(kinds)
        }
    }

    /// That of `left` and `right` joined by `connector` (`_connector_combinations`).
    pub(super) fn combined(connector: Connector, left: &Self, right: &Self) -> Self {
        for side in [left, right] {
            if let Self::Mixed(_) = side {
                return side.clone();
            }
        }
        let (left, right) = (left.known(), right.known());
        let name = |kind: Option<&FieldKind>| kind.map_or("nothing", FieldKind::class_name);
        combined_kind(connector, left, right).map_or_else(
            || Self::Mixed(format!("{} and {}", name(left), name(right))),
            Self::Known,
        )
    }
}

/// Whether Django's class of `kind` is that of `other`, or is made from it.
pub(super) fn is_instance(kind: &FieldKind, other: &FieldKind) -> bool {
    let other = other.class_name();
    let mut class = Some(kind.class_name());
    if other == "AutoField" && kind.is_auto() {
        return true;
    }
    while let Some(name) = class {
        if name == other {
            return true;
        }
        class = parent(name);
    }
    false
}

/// The class of Django's that a class of fields is made from, if it is not the one of all.
fn parent(class: &str) -> Option<&'static str> {
    Some(match class {
        "AutoField" | "BigIntegerField" | "SmallIntegerField" | "PositiveIntegerField" => {
            "IntegerField"
        }
        "BigAutoField" | "PositiveBigIntegerField" => "BigIntegerField",
        "SmallAutoField" | "PositiveSmallIntegerField" => "SmallIntegerField",
        "DateTimeField" => "DateField",
        "EmailField" | "SlugField" | "URLField" => "CharField",
        "ImageField" => "FileField",
        _ => return None,
    })
}

/// What kinds of values matter to a computation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Operand {
    Nothing,
    Integer,
    Float,
    Decimal,
    /// A day or a moment.
    Day,
    Time,
    Duration,
    Other,
}

impl Operand {
    fn of(kind: Option<&FieldKind>) -> Self {
        match kind {
            None => Self::Nothing,
            Some(FieldKind::Float) => Self::Float,
            Some(FieldKind::Decimal { .. }) => Self::Decimal,
            Some(FieldKind::Date(_) | FieldKind::DateTime(_)) => Self::Day,
            Some(FieldKind::Time(_)) => Self::Time,
            Some(FieldKind::Duration) => Self::Duration,
            Some(kind) if kind.is_integer() => Self::Integer,
            Some(_) => Self::Other,
        }
    }

    fn kind(self) -> FieldKind {
        match self {
            Self::Integer => FieldKind::Integer,
            Self::Float => FieldKind::Float,
            Self::Time => FieldKind::Time(AutoNow::default()),
            Self::Duration => FieldKind::Duration,
            Self::Day => FieldKind::DateTime(AutoNow::default()),
            _ => ANY_DECIMAL,
        }
    }
}

fn combined_kind(
    connector: Connector,
    left: Option<&FieldKind>,
    right: Option<&FieldKind>,
) -> Option<FieldKind> {
    use Operand::{Decimal, Float, Integer, Nothing};
    let (left, right) = (Operand::of(left), Operand::of(right));
    let is_bitwise = matches!(
        connector,
        Connector::BitAnd
            | Connector::BitOr
            | Connector::BitXor
            | Connector::BitLeftShift
            | Connector::BitRightShift
    );
    let found = match (left, right) {
        (Integer, Integer) => Integer,
        _ if is_bitwise => return None,
        (Float, Float) => Float,
        (Decimal, Decimal) => Decimal,
        (Nothing, number @ (Integer | Float | Decimal))
        | (number @ (Integer | Float | Decimal), Nothing) => number,
        (Integer, number @ (Float | Decimal)) | (number @ (Float | Decimal), Integer)
            if connector != Connector::Pow =>
        {
            number
        }
        _ => return combined_times(connector, left, right),
    };
    Some(found.kind())
}

/// The kind of a computation with days, moments, times and durations.
fn combined_times(connector: Connector, left: Operand, right: Operand) -> Option<FieldKind> {
    use Operand::{Day, Duration, Time};
    let found = match (connector, left, right) {
        (Connector::Add | Connector::Sub, Day, Duration) | (Connector::Add, Duration, Day) => Day,
        (Connector::Add | Connector::Sub, Duration, Duration)
        | (Connector::Sub, Day, Day)
        | (Connector::Sub, Time, Time) => Duration,
        (Connector::Add | Connector::Sub, Time, Duration) | (Connector::Add, Duration, Time) => {
            Time
        }
        _ => return None,
    };
    Some(found.kind())
}
