"""The data of descriptions: what the platform says about programs, participants and loops.

A description is a state, not a fact: the latest one replaces those before it, and no badge follows
from it.
"""
