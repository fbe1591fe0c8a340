//! The snippets of `docs/logging.md` are what a project can say.

use crate::support::Project;
use crate::support::page::{page_text, snippets_of};

fn checked(project: &Project, snippet: &str) {
    let transcript = project.djr(["check"]);
    let transcript = transcript.to_string();
    assert!(
        transcript.starts_with("exit code: 0"),
        "{snippet}\n{transcript}"
    );
}

/// `toml` with the tables of `snippet`: keys of one that is there already go to it.
fn with_tables(toml: String, snippet: &str) -> String {
    let tables = snippet.split("\n\n").map(str::trim);
    tables.fold(toml, |toml, table| {
        let (name, keys) = table.split_once('\n').unwrap();
        let place = format!("\n{name}\n");
        if toml.contains(&place) {
            return toml.replacen(&place, &format!("{place}{keys}\n"), 1);
        }
        format!("{toml}\n{table}\n")
    })
}

#[test]
fn every_snippet_of_the_page_about_logs_passes_check() {
    let project = || {
        let project = Project::empty();
        project.djr(["startproject", "blog", "."]).success();
        project
    };
    let settings = snippets_of("logging.md", "djr.toml");
    assert_eq!(settings.len(), 4);
    for snippet in &settings {
        let project = project();
        let toml = with_tables(project.read("djr.toml"), snippet);
        project.write("djr.toml", &toml);
        checked(&project, snippet);
    }
    for snippet in snippets_of("logging.md", "urls.toml") {
        let project = project();
        let urls = project.read("urls.toml");
        project.write("urls.toml", &format!("{urls}\n{snippet}"));
        for name in ["forbidden", "not_found", "form"] {
            project.write(
                format!("templates/errors/{name}.html"),
                "{{ request_path }}",
            );
        }
        checked(&project, &snippet);
    }
}

#[test]
fn the_page_about_logs_names_every_field_and_logger() {
    let page = page_text("logging.md");
    for (field, _) in djr::settings::LOG_FIELDS {
        assert!(page.contains(&format!("`{{{field}}}`")), "{field}");
    }
}
