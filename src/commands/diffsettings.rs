//! `djr diffsettings`: shows the settings that differ from their defaults.

use std::fmt;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::commands::{CommandError, GlobalArgs};
use crate::settings::Setting;
use crate::ui::Ui;

/// Show the settings that differ from their defaults
///
/// Secrets are masked. What the project sets for itself in `[site]` is marked
/// with `###`.
#[derive(Args, Debug)]
pub(crate) struct DiffSettingsArgs {
    /// Show all settings
    #[arg(long)]
    all: bool,
    /// How differences are shown: marked with `#`, or as two lines
    #[arg(long, value_enum, value_name = "STYLE", default_value = "hash")]
    output: OutputStyle,
}

/// How differences are shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputStyle {
    /// `###` in front of defaults and behind what has none
    Hash,
    /// The default behind `-`, the value behind `+`
    Unified,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &DiffSettingsArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let all = project.settings.all().into_iter();
    let shown = all.filter(|setting| args.all || setting.differs());
    let settings = DiffSettingsOutcome {
        style: args.output,
        settings: shown.map(SettingLine::from).collect(),
    };
    if settings.settings.is_empty() && !ui.is_json() {
        ui.status("all settings are as usual");
        return Ok(());
    }
    Ok(ui.result(&settings)?)
}

#[derive(Debug, Serialize)]
struct DiffSettingsOutcome {
    #[serde(skip)]
    style: OutputStyle,
    settings: Vec<SettingLine>,
}

#[derive(Debug, Serialize)]
struct SettingLine {
    path: String,
    value: Option<String>,
    default: Option<String>,
    differs: bool,
    known: bool,
}

impl From<Setting> for SettingLine {
    fn from(setting: Setting) -> Self {
        Self {
            differs: setting.differs(),
            path: setting.path,
            value: setting.value,
            default: setting.default,
            known: setting.known,
        }
    }
}

impl fmt::Display for DiffSettingsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self
            .settings
            .iter()
            .map(|line| match self.style {
                OutputStyle::Hash => line.hash(),
                OutputStyle::Unified => line.unified(),
            })
            .collect();
        f.write_str(&lines.join("\n"))
    }
}

impl SettingLine {
    fn hash(&self) -> String {
        let text = self.with(self.value.as_deref());
        match (self.differs, self.default.is_some()) {
            (false, _) => format!("### {text}"),
            (true, true) => text,
            (true, false) => format!("{text}  ###"),
        }
    }

    fn unified(&self) -> String {
        let value = self.with(self.value.as_deref());
        match (self.differs, &self.default) {
            (false, _) => format!("  {value}"),
            (true, None) => format!("+ {value}"),
            (true, Some(default)) => format!("- {}\n+ {value}", self.with(Some(default))),
        }
    }

    fn with(&self, value: Option<&str>) -> String {
        format!("{} = {}", self.path, value.unwrap_or("\"\""))
    }
}
