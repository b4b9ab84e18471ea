"""Aurora Guild: two years of a program that recognises experienced mentors.

README.md here says who takes part and what each of them shows.
"""
