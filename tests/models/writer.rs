//! Models written as TOML and read again.

use std::path::Path;

use djr::document::{Document, Problems};
use djr::models::read::{self, ReadContext};
use djr::models::{Model, write};

use crate::corpus::{models, registry};

#[test]
fn what_is_written_reads_as_it_was_and_is_written_so_again() {
    let registry = registry();
    for model in models(&registry) {
        let text = written(model);
        let again = read_again(&text, model);
        assert_eq!(&again, model, "{text}");
        assert_eq!(written(&again), text);
    }
}

fn written(model: &Model) -> String {
    let options = write::option_entries(&model.options).into_iter();
    let options = options.map(|(key, value)| format!("{key} = {value}"));
    let fields = model.fields.iter();
    let fields = fields.map(|field| format!("{} = {}", field.name, write::field_table(field)));
    let parts = ["[options]".to_owned()].into_iter().chain(options);
    let parts = parts.chain(["[fields]".to_owned()]).chain(fields);
    parts.collect::<Vec<_>>().join("\n")
}

fn read_again(text: &str, model: &Model) -> Model {
    let document = Document::parse(Path::new("models.toml"), text).unwrap();
    let problems = Problems::default();
    let context = ReadContext::new(&model.app_label, &problems);
    let table = |key: &str| document.root().get(key).unwrap().as_table().unwrap();
    let keys = table("options").reader(&problems);
    let options = read::options(&context, &keys, &model.name);
    keys.finish();
    let again = read::model(&context, &model.name, Some(table("fields")), options);
    problems
        .finish(again)
        .unwrap_or_else(|findings| panic!("{findings}\n{text}"))
}
