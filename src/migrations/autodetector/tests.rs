//! Names; what is detected is tried through the command, beside Django.

use super::{automatic_name, number};
use crate::migrations::operations::Operation;

#[test]
fn a_name_says_what_fits() {
    let delete = |name: &str| Operation::DeleteModel {
        name: name.to_owned(),
    };
    assert_eq!(automatic_name(&[delete("Post")]), "delete_post");
    let long: Vec<_> = (0..9)
        .map(|index| delete(&format!("Model{index}")))
        .collect();
    assert_eq!(
        automatic_name(&long),
        "delete_model0_delete_model1_delete_model2_and_more"
    );
    assert!(automatic_name(&[]).starts_with("auto_"));
}

#[test]
fn a_squashed_migration_counts_as_its_last() {
    assert_eq!(number("0001_initial"), Some(1));
    assert_eq!(number("0001_squashed_0007_tag"), Some(7));
    assert_eq!(number("initial"), None);
}
