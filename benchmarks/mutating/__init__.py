"""The parts of ``mutations.py``: real messages, the faults that are planted into them, and the judgement of both."""
