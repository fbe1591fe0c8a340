//! Fields that are called by the names of their values, as Django takes them: `author_id` for `author`.

use crate::support::Project;

/// The models, and their first migration by hand, with `author` called so.
fn models(author: &str) -> String {
    format!(
        "[Author.fields]\nname = {{ type = \"CharField\", max_length = 9 }}\n\
         [Post]\nunique_together = [[\"{author}\", \"number\"]]\nordering = [\"-author_id\"]\n\
         indexes = [{{ fields = [\"-{author}\", \"number\"] }}, {{ name = \"by_sum\", expressions = [{{ add = [\"{author}\", 1] }}] }},\n\
         {{ name = \"some\", fields = [\"number\"], condition = {{ {author}__gt = 1 }} }}]\n\
         constraints = [{{ name = \"one\", fields = [\"{author}\", \"title\"] }}, {{ name = \"positive\", check = {{ {author}__gt = 0 }} }},\n\
         {{ name = \"not_number\", check = {{ not = {{ {author} = {{ F = \"number\" }} }} }} }}]\n\
         [Post.fields]\nauthor = {{ type = \"ForeignKey\", to = \"Author\", on_delete = \"CASCADE\" }}\n\
         number = {{ type = \"IntegerField\" }}\ntitle = {{ type = \"CharField\", max_length = 9 }}\n\
         [Line.fields]\npk = {{ type = \"CompositePrimaryKey\", fields = [\"{author}\", \"number\"] }}\n\
         author = {{ type = \"ForeignKey\", to = \"Author\", on_delete = \"CASCADE\" }}\n\
         number = {{ type = \"IntegerField\" }}\n"
    )
}

fn schema(project: &Project) -> Vec<String> {
    project.texts("SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'blog%' AND sql IS NOT NULL ORDER BY name")
}

fn project(models: &str) -> Project {
    let project = Project::new().app("blog");
    project.write("blog/models.toml", models);
    project
}

#[test]
fn a_reference_is_called_by_its_name_or_by_that_of_its_value_in_models() {
    let by_name = project(&models("author"));
    let by_value = project(&models("author_id"));
    for project in [&by_name, &by_value] {
        project.djr(["makemigrations"]).success();
        project.djr(["makemigrations", "--check"]).success();
        project.djr(["migrate"]).success();
        project.djr(["check", "--database", "default"]).success();
    }
    assert_eq!(schema(&by_value), schema(&by_name));
    // The one is the other.
    by_name.write("blog/models.toml", &models("author_id"));
    by_name.djr(["makemigrations", "--check"]).success();
}

#[test]
fn a_reference_is_called_by_its_name_or_by_that_of_its_value_in_migrations() {
    let by_name = project(&models("author"));
    by_name.djr(["makemigrations"]).success();
    by_name.djr(["migrate"]).success();
    let written = by_name.read("blog/migrations/0001_initial.toml");
    let options = written
        .replace("\"author\"", "\"author_id\"")
        .replace("\"-author\"", "\"-author_id\"");
    let options = options
        .replace("author__gt", "author_id__gt")
        .replace("{ author =", "{ author_id =");
    assert_ne!(options, written);
    let by_value = project(&models("author"));
    by_value.write("blog/migrations/0001_initial.toml", &options);
    by_value.djr(["makemigrations", "--check"]).success();
    by_value.djr(["migrate"]).success();
    assert_eq!(schema(&by_value), schema(&by_name));
    by_value.write(
        "blog/migrations/0002_more.toml",
        "dependencies = [\"blog.0001_initial\"]\n\
         [[operations]]\nAddIndex = { model = \"Post\", index = { name = \"later\", fields = [\"author_id\", \"title\"] } }\n\
         [[operations]]\nAddConstraint = { model = \"Post\", constraint = { name = \"later_check\", check = { author_id__lt = 9 } } }\n\
         [[operations]]\nAlterUniqueTogether = { name = \"Post\", unique_together = [[\"title\", \"author_id\"]] }\n\
         [[operations]]\nRenameField = { model = \"Post\", old_name = \"author\", new_name = \"writer\" }\n",
    );
    by_value.djr(["migrate"]).success();
    assert!(
        schema(&by_value)
            .iter()
            .any(|sql| sql.contains("\"later\" ON \"blog_post\" (\"writer_id\", \"title\")")),
        "{:#?}",
        schema(&by_value)
    );
    by_value.djr(["check", "--database", "default"]).success();
    by_value.djr(["migrate", "blog", "0001"]).success();
    by_value.djr(["check", "--database", "default"]).success();
}
