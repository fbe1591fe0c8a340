//! The operators of a template, found in its tokens by the grammar of the engine.
//!
//! What is not understood is left to the engine, which knows better what is wrong with it.

use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use crate::templates::operators::token_reader::{
    Edit, NotUnderstood, OperatorParser, ParserResult, insertion,
};

/// The changes that make filters of the operators of `source`, in the order of the text.
pub(super) fn edits(source: &str) -> ParserResult<Vec<Edit>> {
    let tokens = tokenize(source, false, SyntaxConfig::default());
    let tokens: Result<Vec<_>, _> = tokens.collect();
    let mut parser = OperatorParser {
        tokens: tokens.map_err(|_| NotUnderstood)?,
        next: 0,
        depth: 0,
        before: Vec::new(),
        instead: Vec::new(),
        behind: Vec::new(),
    };
    parser.template()?;
    Ok(parser.into_edits())
}

impl OperatorParser<'_> {
    fn template(&mut self) -> ParserResult<()> {
        while let Some(token) = self.peek() {
            match token {
                Token::VariableStart => {
                    self.next += 1;
                    self.expression()?;
                    self.expect(|token| matches!(token, Token::VariableEnd))?;
                }
                Token::BlockStart => {
                    self.next += 1;
                    self.statement()?;
                    self.skip_to_end();
                }
                _ => self.next += 1,
            }
        }
        Ok(())
    }

    /// Passes over what is left of a statement: names, and what only the engine knows.
    fn skip_to_end(&mut self) {
        while self
            .peek()
            .is_some_and(|token| !matches!(token, Token::BlockEnd))
        {
            self.next += 1;
        }
        self.next += 1;
    }

    fn statement(&mut self) -> ParserResult<()> {
        let name = self.ident().ok_or(NotUnderstood)?;
        self.next += 1;
        match name {
            "if" | "elif" => self.or().map(drop),
            "for" => {
                while !self.skip_ident("in") {
                    if self.next >= self.tokens.len() {
                        return Err(NotUnderstood);
                    }
                    self.next += 1;
                }
                self.or()?;
                if self.skip_ident("if") {
                    self.expression()?;
                }
                Ok(())
            }
            "set" => {
                while !self.skip(|token| matches!(token, Token::Assign)) {
                    if self.skip(|token| matches!(token, Token::Pipe)) {
                        return self.filters();
                    }
                    if self
                        .peek()
                        .is_none_or(|token| matches!(token, Token::BlockEnd))
                    {
                        return Ok(());
                    }
                    self.next += 1;
                }
                self.list_of_expressions()
            }
            "with" => self.assignments(),
            "filter" => {
                self.filters()?;
                // What is within was escaped already, and is not escaped again, as in Django.
                self.behind.push(insertion(self.end(), "|safe"));
                Ok(())
            }
            "call" => {
                if matches!(self.peek(), Some(Token::ParenOpen)) {
                    self.arguments()?;
                }
                self.expression().map(drop)
            }
            "macro" => {
                self.dotted_name()?;
                self.arguments()
            }
            "do" | "include" | "extends" | "import" | "from" | "autoescape" => {
                self.expression().map(drop)
            }
            _ => Ok(()),
        }
    }

    fn list_of_expressions(&mut self) -> ParserResult<()> {
        loop {
            self.expression()?;
            let is_more = self.skip(|token| matches!(token, Token::Comma));
            if !is_more || matches!(self.peek(), Some(Token::BlockEnd)) {
                return Ok(());
            }
        }
    }

    fn filters(&mut self) -> ParserResult<()> {
        loop {
            self.dotted_name()?;
            if matches!(self.peek(), Some(Token::ParenOpen)) {
                self.arguments()?;
            }
            if !self.skip(|token| matches!(token, Token::Pipe)) {
                return Ok(());
            }
        }
    }

    fn assignments(&mut self) -> ParserResult<()> {
        while !matches!(self.peek(), None | Some(Token::BlockEnd)) {
            while !self.skip(|token| matches!(token, Token::Assign)) {
                if matches!(self.peek(), None | Some(Token::BlockEnd)) {
                    return Ok(());
                }
                self.next += 1;
            }
            self.expression()?;
            self.skip(|token| matches!(token, Token::Comma));
        }
        Ok(())
    }
}
