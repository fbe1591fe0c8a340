//! Writes the tree of a statement as text in one dialect.

use std::fmt::Debug;

use crate::db::SqlValue;
use crate::db::dialect::Dialect;
use crate::db::sql::compiled::{CompiledSql, GivenPlace};

/// A part of a statement, or a whole one.
pub trait SqlNode: Debug + Send + Sync {
    /// Writes the part.
    fn write(&self, compiler: &mut SqlCompiler<'_>);

    /// Whether the part must stand in parentheses beside an operator.
    fn is_compound(&self) -> bool {
        false
    }
}

/// The statement so far, and its values in the order of their placeholders.
#[derive(Debug)]
pub struct SqlCompiler<'d> {
    dialect: &'d dyn Dialect,
    text: String,
    values: Vec<SqlValue>,
    given: Vec<GivenPlace>,
    /// Whether numbers and texts stand in the text.
    inlines_values: bool,
}

impl<'d> SqlCompiler<'d> {
    /// The statement `node` in `dialect`.
    pub fn compile(node: &dyn SqlNode, dialect: &'d dyn Dialect) -> CompiledSql {
        Self::new(dialect).compiled(node)
    }

    /// The same, whose own whole numbers and texts stand in its text and are not bound.
    pub fn compile_inline(node: &dyn SqlNode, dialect: &'d dyn Dialect) -> CompiledSql {
        let mut compiler = Self::new(dialect);
        compiler.inlines_values = true;
        compiler.compiled(node)
    }

    fn new(dialect: &'d dyn Dialect) -> Self {
        Self {
            dialect,
            text: String::new(),
            values: Vec::new(),
            given: Vec::new(),
            inlines_values: false,
        }
    }

    fn compiled(mut self, node: &dyn SqlNode) -> CompiledSql {
        node.write(&mut self);
        CompiledSql::new(self.text, self.values, self.given)
    }

    pub(super) fn dialect(&self) -> &'d dyn Dialect {
        self.dialect
    }

    /// Writes what is the same in every dialect.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn name(&mut self, name: &str) {
        self.dialect.write_name(&mut self.text, name);
    }

    /// Writes names with commas between them.
    pub(super) fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) {
        self.separated(", ", names, |compiler, name| compiler.name(name));
    }

    /// Writes the placeholder of `value`, or `value` itself.
    pub(super) fn value(&mut self, value: &SqlValue) {
        match value {
            SqlValue::Integer(number) if self.inlines_values => self.push(&number.to_string()),
            SqlValue::Text(text) if self.inlines_values && !text.contains('\0') => {
                self.push(&format!("'{}'", text.replace('\'', "''")));
            }
            value => {
                self.values.push(value.clone());
                self.placeholder();
            }
        }
    }

    /// Writes the placeholder of a value that is given for each run.
    pub(super) fn given_value(&mut self) {
        self.numbered_value(self.given.len());
    }

    /// Writes the placeholder of the value of this number among those that are given for each run.
    pub(super) fn numbered_value(&mut self, number: usize) {
        let place = self.values.len() + self.given.len();
        self.given.push(GivenPlace { place, number });
        self.placeholder();
    }

    fn placeholder(&mut self) {
        let number = self.values.len() + self.given.len();
        self.dialect.write_placeholder(&mut self.text, number);
    }

    /// Writes `items` with `separator` between them.
    pub(super) fn separated<T>(
        &mut self,
        separator: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(separator);
            }
            write(self, item);
        }
    }

    /// Writes nodes with commas between them.
    pub(super) fn list<'n, N: SqlNode + 'n>(&mut self, nodes: impl IntoIterator<Item = &'n N>) {
        self.separated(", ", nodes, |compiler, node| node.write(compiler));
    }

    /// Writes a node beside an operator.
    pub(super) fn operand(&mut self, node: &dyn SqlNode) {
        if node.is_compound() {
            self.parenthesized(node);
        } else {
            node.write(self);
        }
    }

    pub(super) fn parenthesized(&mut self, node: &dyn SqlNode) {
        self.push("(");
        node.write(self);
        self.push(")");
    }

    /// Writes `template`, an operand at each `{}`.
    pub(super) fn template(&mut self, template: &str, operands: &[&dyn SqlNode]) {
        let mut parts = template.split("{}");
        self.push(parts.next().unwrap_or_default());
        for (part, operand) in parts.zip(operands) {
            self.operand(*operand);
            self.push(part);
        }
    }

    /// Writes ` KEYWORD ` and the node, where there is one.
    pub(super) fn clause<N: SqlNode>(&mut self, keyword: &str, node: Option<&N>) {
        if let Some(node) = node {
            self.push(keyword);
            node.write(self);
        }
    }
}
