//! Asks a person for what a scaffold wants to know.

use crate::commands::CommandError;
use crate::scaffold::{Answers, Questionnaire, VariableKind, VariableQuestion};
use crate::ui::Ui;

/// What goes back to the question before.
const BACK: &str = "<";

/// Asks for what was not given, where somebody is there and may be asked; otherwise the scaffold says.
pub(crate) fn answers(
    ui: &Ui,
    mut questionnaire: Questionnaire,
    is_asking: bool,
) -> Result<Answers, CommandError> {
    if !is_asking || !ui.is_interactive() {
        return Ok(questionnaire.with_defaults()?);
    }
    let mut is_first = true;
    while let Some(question) = questionnaire.next_question()? {
        if is_first {
            ui.status(format_args!(
                "an empty answer takes what stands in brackets, `{BACK}` goes back"
            ));
            is_first = false;
        }
        let text = ask(ui, &question)?;
        if text.trim() == BACK {
            if !questionnaire.back() {
                ui.reject_answer("this is the first question");
            }
        } else if let Err(message) = questionnaire.answer(&text) {
            ui.reject_answer(message);
        }
    }
    Ok(questionnaire.finish())
}

fn ask(ui: &Ui, question: &VariableQuestion<'_>) -> Result<String, CommandError> {
    let variable = question.variable;
    if let Some(help) = &variable.help {
        ui.status(help);
    }
    if let VariableKind::Choice(choices) | VariableKind::Choices(choices) = &variable.kind {
        for (index, choice) in choices.iter().enumerate() {
            ui.status(format_args!("  {}  {}", index + 1, choice.label));
        }
    }
    let prompt = match (&question.default, &variable.kind) {
        (Some(default), VariableKind::Boolean) => {
            let shown = if default.is_true() { "Y/n" } else { "y/N" };
            format!("{} [{shown}]", variable.prompt)
        }
        (None, VariableKind::Boolean) => format!("{} [y/n]", variable.prompt),
        (Some(default), VariableKind::Choices(_)) => {
            let values = default.try_iter().into_iter().flatten();
            let values: Vec<_> = values.map(|value| value.to_string()).collect();
            format!(
                "{}, several with commas [{}]",
                variable.prompt,
                values.join(",")
            )
        }
        (Some(_), VariableKind::Secret(_)) | (None, _) => variable.prompt.clone(),
        (Some(default), _) => format!("{} [{default}]", variable.prompt),
    };
    Ok(if variable.is_secret() {
        ui.ask_secret(&prompt)?
    } else {
        ui.ask(&prompt)?
    })
}
