//! The functions and operators of expressions.

/// A function of the database, by Django's name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's functions")]
pub enum Function {
    Abs,
    Coalesce,
    Concat,
    Greatest,
    LTrim,
    Least,
    Left,
    Length,
    Lower,
    Now,
    NullIf,
    RTrim,
    Replace,
    Round,
    Substr,
    Trim,
    Upper,
}

impl Function {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 17] = [
        ("Abs", Self::Abs),
        ("Coalesce", Self::Coalesce),
        ("Concat", Self::Concat),
        ("Greatest", Self::Greatest),
        ("LTrim", Self::LTrim),
        ("Least", Self::Least),
        ("Left", Self::Left),
        ("Length", Self::Length),
        ("Lower", Self::Lower),
        ("Now", Self::Now),
        ("NullIf", Self::NullIf),
        ("RTrim", Self::RTrim),
        ("Replace", Self::Replace),
        ("Round", Self::Round),
        ("Substr", Self::Substr),
        ("Trim", Self::Trim),
        ("Upper", Self::Upper),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, function)| *function == self)
            .map_or("Abs", |(name, _)| name)
    }

    /// The fewest and the most arguments it takes.
    pub fn arity(self) -> (usize, usize) {
        match self {
            Self::Now => (0, 0),
            Self::Coalesce | Self::Concat | Self::Greatest | Self::Least => (2, usize::MAX),
            Self::Left | Self::NullIf => (2, 2),
            Self::Replace | Self::Substr => (2, 3),
            Self::Round => (1, 2),
            _ => (1, 1),
        }
    }
}

/// An operator between values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Connector {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

impl Connector {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("add", Self::Add),
        ("sub", Self::Sub),
        ("mul", Self::Mul),
        ("div", Self::Div),
        ("mod", Self::Mod),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, connector)| *connector == self)
            .map_or("add", |(name, _)| name)
    }
}
