//! Form sets in `forms.toml`: a table with `form`.

use std::sync::Arc;

use crate::document::{Item, TableEntry, TableReader};
use crate::forms::catalogue::Forms;
use crate::forms::form_set::FormSetDefinition;
use crate::forms::read::FormContext;
use crate::text;

/// Reads a form set into `forms`, which has the form already; a name that is not a form's is reported.
pub(super) fn read_form_set(context: &FormContext<'_>, entry: &TableEntry, forms: &mut Forms) {
    let Some(table) = entry.item.as_table() else {
        return;
    };
    let reader = table.reader(context.problems);
    let place = reader.item("form");
    let named = reader.required::<String>("form");
    let options = options(&reader);
    reader.finish();
    let (Some(place), Some(named)) = (place, named) else {
        return;
    };
    let qualified = if named.contains('.') {
        named.clone()
    } else {
        format!("{}.{named}", context.app_label)
    };
    let Some(form) = forms.get(&qualified) else {
        context.problems.push(unknown_form(forms, place, &named));
        return;
    };
    let name = format!("{}.{}", context.app_label, entry.key);
    let set = options.of(FormSetDefinition::new(form));
    if set.max_num > set.absolute_max {
        let message = "`absolute_max` must be at least `max_num`";
        context.problems.push(place.error("wrong-limit", message));
    }
    forms.add_set(&name, Arc::new(set));
}

fn unknown_form(forms: &Forms, place: &Item, named: &str) -> crate::diagnostic::Finding {
    let finding = place.error("unknown-form", format!("there is no form `{named}`"));
    let all: Vec<_> = forms.names().collect();
    let bare = all
        .iter()
        .filter_map(|name| name.split_once('.').map(|(_, bare)| bare));
    let known: Vec<_> = all.iter().copied().chain(bare).collect();
    let otherwise = format!("the forms are {}", text::quoted(all.iter().copied()));
    finding.suggest_or(named, known, otherwise)
}

/// What a table says of the set; none for what is as usual.
struct FormSetOptions {
    prefix: Option<String>,
    extra: Option<usize>,
    can_order: Option<bool>,
    can_delete: Option<bool>,
    can_delete_extra: Option<bool>,
    min_num: Option<usize>,
    max_num: Option<usize>,
    absolute_max: Option<usize>,
    validate_min: Option<bool>,
    validate_max: Option<bool>,
}

fn options(reader: &TableReader<'_>) -> FormSetOptions {
    FormSetOptions {
        prefix: reader.optional("prefix"),
        extra: reader.optional("extra"),
        can_order: reader.optional("can_order"),
        can_delete: reader.optional("can_delete"),
        can_delete_extra: reader.optional("can_delete_extra"),
        min_num: reader.optional("min_num"),
        max_num: reader.optional("max_num"),
        absolute_max: reader.optional("absolute_max"),
        validate_min: reader.optional("validate_min"),
        validate_max: reader.optional("validate_max"),
    }
}

impl FormSetOptions {
    fn of(self, usual: FormSetDefinition) -> FormSetDefinition {
        let set = match self.max_num {
            Some(max_num) => usual.max_num(max_num),
            None => usual,
        };
        FormSetDefinition {
            prefix: self.prefix.unwrap_or(set.prefix),
            extra: self.extra.unwrap_or(set.extra),
            can_order: self.can_order.unwrap_or(set.can_order),
            can_delete: self.can_delete.unwrap_or(set.can_delete),
            can_delete_extra: self.can_delete_extra.unwrap_or(set.can_delete_extra),
            min_num: self.min_num.unwrap_or(set.min_num),
            absolute_max: self.absolute_max.unwrap_or(set.absolute_max),
            validate_min: self.validate_min.unwrap_or(set.validate_min),
            validate_max: self.validate_max.unwrap_or(set.validate_max),
            ..set
        }
    }
}
