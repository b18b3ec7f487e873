"""Who decides: tasks, runs, models. Comes with the next issue; it may use ``vm`` and ``actions``."""
