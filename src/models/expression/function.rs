//! The functions and operators of expressions.

/// A function of the database, by Django's name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's functions")]
pub enum Function {
    Abs,
    ACos,
    ASin,
    ATan,
    ATan2,
    Ceil,
    Chr,
    Coalesce,
    Concat,
    Cos,
    Cot,
    Degrees,
    Exp,
    Floor,
    Greatest,
    JsonArray,
    LPad,
    LTrim,
    Least,
    Left,
    Length,
    Ln,
    Log,
    Lower,
    Md5,
    Mod,
    Now,
    NullIf,
    Ord,
    Pi,
    Power,
    RPad,
    RTrim,
    Radians,
    Random,
    Repeat,
    Replace,
    Reverse,
    Right,
    Round,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sign,
    Sin,
    Sqrt,
    StrIndex,
    Substr,
    Tan,
    Trim,
    Upper,
}

/// The kind of a function's values (`output_field` and `_resolve_output_field`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FunctionOutput {
    /// That of all arguments, which must be of one kind.
    Common,
    /// Decimal numbers of decimal numbers, numbers with a fraction of whole ones, else that of all arguments.
    Numeric,
    /// That of the first argument.
    First,
    /// Whole numbers.
    Integer,
    /// Text.
    Text,
    /// Moments.
    Moment,
    /// JSON documents.
    Json,
}

/// Where a function may stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FunctionUse {
    /// In queries, and in the checks, indexes, defaults and computed columns of models.
    Everywhere,
    /// In queries alone: a schema with it could be written to by no other program.
    Queries,
}

/// A function: its name, its arguments, its values.
#[derive(Clone, Copy, Debug)]
pub struct FunctionSignature {
    /// Django's name.
    pub name: &'static str,
    /// Which it is.
    pub function: Function,
    /// The fewest arguments it takes.
    pub least: usize,
    /// The most arguments it takes.
    pub most: usize,
    /// The kind of its values.
    pub output: FunctionOutput,
    /// Where it may stand.
    pub place: FunctionUse,
}

/// Any number of arguments.
const ANY: usize = usize::MAX;

/// A function of queries.
const fn row(
    name: &'static str,
    function: Function,
    least: usize,
    most: usize,
    output: FunctionOutput,
) -> FunctionSignature {
    FunctionSignature {
        name,
        function,
        least,
        most,
        output,
        place: FunctionUse::Queries,
    }
}

impl FunctionSignature {
    const fn everywhere(mut self) -> Self {
        self.place = FunctionUse::Everywhere;
        self
    }
}

/// All functions that take nothing but expressions, as SQLite can do them.
///
/// Those of dates, of JSON objects and of windows have options, and forms of their own.
pub const FUNCTIONS: [FunctionSignature; 53] = {
    use Function as F;
    use FunctionOutput as Output;
    [
        row("Abs", F::Abs, 1, 1, Output::First).everywhere(),
        row("ACos", F::ACos, 1, 1, Output::Numeric),
        row("ASin", F::ASin, 1, 1, Output::Numeric),
        row("ATan", F::ATan, 1, 1, Output::Numeric),
        row("ATan2", F::ATan2, 2, 2, Output::Numeric),
        row("Ceil", F::Ceil, 1, 1, Output::First),
        row("Chr", F::Chr, 1, 1, Output::Text),
        row("Coalesce", F::Coalesce, 2, ANY, Output::Common).everywhere(),
        row("Concat", F::Concat, 2, ANY, Output::Common).everywhere(),
        row("Cos", F::Cos, 1, 1, Output::Numeric),
        row("Cot", F::Cot, 1, 1, Output::Numeric),
        row("Degrees", F::Degrees, 1, 1, Output::Numeric),
        row("Exp", F::Exp, 1, 1, Output::Numeric),
        row("Floor", F::Floor, 1, 1, Output::First),
        row("Greatest", F::Greatest, 2, ANY, Output::Common).everywhere(),
        row("JSONArray", F::JsonArray, 0, ANY, Output::Json),
        row("LPad", F::LPad, 2, 3, Output::Text),
        row("LTrim", F::LTrim, 1, 1, Output::First).everywhere(),
        row("Least", F::Least, 2, ANY, Output::Common).everywhere(),
        row("Left", F::Left, 2, 2, Output::Text).everywhere(),
        row("Length", F::Length, 1, 1, Output::Integer).everywhere(),
        row("Ln", F::Ln, 1, 1, Output::Numeric),
        row("Log", F::Log, 2, 2, Output::Numeric),
        row("Lower", F::Lower, 1, 1, Output::First).everywhere(),
        row("MD5", F::Md5, 1, 1, Output::First),
        row("Mod", F::Mod, 2, 2, Output::Numeric),
        row("Now", F::Now, 0, 0, Output::Moment).everywhere(),
        row("NullIf", F::NullIf, 2, 2, Output::Common).everywhere(),
        row("Ord", F::Ord, 1, 1, Output::Integer),
        row("Pi", F::Pi, 0, 0, Output::Numeric),
        row("Power", F::Power, 2, 2, Output::Numeric),
        row("RPad", F::RPad, 2, 3, Output::Text),
        row("RTrim", F::RTrim, 1, 1, Output::First).everywhere(),
        row("Radians", F::Radians, 1, 1, Output::Numeric),
        row("Random", F::Random, 0, 0, Output::Numeric),
        row("Repeat", F::Repeat, 2, 2, Output::Text),
        row("Replace", F::Replace, 2, 3, Output::Common).everywhere(),
        row("Reverse", F::Reverse, 1, 1, Output::First),
        row("Right", F::Right, 2, 2, Output::Text),
        row("Round", F::Round, 1, 2, Output::First).everywhere(),
        row("SHA1", F::Sha1, 1, 1, Output::First),
        row("SHA224", F::Sha224, 1, 1, Output::First),
        row("SHA256", F::Sha256, 1, 1, Output::First),
        row("SHA384", F::Sha384, 1, 1, Output::First),
        row("SHA512", F::Sha512, 1, 1, Output::First),
        row("Sign", F::Sign, 1, 1, Output::First),
        row("Sin", F::Sin, 1, 1, Output::Numeric),
        row("Sqrt", F::Sqrt, 1, 1, Output::Numeric),
        row("StrIndex", F::StrIndex, 2, 2, Output::Integer),
        row("Substr", F::Substr, 2, 3, Output::Text).everywhere(),
        row("Tan", F::Tan, 1, 1, Output::Numeric),
        row("Trim", F::Trim, 1, 1, Output::First).everywhere(),
        row("Upper", F::Upper, 1, 1, Output::First).everywhere(),
    ]
};

impl Function {
    /// What is known of it.
    pub fn signature(self) -> &'static FunctionSignature {
        // The table is in the order of the variants, which a test holds.
        &FUNCTIONS[self as usize]
    }

    /// The functions that may stand in a schema, too.
    pub fn of_schemas() -> impl Iterator<Item = &'static FunctionSignature> {
        let all = FUNCTIONS.iter();
        all.filter(|signature| signature.place == FunctionUse::Everywhere)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.signature().name
    }

    /// The fewest and the most arguments it takes.
    pub fn arity(self) -> (usize, usize) {
        let signature = self.signature();
        (signature.least, signature.most)
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
    Pow,
    BitAnd,
    BitOr,
    BitXor,
    BitLeftShift,
    BitRightShift,
}

impl Connector {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 11] = [
        ("add", Self::Add),
        ("sub", Self::Sub),
        ("mul", Self::Mul),
        ("div", Self::Div),
        ("mod", Self::Mod),
        ("pow", Self::Pow),
        ("bitand", Self::BitAnd),
        ("bitor", Self::BitOr),
        ("bitxor", Self::BitXor),
        ("bitleftshift", Self::BitLeftShift),
        ("bitrightshift", Self::BitRightShift),
    ];

    /// Those that may stand in a schema, too: the others are functions of djr's own connections, or rare.
    pub const OF_SCHEMAS: [Self; 5] = [Self::Add, Self::Sub, Self::Mul, Self::Div, Self::Mod];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, connector)| *connector == self)
            .map_or("add", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::FUNCTIONS;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        for (place, signature) in FUNCTIONS.iter().enumerate() {
            assert_eq!(signature.function as usize, place, "{}", signature.name);
        }
    }
}
