//! The lookups a condition may use.

/// How a field is compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's lookups")]
pub enum Lookup {
    Exact,
    IExact,
    Gt,
    Gte,
    Lt,
    Lte,
    In,
    Range,
    IsNull,
    Contains,
    IContains,
    StartsWith,
    IStartsWith,
    EndsWith,
    IEndsWith,
    Regex,
    IRegex,
    ContainedBy,
    HasKey,
    HasKeys,
    HasAnyKeys,
}

impl Lookup {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 21] = [
        ("exact", Self::Exact),
        ("iexact", Self::IExact),
        ("gt", Self::Gt),
        ("gte", Self::Gte),
        ("lt", Self::Lt),
        ("lte", Self::Lte),
        ("in", Self::In),
        ("range", Self::Range),
        ("isnull", Self::IsNull),
        ("contains", Self::Contains),
        ("icontains", Self::IContains),
        ("startswith", Self::StartsWith),
        ("istartswith", Self::IStartsWith),
        ("endswith", Self::EndsWith),
        ("iendswith", Self::IEndsWith),
        ("regex", Self::Regex),
        ("iregex", Self::IRegex),
        ("contained_by", Self::ContainedBy),
        ("has_key", Self::HasKey),
        ("has_keys", Self::HasKeys),
        ("has_any_keys", Self::HasAnyKeys),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, lookup)| *lookup == self)
            .map_or("exact", |(name, _)| name)
    }

    /// The lookup of this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| *known == name)
            .map(|(_, lookup)| *lookup)
    }

    /// Whether it looks into text.
    pub fn is_pattern(self) -> bool {
        matches!(
            self,
            Self::Contains
                | Self::IContains
                | Self::StartsWith
                | Self::IStartsWith
                | Self::EndsWith
                | Self::IEndsWith
        )
    }

    /// Whether it compares with text, whatever the field holds.
    pub fn takes_text(self) -> bool {
        self.is_pattern() || matches!(self, Self::IExact | Self::Regex | Self::IRegex)
    }

    /// Whether it compares with a list.
    pub fn takes_list(self) -> bool {
        matches!(
            self,
            Self::In | Self::Range | Self::HasKeys | Self::HasAnyKeys
        )
    }

    /// Whether it is one of JSON documents alone, which no schema has.
    pub fn is_of_json(self) -> bool {
        self == Self::ContainedBy || self.takes_keys()
    }

    /// Whether it asks for keys of a JSON document.
    pub fn takes_keys(self) -> bool {
        matches!(self, Self::HasKey | Self::HasKeys | Self::HasAnyKeys)
    }
}
