//! A day in three lists.

use crate::clock::{self, LocalDateTime, MONTHS};
use crate::forms::form_choices::FormChoice;
use crate::forms::form_value::FormInput;
use crate::forms::widget::context::WidgetContext;
use crate::forms::widget::multi::spaceless;
use crate::forms::widget::{Widget, WidgetClass, select};
use crate::values::FieldValue;

/// What the three lists offer.
#[derive(Clone, Debug, Default)]
pub struct DateParts {
    /// The years; none for this one and the nine that follow.
    pub years: Vec<i64>,
    /// The months, with their labels; none for all twelve.
    pub months: Vec<FormChoice>,
    /// The labels of no year, no month and no day.
    pub empty_labels: Option<[String; 3]>,
}

/// How many years are offered where none were named.
const YEARS: i64 = 10;

/// The parts of a day that are chosen; `Some("")` for one that was sent as zero.
#[derive(Default)]
struct Chosen {
    year: Option<String>,
    month: Option<String>,
    day: Option<String>,
}

/// Writes the lists in the order of the date format: month, day, year.
pub(super) fn write(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let mut lists = String::new();
    write_lists(&mut lists, widget, context);
    out.push_str(&spaceless(&lists));
}

fn write_lists(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let parts = widget.date_parts.as_deref().cloned().unwrap_or_default();
    let chosen = chosen(context);
    let empty = |index: usize| {
        let label = parts
            .empty_labels
            .as_ref()
            .map(|labels| labels[index].clone());
        let label = label.unwrap_or_else(|| "---".to_owned());
        (!context.is_required).then(|| FormChoice::option("", label))
    };
    let with_empty = |index, choices: Vec<FormChoice>| -> Vec<FormChoice> {
        empty(index).into_iter().chain(choices).collect()
    };
    let months = with_empty(1, month_choices(&parts));
    write_list(
        out,
        widget,
        context,
        &List::new("month", &months, chosen.month),
    );
    let days = with_empty(2, (1..=31).map(number_choice).collect());
    write_list(out, widget, context, &List::new("day", &days, chosen.day));
    let years = with_empty(0, years(&parts).into_iter().map(number_choice).collect());
    write_list(
        out,
        widget,
        context,
        &List::new("year", &years, chosen.year),
    );
}

/// One of the lists.
struct List<'l> {
    part: &'static str,
    choices: &'l [FormChoice],
    chosen: Option<String>,
}

impl<'l> List<'l> {
    fn new(part: &'static str, choices: &'l [FormChoice], chosen: Option<String>) -> Self {
        Self {
            part,
            choices,
            chosen,
        }
    }
}

fn write_list(out: &mut String, widget: &Widget, context: &WidgetContext<'_>, list: &List<'_>) {
    let name = format!("{}_{}", context.name, list.part);
    let mut select = Widget::new(WidgetClass::Select);
    select.attributes = context.attributes.clone();
    let mut attributes = widget.attributes.merged(&context.attributes);
    attributes.set("id", format!("id_{name}"));
    let value = list.chosen.as_deref();
    let list = WidgetContext {
        name: &name,
        value: value.map_or(FormInput::Missing, |text| FormInput::Text(text.into())),
        attributes,
        choices: list.choices,
        is_required: context.is_required,
        is_cleared: false,
        zone: context.zone,
    };
    select::write_select(out, &select, &list);
}

fn number_choice(number: i64) -> FormChoice {
    FormChoice::option(number.to_string(), number.to_string())
}

fn month_choices(parts: &DateParts) -> Vec<FormChoice> {
    if !parts.months.is_empty() {
        return parts.months.clone();
    }
    let months = (1..).zip(MONTHS);
    months
        .map(|(number, name): (usize, _)| FormChoice::option(number.to_string(), name))
        .collect()
}

fn years(parts: &DateParts) -> Vec<i64> {
    if !parts.years.is_empty() {
        return parts.years.clone();
    }
    let today = LocalDateTime::of_moment(clock::now(), &clock::Zone::utc());
    let this_year = i64::from(today.year());
    (this_year..this_year + YEARS).collect()
}

fn chosen(context: &WidgetContext<'_>) -> Chosen {
    match &context.value {
        FormInput::Value(value) => match &**value {
            FieldValue::Date(day) => of(LocalDateTime::of_day(*day)),
            FieldValue::Moment(moment) => of(LocalDateTime::of_moment(*moment, context.zone)),
            FieldValue::Text(text) => written(text),
            _ => Chosen::default(),
        },
        FormInput::Text(text) => written(text),
        _ => Chosen::default(),
    }
}

fn of(local: LocalDateTime) -> Chosen {
    Chosen {
        year: Some(local.year().to_string()),
        month: Some(local.month().to_string()),
        day: Some(local.day().to_string()),
    }
}

/// The parts of `2026-0-31`: a day need not exist to be shown again.
fn written(text: &str) -> Chosen {
    let parts: Vec<_> = text.split('-').collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = parts[..] else {
        return Chosen::default();
    };
    let is_year = is_number(year) && (year.len() == 4 || year == "0");
    if !is_year
        || [month, day]
            .iter()
            .any(|part| !is_number(part) || part.len() > 2)
    {
        return Chosen::default();
    }
    let part = |text: &str| Some(text.trim_start_matches('0').to_owned());
    Chosen {
        year: part(year),
        month: part(month),
        day: part(day),
    }
}
