"""Invented people in England's shape, as a facts folder of any size: for demonstrations, tests and benchmarks.

Nobody in it exists. Ages, sexes and list sizes are drawn from published counts (``england.py``); everything else is
made plausible, so that rates differ by practice, deprivation, ethnic group and year. It shows what the programme's
numbers look like and proves nothing about England.

The same seed, people, last day and map give the same tables. Other ``people`` give another country: the first
thousand of a million are not a thousand's.
"""
