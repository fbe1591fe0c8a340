//! Orders the operations of an app by their dependencies.

use std::collections::VecDeque;

use crate::migrations::autodetector::detector::DetectedOperation;

/// Puts dependencies first and keeps the order otherwise (`graphlib.TopologicalSorter`).
pub(super) fn sort_operations(
    app_label: &str,
    found: Vec<DetectedOperation>,
) -> Vec<DetectedOperation> {
    let mut order: Vec<usize> = Vec::new();
    let mut parents = vec![0usize; found.len()];
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    let add_once = |order: &mut Vec<usize>, index: usize| {
        if !order.contains(&index) {
            order.push(index);
        }
    };
    for (index, operation) in found.iter().enumerate() {
        add_once(&mut order, index);
        for dependency in operation
            .dependencies
            .iter()
            .filter(|dependency| dependency.model.app_label == app_label)
        {
            let satisfies = |(other, candidate): &(usize, &DetectedOperation)| {
                *other != index && dependency.is_satisfied_by(&candidate.operation)
            };
            for (other, _) in found.iter().enumerate().filter(satisfies) {
                add_once(&mut order, other);
                if !children[other].contains(&index) {
                    children[other].push(index);
                    parents[index] += 1;
                }
            }
        }
    }
    let mut ready: VecDeque<usize> = order
        .iter()
        .copied()
        .filter(|index| parents[*index] == 0)
        .collect();
    let mut sequence = Vec::new();
    while let Some(index) = ready.pop_front() {
        sequence.push(index);
        for child in &children[index] {
            parents[*child] -= 1;
            if parents[*child] == 0 {
                ready.push_back(*child);
            }
        }
    }
    // Operations that depend on each other in a circle follow in the order they were found.
    let rest: Vec<_> = order
        .into_iter()
        .filter(|index| !sequence.contains(index))
        .collect();
    sequence.extend(rest);
    let mut slots: Vec<_> = found.into_iter().map(Some).collect();
    sequence
        .into_iter()
        .filter_map(|index| slots[index].take())
        .collect()
}
