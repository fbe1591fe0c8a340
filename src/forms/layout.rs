//! A whole form in HTML: in `div`s, paragraphs, the rows of a table, the items of a list.

use crate::forms::bound_field::{BoundFieldRef, ErrorListStyle, LabelOptions, write_errors};
use crate::forms::error::ValidationError;
use crate::forms::form::Form;
use crate::forms::html::write_attribute;

/// The element around each field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FormLayout {
    Div,
    Paragraph,
    Table,
    List,
}

impl FormLayout {
    /// The layout that the method `name` of forms and form sets writes.
    pub(super) fn of_method(name: &str) -> Option<Self> {
        Some(match name {
            "as_div" => Self::Div,
            "as_p" => Self::Paragraph,
            "as_table" => Self::Table,
            "as_ul" => Self::List,
            _ => return None,
        })
    }
}

impl Form {
    /// Its fields with what was sent in them.
    pub(super) fn bound_fields(&self) -> impl Iterator<Item = BoundFieldRef<'_>> {
        (0..self.fields().len()).map(|index| BoundFieldRef { form: self, index })
    }

    /// The errors of no field, and those of fields that nobody sees.
    fn top_errors(&self) -> Vec<ValidationError> {
        let hidden = self.bound_fields().filter(BoundFieldRef::is_hidden);
        let hidden = hidden.flat_map(|field| {
            let name = &field.field().name;
            field.errors().iter().map(move |error| {
                let message = format!("(Hidden field {name}) {}", error.message);
                ValidationError::new(message, error.code.clone())
            })
        });
        self.non_field_errors()
            .iter()
            .cloned()
            .chain(hidden)
            .collect()
    }

    /// The whole form, without the `form` element and its button.
    pub(super) fn html(&self, layout: FormLayout) -> String {
        let errors = self.top_errors();
        let (mut hidden, mut visible) = (String::new(), Vec::new());
        for field in self.bound_fields() {
            if field.is_hidden() {
                field.write(&mut hidden);
            } else {
                visible.push(field);
            }
        }
        let mut out = String::new();
        let hidden_on_top = visible.is_empty().then_some(hidden.as_str());
        layout.write_top(&mut out, &errors, hidden_on_top);
        for (index, field) in visible.iter().enumerate() {
            let is_last = index + 1 == visible.len();
            layout.write_field(&mut out, field, if is_last { &hidden } else { "" });
        }
        if visible.is_empty() && errors.is_empty() {
            out.push_str(&hidden);
        }
        out.truncate(out.trim_end().len());
        out
    }
}

impl FormLayout {
    /// The errors on top; `hidden` are the fields of a form in which all are hidden.
    fn write_top(self, out: &mut String, errors: &[ValidationError], hidden: Option<&str>) {
        if errors.is_empty() {
            return;
        }
        let [before, between, after] = match self {
            Self::Div | Self::Paragraph => ["", "\n", "\n"],
            Self::Table => ["<tr>\n<td colspan=\"2\">\n", "\n", "\n</td>\n</tr>\n"],
            Self::List => ["<li>\n", "\n", "\n</li>\n"],
        };
        out.push_str(before);
        write_errors(out, errors, &ErrorListStyle::of_form());
        out.push_str(between);
        let Some(hidden) = hidden else {
            out.push_str(after.trim_start_matches('\n'));
            return;
        };
        match self {
            Self::Div => out.extend(["<div>", hidden, "</div>"]),
            Self::Paragraph => out.extend(["<p>", hidden, "</p>"]),
            Self::Table | Self::List => out.push_str(hidden),
        }
        out.push_str(after);
    }

    fn write_field(self, out: &mut String, field: &BoundFieldRef<'_>, hidden: &str) {
        match self {
            Self::Div => {
                open(out, "div", field);
                field.write_group(out);
                out.push('\n');
                push_line(out, hidden);
                out.push_str("</div>\n");
            }
            Self::Paragraph => {
                write_field_errors(out, field);
                open(out, "p", field);
                write_parts(out, field);
                push_line(out, hidden);
                out.push_str("</p>\n");
            }
            Self::List => {
                open(out, "li", field);
                write_field_errors(out, field);
                write_parts(out, field);
                push_line(out, hidden);
                out.push_str("</li>\n");
            }
            Self::Table => write_row(out, field, hidden),
        }
    }
}

fn open(out: &mut String, element: &str, field: &BoundFieldRef<'_>) {
    out.push('<');
    out.push_str(element);
    let classes = field.css_classes("");
    if !classes.is_empty() {
        write_attribute(out, "class", &classes);
    }
    out.push_str(">\n");
}

fn push_line(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push_str(text);
        out.push('\n');
    }
}

fn write_field_errors(out: &mut String, field: &BoundFieldRef<'_>) {
    if !field.errors().is_empty() {
        write_errors(
            out,
            field.errors(),
            &ErrorListStyle::of_field(&field.auto_id()),
        );
        out.push('\n');
    }
}

/// Label, element and advice.
fn write_parts(out: &mut String, field: &BoundFieldRef<'_>) {
    if !field.field().label.is_empty() {
        field.write_label(out, &LabelOptions::default());
        out.push('\n');
    }
    field.write(out);
    out.push('\n');
    if !field.field().help_text.is_empty() {
        field.write_help(out, "span");
        out.push('\n');
    }
}

fn write_row(out: &mut String, field: &BoundFieldRef<'_>, hidden: &str) {
    open(out, "tr", field);
    out.push_str("<th>");
    if !field.field().label.is_empty() {
        field.write_label(out, &LabelOptions::default());
    }
    out.push_str("</th>\n<td>\n");
    write_field_errors(out, field);
    field.write(out);
    out.push('\n');
    if !field.field().help_text.is_empty() {
        out.push_str("<br>\n");
        field.write_help(out, "span");
        out.push('\n');
    }
    push_line(out, hidden);
    out.push_str("</td>\n</tr>\n");
}
