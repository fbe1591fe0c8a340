"""Real Django and djr share the sessions of every engine, both ways."""

import unittest

from djr_project import Project

ENGINES = ["db", "cached_db", "cache", "file", "signed_cookies"]


class Sessions(unittest.TestCase):
    def project(self, engine):
        project = Project(self)
        project.set_session_engine(engine)
        project.run("migrate")
        project.run("createcachetable")
        project.superuser("alice", "correct horse")
        return project

    def test_a_session_of_django_is_one_of_djr(self):
        for engine in ENGINES:
            with self.subTest(engine):
                project = self.project(engine)
                key = project.django("login", "alice")
                browser = project.serve(self)
                _, _, stranger = browser.get("/")
                status, _, page = browser.get("/", cookies=f"sessionid={key}")
                self.assertEqual(status, 200)
                self.assertNotIn("alice", stranger)
                self.assertIn("alice", page)

    def test_a_session_of_djr_is_one_of_django(self):
        for engine in ENGINES:
            with self.subTest(engine):
                project = self.project(engine)
                browser = project.serve(self)
                browser.post("/accounts/login/", username="alice", password="correct horse")
                key = browser.cookie("sessionid")
                self.assertEqual(project.django("session_user", key)["user"], "alice")
                project.django("command", "clearsessions")
                project.run("clearsessions")
                self.assertEqual(project.django("session_user", key)["user"], "alice")


if __name__ == "__main__":
    unittest.main()
