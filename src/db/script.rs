//! A script of several statements, taken apart.

/// What begins a statement that begins or ends a transaction.
pub(crate) const TRANSACTION_WORDS: [&str; 6] =
    ["BEGIN", "COMMIT", "END", "RELEASE", "ROLLBACK", "SAVEPOINT"];

/// The statements of `script`, without the `;` at their ends.
///
/// Quotes and comments are heeded, and so is a trigger's `BEGIN ... END`.
pub(crate) fn statements(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut rest = script;
    while let Some(length) = next_token(rest) {
        let offset = script.len() - rest.len();
        if rest.starts_with(';') && is_complete(&script[start..offset]) {
            found.push(&script[start..offset]);
            start = offset + 1;
        }
        rest = &rest[length..];
    }
    found.push(&script[start..]);
    let stripped = found.into_iter().map(str::trim);
    stripped
        .filter(|statement| first_word(statement).is_some())
        .map(ToOwned::to_owned)
        .collect()
}

/// The first word of a statement, in upper case; none where it is comments alone.
pub(crate) fn first_word(statement: &str) -> Option<String> {
    words(statement).next()
}

/// Whether a script has a statement that is about transactions, or cannot stand within one.
pub fn must_run_outside_transaction(script: &str) -> bool {
    const WORDS: [&str; 4] = ["ATTACH", "DETACH", "PRAGMA", "VACUUM"];
    statements(script).iter().any(|statement| {
        let word = first_word(statement).unwrap_or_default();
        WORDS.contains(&word.as_str()) || TRANSACTION_WORDS.contains(&word.as_str())
    })
}

/// What a statement may destroy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DestructiveStatement {
    /// The table whose rows it may change or delete, if it names one plainly; in upper case.
    pub table: Option<String>,
    /// How it begins.
    pub statement: String,
}

/// What the statements of `script` may destroy, as far as their words tell.
///
/// Statements that only add or look are known; every other one counts, whatever it is.
pub fn destructive_statements(script: &str) -> Vec<DestructiveStatement> {
    let found = statements(script).into_iter();
    found
        .filter_map(|statement| destructive_statement(&statement))
        .collect()
}

fn destructive_statement(statement: &str) -> Option<DestructiveStatement> {
    let words: Vec<_> = words(statement).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let has = |word: &str| words.contains(&word);
    let name = match words.as_slice() {
        [
            "SELECT" | "VALUES" | "EXPLAIN" | "PRAGMA" | "ANALYZE" | "REINDEX" | "VACUUM"
            | "CREATE" | "BEGIN" | "COMMIT" | "END" | "RELEASE" | "ROLLBACK" | "SAVEPOINT"
            | "ATTACH" | "DETACH",
            ..,
        ]
        | ["DROP", "INDEX" | "VIEW" | "TRIGGER", ..] => return None,
        ["INSERT", ..] if !has("REPLACE") && !has("CONFLICT") => return None,
        ["ALTER", "TABLE", ..] if !has("DROP") => return None,
        ["WITH", ..] if !["DELETE", "UPDATE", "REPLACE"].into_iter().any(has) => return None,
        ["UPDATE", "OR", _, name, ..]
        | ["DROP", "TABLE", "IF", "EXISTS", name, ..]
        | [
            "UPDATE" | "DROP" | "DELETE" | "ALTER" | "INSERT",
            "TABLE" | "FROM" | "INTO",
            name,
            ..,
        ]
        | ["INSERT", "OR", _, "INTO", name, ..]
        | ["UPDATE", name, ..]
        | ["REPLACE", "INTO", name, ..] => Some(*name),
        _ => None,
    };
    let head = statement.split_whitespace().take(4);
    Some(DestructiveStatement {
        table: name.map(unquoted),
        statement: head.collect::<Vec<_>>().join(" "),
    })
}

/// What stands in the parentheses that `text` begins with, and what follows them.
pub(super) fn parenthesized(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut rest = text.strip_prefix('(')?;
    let mut depth = 1;
    while let Some(length) = next_token(rest) {
        let at = text.len() - rest.len();
        depth = match rest.as_bytes().first() {
            Some(b'(') => depth + 1,
            Some(b')') => depth - 1,
            _ => depth,
        };
        rest = &rest[length..];
        if depth == 0 {
            return Some((&text[1..at], rest));
        }
    }
    None
}

/// The parts of `text` between commas that are in no parentheses.
pub(super) fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0);
    let mut rest = text;
    while let Some(length) = next_token(rest) {
        let at = text.len() - rest.len();
        match rest.as_bytes().first() {
            Some(b'(') => depth += 1,
            Some(b')') => depth -= 1,
            Some(b',') if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        rest = &rest[length..];
    }
    found.push(text[start..].trim());
    found
}

/// A statement with its words in lower case, its names unquoted and one space between all.
pub(super) fn normalized(statement: &str) -> String {
    tokens(statement).join(" ")
}

pub(super) fn tokens(statement: &str) -> Vec<String> {
    let normalized = |token: &str| {
        if token.starts_with('\'') {
            token.to_owned()
        } else {
            unquoted(token).to_lowercase()
        }
    };
    tokens_without_comments(statement).map(normalized).collect()
}

/// The name that a token stands for.
pub(super) fn unquoted(token: &str) -> String {
    let mut inner = token.chars();
    match (inner.next(), inner.next_back()) {
        (Some('['), Some(']')) => inner.as_str().to_owned(),
        // Within quotes, two of them are one that is meant.
        (Some(quote @ ('"' | '`' | '\'')), Some(end)) if quote == end => {
            let inner = inner.as_str();
            inner.replace(&format!("{quote}{quote}"), &quote.to_string())
        }
        _ => token.to_owned(),
    }
}

/// The words, quoted texts and single characters of `statement`, without its comments and blanks.
pub fn tokens_without_comments(statement: &str) -> impl Iterator<Item = &str> {
    let mut rest = statement;
    let tokens = std::iter::from_fn(move || {
        let (token, after) = rest.split_at(next_token(rest)?);
        rest = after;
        Some(token)
    });
    tokens.filter(|token| {
        let is_comment = token.starts_with("--") || token.starts_with("/*");
        !is_comment && !token.trim().is_empty()
    })
}

/// One of `names` that stands in `sql` in double quotes.
pub fn quoted_name_among(sql: &str, names: &[String]) -> Option<String> {
    let quoted = tokens_without_comments(sql).filter(|token| token.starts_with('"'));
    let mut quoted = quoted.map(unquoted);
    let found = quoted.find_map(|token| {
        let mut names = names.iter();
        names.find(|name| name.eq_ignore_ascii_case(&token))
    });
    found.cloned()
}

/// A trigger holds statements of its own, up to an `END` that follows a `;` (`sqlite3_complete`).
///
/// The `END` of a `CASE` follows none.
fn is_complete(statement: &str) -> bool {
    let head: Vec<_> = words(statement).take(3).collect();
    let head: Vec<_> = head.iter().map(String::as_str).collect();
    let is_trigger = matches!(
        head.as_slice(),
        ["CREATE", "TRIGGER", ..] | ["CREATE", "TEMP" | "TEMPORARY", "TRIGGER"]
    );
    if !is_trigger {
        return true;
    }
    let tokens: Vec<_> = tokens_without_comments(statement).collect();
    matches!(tokens.as_slice(), [.., ";", end] if end.eq_ignore_ascii_case("END"))
}

fn words(statement: &str) -> impl Iterator<Item = String> {
    let mut rest = statement;
    std::iter::from_fn(move || {
        loop {
            let length = next_token(rest)?;
            let (token, after) = rest.split_at(length);
            rest = after;
            if token.starts_with(|c: char| c.is_alphanumeric() || "_\"'`[(".contains(c)) {
                return Some(token.to_uppercase());
            }
        }
    })
}

/// The length of the token at the start of `text`: a comment, a quoted text, a word, or a character.
pub(super) fn next_token(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let until = |end: &str, from: usize| {
        let found = text.get(from..).and_then(|rest| rest.find(end));
        found.map_or(text.len(), |at| from + at + end.len())
    };
    // Within quotes, two of them are one that is meant.
    let quoted = |quote: char| {
        let mut at = 1;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find(quote)) {
            at += found + 1;
            if !text[at..].starts_with(quote) {
                return at;
            }
            at += 1;
        }
        text.len()
    };
    Some(match first {
        '-' if text.starts_with("--") => until("\n", 2),
        '/' if text.starts_with("/*") => until("*/", 2),
        '\'' | '"' | '`' => quoted(first),
        '[' => until("]", 1),
        _ if is_word(first) => text.find(|c| !is_word(c)).unwrap_or(text.len()),
        _ => first.len_utf8(),
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::{destructive_statements, parenthesized, split_at_commas, statements};

    #[test]
    fn parentheses_and_lists_heed_quotes() {
        let text = "(a, f(b, ')'), \"c)\") WHERE d";
        let inside = "a, f(b, ')'), \"c)\"";
        assert_eq!(parenthesized(text), Some((inside, " WHERE d")));
        assert_eq!(split_at_commas(inside), ["a", "f(b, ')')", "\"c)\""]);
        assert_eq!(parenthesized("(a"), None);
    }

    #[test]
    fn a_script_is_split_at_the_ends_of_statements() {
        assert_eq!(
            statements(
                "INSERT INTO a VALUES ('x;''y'); -- done; really\n /* ; */ SELECT \";\"; ;\n-- end"
            ),
            [
                "INSERT INTO a VALUES ('x;''y')",
                "-- done; really\n /* ; */ SELECT \";\""
            ]
        );
        assert!(statements(" ; -- nothing\n").is_empty());
    }

    #[test]
    fn a_trigger_stays_whole() {
        let script =
            "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; SELECT 1; END; SELECT 2";
        let found = statements(script);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("END"), "{found:?}");
    }

    #[test]
    fn a_trigger_ends_at_an_end_that_is_not_that_of_a_case() {
        for trigger in [
            "CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT CASE WHEN NEW.b > 1 THEN RAISE(ABORT, 'x') END; END",
            "create temporary trigger t after insert on a begin update a set b = case when b then 1 else case when c then 2 end end; -- ;\n select 1; /* end; */ end",
            "CREATE TRIGGER t AFTER DELETE ON a WHEN CASE OLD.b WHEN 1 THEN 1 END BEGIN SELECT 'END;'; END",
        ] {
            let found = statements(&format!("{trigger}; SELECT 2;"));
            assert_eq!(found, [trigger, "SELECT 2"]);
            assert_eq!(statements(trigger), [trigger]);
        }
        let table = "CREATE TABLE a (trigger text); SELECT 1";
        assert_eq!(statements(table).len(), 2);
    }

    #[test]
    fn what_may_destroy_is_told_from_what_adds_or_looks() {
        let harmless = "SELECT 1; INSERT INTO a VALUES (1); CREATE TABLE b (c); DROP INDEX i;
            ALTER TABLE a ADD COLUMN d; WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x";
        assert_eq!(destructive_statements(harmless), []);
        let tables = |script: &str| {
            let found = destructive_statements(script).into_iter();
            found.map(|found| found.table).collect::<Vec<_>>()
        };
        for script in [
            "DELETE FROM \"post\" WHERE id > 1",
            "update post set a = 1",
            "UPDATE OR IGNORE post SET a = 1",
            "DROP TABLE IF EXISTS post",
            "ALTER TABLE [post] DROP COLUMN a",
            "INSERT OR REPLACE INTO post VALUES (1)",
            "INSERT INTO post VALUES (1) ON CONFLICT DO UPDATE SET a = 1",
            "REPLACE INTO `post` VALUES (1)",
        ] {
            assert_eq!(tables(script), [Some("POST".to_owned())], "{script}");
        }
        assert_eq!(tables("WITH x AS (SELECT 1) DELETE FROM post"), [None]);
        assert_eq!(tables("SOMETHING new"), [None]);
    }
}
