//! The tokens of SQL.

use crate::db::tokens_without_comments;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inspectdb) enum Token {
    /// A bare word, as written.
    Word(String),
    /// A name between double quotes, backquotes or brackets.
    Name(String),
    /// A text between quotes.
    Text(String),
    Number(String),
    /// What is left: operators, commas and parentheses.
    Symbol(String),
}

impl Token {
    /// Whether it is this bare word, or this symbol.
    pub(in crate::inspectdb) fn is(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => word.eq_ignore_ascii_case(text),
            Self::Symbol(symbol) => symbol == text,
            _ => false,
        }
    }

    /// The token without regard to case and quotes, as SQLite takes names and words.
    pub(in crate::inspectdb) fn normalized(&self) -> Self {
        match self {
            Self::Word(name) | Self::Name(name) => Self::Name(name.to_lowercase()),
            other => other.clone(),
        }
    }

    /// What it names, quoted or not.
    pub(in crate::inspectdb) fn name(&self) -> Option<&str> {
        match self {
            Self::Word(name) | Self::Name(name) | Self::Text(name) => Some(name),
            _ => None,
        }
    }
}

/// The tokens of `sql`, without comments.
pub(in crate::inspectdb) fn tokens(sql: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for piece in tokens_without_comments(sql) {
        let token = token(piece);
        match (found.last_mut(), &token) {
            (Some(Token::Number(number)), Token::Symbol(dot))
                if dot == "." && !number.contains('.') =>
            {
                number.push('.');
            }
            (Some(Token::Number(number)), Token::Number(rest)) if number.ends_with('.') => {
                number.push_str(rest);
            }
            (Some(Token::Symbol(first)), Token::Symbol(second)) if is_pair(first, second) => {
                first.push_str(second);
            }
            _ => found.push(token),
        }
    }
    found
}

/// The tokens of a default, in which SQLite takes a name for a text.
pub(in crate::inspectdb) fn default_tokens(sql: &str) -> Vec<Token> {
    const WORDS: [&str; 6] = [
        "CURRENT_DATE",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
        "FALSE",
        "NULL",
        "TRUE",
    ];
    let mut found = tokens(sql);
    if let [token] = found.as_mut_slice()
        && let Token::Word(name) | Token::Name(name) = token
        && !WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
    {
        *token = Token::Text(std::mem::take(name));
    }
    found
}

fn token(piece: &str) -> Token {
    let inner = || piece[1..piece.len().max(2) - 1].to_owned();
    match piece.chars().next() {
        Some('\'') => Token::Text(inner().replace("''", "'")),
        Some('"') => Token::Name(inner().replace("\"\"", "\"")),
        Some('`') => Token::Name(inner().replace("``", "`")),
        Some('[') if piece.ends_with(']') => Token::Name(inner()),
        Some(c) if c.is_ascii_digit() => Token::Number(piece.to_owned()),
        Some(c) if c.is_alphanumeric() || c == '_' => Token::Word(piece.to_owned()),
        _ => Token::Symbol(piece.to_owned()),
    }
}

fn is_pair(first: &str, second: &str) -> bool {
    let pairs = ["||", ">=", "<=", "<>", "!=", "==", "->", "->>", "<<", ">>"];
    pairs.contains(&format!("{first}{second}").as_str())
}

/// The parts of `tokens` between the commas that stand outside of parentheses.
pub(in crate::inspectdb) fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    let parts = tokens.split(|token| {
        depth += usize::from(token.is("("));
        depth = depth.saturating_sub(usize::from(token.is(")")));
        depth == 0 && token.is(",")
    });
    parts.collect()
}

/// Where the parenthesis closes that opens at `open`.
pub(in crate::inspectdb) fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        depth += usize::from(token.is("("));
        if token.is(")") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}
