//! Expressions as SQL.

use crate::db::SqlValue;
use crate::db::dialect::FunctionTemplate;
use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::sql::expression::{OrderBy, SqlAggregate, SqlExpression, SqlWindow};
use crate::db::sql::function::SqlFunction;
use crate::db::sql::lookup::SqlLookup;

impl SqlNode for SqlExpression {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        match self {
            Self::Column { table, name } => {
                if let Some(table) = table {
                    compiler.name(table);
                    compiler.push(".");
                }
                compiler.name(name);
            }
            Self::Excluded(name) => {
                compiler.push("excluded.");
                compiler.name(name);
            }
            Self::Value(value) => compiler.value(value),
            Self::Given => compiler.given_value(),
            Self::Numbered(number) => compiler.numbered_value(*number),
            Self::Integer(number) => compiler.push(&number.to_string()),
            Self::Null => compiler.push("NULL"),
            Self::Boolean(true) => compiler.push("TRUE"),
            Self::Boolean(false) => compiler.push("FALSE"),
            Self::Subquery(subquery) => compiler.parenthesized(&*subquery.query),
            Self::Exists(subquery) => {
                compiler.push("EXISTS ");
                compiler.parenthesized(&*subquery.query);
            }
            Self::Window(window) => write_window(compiler, window),
            Self::Template(own) => {
                let mut texts = own.texts.iter();
                compiler.push(texts.next().map_or("", String::as_str));
                for (part, text) in own.parts.iter().zip(texts) {
                    compiler.operand(part);
                    compiler.push(text);
                }
            }
            Self::Named(expression, name) => {
                expression.write(compiler);
                compiler.push(" AS ");
                compiler.name(name);
            }
            Self::Arithmetic(operator, operands) => {
                compiler.separated(operator.symbol(), operands.iter(), |compiler, operand| {
                    compiler.operand(operand);
                });
            }
            Self::Function(function, arguments) => write_function(compiler, *function, arguments),
            Self::Extract(extract) => {
                let template = compiler.dialect().date_part(extract.part, extract.temporal);
                let zone = Self::value(extract.zone.as_str());
                compiler.template(&template, &[&extract.of, &zone]);
            }
            Self::Cast(of, cast_type) => {
                compiler.template(compiler.dialect().cast(*cast_type), &[&**of]);
            }
            Self::Collate(of, collation) => {
                compiler.operand(&**of);
                compiler.push(" COLLATE ");
                compiler.name(collation);
            }
            Self::Aggregate(aggregate) => write_aggregate(compiler, aggregate),
            Self::Case { when, otherwise } => {
                compiler.push("CASE");
                for (condition, value) in when {
                    compiler.clause(" WHEN ", Some(condition));
                    compiler.clause(" THEN ", Some(value));
                }
                compiler.clause(" ELSE ", otherwise.as_deref());
                compiler.push(" END");
            }
            _ => write_condition(compiler, self),
        }
    }

    fn is_compound(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.len() != 1 || parts[0].is_compound(),
            Self::Not(_)
            | Self::Compare(..)
            | Self::In(..)
            | Self::InQuery(..)
            | Self::Range(_)
            | Self::IsNull(..)
            | Self::Arithmetic(..)
            | Self::Template(_)
            | Self::Function(SqlFunction::HasNonAscii | SqlFunction::Concat, _) => true,
            _ => false,
        }
    }
}

fn write_condition(compiler: &mut SqlCompiler<'_>, expression: &SqlExpression) {
    match expression {
        SqlExpression::All(parts) => write_junction(compiler, " AND ", parts, "TRUE"),
        SqlExpression::Any(parts) => write_junction(compiler, " OR ", parts, "FALSE"),
        SqlExpression::Not(condition) => compiler.template("NOT {}", &[&**condition]),
        SqlExpression::Compare(lookup, operands) => write_comparison(compiler, *lookup, operands),
        SqlExpression::In(_, values) if values.is_empty() => compiler.push("FALSE"),
        SqlExpression::In(expression, values) => {
            compiler.operand(&**expression);
            compiler.push(" IN ");
            match values.as_slice() {
                // SQL that stands in parentheses is the list itself.
                [own @ SqlExpression::Template(_)] if is_in_parentheses(own) => own.write(compiler),
                values => {
                    compiler.push("(");
                    compiler.list(values);
                    compiler.push(")");
                }
            }
        }
        SqlExpression::InQuery(expression, query) => {
            compiler.operand(&**expression);
            compiler.push(" IN ");
            compiler.parenthesized(&**query);
        }
        SqlExpression::Range(operands) => {
            let [value, from, to] = &**operands;
            compiler.template("{} BETWEEN {} AND {}", &[value, from, to]);
        }
        SqlExpression::IsNull(expression, true) => {
            compiler.template("{} IS NULL", &[&**expression]);
        }
        SqlExpression::IsNull(expression, false) => {
            compiler.template("{} IS NOT NULL", &[&**expression]);
        }
        _ => {}
    }
}

fn is_in_parentheses(expression: &SqlExpression) -> bool {
    match expression {
        SqlExpression::Template(own) => own.texts.first().is_some_and(|text| text.starts_with('(')),
        _ => false,
    }
}

fn write_junction(
    compiler: &mut SqlCompiler<'_>,
    operator: &str,
    parts: &[SqlExpression],
    without_any: &str,
) {
    match parts {
        [] => compiler.push(without_any),
        [only] => only.write(compiler),
        parts => compiler.separated(operator, parts, |compiler, part| match part {
            // Comparisons bind more closely than what stands between them.
            SqlExpression::All(_) | SqlExpression::Any(_) => compiler.operand(part),
            part => part.write(compiler),
        }),
    }
}

fn write_comparison(
    compiler: &mut SqlCompiler<'_>,
    lookup: SqlLookup,
    operands: &[SqlExpression; 2],
) {
    let [left, right] = operands;
    let dialect = compiler.dialect();
    let Some((before, after)) = lookup.wildcards() else {
        return compiler.template(dialect.lookup(lookup), &[left, right]);
    };
    match right {
        SqlExpression::Value(SqlValue::Text(text)) => {
            let pattern = SqlExpression::Value(lookup.operand(text.clone()));
            compiler.template(dialect.lookup(lookup), &[left, &pattern]);
        }
        SqlExpression::Numbered(_) => {
            compiler.template(dialect.lookup(lookup), &[left, right]);
        }
        right => {
            let pattern = LikePattern {
                before,
                of: right,
                after,
            };
            compiler.template(dialect.lookup(lookup), &[left, &pattern]);
        }
    }
}

/// An expression as a pattern for `LIKE`, which is made when the statement runs.
#[derive(Debug)]
struct LikePattern<'e> {
    before: &'static str,
    of: &'e SqlExpression,
    after: &'static str,
}

impl SqlNode for LikePattern<'_> {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        if !self.before.is_empty() {
            compiler.push("'%' || ");
        }
        compiler.template(compiler.dialect().pattern(), &[self.of]);
        if !self.after.is_empty() {
            compiler.push(" || '%'");
        }
    }
}

fn write_function(
    compiler: &mut SqlCompiler<'_>,
    function: SqlFunction,
    arguments: &[SqlExpression],
) {
    match compiler.dialect().function(function) {
        FunctionTemplate::Name(name) => {
            compiler.push(name);
            compiler.push("(");
            compiler.list(arguments);
            compiler.push(")");
        }
        FunctionTemplate::Operator { operator, argument } => {
            compiler.separated(operator, arguments, |compiler, part| {
                compiler.template(argument, &[part]);
            });
        }
        FunctionTemplate::Template(template) => {
            // A template that has more places than there are arguments takes them again, in turn.
            let places = template.matches("{}").count();
            let arguments = arguments.iter().cycle().take(places);
            let arguments: Vec<_> = arguments.map(|part| part as &dyn SqlNode).collect();
            compiler.template(template, &arguments);
        }
    }
}

fn write_aggregate(compiler: &mut SqlCompiler<'_>, aggregate: &SqlAggregate) {
    compiler.push(aggregate.function.name());
    compiler.push(if aggregate.distinct {
        "(DISTINCT "
    } else {
        "("
    });
    match &aggregate.of {
        Some(of) => of.write(compiler),
        None => compiler.push("*"),
    }
    compiler.push(")");
    if let Some(filter) = &aggregate.filter {
        compiler.push(" FILTER (WHERE ");
        filter.write(compiler);
        compiler.push(")");
    }
}

fn write_window(compiler: &mut SqlCompiler<'_>, window: &SqlWindow) {
    window.function.write(compiler);
    compiler.push(" OVER (");
    if !window.partition_by.is_empty() {
        compiler.push("PARTITION BY ");
        compiler.list(&window.partition_by);
    }
    if !window.order_by.is_empty() {
        compiler.push(if window.partition_by.is_empty() {
            "ORDER BY "
        } else {
            " ORDER BY "
        });
        compiler.list(&window.order_by);
    }
    if let Some(frame) = window.frame {
        compiler.push(if frame.counts_rows { " ROWS" } else { " RANGE" });
        compiler.push(" BETWEEN ");
        compiler.push(&frame_end(frame.start, "PRECEDING"));
        compiler.push(" AND ");
        compiler.push(&frame_end(frame.end, "FOLLOWING"));
    }
    compiler.push(")");
}

/// An end of a frame; `direction` is where it lies without a distance.
fn frame_end(distance: Option<i64>, direction: &str) -> String {
    match distance {
        None => format!("UNBOUNDED {direction}"),
        Some(0) => "CURRENT ROW".to_owned(),
        Some(rows) if rows < 0 => format!("{} PRECEDING", rows.unsigned_abs()),
        Some(rows) => format!("{rows} FOLLOWING"),
    }
}

impl SqlNode for OrderBy {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        self.expression.write(compiler);
        compiler.push(if self.descending { " DESC" } else { " ASC" });
        compiler.push(match self.nulls_first {
            Some(true) => " NULLS FIRST",
            Some(false) => " NULLS LAST",
            None => "",
        });
    }
}
