//! What SQLite makes of the values of a column, by the words of its type.

/// The affinity of a column (<https://sqlite.org/datatype3.html>, 3.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Affinity {
    /// Texts that are whole numbers become numbers.
    Integer,
    /// Numbers become texts.
    Text,
    /// Values stay as they are.
    Blob,
    /// Numbers become floating-point numbers.
    Real,
    /// Texts that are numbers become numbers.
    Numeric,
}

impl Affinity {
    /// The affinity of a column of the type `declared`.
    pub fn of(declared: &str) -> Self {
        let declared = declared.to_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
        if has(&["INT"]) {
            Self::Integer
        } else if has(&["CHAR", "CLOB", "TEXT"]) {
            Self::Text
        } else if declared.is_empty() || has(&["BLOB"]) {
            Self::Blob
        } else if has(&["REAL", "FLOA", "DOUB"]) {
            Self::Real
        } else {
            Self::Numeric
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Affinity;

    #[test]
    fn the_affinity_of_a_type_is_that_of_its_words() {
        for (declared, affinity) in [
            ("bigint unsigned", Affinity::Integer),
            ("POINT", Affinity::Integer),
            ("nvarchar(5)", Affinity::Text),
            ("", Affinity::Blob),
            ("double", Affinity::Real),
            ("money", Affinity::Numeric),
            ("datetime", Affinity::Numeric),
        ] {
            assert_eq!(Affinity::of(declared), affinity, "{declared}");
        }
    }
}
