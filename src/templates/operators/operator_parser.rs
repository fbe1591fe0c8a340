//! Expressions: operators, by how closely they bind, and what stands between them.

use std::ops::Range;

use minijinja::machinery::Token;

use crate::templates::operators::token_reader::{
    Edit, NotUnderstood, OperandValue, OperatorParser, ParserResult, TemplateOperand, insertion,
};
use crate::templates::operators::{COMPARE, COMPUTE, NEGATE};

/// How deep expressions may be within each other; the engine takes no more.
const MAX_DEPTH: usize = 150;

impl<'s> OperatorParser<'s> {
    /// `a if b else c`, and all that binds closer.
    pub(super) fn expression(&mut self) -> ParserResult<TemplateOperand> {
        self.within(Self::choice)
    }

    /// What `part` finds, unless too much lies around it.
    pub(super) fn within(
        &mut self,
        part: fn(&mut Self) -> ParserResult<TemplateOperand>,
    ) -> ParserResult<TemplateOperand> {
        if self.depth >= MAX_DEPTH {
            return Err(NotUnderstood);
        }
        self.depth += 1;
        let found = part(self);
        self.depth -= 1;
        found
    }

    pub(super) fn choice(&mut self) -> ParserResult<TemplateOperand> {
        let mut found = self.or()?;
        while self.skip_ident("if") {
            self.or()?;
            if self.skip_ident("else") {
                self.expression()?;
            }
            found = self.unknown(found.range.start);
        }
        Ok(found)
    }

    /// An operand of which nothing is known, from `start` to the last token.
    pub(super) fn unknown(&self, start: usize) -> TemplateOperand {
        TemplateOperand {
            range: start..self.end(),
            value: OperandValue::Unknown,
        }
    }

    pub(super) fn or(&mut self) -> ParserResult<TemplateOperand> {
        let mut found = self.not()?;
        while self.skip_ident("or") || self.skip_ident("and") {
            self.not()?;
            found = self.unknown(found.range.start);
        }
        Ok(found)
    }

    pub(super) fn not(&mut self) -> ParserResult<TemplateOperand> {
        let start = self.start()?;
        if self.skip_ident("not") {
            self.within(Self::not)?;
            return Ok(self.unknown(start));
        }
        self.comparison()
    }

    pub(super) fn comparison(&mut self) -> ParserResult<TemplateOperand> {
        let mut operands = vec![self.sum()?];
        let mut operators = Vec::new();
        loop {
            let name = match self.peek() {
                Some(Token::Eq) => "==",
                Some(Token::Ne) => "!=",
                Some(Token::Lt) => "<",
                Some(Token::Lte) => "<=",
                Some(Token::Gt) => ">",
                Some(Token::Gte) => ">=",
                Some(Token::Ident("in")) => "in",
                Some(Token::Ident("not")) => "not in",
                _ => break,
            };
            let mut ranges = vec![self.take()?];
            if name == "not in" {
                if self.ident() != Some("in") {
                    return Err(NotUnderstood);
                }
                ranges.push(self.take()?);
            }
            operators.push(Operator { name, ranges });
            operands.push(self.sum()?);
        }
        self.applied(COMPARE, operands, operators)
    }

    pub(super) fn sum(&mut self) -> ParserResult<TemplateOperand> {
        self.binary(Self::concatenation, |token| match token {
            Token::Plus => Some("+"),
            Token::Minus => Some("-"),
            _ => None,
        })
    }

    pub(super) fn concatenation(&mut self) -> ParserResult<TemplateOperand> {
        let mut found = self.product()?;
        while self.skip(|token| matches!(token, Token::Tilde)) {
            self.product()?;
            found = self.unknown(found.range.start);
        }
        Ok(found)
    }

    pub(super) fn product(&mut self) -> ParserResult<TemplateOperand> {
        self.binary(Self::power, |token| match token {
            Token::Mul => Some("*"),
            Token::Div => Some("/"),
            Token::FloorDiv => Some("//"),
            Token::Mod => Some("%"),
            _ => None,
        })
    }

    pub(super) fn power(&mut self) -> ParserResult<TemplateOperand> {
        self.binary(Self::unary, |token| {
            matches!(token, Token::Pow).then_some("**")
        })
    }

    pub(super) fn binary(
        &mut self,
        part: fn(&mut Self) -> ParserResult<TemplateOperand>,
        operator: fn(&Token<'s>) -> Option<&'static str>,
    ) -> ParserResult<TemplateOperand> {
        let mut operands = vec![part(self)?];
        let mut operators = Vec::new();
        while let Some(name) = self.peek().and_then(operator) {
            let ranges = vec![self.take()?];
            operators.push(Operator { name, ranges });
            operands.push(part(self)?);
        }
        self.applied(COMPUTE, operands, operators)
    }

    /// `operands`, between which stand `operators`, as a use of `filter`.
    pub(super) fn applied(
        &mut self,
        filter: &str,
        mut operands: Vec<TemplateOperand>,
        operators: Vec<Operator>,
    ) -> ParserResult<TemplateOperand> {
        if operators.is_empty() {
            return operands.pop().ok_or(NotUnderstood);
        }
        let (Some(first), Some(last)) = (operands.first(), operands.last()) else {
            return Err(NotUnderstood);
        };
        let range = first.range.start..last.range.end;
        let is_computed = filter == COMPUTE;
        if is_left_to_engine(&operands, &operators) {
            let is_number = is_computed
                && operands
                    .iter()
                    .all(|operand| operand.value == OperandValue::Number);
            let value = if is_number {
                OperandValue::Number
            } else {
                OperandValue::Unknown
            };
            return Ok(TemplateOperand { range, value });
        }
        self.before.push(insertion(range.start, "(("));
        for (place, operator) in operators.into_iter().enumerate() {
            let name = operator.name;
            let text = if place == 0 {
                format!(")|{filter}(\"{name}\",")
            } else {
                format!(",\"{name}\",")
            };
            let mut ranges = operator.ranges.into_iter();
            let range = ranges.next().ok_or(NotUnderstood)?;
            self.instead.push(Edit { range, text });
            self.instead.extend(ranges.map(|range| Edit {
                range,
                text: String::new(),
            }));
        }
        self.behind.push(insertion(range.end, "))"));
        let value = OperandValue::Unknown;
        Ok(TemplateOperand { range, value })
    }

    /// A value with its filters and tests.
    pub(super) fn unary(&mut self) -> ParserResult<TemplateOperand> {
        let start = self.start()?;
        let mut found = self.signed()?;
        loop {
            if self.skip(|token| matches!(token, Token::Pipe)) {
                self.dotted_name()?;
                if matches!(self.peek(), Some(Token::ParenOpen)) {
                    self.arguments()?;
                }
            } else if self.skip_ident("is") {
                self.skip_ident("not");
                self.dotted_name()?;
                self.test_argument()?;
            } else {
                return Ok(found);
            }
            found = self.unknown(start);
        }
    }

    pub(super) fn dotted_name(&mut self) -> ParserResult<()> {
        self.expect(|token| matches!(token, Token::Ident(_)))?;
        while self.skip(|token| matches!(token, Token::Dot)) {
            self.expect(|token| matches!(token, Token::Ident(_)))?;
        }
        Ok(())
    }

    pub(super) fn test_argument(&mut self) -> ParserResult<()> {
        match self.peek() {
            Some(Token::ParenOpen) => self.arguments(),
            Some(Token::Ident("and" | "or" | "else" | "is")) => Ok(()),
            Some(
                Token::Ident(_)
                | Token::Str(_)
                | Token::String(_)
                | Token::Int(_)
                | Token::Int128(_)
                | Token::Float(_)
                | Token::Plus
                | Token::Minus
                | Token::BracketOpen
                | Token::BraceOpen,
            ) => self.signed().map(drop),
            _ => Ok(()),
        }
    }

    /// A value, perhaps behind `-`, with what is taken of it.
    pub(super) fn signed(&mut self) -> ParserResult<TemplateOperand> {
        let start = self.start()?;
        if !matches!(self.peek(), Some(Token::Minus)) {
            return self.postfix(start);
        }
        let sign = self.take()?;
        let found = self.within(Self::signed)?;
        let range = start..found.range.end;
        if found.value.is_known() {
            let value = found.value;
            return Ok(TemplateOperand { range, value });
        }
        self.instead.push(Edit {
            range: sign,
            text: "((".to_owned(),
        });
        let text = format!(")|{NEGATE})");
        self.behind.push(insertion(range.end, &text));
        let value = OperandValue::Unknown;
        Ok(TemplateOperand { range, value })
    }
}

/// An operator, and where it stands: `not in` in two places.
pub(super) struct Operator {
    name: &'static str,
    ranges: Vec<Range<usize>>,
}

/// Whether nothing can be among the operands that the engine does not know, or takes for something else.
fn is_left_to_engine(operands: &[TemplateOperand], operators: &[Operator]) -> bool {
    let mut values = operands.iter().map(|operand| operand.value);
    if values.all(|value| value == OperandValue::Number) {
        return true;
    }
    let mut values = operands.iter().map(|operand| operand.value);
    // A text is equal to texts alone, and goes with texts alone.
    let keeps_to_itself = matches!(
        operators,
        [Operator {
            name: "==" | "!=" | "+",
            ..
        }]
    );
    keeps_to_itself && values.any(|value| value == OperandValue::Constant)
}
