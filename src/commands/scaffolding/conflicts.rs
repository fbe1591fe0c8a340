//! Asks what is done about files that are there with another content.

use std::io::Write as _;

use crate::commands::CommandError;
use crate::commands::scaffolding::WritePolicyArgs;
use crate::scaffold::{Differing, ScaffoldPlan, difference};
use crate::ui::Ui;

/// Decides about the files of `plan` that differ: as the options say, or as a person answers. Without either they stay
/// undecided, and the plan refuses them.
pub(crate) fn decide(
    ui: &Ui,
    plan: &mut ScaffoldPlan,
    policy: &WritePolicyArgs,
    is_asking: bool,
) -> Result<(), CommandError> {
    let is_asking = is_asking && ui.is_interactive();
    for differing in plan.differing() {
        differing.is_replaced = match (policy.force, policy.skip) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ if is_asking => Some(ask(ui, differing)?),
            _ => None,
        };
    }
    Ok(())
}

fn ask(ui: &Ui, differing: &Differing) -> Result<bool, CommandError> {
    let path = differing.path.display().to_string();
    loop {
        let answer = ui.ask(&format!(
            "`{path}` differs: replace it? [y/N/d for the difference]"
        ))?;
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "n" | "no" | "" => return Ok(false),
            "d" | "diff" => {
                let shown = difference(&path, &differing.old, &differing.new);
                write!(ui.output(), "{shown}").ok();
            }
            _ => ui.reject_answer(format_args!("`{answer}` is neither `y`, `n` nor `d`")),
        }
    }
}
