//! Which rows a client asks for, and in which order (`rest_framework.filters`).

use crate::api::python;
use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::query::Query;

/// The most terms that are looked for: more would only make the database work.
const MAX_TERMS: usize = 20;

/// A field that is searched.
#[derive(Clone, Debug)]
pub(super) struct ApiSearchField {
    pub(super) path: String,
    lookup: Lookup,
}

impl ApiSearchField {
    /// `title`, `^title` for what begins with a term, `=title` for what is the term, `$title` for a pattern.
    pub(super) fn parse(name: &str) -> Self {
        let (path, lookup) = match name.split_at_checked(1) {
            Some(("^", path)) => (path, Lookup::IStartsWith),
            Some(("=", path)) => (path, Lookup::IExact),
            Some(("$", path)) => (path, Lookup::IRegex),
            _ => (name, Lookup::IContains),
        };
        Self {
            path: path.to_owned(),
            lookup,
        }
    }
}

/// Those of the rows of `query` that `text` looks for; each of its terms must be in one of the fields.
pub(super) fn search(query: Query, fields: &[ApiSearchField], text: &str) -> Query {
    let mut terms = search_terms(text);
    terms.truncate(MAX_TERMS);
    if terms.is_empty() || fields.is_empty() {
        return query;
    }
    let query = terms.iter().fold(query, |query, term| {
        let parts = fields.iter().map(|field| {
            let term = Expression::Value(Literal::String(term.clone()));
            compare(&field.path, field.lookup, vec![term])
        });
        query.filter(Condition::Any(parts.collect()))
    });
    if fields.iter().any(|field| field.path.contains("__")) {
        query.distinct()
    } else {
        query
    }
}

/// A comparison of `field`.
pub(super) fn compare(field: &str, lookup: Lookup, operands: Vec<Expression>) -> Condition {
    Condition::Compare(Comparison {
        field: field.to_owned(),
        lookup,
        operands,
    })
}

/// The terms of a search: words and parts between commas, and phrases in quotes as they are.
fn search_terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for piece in pieces(text) {
        let piece = piece.trim_matches(',');
        let quote = piece.chars().next().filter(|c| matches!(c, '"' | '\''));
        // A quote alone is a phrase of nothing.
        if let Some(quote) = quote.filter(|quote| piece.ends_with(*quote)) {
            terms.push(unescaped(piece.trim_matches(quote), quote));
        } else {
            let words = piece.split(',').filter(|word| !word.is_empty());
            terms.extend(words.map(|word| python::strip(word).to_owned()));
        }
    }
    terms
}

fn unescaped(phrase: &str, quote: char) -> String {
    phrase
        .replace(&format!("\\{quote}"), &quote.to_string())
        .replace("\\\\", "\\")
}

/// `text` split at spaces outside of quotes (`django.utils.text.smart_split`).
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text.trim_start());
    while !rest.is_empty() {
        let end = quoted_end(rest)
            .unwrap_or_else(|| rest.find(char::is_whitespace).unwrap_or(rest.len()));
        pieces.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    pieces
}

/// Where a piece ends that holds a phrase in quotes; none where it does not.
fn quoted_end(text: &str) -> Option<usize> {
    let plain = |from: usize| {
        let stop = text[from..].find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        from + stop.unwrap_or(text.len() - from)
    };
    let (mut end, mut found) = (plain(0), None);
    while let Some(quote) = text[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))
    {
        let Some(length) = phrase_length(&text[end..], quote) else {
            break;
        };
        end = plain(end + length);
        found = Some(end);
    }
    found
}

/// The length of the phrase that `text` begins with, its quotes included.
fn phrase_length(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// The terms of an order that `text` asks for, as far as `allowed`; none where nothing is left of it.
pub(super) fn ordering(text: &str, allowed: &[String]) -> Option<Vec<String>> {
    let terms = text.split(',').map(python::strip);
    let is_allowed = |term: &&str| {
        let name = term.strip_prefix('-').unwrap_or(term);
        allowed.iter().any(|known| known == name)
    };
    let terms: Vec<_> = terms.filter(is_allowed).map(ToOwned::to_owned).collect();
    (!terms.is_empty()).then_some(terms)
}

#[cfg(test)]
mod tests {
    use super::{ordering, search_terms};

    /// The right sides are what `rest_framework.filters.search_smart_split` gives.
    #[test]
    fn a_search_is_split_as_by_django_rest_framework() {
        for (text, terms) in [
            ("alpha two", vec!["alpha", "two"]),
            ("a,b ,c,", vec!["a", "b", "c"]),
            (r#""and more" x"#, vec!["and more", "x"]),
            (r#"'it is' "so""#, vec!["it is", "so"]),
            (r#"pre"a b"post"#, vec![r#"pre"a b"post"#]),
            (r#""open phrase"#, vec![r#""open"#, "phrase"]),
            ("'", vec![""]),
            (",,,", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(search_terms(text), terms, "{text}");
        }
    }

    #[test]
    fn an_order_is_one_of_those_that_are_allowed() {
        let allowed = ["price".to_owned(), "author__name".to_owned()];
        let asked = |text| ordering(text, &allowed);
        assert_eq!(
            asked("-price, author__name").unwrap(),
            ["-price", "author__name"]
        );
        assert_eq!(asked("secret,price").unwrap(), ["price"]);
        assert_eq!(asked("--price"), None);
        assert_eq!(asked("?"), None);
    }
}
