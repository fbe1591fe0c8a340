//! Values: names, what is written out, and what is taken of them.

use minijinja::machinery::Token;

use crate::templates::operators::SLICE;
use crate::templates::operators::token_reader::{
    Edit, NotUnderstood, OperandValue, OperatorParser, ParserResult, TemplateOperand, insertion,
};

impl<'s> OperatorParser<'s> {
    pub(super) fn postfix(&mut self, start: usize) -> ParserResult<TemplateOperand> {
        let is_loop = self.ident() == Some("loop");
        let mut found = self.primary()?;
        let mut steps = 0;
        loop {
            match self.peek() {
                Some(Token::Dot) => {
                    self.next += 1;
                    let counts = [
                        "index",
                        "index0",
                        "revindex",
                        "revindex0",
                        "length",
                        "depth",
                        "depth0",
                    ];
                    let is_count = is_loop
                        && steps == 0
                        && self.ident().is_some_and(|name| counts.contains(&name));
                    self.take()?;
                    found = self.unknown(start);
                    if is_count {
                        found.value = OperandValue::Number;
                    }
                }
                Some(Token::BracketOpen) => {
                    self.subscript(start)?;
                    found = self.unknown(start);
                }
                Some(Token::ParenOpen) => {
                    self.arguments()?;
                    found = self.unknown(start);
                }
                _ => return Ok(found),
            }
            steps += 1;
        }
    }

    /// `[a]`, or `[a:b:c]` of what begins at `start`.
    pub(super) fn subscript(&mut self, start: usize) -> ParserResult<()> {
        let open = self.take()?;
        let is_colon = |token: &Token<'_>| matches!(token, Token::Colon);
        let is_close = |token: &Token<'_>| matches!(token, Token::BracketClose);
        let is_first_missing = self.peek().is_some_and(is_colon);
        if !is_first_missing {
            self.expression()?;
        }
        if self.peek().is_some_and(is_close) {
            self.next += 1;
            return Ok(());
        }
        let missing = |is_missing: bool| if is_missing { "none" } else { "" };
        let mut edits = vec![
            insertion(start, "(("),
            Edit {
                range: open,
                text: format!(")|{SLICE}({}", missing(is_first_missing)),
            },
        ];
        for _ in 0..2 {
            if !self.peek().is_some_and(is_colon) {
                break;
            }
            let range = self.take()?;
            let is_missing = self
                .peek()
                .is_some_and(|token| is_colon(token) || is_close(token));
            if !is_missing {
                self.expression()?;
            }
            let text = format!(",{}", missing(is_missing));
            edits.push(Edit { range, text });
        }
        if !self.peek().is_some_and(is_close) {
            return Err(NotUnderstood);
        }
        let range = self.take()?;
        let text = "))".to_owned();
        edits.push(Edit { range, text });
        let mut edits = edits.into_iter();
        self.before.extend(edits.next());
        self.instead.extend(edits);
        Ok(())
    }

    pub(super) fn arguments(&mut self) -> ParserResult<()> {
        self.expect(|token| matches!(token, Token::ParenOpen))?;
        loop {
            if self.skip(|token| matches!(token, Token::ParenClose)) {
                return Ok(());
            }
            self.skip(|token| matches!(token, Token::Mul | Token::Pow));
            self.expression()?;
            if self.skip(|token| matches!(token, Token::Assign)) {
                self.expression()?;
            }
            let is_end = matches!(self.peek(), Some(Token::ParenClose));
            if !self.skip(|token| matches!(token, Token::Comma)) && !is_end {
                return Err(NotUnderstood);
            }
        }
    }

    pub(super) fn primary(&mut self) -> ParserResult<TemplateOperand> {
        let start = self.start()?;
        let value = match self.peek().ok_or(NotUnderstood)? {
            Token::Ident("true" | "True" | "false" | "False" | "none" | "None") => {
                OperandValue::Constant
            }
            Token::Str(_) | Token::String(_) => OperandValue::Constant,
            Token::Int(_) | Token::Int128(_) | Token::Float(_) => OperandValue::Number,
            Token::Ident(_) => OperandValue::Unknown,
            Token::ParenOpen => {
                return self.bracketed(start, |token| matches!(token, Token::ParenClose));
            }
            Token::BracketOpen => {
                return self.bracketed(start, |token| matches!(token, Token::BracketClose));
            }
            Token::BraceOpen => {
                return self.bracketed(start, |token| matches!(token, Token::BraceClose));
            }
            _ => return Err(NotUnderstood),
        };
        self.take()?;
        while self.skip(|token| matches!(token, Token::Str(_) | Token::String(_)))
            && value == OperandValue::Constant
        {}
        let range = start..self.end();
        Ok(TemplateOperand { range, value })
    }

    /// Expressions up to the end of a bracket; between them stand commas and colons.
    pub(super) fn bracketed(
        &mut self,
        start: usize,
        is_close: fn(&Token<'s>) -> bool,
    ) -> ParserResult<TemplateOperand> {
        self.take()?;
        while !self.skip(is_close) {
            self.expression()?;
            let is_end = self.peek().is_some_and(is_close);
            if !self.skip(|token| matches!(token, Token::Comma | Token::Colon)) && !is_end {
                return Err(NotUnderstood);
            }
        }
        Ok(self.unknown(start))
    }
}
