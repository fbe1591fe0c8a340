//! Values that are written in a file: defaults and choices.

/// A value as it stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// No value; a file cannot say it.
    Null,
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A date, a time or both, as written.
    Datetime(String),
    /// A list.
    List(Vec<Self>),
    /// Keys and values, in order.
    Map(Vec<(String, Self)>),
}

impl Literal {
    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// What a new row gets where nothing else is given.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldDefault {
    /// This value.
    Value(Literal),
    /// What this function returns at that moment.
    Function(DefaultFunction),
}

/// The functions a default may call; a closed list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DefaultFunction {
    /// A random UUID.
    Uuid4,
    /// The current moment.
    Now,
    /// The current day, in UTC.
    Today,
    /// `{}`.
    Dict,
    /// `[]`.
    List,
}

impl DefaultFunction {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("uuid4", Self::Uuid4),
        ("now", Self::Now),
        ("today", Self::Today),
        ("dict", Self::Dict),
        ("list", Self::List),
    ];
}
