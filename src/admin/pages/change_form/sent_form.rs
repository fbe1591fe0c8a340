//! What was sent, before it is read: fields that others fill in, rows that are to be new, more empty rows.

use std::sync::Arc;

use crate::admin::options::{ModelAdmin, Prepopulated};
use crate::admin::pages::change_form::page_forms::PageInline;
use crate::http::{FormData, QueryDict};
use crate::models::{FieldKind, Model};
use crate::text;
use crate::views::HttpError;

/// The button that asks for more empty rows; its value is the prefix of the inline.
pub(super) const MORE_ROWS: &str = "_more_rows";

/// The button that saves the row as a new one.
pub(super) const SAVE_AS_NEW: &str = "_saveasnew";

/// How many empty rows that button adds.
const MORE: usize = 3;

/// The fields of `data` as the forms of `admin` read them.
///
/// Fails with 400 where more rows are announced than any page has.
pub(super) fn prepared(
    data: FormData,
    admin: &ModelAdmin,
    inlines: &[PageInline<'_>],
    is_copy: bool,
) -> Result<FormData, HttpError> {
    let mut fields = QueryDict::clone(&data.fields);
    let more = fields.get(MORE_ROWS).map(ToOwned::to_owned);
    for inline in inlines {
        let options = &inline.set.options;
        let total = count(&fields, &options.prefix, "TOTAL_FORMS");
        if total
            > options
                .absolute_max
                .max(inline.options.set.options.absolute_max)
        {
            let name = &inline.options.verbose_name_plural;
            let message = format!("{total} rows of {name} are too many for one page");
            return Err(HttpError::BadRequest(message));
        }
        if is_copy {
            fields = as_new_rows(&fields, inline);
        }
        if more.as_ref() == Some(&options.prefix) {
            let total = (total + MORE).min(options.max_num.max(total));
            let name = format!("{}-TOTAL_FORMS", options.prefix);
            fields = fields.with(&name, &total.to_string());
        }
        let model = inline.options.set.model();
        for index in 0..total {
            let prefix = format!("{}-{index}-", options.prefix);
            for wanted in &inline.options.fields.prepopulated {
                fields = prepopulated(fields, model, wanted, &prefix);
            }
        }
    }
    for wanted in &admin.form.fields.prepopulated {
        fields = prepopulated(fields, Some(&admin.model), wanted, "");
    }
    Ok(FormData {
        fields: Arc::new(fields),
        files: data.files,
    })
}

fn count(fields: &QueryDict, prefix: &str, name: &str) -> usize {
    let text = fields.get(&format!("{prefix}-{name}"));
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// The fields of rows that are there already as those of new ones.
fn as_new_rows(fields: &QueryDict, inline: &PageInline<'_>) -> QueryDict {
    let prefix = format!("{}-", inline.set.options.prefix);
    let key = inline.set.key_name().unwrap_or_default();
    let is_key = |name: &str| {
        let rest = name.strip_prefix(&prefix);
        let rest = rest.and_then(|rest| rest.split_once('-'));
        rest.is_some_and(|(_, name)| name == key)
    };
    let fields = fields.without(&is_key);
    fields.with(&format!("{prefix}INITIAL_FORMS"), "0")
}

/// `fields` where the one that was left empty holds what the others make of it: what a script does in the browser.
fn prepopulated(
    fields: QueryDict,
    model: Option<&Arc<Model>>,
    wanted: &Prepopulated,
    prefix: &str,
) -> QueryDict {
    let name = format!("{prefix}{}", wanted.field);
    if fields
        .get(&name)
        .is_some_and(|text| !text.trim().is_empty())
    {
        return fields;
    }
    let is_text = |name: &&String| {
        let field = model.and_then(|model| model.field(name));
        field.is_some_and(|field| field.kind.target().is_none())
    };
    let sources = wanted.sources.iter().filter(is_text);
    let texts = sources.filter_map(|source| fields.get(&format!("{prefix}{source}")));
    let texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    let slug = slug(&texts.join(" "), model, wanted);
    if slug.is_empty() {
        return fields;
    }
    fields.with(&name, &slug)
}

fn slug(text: &str, model: Option<&Arc<Model>>, wanted: &Prepopulated) -> String {
    let field = model.and_then(|model| model.field(&wanted.field));
    let is_unicode = field.is_some_and(
        |field| matches!(field.kind, FieldKind::Slug { allow_unicode, .. } if allow_unicode),
    );
    let slug = if is_unicode {
        text::slugify_unicode(text)
    } else {
        text::slugify(text)
    };
    let length = wanted
        .max_length
        .and_then(|length| usize::try_from(length).ok());
    match length {
        Some(length) => slug.chars().take(length).collect(),
        None => slug,
    }
}
