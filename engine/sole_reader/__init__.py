"""A topic read into tables by one process at a time, without a consumer group.

What a batch of records changes commits together with the cursors, which are rows of the same
database: nothing is lost, and nothing counts twice.
"""
