"""The tables of the PostgreSQL schema `web`: a file each."""
