//! Values in conditions that the choices of their field do not have: a row seldom has one of them.

use crate::diagnostic::Finding;
use crate::models::expression::{Comparison, Expression, Lookup, RowQuery};
use crate::models::read::FieldReference;
use crate::models::{Choice, Field, Literal, ModelSet as _};
use crate::text;
use crate::views::queries::query_checker::QueryChecker;

impl QueryChecker<'_> {
    /// Warns of values that `named` is compared with and that are not among the choices of its field.
    pub(super) fn check_choices(&self, rows: &RowQuery, named: &FieldReference) {
        let Some(comparison) = named.comparison.as_ref().filter(|_| named.levels == 0) else {
            return;
        };
        let Some(field) = self.compared_field(rows, named, comparison) else {
            return;
        };
        let choices = values_of(field);
        if choices.is_empty() {
            return;
        }
        let is_known = |value: &String| choices.contains(value) || field.blank && value.is_empty();
        for value in compared_values(comparison) {
            if is_known(&value) {
                continue;
            }
            let known = || choices.iter().map(String::as_str);
            let message = format!("`{value}` is not among the choices of `{}`", named.field);
            let finding = Finding::warning("unknown-choice", message);
            let otherwise = format!("its choices are {}", text::quoted(known()));
            let finding = finding.suggest_or(&value, known(), otherwise);
            self.problems.push(finding.at(named.origin.location()));
        }
    }

    /// The field that is compared; none where it is reached in another way than over rows that are referred to, or
    /// where what is compared is made of it.
    fn compared_field(
        &self,
        rows: &RowQuery,
        named: &FieldReference,
        comparison: &Comparison,
    ) -> Option<&Field> {
        let mut model = match &named.model {
            Some(reference) => self.registry.target(reference)?,
            None => self.registry.find(rows.model())?,
        };
        let (path, last) = match comparison.field.rsplit_once("__") {
            Some((path, last)) => (path.split("__").collect(), last),
            None => (Vec::new(), comparison.field.as_str()),
        };
        for step in path {
            model = self.registry.target(&model.field(step)?.relation()?.to)?;
        }
        model.field(last)
    }
}

/// The values that a field may take, as texts.
fn values_of(field: &Field) -> Vec<String> {
    let values = field.choices.iter().flat_map(|choice| match choice {
        Choice::Value(value, _) => vec![value],
        Choice::Group(_, values) => values.iter().map(|(value, _)| value).collect(),
    });
    values.filter_map(as_text).collect()
}

/// The values that one equals, or is one of, as texts.
fn compared_values(comparison: &Comparison) -> Vec<String> {
    if !matches!(comparison.lookup, Lookup::Exact | Lookup::In) {
        return Vec::new();
    }
    let values = comparison
        .operands
        .iter()
        .flat_map(|operand| match operand {
            Expression::Value(Literal::List(values)) => values.iter().collect(),
            Expression::Value(value) => vec![value],
            _ => Vec::new(),
        });
    values.filter_map(as_text).collect()
}

/// A value as a column compares it; none for what is not a plain one.
fn as_text(value: &Literal) -> Option<String> {
    Some(match value {
        Literal::String(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::query::tests::Library;
    use crate::views::queries::tests::said_of;

    const MODELS: &str = r#"
[Post.fields]
status = { type = "CharField", max_length = 2, choices = [["DF", "Draft"], ["More", [["PB", "Published"]]]] }
mood = { type = "CharField", max_length = 2, blank = true, choices = [["up", "Up"]] }
level = { type = "IntegerField", choices = [[1, "One"], [2, "Two"]] }
[Comment.fields]
post = { type = "ForeignKey", to = "Post", on_delete = "CASCADE" }
"#;

    #[test]
    fn a_value_that_no_row_can_have_is_told() {
        let library = Library::of(MODELS, "UTC", &[]);
        for (condition, expected) in [
            (
                "status = 'PBL'",
                "`PBL` is not among the choices of `status`; did you mean `PB`?",
            ),
            (
                "status__in = ['DF', 'xyz']",
                "`xyz` is not among the choices of `status`; its choices are `DF`, `PB`",
            ),
            (
                "level = 700",
                "`700` is not among the choices of `level`; its choices are `1`, `2`",
            ),
            (
                "any = [{ level = 1 }, { level = 4 }]",
                "`4` is not among the choices of `level`",
            ),
        ] {
            let said = said_of(
                &library,
                &format!("{{ model = 'library.Post', filter = {{ {condition} }} }}"),
            );
            assert!(
                said.len() == 1 && said[0].contains(expected),
                "{condition} {said:?}"
            );
        }
        let said = said_of(
            &library,
            "{ model = 'library.Comment', exclude = { post__status = 'Df' } }",
        );
        assert!(
            said[0].contains("`Df` is not among the choices of `post__status`"),
            "{said:?}"
        );
        for sound in [
            "status = 'PB'",
            "status__in = ['DF', 'PB']",
            "mood = ''",
            "level = 2",
            "level__gt = 0",
            "status__startswith = 'x'",
            "status = { captured = 'status' }",
        ] {
            let said = said_of(
                &library,
                &format!("{{ model = 'library.Post', filter = {{ {sound} }} }}"),
            );
            assert_eq!(said, [""; 0], "{sound}");
        }
    }
}
