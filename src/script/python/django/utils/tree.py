"""A tree whose nodes join their children, which Q is."""

import copy

from django.utils.hashable import make_hashable


class Node:
    """Children that are joined by a connector, or none."""

    default = "DEFAULT"

    def __init__(self, children=None, connector=None, negated=False):
        self.children = children[:] if children else []
        self.connector = connector or self.default
        self.negated = negated

    @classmethod
    def create(cls, children=None, connector=None, negated=False):
        node = Node(children, connector, negated)
        node.__class__ = cls
        return node

    def __str__(self):
        text = "(NOT (%s: %s))" if self.negated else "(%s: %s)"
        return text % (self.connector, ", ".join(str(child) for child in self.children))

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self}>"

    def __copy__(self):
        node = self.create(connector=self.connector, negated=self.negated)
        node.children = self.children
        return node

    copy = __copy__

    def __deepcopy__(self, memo):
        node = self.create(connector=self.connector, negated=self.negated)
        node.children = copy.deepcopy(self.children, memo)
        return node

    def __len__(self):
        return len(self.children)

    def __bool__(self):
        return bool(self.children)

    def __contains__(self, other):
        return other in self.children

    def __eq__(self, other):
        return (
            self.__class__ == other.__class__
            and self.connector == other.connector
            and self.negated == other.negated
            and self.children == other.children
        )

    def __hash__(self):
        return hash((self.__class__, self.connector, self.negated, *make_hashable(self.children)))

    def add(self, data, conn_type):
        """Joins data by conn_type; what stands on the same side is one node."""
        if self.connector != conn_type:
            whole = self.copy()
            self.connector = conn_type
            self.children = [whole, data]
            return data
        is_flat = isinstance(data, Node) and not data.negated and (data.connector == conn_type or len(data) == 1)
        if is_flat:
            self.children = [*self.children, *data.children]
            return self
        self.children = [*self.children, data]
        return data

    def negate(self):
        self.negated = not self.negated
