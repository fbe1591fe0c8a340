//! Tokens to expressions, by how strongly operators bind (<https://sqlite.org/lang_expr.html>).

use crate::inspectdb::sql::{LIKE_ESCAPE, Sql, Token, closing, split};
use crate::models::Literal;

/// How deep expressions may stand within each other.
const DEEPEST: usize = 200;

/// How strongly `NOT` binds, `COLLATE`, and what compares for equality.
const NOT: u8 = 3;
const EQUALITY: u8 = 4;
const COLLATE: u8 = 10;

/// The expression that `tokens` are; none where it has anything beyond what is known here.
pub(in crate::inspectdb) fn parse(tokens: &[Token]) -> Option<Sql> {
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
    };
    let found = parser.expression(0)?;
    (parser.at == tokens.len()).then_some(found)
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

/// An operator between two sides, and how strongly it binds.
fn binding(token: &Token) -> Option<(String, u8)> {
    let name = match token {
        Token::Word(word) => word.to_uppercase(),
        Token::Symbol(symbol) => symbol.clone(),
        _ => return None,
    };
    let strength = match name.as_str() {
        "OR" => 1,
        "AND" => 2,
        "=" | "==" | "<>" | "!=" | "LIKE" | "REGEXP" => EQUALITY,
        "<" | "<=" | ">" | ">=" => 5,
        "+" | "-" => 7,
        "*" | "/" | "%" => 8,
        "||" => 9,
        _ => return None,
    };
    let name = match name.as_str() {
        "==" => "=".to_owned(),
        "!=" => "<>".to_owned(),
        _ => name,
    };
    Some((name, strength))
}

impl Parser<'_> {
    fn next(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is(&self, text: &str) -> bool {
        self.next().is_some_and(|token| token.is(text))
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.is(text);
        self.at += usize::from(found);
        found
    }

    fn need(&mut self, text: &str) -> Option<()> {
        self.take(text).then_some(())
    }

    /// An expression of operators that bind more strongly than `least`.
    fn expression(&mut self, least: u8) -> Option<Sql> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.operand()?;
        loop {
            if self.is("COLLATE") && least < COLLATE {
                self.at += 1;
                let name = self.next()?.name()?.to_owned();
                self.at += 1;
                left = Sql::Collate(Box::new(left), name);
            } else if least < EQUALITY && (self.is("IS") || self.is("NOT") || self.is_range()) {
                left = self.comparison(left)?;
            } else if let Some((name, strength)) = self.next().and_then(binding)
                && strength > least
            {
                self.at += 1;
                let right = self.expression(strength)?;
                left = if name == "LIKE" {
                    self.like(left, right)?
                } else {
                    Sql::Binary(name, Box::new(left), Box::new(right))
                };
            } else {
                self.depth -= 1;
                return Some(left);
            }
        }
    }

    fn is_range(&self) -> bool {
        ["IN", "BETWEEN", "NOTNULL", "ISNULL"]
            .into_iter()
            .any(|word| self.is(word))
    }

    /// What follows a value in words: `IS NOT NULL`, `NOT IN (1, 2)`, `BETWEEN 1 AND 2`.
    fn comparison(&mut self, left: Sql) -> Option<Sql> {
        let left = Box::new(left);
        if self.take("ISNULL") || self.take("NOTNULL") {
            let is_null = self.tokens[self.at - 1].is("ISNULL");
            return Some(Sql::IsNull(left, is_null));
        }
        if self.take("IS") {
            let negated = self.take("NOT");
            self.need("NULL")?;
            return Some(Sql::IsNull(left, !negated));
        }
        let negated = self.take("NOT");
        let found = if self.take("NULL") {
            return negated.then_some(Sql::IsNull(left, false));
        } else if self.take("IN") {
            self.is("(").then_some(())?;
            Sql::In(left, self.arguments()?)
        } else if self.take("BETWEEN") {
            let from = self.expression(EQUALITY)?;
            self.need("AND")?;
            let to = self.expression(EQUALITY)?;
            Sql::Between(left, Box::new(from), Box::new(to))
        } else {
            self.is("LIKE").then_some(())?;
            self.at += 1;
            let right = self.expression(EQUALITY)?;
            self.like(*left, right)?
        };
        Some(if negated {
            Sql::Not(Box::new(found))
        } else {
            found
        })
    }

    /// `left LIKE right`, and the `ESCAPE` that may follow.
    fn like(&mut self, left: Sql, right: Sql) -> Option<Sql> {
        let mut name = "LIKE";
        if self.take("ESCAPE") {
            let escape = self.expression(EQUALITY)?;
            (escape == Sql::Value(Literal::String("\\".to_owned()))).then_some(())?;
            name = LIKE_ESCAPE;
        }
        Some(Sql::Binary(
            name.to_owned(),
            Box::new(left),
            Box::new(right),
        ))
    }

    fn operand(&mut self) -> Option<Sql> {
        let token = self.next()?.clone();
        self.at += 1;
        match token {
            Token::Text(text) => Some(Sql::Value(Literal::String(text))),
            Token::Number(number) => number_of(&number),
            Token::Name(name) => Some(Sql::Column(name)),
            Token::Symbol(symbol) => self.symbol(&symbol),
            Token::Word(word) => self.word(&word),
        }
    }

    fn symbol(&mut self, symbol: &str) -> Option<Sql> {
        match symbol {
            "(" => {
                let found = self.expression(0)?;
                self.need(")")?;
                Some(found)
            }
            "+" => self.operand(),
            "-" => match self.expression(COLLATE)? {
                Sql::Value(Literal::Integer(number)) => {
                    Some(Sql::Value(Literal::Integer(number.checked_neg()?)))
                }
                Sql::Value(Literal::Float(number)) => Some(Sql::Value(Literal::Float(-number))),
                _ => None,
            },
            _ => None,
        }
    }

    fn word(&mut self, word: &str) -> Option<Sql> {
        let upper = word.to_uppercase();
        match upper.as_str() {
            "NOT" => Some(Sql::Not(Box::new(self.expression(NOT)?))),
            "NULL" => Some(Sql::Null),
            "TRUE" => Some(Sql::Value(Literal::Boolean(true))),
            "FALSE" => Some(Sql::Value(Literal::Boolean(false))),
            "CASE" => self.case(),
            "CAST" => self.cast(),
            "CURRENT_TIMESTAMP" => Some(Sql::Call(upper, Vec::new())),
            _ if self.is("(") => Some(Sql::Call(upper, self.arguments()?)),
            _ => Some(Sql::Column(word.to_owned())),
        }
    }

    /// What stands between parentheses, at commas.
    fn arguments(&mut self) -> Option<Vec<Sql>> {
        let end = closing(self.tokens, self.at)?;
        let inner = &self.tokens[self.at + 1..end];
        self.at = end + 1;
        if inner.is_empty() {
            return Some(Vec::new());
        }
        split(inner).into_iter().map(parse).collect()
    }

    fn cast(&mut self) -> Option<Sql> {
        let end = closing(self.tokens, self.at)?;
        self.need("(")?;
        let inner = self.expression(0)?;
        self.need("AS")?;
        let mut kind = String::new();
        for token in &self.tokens[self.at..end] {
            match token {
                Token::Word(word) if kind.is_empty() => kind.clone_from(word),
                Token::Word(word) => kind = format!("{kind} {word}"),
                Token::Symbol(text) | Token::Number(text) => kind.push_str(text),
                _ => return None,
            }
        }
        self.at = end + 1;
        Some(Sql::Cast(Box::new(inner), kind.to_lowercase()))
    }

    fn case(&mut self) -> Option<Sql> {
        let mut cases = Vec::new();
        while self.take("WHEN") {
            let when = self.expression(0)?;
            self.need("THEN")?;
            cases.push((when, self.expression(0)?));
        }
        let default = if self.take("ELSE") {
            Some(self.expression(0)?)
        } else {
            None
        };
        self.need("END")?;
        let default = default.filter(|value| *value != Sql::Null).map(Box::new);
        (!cases.is_empty()).then_some(Sql::Case(cases, default))
    }
}

fn number_of(text: &str) -> Option<Sql> {
    let literal = match text.parse() {
        Ok(number) => Literal::Integer(number),
        Err(_) => Literal::Float(text.parse().ok()?),
    };
    Some(Sql::Value(literal))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::inspectdb::sql::tokens;

    fn parsed(sql: &str) -> Option<String> {
        parse(&tokens(sql)).map(|found| format!("{found:?}"))
    }

    #[test]
    fn operators_bind_as_sqlite_binds_them() {
        for (bare, grouped) in [
            ("a + b * c", "a + (b * c)"),
            ("a - b - c", "(a - b) - c"),
            ("a OR b AND NOT c = 1", "a OR (b AND (NOT (c = 1)))"),
            ("a < 1 = b", "(a < 1) = b"),
            ("a BETWEEN 1 AND 2 AND b", "(a BETWEEN 1 AND 2) AND b"),
            (
                "a || b = 'x' COLLATE nocase",
                "(a || b) = ('x' COLLATE nocase)",
            ),
            ("NOT a IS NULL OR b", "(NOT (a IS NULL)) OR b"),
            ("a NOT IN (1, -2)", "NOT (a IN (1, -2))"),
            ("a == 1.5", "a = 1.5"),
        ] {
            assert!(parsed(bare).is_some(), "{bare}");
            assert_eq!(parsed(bare), parsed(grouped), "{bare}");
        }
    }

    #[test]
    fn what_is_not_known_is_no_expression() {
        for sql in [
            "",
            "(",
            "a b",
            "a IN (SELECT 1)",
            "a MATCH b",
            "a -> 'b'",
            "CASE a WHEN 1 THEN 2 END",
            "a LIKE 'x' ESCAPE '!'",
            "-a",
        ] {
            assert_eq!(parsed(sql), None, "{sql}");
        }
        assert_eq!(parsed(&"(".repeat(100_000)), None);
    }
}
