//! Conditions on text as `LIKE`: Django's statements, and read back by `inspectdb` as the same.
//!
//! The expected statements were asked of Django 5.2 (`CheckConstraint._get_check_sql`).

use crate::support::Project;

const CONDITIONS: [(&str, &str); 12] = [
    ("t__contains = \"50%\"", r#""t" LIKE '%50\%%' ESCAPE '\'"#),
    ("t__icontains = \"a_b\"", r#""t" LIKE '%a\_b%' ESCAPE '\'"#),
    (
        "t__startswith = 'back\\slash'",
        r#""t" LIKE 'back\\slash%' ESCAPE '\'"#,
    ),
    (
        "t__istartswith = \"it's\"",
        r#""t" LIKE 'it''s%' ESCAPE '\'"#,
    ),
    ("t__endswith = \"\"", r#""t" LIKE '%' ESCAPE '\'"#),
    ("t__iendswith = \"%\"", r#""t" LIKE '%\%' ESCAPE '\'"#),
    ("t__iexact = \"A_%\"", r#""t" LIKE 'A\_\%' ESCAPE '\'"#),
    ("t__iexact = '\\'", r#""t" LIKE '\\' ESCAPE '\'"#),
    ("n__contains = 5", r#""n" LIKE '%5%' ESCAPE '\'"#),
    (
        "t__contains = { F = \"u\" }",
        r#""t" LIKE '%' || REPLACE(REPLACE(REPLACE(("u"), '\', '\\'), '%', '\%'), '_', '\_') || '%' ESCAPE '\'"#,
    ),
    (
        "t__istartswith = { F = \"u\" }",
        r#""t" LIKE UPPER(REPLACE(REPLACE(REPLACE(("u"), '\', '\\'), '%', '\%'), '_', '\_')) || '%' ESCAPE '\'"#,
    ),
    ("t = \"x%\"", r#""t" = 'x%'"#),
];

fn table(project: &Project) -> String {
    project
        .texts("SELECT sql FROM sqlite_master WHERE name = 'a_t'")
        .concat()
}

#[test]
fn conditions_on_text_are_the_patterns_of_django_and_read_back_as_the_same() {
    let constraints = CONDITIONS
        .iter()
        .enumerate()
        .map(|(index, (condition, _))| {
            format!("{{ name = \"c{index}\", check = {{ {condition} }} }}")
        });
    let constraints = constraints.collect::<Vec<_>>().join(",\n");
    let project = Project::new().app("a");
    project.write(
        "a/models.toml",
        &format!(
            "[T]\nconstraints = [{constraints}]\n[T.fields]\nt = {{ type = \"CharField\", max_length = 9 }}\n\
             u = {{ type = \"TextField\" }}\nn = {{ type = \"IntegerField\" }}\n"
        ),
    );
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let made = table(&project);
    for (index, (_, expected)) in CONDITIONS.iter().enumerate() {
        let constraint = format!("CONSTRAINT \"c{index}\" CHECK ({expected})");
        assert!(made.contains(&constraint), "{constraint} is not in {made}");
    }
    let inspected = project.djr(["inspectdb", "a_t"]).success().stdout();
    let again = Project::new().app("a");
    again.write("a/models.toml", &inspected.replace("managed = false\n", ""));
    again.djr(["makemigrations"]).success();
    again.djr(["migrate"]).success();
    assert_eq!(table(&again), made);
}
