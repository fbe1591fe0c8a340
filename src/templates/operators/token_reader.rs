//! The tokens of a template one after the other, and what is to be changed in its text.

use std::ops::Range;

use minijinja::machinery::{Span, Token};

/// A change of the text of a template.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Edit {
    /// What is replaced, in bytes.
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// The tokens are not what was expected.
#[derive(Debug)]
pub(super) struct NotUnderstood;

pub(super) type ParserResult<T> = Result<T, NotUnderstood>;

/// An operand: where it stands, and what is known of its value.
#[derive(Clone, Debug)]
pub(super) struct TemplateOperand {
    pub(super) range: Range<usize>,
    pub(super) value: OperandValue,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum OperandValue {
    /// Text, a boolean or nothing, written out.
    Constant,
    /// A number, written out or counted by a loop.
    Number,
    /// Known when the page is made.
    Unknown,
}

impl OperandValue {
    pub(super) fn is_known(self) -> bool {
        self != Self::Unknown
    }
}

/// Finds the operators of a template, and notes the changes that make filters of them.
pub(super) struct OperatorParser<'s> {
    pub(super) tokens: Vec<(Token<'s>, Span)>,
    pub(super) next: usize,
    /// How many expressions are within each other.
    pub(super) depth: usize,
    /// What goes before operands; of two at one place the later one is the outer.
    pub(super) before: Vec<Edit>,
    pub(super) instead: Vec<Edit>,
    /// What goes behind operands; of two at one place the later one is the outer.
    pub(super) behind: Vec<Edit>,
}

fn place(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

impl<'s> OperatorParser<'s> {
    pub(super) fn into_edits(mut self) -> Vec<Edit> {
        self.before.reverse();
        let mut edits = self.behind;
        edits.append(&mut self.before);
        edits.append(&mut self.instead);
        edits.sort_by_key(|edit| edit.range.start);
        edits
    }

    pub(super) fn peek(&self) -> Option<&Token<'s>> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    pub(super) fn ident(&self) -> Option<&'s str> {
        match self.peek() {
            Some(Token::Ident(name)) => Some(name),
            _ => None,
        }
    }

    /// Where the next token begins.
    pub(super) fn start(&self) -> ParserResult<usize> {
        let token = self.tokens.get(self.next).ok_or(NotUnderstood)?;
        Ok(place(token.1.start_offset))
    }

    /// Where the last token ends.
    pub(super) fn end(&self) -> usize {
        let last = self.next.checked_sub(1);
        let last = last.and_then(|last| self.tokens.get(last));
        last.map_or(0, |(_, span)| place(span.end_offset))
    }

    /// Where the next token stands, which is taken.
    pub(super) fn take(&mut self) -> ParserResult<Range<usize>> {
        let (_, span) = self.tokens.get(self.next).ok_or(NotUnderstood)?;
        self.next += 1;
        Ok(place(span.start_offset)..place(span.end_offset))
    }

    pub(super) fn skip(&mut self, is_meant: impl Fn(&Token<'s>) -> bool) -> bool {
        let found = self.peek().is_some_and(is_meant);
        self.next += usize::from(found);
        found
    }

    pub(super) fn skip_ident(&mut self, name: &str) -> bool {
        self.skip(|token| matches!(token, Token::Ident(found) if *found == name))
    }

    pub(super) fn expect(&mut self, is_meant: impl Fn(&Token<'s>) -> bool) -> ParserResult<()> {
        if self.skip(is_meant) {
            Ok(())
        } else {
            Err(NotUnderstood)
        }
    }
}

/// The change that puts `text` at a place.
pub(super) fn insertion(at: usize, text: &str) -> Edit {
    Edit {
        range: at..at,
        text: text.to_owned(),
    }
}
