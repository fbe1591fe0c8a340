//! The parts of a `CREATE TABLE`, as they were written.

use crate::db::script::{
    next_token, parenthesized, split_at_commas, tokens, tokens_without_comments,
};

/// The parts of a `CREATE TABLE`, as they were written, but for comments.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CreateTableParts {
    /// The definitions of columns, then those of constraints.
    pub parts: Vec<DefinitionPart>,
    /// What follows the parentheses, such as `STRICT`.
    pub suffix: String,
}

/// The definition of a column, or of a constraint of the table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DefinitionPart {
    /// The statement's own words.
    pub sql: String,
    /// The same in a normal form.
    words: Vec<String>,
}

/// The words that a constraint of a table begins with.
const CONSTRAINT_WORDS: [&str; 5] = ["constraint", "primary", "unique", "check", "foreign"];

/// The words by which a definition promises something about values.
const PROMISES: [&str; 12] = [
    "as",
    "autoincrement",
    "cascade",
    "check",
    "collate",
    "conflict",
    "default",
    "not",
    "references",
    "restrict",
    "set",
    "unique",
];

impl CreateTableParts {
    /// Takes a statement apart; one that is not a `CREATE TABLE` has no parts.
    pub fn of(statement: &str) -> Self {
        let statement = without_comments(statement);
        let mut rest = statement.as_str();
        while let Some(length) = next_token(rest).filter(|_| !rest.starts_with('(')) {
            rest = &rest[length..];
        }
        let Some((inside, suffix)) = parenthesized(rest) else {
            return Self::default();
        };
        let parts = split_at_commas(inside).into_iter();
        Self {
            parts: parts.map(DefinitionPart::of).collect(),
            suffix: suffix.trim().to_owned(),
        }
    }

    /// The definition of a column.
    pub fn column(&self, name: &str) -> Option<&DefinitionPart> {
        let name = name.to_lowercase();
        let mut columns = self.parts.iter().filter(|part| !part.is_constraint());
        columns.find(|part| part.words.first() == Some(&name))
    }

    /// The constraints of the table.
    pub fn constraints(&self) -> impl Iterator<Item = &DefinitionPart> {
        self.parts.iter().filter(|part| part.is_constraint())
    }
}

impl DefinitionPart {
    /// The definition `sql`.
    pub fn of(sql: &str) -> Self {
        Self {
            sql: sql.trim().to_owned(),
            words: tokens(sql),
        }
    }

    /// Whether it is the definition of a constraint; a column of such a name has its name in quotes.
    fn is_constraint(&self) -> bool {
        let first = tokens_without_comments(&self.sql).next();
        first.is_some_and(|first| CONSTRAINT_WORDS.contains(&first.to_lowercase().as_str()))
    }

    /// The name of a constraint that has one.
    pub fn constraint_name(&self) -> Option<&str> {
        let named = self.words.first().is_some_and(|word| word == "constraint");
        self.words.get(1).filter(|_| named).map(String::as_str)
    }

    /// The names in its first parentheses.
    pub fn columns(&self) -> Vec<String> {
        const ORDER: [&str; 4] = [",", "asc", "desc", "autoincrement"];
        let mut inside = self.words.iter().skip_while(|word| *word != "(").skip(1);
        let inside = inside.by_ref().take_while(|word| *word != ")");
        let names = inside.filter(|word| !ORDER.contains(&word.as_str()));
        names.cloned().collect()
    }

    /// Whether the word stands in it.
    pub fn has_word(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// What kind of constraint it is: `primary`, `unique`, `check` or `foreign`.
    pub fn constraint_kind(&self) -> &str {
        let skipped = if self.constraint_name().is_some() {
            2
        } else {
            0
        };
        self.words.get(skipped).map_or("", String::as_str)
    }

    /// Whether both say the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// The definition without its checks that say what one of `checks` says, whatever those are called.
    #[must_use]
    pub fn without_checks(&self, checks: &[&Self]) -> Self {
        let conditions: Vec<_> = checks.iter().map(|check| check.condition()).collect();
        let mut words = self.words.clone();
        let mut at = 0;
        while let Some((start, end)) = next_check(&words, at) {
            if conditions.contains(&without_parentheses(&words[start + 1..end])) {
                words.drain(start..end);
                at = start;
            } else {
                at = end;
            }
        }
        Self {
            sql: self.sql.clone(),
            words,
        }
    }

    /// The words of the condition of a check, without its parentheses.
    fn condition(&self) -> Vec<String> {
        let words = self.words.iter().skip_while(|word| *word != "check");
        without_parentheses(&words.skip(1).cloned().collect::<Vec<_>>())
    }

    /// Whether both are checks that say the same, whatever they are called.
    pub fn is_same_check(&self, other: &Self) -> bool {
        let parts = [self, other];
        let are_checks = parts.iter().all(|part| part.constraint_kind() == "check");
        are_checks && self.condition() == other.condition()
    }

    /// Whether it promises something about values that `other` does not.
    pub fn promises_more_than(&self, other: &Self) -> bool {
        let count = |part: &Self, word: &str| part.words.iter().filter(|own| *own == word).count();
        PROMISES
            .iter()
            .any(|word| count(self, word) > count(other, word))
    }
}

fn without_parentheses(words: &[String]) -> Vec<String> {
    let words = words.iter().filter(|word| *word != "(" && *word != ")");
    words.cloned().collect()
}

/// Where the first check from `at` on begins, and where it ends.
fn next_check(words: &[String], at: usize) -> Option<(usize, usize)> {
    let start = at + words.get(at..)?.iter().position(|word| word == "check")?;
    let mut depth = 0_usize;
    for (offset, word) in words[start..].iter().enumerate().skip(1) {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some((start, start + offset + 1));
        }
    }
    None
}

fn without_comments(statement: &str) -> String {
    let mut text = String::new();
    let mut rest = statement;
    while let Some(length) = next_token(rest) {
        let (token, after) = rest.split_at(length);
        let is_comment = token.starts_with("--") || token.starts_with("/*");
        text.push_str(if is_comment { " " } else { token });
        rest = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::CreateTableParts;

    #[test]
    fn a_check_is_known_by_what_it_says() {
        let part = |sql: &str| super::DefinitionPart::of(sql);
        let (declared, other) = (
            part("CONSTRAINT c CHECK ((\"a\" > 1 AND b < 2))"),
            part("CHECK (a > 2)"),
        );
        assert!(declared.is_same_check(&part("CHECK (a > 1 AND b < 2)")));
        assert!(!declared.is_same_check(&other));
        let column = part("a integer CHECK (a > 2) NOT NULL CHECK (a > 1 AND (b < 2)) UNIQUE");
        let left = column.without_checks(&[&declared]);
        assert!(left.is_same(&part("a integer CHECK (a > 2) NOT NULL UNIQUE")));
        let left = left.without_checks(&[&other]);
        assert!(left.is_same(&part("a integer NOT NULL UNIQUE")));
    }

    #[test]
    fn a_definition_is_taken_apart_as_it_was_written() {
        let definition = CreateTableParts::of(
            "CREATE TABLE \"a(b\" (id INTEGER -- the key, of course\n PRIMARY KEY, \"check\" text \
             DEFAULT '1,5', price decimal(5, 2), CHECK (price > 0.5)) STRICT",
        );
        assert_eq!(definition.suffix, "STRICT");
        assert_eq!(
            definition.column("PRICE").unwrap().sql,
            "price decimal(5, 2)"
        );
        assert_eq!(
            definition.column("check").unwrap().sql,
            "\"check\" text DEFAULT '1,5'"
        );
        let constraints: Vec<_> = definition.constraints().map(|part| &part.sql).collect();
        assert_eq!(constraints, ["CHECK (price > 0.5)"]);
    }

    #[test]
    fn a_column_may_begin_with_the_word_of_a_constraint_and_have_any_name() {
        let definition = CreateTableParts::of(
            "CREATE TABLE a (id, unique_code text, check_in, \"price [usd]\" int, [b\"c] int, [f (, ] int, \"d\"\"e\" int)",
        );
        assert_eq!(definition.constraints().count(), 0);
        for name in [
            "unique_code",
            "check_in",
            "price [usd]",
            "b\"c",
            "f (, ",
            "d\"e",
        ] {
            assert!(definition.column(name).is_some(), "{name}");
        }
    }
}
