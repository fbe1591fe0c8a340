"""Tasks of one visitor, in the session."""

import uuid

NAMESPACE = uuid.UUID("12345678-1234-5678-1234-567812345678")


class TaskStore:
    def __init__(self, session):
        self.session = session
        self.tasks = session.setdefault("tasks", {})

    def all(self):
        return sorted(self.tasks.values(), key=lambda task: task["id"])

    def get(self, pk):
        return self.tasks.get(str(pk))

    def save(self, task):
        if "id" not in task:
            task["id"] = max((other["id"] for other in self.tasks.values()), default=0) + 1
            task["token"] = str(uuid.uuid5(NAMESPACE, str(task["id"])))
        self.tasks[str(task["id"])] = task
        self.session.modified = True
        return task

    def delete(self, pk):
        self.session.modified = True
        return self.tasks.pop(str(pk), None)
