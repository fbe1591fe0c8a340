//! The names that a template uses: filters, tests, functions, urls and other templates, each with its place.

use std::collections::BTreeSet;

use minijinja::machinery::ast::{Call, CallArg, Expr, Spanned, Stmt};
use minijinja::machinery::{Span, parse};
use minijinja::syntax::SyntaxConfig;

use crate::templates::used_names::{
    FragmentUse, StaticCall, UrlCall, UrlCallArgument, UsedName, UsedNameKind,
};

/// What a template uses and what it defines.
#[derive(Debug, Default)]
pub(super) struct TemplateNames {
    /// Filters, tests and functions.
    pub(super) uses: Vec<UsedName>,
    /// Calls of `url` with a name that is written out.
    pub(super) urls: Vec<UrlCall>,
    /// Calls of `static` with a path that is written out.
    pub(super) static_files: Vec<StaticCall>,
    /// Calls of `cache`.
    pub(super) fragments: Vec<FragmentUse>,
    /// Other templates that it cannot do without.
    pub(super) templates: Vec<UsedName>,
    /// Functions that are called without the name of what they lead to.
    pub(super) empty_calls: Vec<UsedName>,
    /// Macros, imports and variables.
    pub(super) defined: BTreeSet<String>,
    /// Those of them that are not of a loop or a `with`: they may change on the way.
    pub(super) assigned: BTreeSet<String>,
    /// The templates that know the names of this one, or whose names this one knows.
    pub(super) joined: BTreeSet<String>,
    /// Whether it joins others that are known when the page is made.
    pub(super) joins_any: bool,
}

impl TemplateNames {
    /// Reads `source`; `None` where it is not a template that can be compiled.
    pub(super) fn read(source: &str) -> Option<Self> {
        Some(Self::of(source, &parsed(source)?))
    }

    /// The names in `template`, which was parsed from `source`.
    pub(super) fn of(source: &str, template: &Stmt<'_>) -> Self {
        let mut reader = NameReader {
            source,
            names: Self::default(),
            open_fragments: Vec::new(),
        };
        reader.statement(template);
        reader.names
    }
}

/// The statements of the template `source`; `None` where it is not one that can be compiled.
pub(super) fn parsed(source: &str) -> Option<Stmt<'_>> {
    parse(source, "template", SyntaxConfig::default()).ok()
}
/// What every page of one client knows and no other client may.
const SECRETS: [&str; 2] = ["csrf_input", "csrf_token"];

struct NameReader<'s> {
    source: &'s str,
    names: TemplateNames,
    /// The calls of `cache` in whose blocks the reader is, outermost first.
    open_fragments: Vec<usize>,
}

impl NameReader<'_> {
    fn statements(&mut self, statements: &[Stmt<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitExpr(emit) => {
                self.printed(&emit.expr);
                self.expression(&emit.expr);
            }
            Stmt::ForLoop(each) => {
                self.define(&each.target);
                self.expression(&each.iter);
                self.optional(each.filter_expr.as_ref());
                self.statements(&each.body);
                self.statements(&each.else_body);
            }
            Stmt::IfCond(condition) => {
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            Stmt::WithBlock(with) => {
                for (target, value) in &with.assignments {
                    self.define(target);
                    self.expression(value);
                }
                self.statements(&with.body);
            }
            Stmt::Set(set) => {
                self.assign(&set.target);
                self.expression(&set.expr);
            }
            Stmt::SetBlock(set) => {
                self.assign(&set.target);
                self.optional(set.filter.as_ref());
                self.statements(&set.body);
            }
            Stmt::AutoEscape(escape) => {
                self.expression(&escape.enabled);
                self.statements(&escape.body);
            }
            Stmt::FilterBlock(block) => {
                self.expression(&block.filter);
                self.statements(&block.body);
            }
            Stmt::Block(block) => self.statements(&block.body),
            Stmt::CallBlock(block) => {
                let next = self.names.fragments.len();
                self.call(&block.call, UsedNameKind::BlockFunction);
                self.parameters(&block.macro_decl.args, &block.macro_decl.defaults);
                let is_fragment = is_called(&block.call, "cache");
                if is_fragment {
                    self.names.fragments[next].has_block = true;
                    self.open_fragments.push(next);
                }
                self.statements(&block.macro_decl.body);
                if is_fragment {
                    self.open_fragments.pop();
                }
            }
            Stmt::Do(statement) => self.call(&statement.call, UsedNameKind::Function),
            other => self.definition(other),
        }
    }

    /// Statements that define names or lead to other templates.
    fn definition(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Macro(declared) => {
                self.names.defined.insert(declared.name.to_owned());
                self.names.assigned.insert(declared.name.to_owned());
                self.parameters(&declared.args, &declared.defaults);
                self.statements(&declared.body);
            }
            Stmt::Import(import) => {
                self.template(&import.expr);
                self.assign(&import.name);
            }
            Stmt::FromImport(import) => {
                self.template(&import.expr);
                for (name, alias) in &import.names {
                    self.assign(alias.as_ref().unwrap_or(name));
                }
            }
            Stmt::Extends(extends) => self.template(&extends.name),
            Stmt::Include(include) if !include.ignore_missing => self.template(&include.name),
            Stmt::Include(include) => {
                self.join(&include.name);
                self.expression(&include.name);
            }
            _ => {}
        }
    }

    /// Notes the templates that `name` may stand for.
    fn join(&mut self, name: &Expr<'_>) {
        let names = match name.as_const() {
            Some(one) if one.as_str().is_some() => vec![one],
            Some(several) => several
                .try_iter()
                .map_or_else(|_| Vec::new(), Iterator::collect),
            None => Vec::new(),
        };
        let names: Vec<_> = names.iter().filter_map(|name| name.as_str()).collect();
        self.names.joins_any |= names.is_empty();
        self.names
            .joined
            .extend(names.into_iter().map(ToOwned::to_owned));
    }

    fn parameters(&mut self, names: &[Expr<'_>], defaults: &[Expr<'_>]) {
        for name in names {
            self.define(name);
        }
        for value in defaults {
            self.expression(value);
        }
    }

    /// The names that a target such as `a` or `(a, b)` sets.
    fn define(&mut self, target: &Expr<'_>) {
        let names = variables(target).into_iter().map(ToOwned::to_owned);
        self.names.defined.extend(names);
    }

    /// The names that a statement sets for all that follows.
    fn assign(&mut self, target: &Expr<'_>) {
        let names = variables(target).into_iter().map(ToOwned::to_owned);
        self.names.assigned.extend(names);
        self.define(target);
    }

    fn template(&mut self, name: &Expr<'_>) {
        self.join(name);
        match name.as_const().as_ref().and_then(|name| name.as_str()) {
            Some(text) => {
                let found = name_use(UsedNameKind::Template, text, name.span());
                self.names.templates.push(found);
            }
            None => self.expression(name),
        }
    }

    fn optional(&mut self, expression: Option<&Expr<'_>>) {
        if let Some(expression) = expression {
            self.expression(expression);
        }
    }

    fn expression(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::Var(_) | Expr::Const(_) => {}
            Expr::Slice(slice) => {
                self.expression(&slice.expr);
                for bound in [&slice.start, &slice.stop, &slice.step] {
                    self.optional(bound.as_ref());
                }
            }
            Expr::UnaryOp(operation) => self.expression(&operation.expr),
            Expr::BinOp(operation) => {
                self.expression(&operation.left);
                self.expression(&operation.right);
            }
            Expr::Compare(compare) => {
                self.expression(&compare.expr);
                compare.ops.iter().for_each(|op| self.expression(&op.expr));
            }
            Expr::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                self.expression(&choice.true_expr);
                self.optional(choice.false_expr.as_ref());
            }
            Expr::Filter(filter) => {
                let kind = UsedNameKind::Filter(argument_count(&filter.args));
                let found = name_use(kind, filter.name, filter.span());
                self.names.uses.push(found);
                self.optional(filter.expr.as_ref());
                self.arguments(&filter.args);
            }
            Expr::Test(test) => {
                let found = name_use(UsedNameKind::Test, test.name, test.span());
                self.names.uses.push(found);
                self.expression(&test.expr);
                self.arguments(&test.args);
            }
            Expr::GetAttr(attribute) => self.expression(&attribute.expr),
            Expr::GetItem(item) => {
                self.expression(&item.expr);
                self.expression(&item.subscript_expr);
            }
            Expr::Call(call) => self.call(call, UsedNameKind::Function),
            Expr::List(list) => list.items.iter().for_each(|item| self.expression(item)),
            Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.expression(item)),
            Expr::Map(map) => {
                let items = map.keys.iter().chain(&map.values);
                items.for_each(|item| self.expression(item));
            }
        }
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            let (CallArg::Pos(value)
            | CallArg::Kwarg(_, value)
            | CallArg::PosSplat(value)
            | CallArg::KwargSplat(value)) = argument;
            self.expression(value);
        }
    }

    fn call(&mut self, call: &Spanned<Call<'_>>, kind: UsedNameKind) {
        if let Expr::Var(function) = &call.expr {
            let found = name_use(kind, function.id, function.span());
            self.names.uses.push(found);
            match function.id {
                "url" | "static" if call.args.is_empty() => {
                    let found = name_use(UsedNameKind::Function, function.id, function.span());
                    self.names.empty_calls.push(found);
                }
                "url" => self.url(&call.args),
                "static" => self.static_file(&call.args),
                "cache" => self.fragment(call),
                _ => {}
            }
        } else {
            self.expression(&call.expr);
        }
        self.arguments(&call.args);
    }

    fn fragment(&mut self, call: &Spanned<Call<'_>>) {
        let mut found = FragmentUse {
            offset: offset(call.span().start_offset),
            has_block: false,
            arguments: argument_count(&call.args),
            using: None,
            secrets: Vec::new(),
        };
        for argument in &call.args {
            if let CallArg::Kwarg("using", alias) = argument
                && let Some(name) = alias.as_const().as_ref().and_then(|name| name.as_str())
            {
                let place = offset(alias.span().start_offset);
                found.using = Some((name.to_owned(), place));
            }
        }
        self.names.fragments.push(found);
    }

    fn static_file(&mut self, arguments: &[CallArg<'_>]) {
        let [CallArg::Pos(path)] = arguments else {
            return;
        };
        if let Some(text) = path.as_const().as_ref().and_then(|path| path.as_str()) {
            self.names.static_files.push(StaticCall {
                path: text.to_owned(),
                offset: offset(path.span().start_offset),
            });
        }
    }

    fn url(&mut self, arguments: &[CallArg<'_>]) {
        let Some((CallArg::Pos(first), rest)) = arguments.split_first() else {
            return;
        };
        let name = first.as_const();
        let Some(name) = name.as_ref().and_then(|name| name.as_str()) else {
            return;
        };
        let mut call = UrlCall {
            name: name.to_owned(),
            args: Vec::new(),
            kwargs: Vec::new(),
            is_open: false,
            offset: offset(first.span().start_offset),
        };
        for argument in rest {
            match argument {
                CallArg::Pos(value) => call.args.push(self.argument(value)),
                CallArg::Kwarg(name, value) => {
                    call.kwargs.push(((*name).to_owned(), self.argument(value)));
                }
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => call.is_open = true,
            }
        }
        self.names.urls.push(call);
    }

    fn argument(&self, value: &Expr<'_>) -> UrlCallArgument {
        let span = value.span();
        let written = offset(span.start_offset)..offset(span.end_offset);
        UrlCallArgument {
            text: self.source.get(written).unwrap_or("...").to_owned(),
            value: value.as_const().map(|value| value.to_string()),
        }
    }

    /// The variable that a page prints, as it is or through filters.
    fn printed(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::Var(variable) => {
                let found = name_use(UsedNameKind::Printed, variable.id, variable.span());
                if let (Some(fragment), true) =
                    (self.open_fragments.last(), SECRETS.contains(&variable.id))
                {
                    self.names.fragments[*fragment].secrets.push(found.clone());
                }
                self.names.uses.push(found);
            }
            Expr::Filter(filter) => {
                if let Some(inner) = &filter.expr {
                    self.printed(inner);
                }
            }
            _ => {}
        }
    }
}

/// Whether `call` is one of the function `name`.
fn is_called(call: &Spanned<Call<'_>>, name: &str) -> bool {
    matches!(&call.expr, Expr::Var(function) if function.id == name)
}

/// The variables that `target` sets: itself, or those in a list of them.
pub(super) fn variables<'t>(target: &Expr<'t>) -> Vec<&'t str> {
    match target {
        Expr::Var(variable) => vec![variable.id],
        Expr::Tuple(tuple) => tuple.items.iter().flat_map(variables).collect(),
        Expr::List(list) => list.items.iter().flat_map(variables).collect(),
        _ => Vec::new(),
    }
}

fn name_use(kind: UsedNameKind, name: &str, span: Span) -> UsedName {
    UsedName {
        kind,
        name: name.to_owned(),
        offset: offset(span.start_offset),
    }
}

/// How many arguments a filter gets, if that is written out.
fn argument_count(arguments: &[CallArg<'_>]) -> Option<usize> {
    let is_plain = |argument: &CallArg<'_>| matches!(argument, CallArg::Pos(_));
    arguments.iter().all(is_plain).then_some(arguments.len())
}

fn offset(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
