//! Attributes that rows do not have, found without making a page: `post.autor` within `{% for post in post_list %}`.
//!
//! What a name stands for is known of what views hand to the template. Names that a template sets itself stand for
//! anything, and so does all in a template that others include or extend.

use std::collections::HashMap;

use minijinja::machinery::ast::{Call, CallArg, Expr, ForLoop, GetAttr, Spanned, Stmt};

use crate::diagnostic::Finding;
use crate::templates::check_calls::CheckCalls;
use crate::templates::template_names::{TemplateNames, variables};
use crate::templates::value_types::{RowType, TemplateType};
use crate::text;

/// What a query of rows has.
const QUERY_NAMES: [&str; 11] = [
    "all", "count", "distinct", "exclude", "exists", "filter", "first", "last", "model",
    "order_by", "reverse",
];

/// What a mapping has beside its values.
const MAPPING_METHODS: [&str; 4] = ["get", "items", "keys", "values"];

/// Filters of several rows that give one of them.
const PICKING_FILTERS: [&str; 3] = ["first", "last", "random"];

/// Filters of several rows that give the same rows.
const KEEPING_FILTERS: [&str; 5] = ["dictsort", "dictsortreversed", "list", "reverse", "sort"];

/// A mistake, and where it stands in bytes.
pub(super) struct WrongAttribute {
    pub(super) offset: usize,
    pub(super) finding: Finding,
}

/// What is wrong with the attributes that `template` asks for; `handed` is what views tell it.
pub(super) fn wrong_attributes(
    template: &Stmt<'_>,
    names: &TemplateNames,
    handed: Vec<(String, TemplateType)>,
    calls: &dyn CheckCalls,
) -> Vec<WrongAttribute> {
    let mut handed: HashMap<_, _> = handed.into_iter().collect();
    handed.retain(|name, _| !names.assigned.contains(name));
    if handed.is_empty() {
        // All rows come from there.
        return Vec::new();
    }
    let mut checker = AttributeChecker {
        calls,
        scopes: vec![handed],
        found: Vec::new(),
    };
    checker.statement(template);
    checker.found
}

struct AttributeChecker<'c> {
    calls: &'c dyn CheckCalls,
    /// What names stand for; those of inner scopes go first.
    scopes: Vec<HashMap<String, TemplateType>>,
    found: Vec<WrongAttribute>,
}

impl AttributeChecker<'_> {
    fn lookup(&self, name: &str) -> TemplateType {
        let found = self.scopes.iter().rev().find_map(|scope| scope.get(name));
        found.cloned().unwrap_or_default()
    }

    /// Defines the names of `target`; `value` is what it stands for, if it is one name.
    fn define(&mut self, target: &Expr<'_>, value: TemplateType) {
        let Some(scope) = self.scopes.last_mut() else {
            return;
        };
        match target {
            Expr::Var(variable) => {
                scope.insert(variable.id.to_owned(), value);
            }
            several => {
                let names = variables(several).into_iter();
                scope.extend(names.map(|name| (name.to_owned(), TemplateType::Unknown)));
            }
        }
    }

    fn within(&mut self, work: impl FnOnce(&mut Self)) {
        self.scopes.push(HashMap::new());
        work(self);
        self.scopes.pop();
    }

    fn statements(&mut self, statements: &[Stmt<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitExpr(emit) => self.visit(&emit.expr),
            Stmt::ForLoop(each) => self.for_loop(each),
            Stmt::IfCond(condition) => {
                self.visit(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            Stmt::WithBlock(with) => self.within(|checker| {
                for (target, value) in &with.assignments {
                    let value = checker.type_of(value);
                    checker.define(target, value);
                }
                checker.statements(&with.body);
            }),
            Stmt::Set(set) => self.visit(&set.expr),
            Stmt::SetBlock(set) => {
                self.optional(set.filter.as_ref());
                self.statements(&set.body);
            }
            Stmt::AutoEscape(escape) => self.statements(&escape.body),
            Stmt::FilterBlock(block) => {
                self.visit(&block.filter);
                self.statements(&block.body);
            }
            Stmt::Block(block) => self.statements(&block.body),
            Stmt::Macro(declared) => self.within(|checker| {
                checker.parameters(&declared.args, &declared.defaults);
                checker.statements(&declared.body);
            }),
            Stmt::CallBlock(block) => {
                self.call(&block.call);
                self.within(|checker| {
                    checker.parameters(&block.macro_decl.args, &block.macro_decl.defaults);
                    checker.statements(&block.macro_decl.body);
                });
            }
            Stmt::Do(statement) => {
                self.call(&statement.call);
            }
            _ => {}
        }
    }

    fn for_loop(&mut self, each: &Spanned<ForLoop<'_>>) {
        let element = self.type_of(&each.iter).element();
        self.within(|checker| {
            checker.define(&each.target, element);
            checker.optional(each.filter_expr.as_ref());
            checker.statements(&each.body);
        });
        self.statements(&each.else_body);
    }

    fn parameters(&mut self, names: &[Expr<'_>], defaults: &[Expr<'_>]) {
        for value in defaults {
            self.visit(value);
        }
        for name in names {
            self.define(name, TemplateType::Unknown);
        }
    }

    fn optional(&mut self, expression: Option<&Expr<'_>>) {
        if let Some(expression) = expression {
            self.visit(expression);
        }
    }

    fn visit(&mut self, expression: &Expr<'_>) {
        self.type_of(expression);
    }

    fn visit_all<'e, 's: 'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr<'s>>) {
        for expression in expressions {
            self.visit(expression);
        }
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            let (CallArg::Pos(value)
            | CallArg::Kwarg(_, value)
            | CallArg::PosSplat(value)
            | CallArg::KwargSplat(value)) = argument;
            self.visit(value);
        }
    }

    /// What `expression` stands for; all that is wrong within it is noted.
    fn type_of(&mut self, expression: &Expr<'_>) -> TemplateType {
        match expression {
            Expr::Var(variable) => return self.lookup(variable.id),
            Expr::Const(_) => {}
            Expr::GetAttr(attribute) => {
                let of = self.type_of(&attribute.expr);
                return self.attribute(of, attribute, false);
            }
            Expr::GetItem(item) => {
                let of = self.type_of(&item.expr);
                self.visit(&item.subscript_expr);
                let is_place = item
                    .subscript_expr
                    .as_const()
                    .is_some_and(|place| place.is_number());
                return if is_place {
                    of.several().element()
                } else {
                    TemplateType::Unknown
                };
            }
            Expr::Slice(slice) => {
                let of = self.type_of(&slice.expr);
                let bounds = [&slice.start, &slice.stop, &slice.step];
                self.visit_all(bounds.into_iter().flatten());
                return of.several();
            }
            Expr::Call(call) => return self.call(call),
            Expr::Filter(filter) => {
                let of = match &filter.expr {
                    Some(inner) if ["default", "d"].contains(&filter.name) => self.guarded(inner),
                    Some(inner) => self.type_of(inner),
                    None => TemplateType::Unknown,
                };
                self.arguments(&filter.args);
                if PICKING_FILTERS.contains(&filter.name) {
                    return of.several().element();
                }
                if KEEPING_FILTERS.contains(&filter.name) {
                    // A list is looped over as a query is, but is not asked for more.
                    return match of {
                        TemplateType::Rows(rows) => TemplateType::Page(rows),
                        _ => TemplateType::Unknown,
                    };
                }
            }
            Expr::Test(test) => {
                if ["defined", "undefined"].contains(&test.name) {
                    self.guarded(&test.expr);
                } else {
                    self.visit(&test.expr);
                }
                self.arguments(&test.args);
            }
            Expr::UnaryOp(operation) => self.visit(&operation.expr),
            Expr::BinOp(operation) => self.visit_all([&operation.left, &operation.right]),
            Expr::Compare(compare) => {
                self.visit(&compare.expr);
                self.visit_all(compare.ops.iter().map(|operator| &operator.expr));
            }
            Expr::IfExpr(choice) => {
                self.visit_all([&choice.test_expr, &choice.true_expr]);
                self.optional(choice.false_expr.as_ref());
            }
            Expr::List(list) => self.visit_all(&list.items),
            Expr::Tuple(tuple) => self.visit_all(&tuple.items),
            Expr::Map(map) => self.visit_all(map.keys.iter().chain(&map.values)),
        }
        TemplateType::Unknown
    }

    /// An expression that may be undefined: its last attribute is not looked for.
    fn guarded(&mut self, expression: &Expr<'_>) -> TemplateType {
        match expression {
            Expr::GetAttr(attribute) => {
                self.visit(&attribute.expr);
                TemplateType::Unknown
            }
            other => self.type_of(other),
        }
    }

    fn call(&mut self, call: &Spanned<Call<'_>>) -> TemplateType {
        let found = match &call.expr {
            Expr::GetAttr(attribute) => {
                let of = self.type_of(&attribute.expr);
                self.attribute(of, attribute, true)
            }
            Expr::Var(_) => TemplateType::Unknown,
            other => {
                self.visit(other);
                TemplateType::Unknown
            }
        };
        self.arguments(&call.args);
        found
    }

    /// What the attribute of `of` stands for.
    fn attribute(
        &mut self,
        of: TemplateType,
        attribute: &Spanned<GetAttr<'_>>,
        is_called: bool,
    ) -> TemplateType {
        let name = attribute.name;
        let end = usize::try_from(attribute.span().end_offset).unwrap_or(usize::MAX);
        let offset = end.saturating_sub(name.len());
        match of {
            TemplateType::Row(row) => self.of_row(&row, name, offset),
            TemplateType::Rows(_) | TemplateType::Mappings(_) => {
                if !QUERY_NAMES.contains(&name) {
                    let message = format!("a query has no `{name}`");
                    self.report(offset, message, name, &QUERY_NAMES);
                }
                let gives_query = ["filter", "exclude", "order_by", "reverse", "distinct"];
                match name {
                    "all" => of,
                    "first" | "last" => of.element(),
                    _ if is_called && gives_query.contains(&name) => of,
                    _ => TemplateType::Unknown,
                }
            }
            TemplateType::Page(rows) if name == "object_list" => TemplateType::Rows(rows),
            TemplateType::Mapping(names) => {
                let is_known = names.iter().any(|known| known == name);
                let is_method = is_called && MAPPING_METHODS.contains(&name);
                if !is_known && !is_method {
                    let names: Vec<_> = names.iter().map(String::as_str).collect();
                    let message = format!("there is no value `{name}`");
                    self.report(offset, message, name, &names);
                }
                TemplateType::Unknown
            }
            TemplateType::Page(_) | TemplateType::Unknown => TemplateType::Unknown,
        }
    }

    fn of_row(&mut self, row: &RowType, name: &str, offset: usize) -> TemplateType {
        if row.added.iter().any(|added| added == name) {
            return TemplateType::Unknown;
        }
        if let Some(found) = self.calls.attribute(&row.model, name) {
            return found;
        }
        let mut names = self.calls.attributes(&row.model);
        names.extend(row.added.iter().cloned());
        names.sort_unstable();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        self.report(
            offset,
            format!("a row of `{}` has no `{name}`", row.model),
            name,
            &names,
        );
        TemplateType::Unknown
    }

    fn report(&mut self, offset: usize, message: String, name: &str, names: &[&str]) {
        let finding = Finding::error("unknown-attribute", message);
        let all = format!("it has {}", text::quoted(names.iter().copied()));
        self.found.push(WrongAttribute {
            offset,
            finding: finding.suggest_or(name, names.iter().copied(), all),
        });
    }
}
