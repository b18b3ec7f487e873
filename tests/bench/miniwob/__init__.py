"""MiniWoB++ solved by an oracle: it reads from the page where things are, and acts only through our actions.

It needs no model and tells whether each way of acting works in a real browser. The pages are in the wheel
``miniwob==1.1.0`` (MIT, Farama Foundation), which is installed with ``--no-deps``.
"""
