//! What a person looks for in a list, word by word (`ModelAdmin.get_search_results`).

use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};

/// How many words are looked for: more would only make the database work.
const MAX_WORDS: usize = 20;

/// A field that is searched, and how.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SearchField {
    /// The path of the field.
    pub(crate) path: String,
    /// How a word is compared with it.
    pub(crate) lookup: Lookup,
}

impl SearchField {
    /// The field that `text` names: `^title` begins with the word, `=title` is the word, in any case of letters.
    ///
    /// `@title` is searched for a word within it: SQLite has no full text for a plain column.
    pub(crate) fn parse(text: &str) -> Self {
        let (path, lookup) = match text.split_at_checked(1) {
            Some(("^", path)) => (path, Lookup::IStartsWith),
            Some(("=", path)) => (path, Lookup::IExact),
            Some(("@", path)) => (path, Lookup::IContains),
            _ => (text, Lookup::IContains),
        };
        let named = path
            .rsplit_once("__")
            .and_then(|(path, name)| Some((path, Lookup::named(name)?)));
        let (path, lookup) = named.unwrap_or((path, lookup));
        Self {
            path: path.to_owned(),
            lookup,
        }
    }
}

/// The words of a search, and phrases between quotes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct SearchTerms(Vec<String>);

impl SearchTerms {
    /// The words of `text`; a phrase between quotes counts as one (`django.utils.text.smart_split`).
    pub(crate) fn parse(text: &str) -> Self {
        let (mut terms, mut rest) = (Vec::new(), text.trim_start());
        while let Some(first) = rest.chars().next() {
            let phrase = rest
                .strip_prefix(first)
                .filter(|_| matches!(first, '"' | '\''));
            let phrase = phrase.and_then(|inner| inner.split_once(first));
            let (term, tail) = phrase.unwrap_or_else(|| {
                rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
            });
            let is_new = !terms.iter().any(|known| known == term);
            if !term.is_empty() && is_new && terms.len() < MAX_WORDS {
                terms.push(term.to_owned());
            }
            rest = tail.trim_start();
        }
        Self(terms)
    }

    /// Whether nothing is looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether no text of the database can hold one of the words: SQLite's ends at a null byte.
    pub(crate) fn find_nothing(&self) -> bool {
        self.0.iter().any(|term| term.contains('\0'))
    }

    /// The condition that every word is found in one of `fields`.
    pub(crate) fn condition(&self, fields: &[SearchField]) -> Condition {
        let of_term = |term: &String| {
            let parts = fields.iter().map(|field| {
                Condition::Compare(Comparison {
                    field: field.path.clone(),
                    lookup: field.lookup,
                    operands: vec![Expression::Value(Literal::String(term.clone()))],
                })
            });
            Condition::Any(parts.collect())
        };
        Condition::All(self.0.iter().map(of_term).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Lookup, SearchField, SearchTerms};

    #[test]
    fn words_and_phrases_are_looked_for() {
        let terms = |text: &str| SearchTerms::parse(text).0;
        assert_eq!(terms("  one two "), ["one", "two"]);
        assert_eq!(
            terms(r#""one two" 'three four'five"#),
            ["one two", "three four", "five"]
        );
        assert_eq!(terms(r#"it"s "open"#), [r#"it"s"#, r#""open"#]);
        assert_eq!(terms(r#"" " """#), [" "]);
        assert!(SearchTerms::parse("   ").is_empty());
        assert_eq!(terms("one two one"), ["one", "two"]);
        let many: Vec<_> = (0..50).map(|number| number.to_string()).collect();
        assert_eq!(terms(&many.join(" ")).len(), 20);
    }

    #[test]
    fn a_prefix_or_a_lookup_says_how() {
        let lookup = |text: &str| {
            let field = SearchField::parse(text);
            (field.path, field.lookup)
        };
        assert_eq!(lookup("title"), ("title".to_owned(), Lookup::IContains));
        assert_eq!(lookup("^title"), ("title".to_owned(), Lookup::IStartsWith));
        assert_eq!(
            lookup("=author__name"),
            ("author__name".to_owned(), Lookup::IExact)
        );
        assert_eq!(
            lookup("author__name__startswith"),
            ("author__name".to_owned(), Lookup::StartsWith)
        );
    }
}
