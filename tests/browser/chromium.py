"""A headless Chromium, driven over its DevTools protocol through two pipes: nothing to install beside it.

The protocol: https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome"]
PATIENCE = 60


def find():
    """The path of a Chromium; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """A running browser; each of its tabs has cookies of its own."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self.requests = os.pipe()
        self.answers, from_browser = os.pipe()
        browser = find()
        assert browser, f"none of {NAMES} is installed"
        command = [browser, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}"]
        command += ["--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        # Chromium reads requests from descriptor 3 and writes answers to 4.
        wiring = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(
            ["bash", "-c", wiring, "bash", *command],
            pass_fds=[to_browser, from_browser],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.last_id = 0
        # What the browser told without being asked.
        self.events = []

    def send(self, method, session=None, **params):
        """What the browser answers to a command."""
        self.last_id += 1
        command = {"id": self.last_id, "method": method, "params": params}
        if session:
            command["sessionId"] = session
        os.write(self.requests, json.dumps(command).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.last_id:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.buffer:
            more = os.read(self.answers, 1 << 16)
            assert more, "Chromium ended"
            self.buffer += more
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def tab(self):
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Tab(self, session)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()


class Tab:
    """A page, used as a person does: by what is written on it."""

    def __init__(self, browser, session):
        self.browser = browser
        self.session = session
        for domain in ["Page", "Runtime", "Log"]:
            self.send(f"{domain}.enable")

    def send(self, method, **params):
        return self.browser.send(method, self.session, **params)

    def run(self, script, *values):
        """The value of a JavaScript function body, called with `values`."""
        call = f"(function() {{ {script} }}).apply(null, {json.dumps(values)})"
        answer = self.send("Runtime.evaluate", expression=call, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, (script, answer["exceptionDetails"])
        return answer["result"].get("value")

    def errors(self):
        """What the page, and the browser about it, wrote to the console as an error."""
        self.run("return 0")
        told = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            what = event["params"]
            match event["method"]:
                case "Log.entryAdded" if what["entry"]["level"] == "error":
                    told.append(what["entry"]["text"] + " " + what["entry"].get("url", ""))
                case "Runtime.exceptionThrown":
                    told.append(what["exceptionDetails"]["text"])
                case "Runtime.consoleAPICalled" if what["type"] in ("error", "warning"):
                    told.append(str(what["args"]))
        return told

    def without_scripts(self):
        """Has the pages run no script of theirs."""
        self.send("Emulation.setScriptExecutionDisabled", value=True)

    def key(self, key, shift=False):
        """Presses a key: `Tab`, `Enter`, `Escape` or a space."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
        text = {"Enter": "\r", " ": " "}.get(key, "")
        common = {"key": key, "code": {" ": "Space"}.get(key, key), "windowsVirtualKeyCode": codes[key]}
        common["modifiers"] = 8 if shift else 0
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text):
        """Types into what has the focus."""
        self.send("Input.insertText", text=text)

    def open(self, url):
        self.leave(lambda: self.send("Page.navigate", url=url))

    def leave(self, act):
        """Does something that leads to another page, and waits until that is there."""
        self.run("window.left = true")
        act()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if self.run("return !window.left && document.readyState === 'complete'"):
                    return
            except AssertionError:
                # Between two pages there is none to ask.
                pass
            time.sleep(0.02)
        raise AssertionError(f"no other page came: {self.text()}")

    def path(self):
        return self.run("return location.pathname + location.search")

    def text(self):
        return self.run("return document.body.innerText")

    def title(self):
        return self.run("return document.title")

    def fill(self, label, value):
        """Types into the field of this label, key by key as far as the page can tell."""
        focused = self.run(
            "const all = [...document.querySelectorAll('label')];"
            "const label = all.find(label => label.innerText.trim() === arguments[0]);"
            "if (!label || !label.control) return false;"
            "label.control.focus(); label.control.select(); return true",
            label,
        )
        assert focused, f"no field is labelled {label!r}: {self.text()}"
        self.send("Input.insertText", text=value)

    def choose_file(self, label, path):
        """Chooses the file at `path` in the field of this label."""
        script = "[...document.querySelectorAll('label')].find(l => l.innerText.trim() === %s).control"
        found = self.send("Runtime.evaluate", expression=script % json.dumps(label))["result"]
        assert "objectId" in found, f"no field is labelled {label!r}: {self.text()}"
        self.send("DOM.setFileInputFiles", files=[str(path)], objectId=found["objectId"])

    def tick(self, label):
        self.run(
            "[...document.querySelectorAll('label')].find(l => l.innerText.trim() === arguments[0]).click()", label
        )

    def press(self, name):
        """Presses the button or follows the link of this name."""
        script = (
            "const all = [...document.querySelectorAll('main button, main a, header button, header a')];"
            "const one = all.find(one => one.innerText.trim() === arguments[0]);"
            "if (!one) return false; one.click(); return true"
        )

        def act():
            assert self.run(script, name), f"there is no {name!r}: {self.text()}"

        self.leave(act)

    def look(self, width, dark=False):
        """Shows the page in a window of this width."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def screenshot(self):
        data = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        return base64.b64decode(data)
