//! The rows that belong to the row of the page, as its template prints them.

use std::sync::Arc;

use crate::admin::options::InlineStyle;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_form::items::{FormItems, ShownForm};
use crate::admin::pages::change_form::page_forms::PageInline;
use crate::forms::{Form, ModelForm, ModelFormSet};
use crate::models::Model;
use crate::templates::value::{Value, map};
use crate::text;
use crate::values::to_text;
use crate::views::{HttpError, RowValue};

/// The inline with the forms of `set`.
pub(super) fn inline_value(
    request: &AdminRequest<'_, '_>,
    inline: &PageInline<'_>,
    set: ModelFormSet,
) -> Result<Value, HttpError> {
    let options = inline.options;
    let model = Arc::clone(set.model());
    let names = options.rows.iter().flatten();
    let page = InlinePage {
        request,
        inline,
        model: &model,
        items: FormItems::new(request, &model, &options.fields, names)?,
    };
    let forms = set.set.forms.iter().map(|form| page.row(form));
    let forms: Vec<_> = forms.collect::<Result<_, HttpError>>()?;
    let empty = page.form(&set.set.empty_form, None, inline.may.add)?;
    let style = match options.style {
        InlineStyle::Tabular => "tabular",
        InlineStyle::Stacked => "stacked",
    };
    let name = |name: &str| Value::from(text::capitalized(name));
    Ok(map([
        ("style", Value::from(style)),
        ("name", name(&options.verbose_name)),
        ("plural", name(&options.verbose_name_plural)),
        ("prefix", Value::from(set.set.prefix())),
        ("is_collapsed", Value::from(options.is_collapsed)),
        (
            "can_add",
            Value::from(inline.may.add && set.set.definition().options.max_num > forms.len()),
        ),
        ("max_num", Value::from(set.set.definition().options.max_num)),
        ("forms", Value::from(forms)),
        ("empty", empty),
        ("formset", Value::from_object(set.set)),
    ]))
}

struct InlinePage<'i, 'r, 's> {
    request: &'i AdminRequest<'r, 's>,
    inline: &'i PageInline<'i>,
    model: &'i Arc<Model>,
    items: FormItems<'i, 'r, 's>,
}

impl InlinePage<'_, '_, '_> {
    /// A form of the set.
    fn row(&self, form: &ModelForm) -> Result<Value, HttpError> {
        if form.is_new() {
            return self.form(&form.form, None, self.inline.may.add);
        }
        let row = RowValue::alone(&self.request.request.state.rows, form.instance.clone())?;
        self.form(&form.form, Some(&row), self.inline.may.change)
    }

    fn form(
        &self,
        form: &Form,
        row: Option<&RowValue>,
        is_editable: bool,
    ) -> Result<Value, HttpError> {
        let shown = ShownForm {
            form,
            row,
            is_editable,
        };
        let text = row.map(RowValue::text).transpose()?;
        Ok(map([
            ("lines", self.items.lines(&self.inline.options.rows, shown)?),
            ("original", Value::from(text)),
            ("change_url", Value::from(self.change_url(row)?)),
            ("form", Value::from_object(form.clone())),
        ]))
    }

    /// Where the row has a form of its own; none where there is no link to it.
    fn change_url(&self, row: Option<&RowValue>) -> Result<Option<String>, HttpError> {
        let admin = self.request.site.get(&self.model.key());
        let admin = admin.filter(|_| self.inline.options.show_change_link);
        let (Some(admin), Some(row)) = (admin, row.and_then(RowValue::instance)) else {
            return Ok(None);
        };
        let key = to_text(row.key());
        self.request.row_url(admin, "change", &key).map(Some)
    }
}
