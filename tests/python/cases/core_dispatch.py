import gc
from django.dispatch import Signal, receiver
s = Signal()
calls = []
def one(sender, **kwargs):
    calls.append(("one", sender, sorted(kwargs)))
    return 1
def two(signal, sender, **kwargs):
    return 2
s.connect(one)
s.connect(one)
s.connect(two, sender=str)
[(f.__name__, a) for f, a in s.send(sender=int, x=1)], [(f.__name__, a) for f, a in s.send(sender=str)], calls
s.has_listeners(), s.has_listeners(int), Signal().has_listeners()
s.disconnect(one), s.disconnect(one), s.send(sender=int), s.disconnect(two), s.disconnect(two, sender=str)
s.connect(one, dispatch_uid="a")
s.connect(two, dispatch_uid="a")
len(s.send(None)), s.disconnect(dispatch_uid="a"), s.disconnect(two, dispatch_uid="a"), len(s.send(None))
tried(s.connect, 5), tried(s.connect, lambda sender: 1), tried(s.connect, lambda sender, **kw: 1)
def local():
    def short_lived(sender, **kwargs):
        return 3
    s.connect(short_lived)
    return len(s.send(None))
local(), gc.collect() * 0, len(s.send(None)), len(s.receivers)
def strong():
    def kept(sender, **kwargs):
        return 4
    s.connect(kept, weak=False)
strong()
gc.collect() * 0, [a for _, a in s.send(None)]
class Listener:
    def hear(self, sender, **kwargs):
        return "heard"
    def __call__(self, sender, **kwargs):
        return "called"
l = Listener()
m = Signal()
m.connect(l.hear)
m.connect(l.hear)
m.connect(l)
[a for _, a in m.send(None)], m.disconnect(l.hear), [a for _, a in m.send(None)]
m.connect(l.hear)
del l
gc.collect() * 0, m.send(None), m.has_listeners()
@receiver(m)
def decorated(sender, **kwargs):
    return kwargs["v"]
[a for _, a in m.send(None, v=7)]
other = Signal()
@receiver([m, other], sender=int)
def both(sender, **kwargs):
    return "both"
[a for _, a in other.send(int)], other.send(str), [a for _, a in m.send(int, v=1)]
def boom(sender, **kwargs):
    raise ValueError("x")
e = Signal()
e.connect(boom)
e.connect(one)
tried(e.send, None)
import logging
logging.disable(logging.CRITICAL)
[a for _, a in e.send_robust(None)]
class CallsStatic:
    @staticmethod
    def static(sender, **kwargs):
        return "static"
    @classmethod
    def of_class(cls, sender, **kwargs):
        return cls.__name__
t = Signal()
t.connect(CallsStatic.static)
t.connect(CallsStatic.of_class)
[a for _, a in t.send(None)]
def during(sender, **kwargs):
    d.disconnect(during)
    return "during"
d = Signal()
d.connect(during)
d.connect(one)
len(d.send(None)), len(d.send(None))
c = Signal(use_caching=True)
c.connect(one, sender=Listener)
len(c.send(Listener)), len(c.send(int)), c.disconnect(one, sender=Listener), len(c.send(Listener))
tried(s.send)
from django.core.signals import request_started, request_finished, got_request_exception
from django.db.models.signals import pre_save, post_save, m2m_changed
isinstance(pre_save, Signal), pre_save is post_save
