//! `[project]`: what the project is.

use crate::apps::AppLabel;
use crate::clock::Zone;
use crate::settings::hosts::host_pattern_mistake;
use crate::settings::reader::SettingsReader;

/// `[project]`: what the project is.
#[derive(Clone, Debug)]
pub struct ProjectSettings {
    /// Its name.
    pub name: String,
    /// Whether errors are shown in the browser and files are watched.
    pub debug: bool,
    /// Whether pages have a panel at their foot while `debug` is on.
    pub debug_panel: bool,
    /// The hosts it answers to, as in Django: a name, `.example.com` or `*`.
    pub allowed_hosts: Vec<String>,
    /// The zone times are shown in.
    pub time_zone: Zone,
    /// The installed apps, in order of precedence.
    pub apps: Vec<AppLabel>,
    /// The middleware, outermost first, by name.
    pub middleware: Vec<String>,
    /// Whether a path that only matches with a slash at its end is redirected there.
    pub append_slash: bool,
}

pub(in crate::settings) fn project(reader: &SettingsReader<'_>) -> ProjectSettings {
    ProjectSettings {
        name: reader.get("project.name"),
        debug: reader.get("project.debug"),
        debug_panel: reader.get("project.debug_panel"),
        allowed_hosts: allowed_hosts(reader),
        time_zone: time_zone(reader),
        apps: apps(reader),
        middleware: reader.get("project.middleware"),
        append_slash: reader.get("project.append_slash"),
    }
}

fn allowed_hosts(reader: &SettingsReader<'_>) -> Vec<String> {
    let hosts: Vec<String> = reader.get("project.allowed_hosts");
    reader.check_items("project.allowed_hosts", &hosts, host_pattern_mistake);
    hosts
}

fn time_zone(reader: &SettingsReader<'_>) -> Zone {
    let name: String = reader.get("project.time_zone");
    Zone::named(&name).unwrap_or_else(|| {
        let message = format!("there is no time zone `{name}`");
        let hint = "a zone is called like `Europe/Vienna` or `UTC`".to_owned();
        reader.report("project.time_zone", "invalid-setting", message, Some(hint));
        Zone::utc()
    })
}

fn apps(reader: &SettingsReader<'_>) -> Vec<AppLabel> {
    let names: Vec<String> = reader.get("project.apps");
    let mut labels: Vec<AppLabel> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let message = match AppLabel::new(name) {
            Some(label) if labels.contains(&label) => format!("app `{name}` is listed twice"),
            Some(label) => {
                labels.push(label);
                continue;
            }
            None => format!("`{name}` is not an app label: letters, digits and `_` only"),
        };
        reader.report_item("project.apps", index, message);
    }
    labels
}
