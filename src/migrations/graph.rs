//! The graph of migrations and their dependencies (`django.db.migrations.graph`).

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::MigrationKey;

type Keys = BTreeSet<MigrationKey>;

#[derive(Clone, Debug, Default)]
struct GraphNode {
    parents: Keys,
    children: Keys,
}

/// Migrations, and what each depends on.
#[derive(Clone, Debug, Default)]
pub(super) struct MigrationGraph {
    nodes: BTreeMap<MigrationKey, GraphNode>,
}

impl MigrationGraph {
    pub(super) fn add_node(&mut self, key: MigrationKey) {
        self.nodes.entry(key).or_default();
    }

    /// Puts `parent` before `child`; both are in the graph already.
    pub(super) fn add_dependency(&mut self, child: &MigrationKey, parent: &MigrationKey) {
        if let Some(node) = self.nodes.get_mut(child) {
            node.parents.insert(parent.clone());
        }
        if let Some(node) = self.nodes.get_mut(parent) {
            node.children.insert(child.clone());
        }
    }

    pub(super) fn contains(&self, key: &MigrationKey) -> bool {
        self.nodes.contains_key(key)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &MigrationKey> {
        self.nodes.keys()
    }

    pub(super) fn parents<'g>(
        &'g self,
        key: &MigrationKey,
    ) -> impl Iterator<Item = &'g MigrationKey> + use<'g> {
        self.nodes
            .get(key)
            .into_iter()
            .flat_map(|node| &node.parents)
    }

    pub(super) fn children<'g>(
        &'g self,
        key: &MigrationKey,
    ) -> impl Iterator<Item = &'g MigrationKey> + use<'g> {
        self.nodes
            .get(key)
            .into_iter()
            .flat_map(|node| &node.children)
    }

    /// The migrations that depend on none of their own app.
    pub(super) fn root_nodes(&self, app_label: &str) -> Vec<MigrationKey> {
        self.ends(Some(app_label), |node| &node.parents)
    }

    /// The migrations that none of their own app depends on, of one app or of all.
    pub(super) fn leaf_nodes(&self, app_label: Option<&str>) -> Vec<MigrationKey> {
        self.ends(app_label, |node| &node.children)
    }

    fn ends(
        &self,
        app_label: Option<&str>,
        neighbours: impl Fn(&GraphNode) -> &Keys,
    ) -> Vec<MigrationKey> {
        let wanted = |key: &MigrationKey| app_label.is_none_or(|label| key.app_label == label);
        let is_end = |key: &MigrationKey, node: &GraphNode| {
            let mut others = neighbours(node).iter();
            others.all(|other| other.app_label != key.app_label)
        };
        let nodes = self.nodes.iter();
        let ends = nodes.filter(|(key, node)| wanted(key) && is_end(key, node));
        ends.map(|(key, _)| key.clone()).collect()
    }

    /// `target` and all it depends on, in the order of application.
    pub(super) fn forwards_plan(&self, target: &MigrationKey) -> Vec<MigrationKey> {
        Self::walk(target, |key| self.parents(key).cloned().collect())
    }

    /// `target` and all that depend on it, in the order they are undone.
    pub(super) fn backwards_plan(&self, target: &MigrationKey) -> Vec<MigrationKey> {
        Self::walk(target, |key| self.children(key).cloned().collect())
    }

    /// The nodes reached from `start`, depth first, in the order of Django's `iterative_dfs`.
    fn walk(
        start: &MigrationKey,
        neighbours: impl Fn(&MigrationKey) -> Vec<MigrationKey>,
    ) -> Vec<MigrationKey> {
        let (mut visited, mut seen) = (Vec::new(), Keys::new());
        let mut stack = vec![(start.clone(), false)];
        while let Some((key, processed)) = stack.pop() {
            if seen.contains(&key) {
                continue;
            }
            if processed {
                seen.insert(key.clone());
                visited.push(key);
            } else {
                let next = neighbours(&key);
                stack.push((key, true));
                stack.extend(next.into_iter().map(|key| (key, false)));
            }
        }
        visited
    }

    /// Puts `replacement` in the place of `replaced`.
    pub(super) fn replace(&mut self, replacement: &MigrationKey, replaced: &[MigrationKey]) {
        for key in replaced {
            let Some(node) = self.nodes.remove(key) else {
                continue;
            };
            for child in node.children {
                if let Some(other) = self.nodes.get_mut(&child) {
                    other.parents.remove(key);
                }
                if !replaced.contains(&child) {
                    self.add_dependency(&child, replacement);
                }
            }
            for parent in node.parents {
                if let Some(other) = self.nodes.get_mut(&parent) {
                    other.children.remove(key);
                }
                if !replaced.contains(&parent) {
                    self.add_dependency(replacement, &parent);
                }
            }
        }
    }

    /// Removes `replacement`; what depends on it depends on the last of `replaced` instead.
    pub(super) fn remove_replacement(
        &mut self,
        replacement: &MigrationKey,
        replaced: &[MigrationKey],
    ) {
        let Some(node) = self.nodes.remove(replacement) else {
            return;
        };
        let present: Keys = replaced
            .iter()
            .filter(|key| self.contains(key))
            .cloned()
            .collect();
        let needed: Keys = present
            .iter()
            .flat_map(|key| self.parents(key))
            .cloned()
            .collect();
        for child in node.children {
            if let Some(other) = self.nodes.get_mut(&child) {
                other.parents.remove(replacement);
            }
            for last in present.difference(&needed) {
                self.add_dependency(&child, last);
            }
        }
        for parent in node.parents {
            if let Some(other) = self.nodes.get_mut(&parent) {
                other.children.remove(replacement);
            }
        }
    }

    /// Migrations that depend on each other, if there are any.
    pub(super) fn cycle(&self) -> Option<Vec<MigrationKey>> {
        let mut waiting: BTreeSet<&MigrationKey> = self.keys().collect();
        while let Some(start) = waiting.pop_first() {
            // A node that is neither waiting nor on the path was searched, and leads to no cycle.
            let (mut path, mut on_path) = (vec![start], BTreeSet::from([start]));
            while let Some(&top) = path.last() {
                let mut children = self.children(top);
                let Some(next) =
                    children.find(|key| on_path.contains(key) || waiting.contains(key))
                else {
                    path.pop();
                    on_path.remove(top);
                    continue;
                };
                if !waiting.remove(next) {
                    let cycle = path.into_iter().skip_while(|key| *key != next);
                    return Some(cycle.cloned().collect());
                }
                path.push(next);
                on_path.insert(next);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::MigrationGraph;
    use crate::migrations::MigrationKey;

    fn key(text: &str) -> MigrationKey {
        MigrationKey::parse(text).unwrap()
    }

    fn graph(edges: &[(&str, &str)]) -> MigrationGraph {
        let mut graph = MigrationGraph::default();
        for (child, parent) in edges {
            graph.add_node(key(child));
            graph.add_node(key(parent));
            graph.add_dependency(&key(child), &key(parent));
        }
        graph
    }

    fn names(keys: &[MigrationKey]) -> Vec<String> {
        keys.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_needed_comes_first() {
        let graph = graph(&[
            ("b.1", "a.1"),
            ("b.2", "b.1"),
            ("a.2", "a.1"),
            ("b.2", "a.2"),
        ]);
        assert_eq!(
            names(&graph.forwards_plan(&key("b.2"))),
            ["a.1", "b.1", "a.2", "b.2"]
        );
        assert_eq!(names(&graph.backwards_plan(&key("a.2"))), ["b.2", "a.2"]);
        assert_eq!(names(&graph.leaf_nodes(None)), ["a.2", "b.2"]);
        assert_eq!(names(&graph.root_nodes("b")), ["b.1"]);
        assert!(graph.cycle().is_none());
    }

    #[test]
    fn a_circle_is_found() {
        let graph = graph(&[
            ("a.1", "a.3"),
            ("a.2", "a.1"),
            ("a.3", "a.2"),
            ("a.1", "a.0"),
        ]);
        let cycle = graph.cycle().unwrap();
        assert_eq!(cycle.len(), 3, "{cycle:?}");
    }

    #[test]
    fn a_replacement_takes_over_both_sides() {
        let mut graph = graph(&[("a.1", "x.1"), ("a.2", "a.1"), ("a.3", "a.2")]);
        graph.add_node(key("a.s"));
        graph.replace(&key("a.s"), &[key("a.1"), key("a.2")]);
        assert_eq!(
            names(&graph.forwards_plan(&key("a.3"))),
            ["x.1", "a.s", "a.3"]
        );
    }
}
