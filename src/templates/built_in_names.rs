//! The filters and tests of the engine, which it does not list: the nearest one is suggested.

/// Filters.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "attr",
    "batch",
    "bool",
    "capitalize",
    "chain",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "tojson",
    "trim",
    "unique",
    "upper",
    "urlencode",
    "zip",
];

/// Tests.
pub(super) const TESTS: &[&str] = &[
    "boolean",
    "defined",
    "divisibleby",
    "endingwith",
    "eq",
    "equalto",
    "escaped",
    "even",
    "false",
    "filter",
    "float",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "int",
    "integer",
    "iterable",
    "le",
    "lessthan",
    "lower",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "safe",
    "sameas",
    "sequence",
    "startingwith",
    "string",
    "test",
    "true",
    "undefined",
    "upper",
];

#[cfg(test)]
mod tests {
    use minijinja::Environment;

    use super::{FILTERS, TESTS};

    /// The names behind `label` in what the engine prints of itself.
    fn names(label: &str) -> Vec<String> {
        let printed = format!("{:?}", Environment::new());
        let (_, rest) = printed.split_once(&format!("{label}: [")).unwrap();
        let (list, _) = rest.split_once(']').unwrap();
        list.split(", ")
            .map(|name| name.trim_matches('"').to_owned())
            .collect()
    }

    #[test]
    fn all_names_of_the_engine_are_known() {
        assert_eq!(names("filters"), FILTERS);
        let words = |name: &String| name.starts_with(|c: char| c.is_ascii_lowercase());
        let tests: Vec<_> = names("tests").into_iter().filter(words).collect();
        assert_eq!(tests, TESTS);
    }
}
