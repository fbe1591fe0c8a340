//! Mistakes in models: each is reported with its place and what to write instead.

use std::fs;

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::diagnostic::Severity;
use djr::models::{ModelKey, Registry};

/// What is said about `text`, the models of the app `blog`, line by line.
fn errors_of(text: &str) -> Vec<String> {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("models.toml"), text).unwrap();
    let apps = Apps::new(vec![App {
        label: AppLabel::new("blog").unwrap(),
        source: AppSource::Disk(root.path().to_owned()),
    }]);
    let Err(findings) = Registry::read(&apps, &ModelKey::new("blog", "Writer")) else {
        return Vec::new();
    };
    let directory = format!("{}/models.toml:", root.path().display());
    let findings = findings.into_inner().into_iter();
    findings
        .inspect(|finding| assert_eq!(finding.severity, Severity::Error))
        .map(|finding| {
            let line = finding.to_string().replace(&directory, "");
            format!("{line} ({})", finding.hints.join("; "))
        })
        .collect()
}

/// What is said about one field `f` of a model that has `title` and `day` too.
fn about(field: &str) -> Vec<String> {
    let text = format!(
        "[Writer.fields]\nname = {{ type = 'CharField' }}\n[Post.fields]\n\
         title = {{ type = 'CharField', max_length = 9 }}\nday = {{ type = 'DateField', null = true }}\nf = {field}\n"
    );
    errors_of(&text)
}

/// Compares with what was reported before; the name is that of the test.
macro_rules! snapshot {
    ($errors:expr) => {
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($errors) })
    };
}

#[test]
fn options_that_do_not_go_together_are_told() {
    snapshot!(
        [
            "{ type = 'ForeignKey', to = 'Writer', on_delete = 'SET_NULL' }",
            "{ type = 'ForeignKey', to = 'Writer', on_delete = 'SET_DEFAULT' }",
            "{ type = 'ForeignKey', to = 'Writer', on_delete = 'CASCADE', to_field = 'nme' }",
            "{ type = 'ForeignKey', to = 'Writer', on_delete = 'CASCADE', to_field = 'name' }",
            "{ type = 'ForeignKey', to = 'Writr', on_delete = 'CASCADE' }",
            "{ type = 'ForeignKey', to = 'Writer' }",
            "{ type = 'ForeignKey', to = 'Writer', on_delete = { SETT = 1 } }",
            "{ type = 'ForeignKey', to = 'Writer', on_delete = 'CASCADE', limit_choices_to = { nam = 'a' } }",
            "{ type = 'DecimalField', max_digits = 2, decimal_places = 3 }",
            "{ type = 'DecimalField' }",
            "{ type = 'CharField', max_length = 0 }",
            "{ type = 'CharField', max_length = 1, choices = [['ab', 'A']] }",
            "{ type = 'IntegerField', choices = [['a', 'A']] }",
            "{ type = 'IntegerField', default = 'one' }",
            "{ type = 'BooleanField', db_default = 1 }",
            "{ type = 'DateField', default = { function = 'uuid4' } }",
            "{ type = 'DateField', auto_now = true, auto_now_add = true }",
            "{ type = 'GenericIPAddressField', blank = true }",
            "{ type = 'FileField', upload_to = '/srv' }",
            "{ type = 'AutoField' }",
            "{ type = 'IntegerField', primary_key = true, null = true }",
            "{ type = 'ManyToManyField', to = 'Writer', unique = true }",
            "{ type = 'IntegerField', validators = ['validate_slugs', 'MinValueValidator', { MaxValueValidator = { limit = 3 } }] }",
            "{ type = 'GeneratedField', expression = { Lowr = 'title' }, output_field = { type = 'CharField' }, db_persist = true }",
            "{ type = 'GeneratedField', expression = { Lower = 'titel' }, output_field = { type = 'CharField' }, db_persist = true }",
            "{ type = 'GeneratedField', expression = { Lower = ['title', 1] }, output_field = { type = 'CharField' }, db_persist = true }",
            "{ type = 'GeneratedField', expression = { Lower = 'title' }, output_field = { type = 'CharField' }, db_persist = true, default = 'a' }",
            "{ type = 'GeneratedField', expression = { add = ['title'] } }",
            "{ type = 'CharField', db_default = { Lower = 'title' } }",
            "{ type = 'CharField', max_lenght = 3 }",
            "{ type = 'CharField', unique_for_date = 'dy' }",
            "{ type = 'CharField', unique_for_year = 'title' }",
            "{ type = 'ImageField', width_field = 'wide' }",
        ]
        .map(|field| format!("{field}\n    {}", about(field).join("\n    ")))
        .join("\n")
    );
}

#[test]
fn conditions_that_cannot_hold_are_told() {
    snapshot!(
        [
            "{ titel = 'a' }",
            "{ title__startwith = 'a' }",
            "{ title = 3 }",
            "{ day__gt = 'x', title__isnull = 'yes' }",
            "{ number__in = [] }",
            "{ number__in = 3 }",
            "{ number__range = [1] }",
            "{ number__gt = 'one' }",
            "{ number__gt = { F = 'nmber' } }",
            "{ writer__name = 'a' }",
            "{ writers = 1 }",
            "{ data = 'a' }",
            "{ any = { number = 1 } }",
            "{ any = [] }",
            "{ not = 1 }",
            "{}",
            "{ number__regex = '^a' }",
        ]
        .map(|check| {
            let text = format!(
                "[Writer.fields]\nname = {{ type = 'CharField' }}\n[Post]\n\
                 constraints = [{{ name = 'c', check = {check} }}]\n[Post.fields]\n\
                 title = {{ type = 'CharField' }}\nday = {{ type = 'DateField' }}\n\
                 number = {{ type = 'IntegerField' }}\ndata = {{ type = 'JSONField' }}\n\
                 writer = {{ type = 'ForeignKey', to = 'Writer', on_delete = 'CASCADE' }}\n\
                 writers = {{ type = 'ManyToManyField', to = 'Writer', related_name = '+' }}\n"
            );
            format!("{check}\n    {}", errors_of(&text).join("\n    "))
        })
        .join("\n")
    );
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    snapshot!(
        errors_of(
            r#"
[Base]
abstract = true
[Base.fields]
made = { type = "DateTimeFeild" }

[Writer]
ordering = ["-nam"]
[Writer.fields]
name = { type = "CharField" }
post_set = { type = "CharField" }

[Post]
bases = ["Base", "Writer", "Bas"]
db_table = "blog_writer"
unique_together = [["title", "titl"]]
indexes = [
    { name = "1_index", fields = ["title"] },
    { fields = ["titel"] },
    { expressions = [{ Lower = "title" }] },
    { fields = ["title"], expressions = ["title"] },
    { fields = ["title"], include = ["day"], name = "covering" },
]
constraints = [
    { name = "same", fields = ["title"] },
    { name = "same", fields = ["title"], deferrable = "deferred" },
    { name = "empty" },
    { fields = ["title"] },
]
[Post.fields]
number2 = { type = "IntegerField" }
code = { type = "SlugField", primary_key = true }
number = { type = "IntegerField", primary_key = true }
title = { type = "CharField" }
Title2 = { type = "CharField", db_column = "TITLE" }
writer = { type = "ForeignKey", to = "Writer", on_delete = "CASCADE" }
writer_id = { type = "IntegerField" }
first = { type = "ForeignKey", to = "Writer", on_delete = "CASCADE" }
near = { type = "ManyToManyField", to = "Writer", through = "Between", related_name = "+" }

[Between]
permissions = [["add_between", "Can add"], ["burn", "Can burn"], ["burn", "Can burn too"]]
[Between.fields]
post = { type = "ForeignKey", to = "Post", on_delete = "CASCADE" }
writer = { type = "ForeignKey", to = "Writer", on_delete = "CASCADE" }
second = { type = "ForeignKey", to = "Writer", on_delete = "CASCADE", related_name = "+" }

[Plain.fields]
id = { type = "IntegerField" }

[Key.fields]
pk = { type = "CompositePrimaryKey", fields = ["a", "c"] }
a = { type = "IntegerField" }
pk_ = { type = "IntegerField" }

[ToKey.fields]
key = { type = "ForeignKey", to = "Key", on_delete = "CASCADE" }

[Round]
abstract = true
bases = ["Round"]

[Trip]
bases = ["Round"]
"#,
        )
        .join("\n")
    );
}

#[test]
fn what_only_django_s_own_connections_could_do_is_refused() {
    insta::assert_snapshot!(
        errors_of(
            r#"
[Trip]
constraints = [
    { name = "long", check = { end__gt = { add = ["start", "takes"] } } },
    { name = "sane", check = { end__gt = { F = "start" } } },
    { name = "code", check = { code__regex = "^a" } },
    { name = "year", check = { any = [{ start__year = 2026 }, { data__kind = "a" }] } },
]
indexes = [{ name = "half", expressions = [{ div = ["takes", 2] }] }]
[Trip.fields]
start = { type = "DateTimeField" }
end = { type = "DateTimeField" }
takes = { type = "DurationField" }
double = { type = "GeneratedField", expression = { mul = ["takes", 2] }, output_field = { type = "DurationField" }, db_persist = true }
code = { type = "CharField", validators = [{ RegexValidator = 1 }, { MaxLengthValidator = "a" }, { MinLengthValidator = { message = "Short." } }, { FileExtensionValidator = ["a", 1] }] }
data = { type = "JSONField" }
"#,
        )
        .join("\n")
    );
}

#[test]
fn names_that_the_database_compares_without_case_are_told() {
    insta::assert_snapshot!(
        errors_of(
            r#"
[A]
indexes = [{ name = "ix", fields = ["x"] }, { name = "Blog_B", fields = ["x"] }]
fields.x = { type = "IntegerField" }
[B]
indexes = [{ name = "IX", fields = ["x"] }]
fields.x = { type = "IntegerField" }
[C]
db_table = '"my table"'
fields.x = { type = "IntegerField" }
"#,
        )
        .join("\n"), @"
    3:11: the index `Blog_B` has the name of the table of `B` (tables and indexes share their names)
    6:11: the index `IX` is one of `A` already (names are shared by the whole database)
    9:12: `db_table` must not stand in quotes: Django would leave them out (write `my table`)
    "
    );
}

#[test]
fn links_have_no_end_with_a_composite_key() {
    let key = "pk = { type = 'CompositePrimaryKey', fields = ['x', 'y'] }\n\
               x = { type = 'IntegerField' }\ny = { type = 'IntegerField' }\n";
    let own = "links = { type = 'ManyToManyField', to = 'Writer' }";
    let ours = format!("[Writer.fields]\n[Post.fields]\n{key}{own}\n");
    let theirs = format!("[Post.fields]\n{own}\n[Writer.fields]\n{key}");
    let itself = format!(
        "[Writer.fields]\n[Post.fields]\n{key}{}\n",
        own.replace("Writer", "self")
    );
    for (text, place, end) in [
        (ours, "6:37", "Post"),
        (theirs, "2:37", "Writer"),
        (itself, "6:37", "Post"),
    ] {
        let told = format!("{place}: `{end}` has a composite primary key, which no link can hold");
        let found = errors_of(&text);
        assert!(found.len() == 1 && found[0].starts_with(&told), "{found:?}");
    }
}

/// What is said of the field is enough: others name it rightly.
#[test]
fn a_field_of_an_unknown_class_is_told_once() {
    let errors = errors_of(
        "[Post]\nordering = ['-day']\nunique_together = [['title', 'day']]\nindexes = [{ fields = ['day'] }]\n\
         constraints = [{ name = 'a', check = { day__gte = 2000-01-01 } }, { name = 'b', fields = ['day'] }]\n\
         [Post.fields]\ntitle = { type = 'CharField', max_length = 9, unique_for_date = 'day' }\nday = { type = 'DateFeild' }\n",
    );
    assert_eq!(
        errors,
        ["8:16: `DateFeild` is not a type (did you mean `DateField`?)"]
    );
}
