"""The schema `governance`: cases, their log, and who may decide. A module for each table or two."""
