//! Questions that only a person can answer: by options, or on the terminal.

use crate::commands::CommandError;
use crate::commands::makemigrations::args::MakeMigrationsArgs;
use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings};
use crate::migrations::{
    DefaultAnswer, DetectedChanges, MigrationAnswers, MigrationQuestion, check_default,
    parse_default,
};
use crate::models::{Field, FieldDefault};
use crate::text;
use crate::ui::{PromptError, Ui};

/// The answers in the options.
pub(super) fn answers_from_options(
    args: &MakeMigrationsArgs,
) -> Result<MigrationAnswers, CommandError> {
    let mut answers = MigrationAnswers::default();
    for renaming in &args.rename {
        answers.parse_rename(renaming, true).map_err(usage)?;
    }
    for renaming in &args.no_rename {
        answers.parse_rename(renaming, false).map_err(usage)?;
    }
    for default in &args.default {
        answers.parse_default(default).map_err(usage)?;
    }
    for field in &args.no_default {
        answers.parse_no_default(field).map_err(usage)?;
    }
    Ok(answers)
}

/// Refuses options that fit no question.
pub(super) fn check_options(found: &DetectedChanges) -> Result<(), Findings> {
    Findings::new(found.mistakes.clone()).map_or(Ok(()), Err)
}

/// Asks `question`, and adds the answer to `answers`.
pub(super) fn ask(
    ui: &Ui,
    question: &MigrationQuestion,
    answers: &mut MigrationAnswers,
) -> Result<(), CommandError> {
    let MigrationQuestion::Default {
        field, had_null, ..
    } = question
    else {
        let decided = ui.confirm(&format!("{}?", question.text()))?;
        answers.answer_rename(question, decided);
        return Ok(());
    };
    let suggestion = question.suggestion();
    let instead = if *had_null {
        "nothing: no row lacks a value".to_owned()
    } else {
        format!("`{suggestion}`")
    };
    let items = [
        instead,
        format!("another value, as TOML, such as `{suggestion}`"),
        "stop, to give the field a `default` in `models.toml`".to_owned(),
    ];
    let answer = match ui.select(&format!("{}?", question.text()), &items)? {
        0 if *had_null => DefaultAnswer::NotNeeded,
        0 => DefaultAnswer::Value(parse_default(&suggestion).map_err(usage)?),
        1 => DefaultAnswer::Value(ask_default(ui, field)?),
        _ => return Err(PromptError::Cancelled.into()),
    };
    answers.answer_default(question, answer);
    Ok(())
}

/// Asks for a default, as TOML, until it is one of `field`.
fn ask_default(ui: &Ui, field: &Field) -> Result<FieldDefault, CommandError> {
    loop {
        let typed = ui.ask("Value")?;
        let default = parse_default(typed.trim());
        match default.and_then(|default| check_default(field, &default).map(|()| default)) {
            Ok(default) => return Ok(default),
            Err(finding) => ui.reject_answer(finding),
        }
    }
}

/// The error that names all questions and the options that answer them.
///
/// With `--check` they are changes that no migration makes, whatever the answers are.
pub(super) fn unanswered(
    args: &MakeMigrationsArgs,
    questions: &[MigrationQuestion],
) -> UnansweredQuestions {
    let findings = questions.iter().map(|question| {
        let options = question.options();
        let options = text::quoted(options.iter().map(String::as_str)).replace("`, `", "` or `");
        let code = match question {
            MigrationQuestion::Default { .. } => "default-needed",
            _ => "likely-rename",
        };
        let finding = Finding::error(code, format!("{}?", question.text()));
        let finding = finding.hint(format!("add {options}"));
        match question.consequences() {
            Some(consequences) => finding.hint(consequences),
            None => finding,
        }
    });
    UnansweredQuestions {
        findings: findings.collect(),
        is_check: args.check,
    }
}

/// Questions without anybody to ask.
#[derive(Debug, thiserror::Error)]
#[error("{} to decide; nothing was written", text::count(findings.len(), "question"))]
pub(super) struct UnansweredQuestions {
    findings: Vec<Finding>,
    is_check: bool,
}

impl Diagnostic for UnansweredQuestions {
    fn code(&self) -> &'static str {
        if self.is_check {
            "missing-migrations"
        } else {
            "undecided"
        }
    }

    fn hints(&self) -> Vec<String> {
        vec!["nothing was written; on a terminal, `djr makemigrations` asks".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        if self.is_check {
            ExitCode::Failed
        } else {
            ExitCode::Refused
        }
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// One finding as an error.
fn usage(finding: Finding) -> CommandError {
    Findings::from(finding).into()
}
