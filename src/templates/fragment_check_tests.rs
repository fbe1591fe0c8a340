//! What `check` says of parts of pages that are kept.

use crate::templates::tests::check;

#[test]
fn a_part_that_cannot_be_kept_is_found_before_the_page_is_made() {
    for (text, expected) in [
        ("{{ cache(5, 'a') }}", "1:4: `cache` needs a block"),
        (
            "{% call cache(5) %}x{% endcall %}",
            "1:9: `cache` needs seconds and a name",
        ),
        (
            "{% call cache(5, 'a', using='pgaes') %}x{% endcall %}",
            "1:29: `[caches]` has no `pgaes`",
        ),
        (
            "{% call cache(5, 'a') %}\n<form>{{ csrf_input }}</form>{% endcall %}",
            "2:10: `csrf_input` of one client would be kept for all",
        ),
    ] {
        let found = check(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains(expected), "{text}: {found:?}");
    }
    for text in [
        "{% call cache(5, 'a', using='pages') %}x{% endcall %}{{ csrf_input }}",
        "{% call cache(*handed) %}x{% endcall %}",
        "{% macro cache(a) %}{{ caller() }}{% endmacro %}{% call cache(5) %}{{ csrf_input }}{% endcall %}",
    ] {
        assert_eq!(check(text), Vec::<String>::new(), "{text}");
    }
}
