//! Reads the models of all installed apps, with all mistakes of all files.

use std::sync::Arc;

use crate::apps::Apps;
use crate::diagnostic::{Finding, Findings};
use crate::document::{Origin, Problems};
use crate::models::read::{ModelDeclaration, ReadContext, declared_models, flatten, model_of};
use crate::models::{Model, ModelKey, ModelRef, ModelSet as _, Registry, USER_MODEL, check};

impl Registry {
    /// Reads the models of all apps; `user_model` is `[auth] user_model`.
    ///
    /// Fails with all mistakes of all files.
    pub fn read(apps: &Apps, user_model: &ModelKey) -> Result<Self, Findings> {
        let problems = Problems::default();
        let documents: Vec<_> = apps
            .iter()
            .filter_map(|app| Some((app, problems.take(app.document("models.toml"))??)))
            .collect();
        let mut declared = Vec::new();
        for (app, document) in &documents {
            let app_label = app.label.as_str();
            let entries = declared_models(document.root(), &problems).into_iter();
            declared.extend(entries.map(|entry| ModelDeclaration { app_label, entry }));
        }
        let mut registry = Self {
            user_model: user_model.clone(),
            ..Self::default()
        };
        let mut refers_to_user_model = false;
        let (mut references, mut foreign_references, mut tables) =
            (Vec::new(), Vec::new(), Vec::new());
        for model in &declared {
            if model.is_abstract(&problems) {
                continue;
            }
            let Some(table) = flatten(*model, &declared, &problems) else {
                continue;
            };
            let context = ReadContext::new(model.app_label, &problems);
            let found = model_of(&context, model.entry, &table);
            foreign_references.extend(check::check_field_references(
                &found,
                &table,
                context.take_field_references(),
                &problems,
            ));
            references.extend(context.into_model_references());
            registry.models.push(Arc::new(found));
            tables.push(table);
        }
        for (reference, origin) in references {
            if reference == ModelRef::UserModel && registry.user_model().is_none() {
                refers_to_user_model = true;
            } else {
                registry.check(&reference, &origin, &problems);
            }
        }
        if refers_to_user_model {
            problems.push(unknown_user_model(user_model));
        }
        check::check_foreign_references(&registry, foreign_references, &problems);
        check::models(&registry, &tables, &problems);
        problems.finish(registry)
    }

    fn check(&self, reference: &ModelRef, origin: &Origin, problems: &Problems) {
        let key = reference.resolve(&self.user_model);
        let finding = match self.find(key) {
            None => self.unknown(key),
            Some(model) if *reference == ModelRef::Named(key.clone()) && self.is_swapped(model) => {
                let message = format!("`{key}` is replaced by `{}`", self.user_model);
                Finding::error("swapped-model", message)
                    .hint(format!("refer to `{USER_MODEL}`, whichever model that is"))
            }
            Some(_) => return,
        };
        problems.push(finding.at(origin.location()));
    }

    fn unknown(&self, key: &ModelKey) -> Finding {
        let finding = Finding::error("unknown-model", format!("there is no model `{key}`"));
        let names: Vec<_> = self.models().map(Model::label).collect();
        finding.suggest(&key.to_string(), names.iter().map(String::as_str))
    }
}

/// One finding for all that refer to it: the mistake is in the settings.
fn unknown_user_model(key: &ModelKey) -> Finding {
    let message = format!("`[auth] user_model` is `{key}`, a model that no installed app has");
    Finding::error("unknown-user-model", message)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::apps::{App, AppLabel, AppSource, Apps};
    use crate::models::{ModelKey, Registry};

    /// Reads the `models.toml` of two apps; a user is `people.Person`.
    fn read(blog: &str, people: &str) -> Result<Registry, Vec<String>> {
        let root = tempfile::tempdir().unwrap();
        let app = |label: &str, text: &str| {
            let directory = root.path().join(label);
            fs::create_dir(&directory).unwrap();
            fs::write(directory.join("models.toml"), text).unwrap();
            App {
                label: AppLabel::new(label).unwrap(),
                source: AppSource::Disk(directory),
            }
        };
        let apps = Apps::new(vec![app("blog", blog), app("people", people)]);
        let shown = root.path().display().to_string();
        Registry::read(&apps, &ModelKey::new("people", "Person")).map_err(|findings| {
            let findings = findings.into_inner().into_iter();
            findings
                .map(|finding| format!("{finding} {:?}", finding.hints).replace(&shown, ""))
                .collect()
        })
    }

    #[test]
    fn reads_the_models_of_all_apps() {
        let registry = read(
            r#"
            [Post]
            ordering = ["-made"]
            unique_together = ["title", "author"]
            [[Post.indexes]]
            fields = ["-made", "title"]
            [Post.fields]
            title = { type = "CharField", max_length = 200, choices = [["A", "First"], ["Others", [["B", "Second"]]]] }
            author = { type = "ForeignKey", to = "auth.user_model", on_delete = "CASCADE" }
            made = { type = "DateTimeField", default = { function = "now" } }
            tags = { type = "ManyToManyField", to = "self" }
            "#,
            "[Person.fields]\nname = { type = 'TextField' }\n",
        )
        .unwrap();
        let post = registry.get("blog.post").unwrap();
        let columns: Vec<_> = post.columns().map(crate::models::Field::column).collect();
        assert_eq!(columns, ["id", "title", "author_id", "made"]);
        assert_eq!(post.options.unique_together, [["title", "author"]]);
        assert!(post.options.indexes[0].fields[0].descending);
        assert_eq!(registry.user_model().unwrap().db_table(), "people_person");
    }

    #[test]
    fn refuses_keys_that_refer_to_each_other_in_a_circle() {
        let found = read(
            "[Post.fields]\nperson = { type = 'OneToOneField', to = 'people.Person', \
             on_delete = 'CASCADE', primary_key = true }\n",
            "[Person.fields]\npost = { type = 'OneToOneField', to = 'blog.Post', \
             on_delete = 'CASCADE', primary_key = true }\n",
        );
        let found = found.unwrap_err();
        let circle = "`person` refers to itself through the keys of other models";
        assert!(found.iter().any(|line| line.contains(circle)), "{found:?}");
    }

    #[test]
    fn an_order_that_leads_back_to_itself_is_refused() {
        let person = |order: &str| {
            format!(
                "[Person]\nordering = ['{order}']\n[Person.fields]\n\
                 post = {{ type = 'ForeignKey', to = 'blog.Post', on_delete = 'CASCADE' }}\n"
            )
        };
        let post = "[Post]\nordering = ['-by']\n[Post.fields]\n\
             by = { type = 'ForeignKey', to = 'people.Person', on_delete = 'CASCADE', related_name = '+' }\n\
             [Node]\nordering = ['above']\n[Node.fields]\n\
             above = { type = 'ForeignKey', to = 'self', on_delete = 'CASCADE' }\n";
        let found = read(post, &person("post")).unwrap_err().join("\n");
        for told in [
            "/blog/models.toml:2:12: the `ordering` by `by` leads back to itself",
            "/blog/models.toml:6:12: the `ordering` by `above` leads back to itself",
            "/people/models.toml:2:12: the `ordering` by `post` leads back to itself",
        ] {
            assert!(found.contains(told), "{found}");
        }
        let post = post.replace("['above']", "['above_id', 'above__above__id']");
        for order in ["post_id", "-post__pk", "post__id"] {
            read(&post, &person(order)).unwrap();
        }
    }

    #[test]
    fn names_every_mistake_of_all_files() {
        let found = read(
            "[Post]\nordring = ['a']\nunique_together = [['titel', 'by']]\n[Post.fields]\n\
             title = { type = 'CharField', max_length = 'long' }\n\
             by = { type = 'ForeignKey', to = 'people.Persn', on_delete = 'CASCAD' }\n",
            "[Person]\ndb_table = 3\n[Person.fields]\na__b = { type = 'TextField', choices = [1] }\n",
        )
        .unwrap_err();
        assert_eq!(
            found,
            [
                r#"/blog/models.toml:2:1: unknown key `ordring` ["did you mean `ordering`?"]"#,
                r#"/blog/models.toml:3:19: `titel` is not a field of `Post` ["did you mean `title`?"]"#,
                r"/blog/models.toml:5:44: `max_length` must be a whole number from 0 on, not a string []",
                r#"/blog/models.toml:6:34: there is no model `people.persn` ["did you mean `people.Person`?"]"#,
                r#"/blog/models.toml:6:62: `CASCAD` is not an on_delete ["did you mean `CASCADE`?"]"#,
                r"/people/models.toml:2:12: `db_table` must be a string, not an integer []",
                r#"/people/models.toml:4:1: `a__b` cannot name a field ["letters, digits and single `_` between them, as in `published_at`"]"#,
                r#"/people/models.toml:4:41: a choice must be a list of a value and its label ["write `choices = [[\"DF\", \"Draft\"], [\"PB\", \"Published\"]]`"]"#,
            ]
        );
    }
}
