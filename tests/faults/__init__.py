"""The room of faults: what is promised for when things go wrong, tried and counted; the table is in docs/figures.md.

One module for each figure, `fNN_*.py`, or `f_lock.py` for the lock's deadline, with one function

    def tried(plan: Plan) -> Row

It plays `plan.rounds(many, few)` rounds and says how many there were, what went wrong, and what is worth knowing. The
suite plays the fast share of each (`plan.fast`); `python3 -m tests.faults` plays them whole.
"""
