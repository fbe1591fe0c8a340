//! The patterns of `LIKE`, as Django writes them.

use crate::inspectdb::sql::Sql;
use crate::models::Literal;

/// `LIKE` with `ESCAPE '\'`, as Django writes it; without, a `\` is a letter like any other.
pub(in crate::inspectdb) const LIKE_ESCAPE: &str = "LIKE ESCAPE";

/// The text of a `LIKE` pattern, and whether anything may stand before and after it.
pub(in crate::inspectdb) fn affixes(
    pattern: &str,
    has_escape: bool,
) -> Option<(bool, String, bool)> {
    let (before, rest) = match pattern.strip_prefix('%') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let (mut text, mut after) = (String::new(), false);
    let mut letters = rest.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if has_escape => text.push(letters.next()?),
            '%' if letters.as_str().is_empty() => after = true,
            '%' | '_' => return None,
            letter => text.push(letter),
        }
    }
    Some((before, text, after))
}

/// The middle of `'%' || value || '%'`, and which of its ends are there.
pub(in crate::inspectdb) fn ends(sql: &Sql) -> (bool, &Sql, bool) {
    let is_any = |sql: &Sql| *sql == Sql::Value(Literal::String("%".to_owned()));
    let (rest, after) = match sql {
        Sql::Binary(name, left, right) if name == "||" && is_any(right) => (left.as_ref(), true),
        other => (other, false),
    };
    match rest {
        Sql::Binary(name, left, right) if name == "||" && is_any(left) => (true, right, after),
        other => (false, other, after),
    }
}

/// The value whose `\`, `%` and `_` were escaped.
pub(in crate::inspectdb) fn unescaped(sql: &Sql) -> Option<&Sql> {
    let mut found = sql;
    for letter in ["_", "%", "\\"] {
        let Sql::Call(name, arguments) = found else {
            return None;
        };
        let text = |text: String| Sql::Value(Literal::String(text));
        match arguments.as_slice() {
            [inner, from, to]
                if name == "REPLACE"
                    && *from == text(letter.to_owned())
                    && *to == text(format!("\\{letter}")) =>
            {
                found = inner;
            }
            _ => return None,
        }
    }
    Some(found)
}
