"""What the database needs before the processes start: schemas, roles, their passwords."""
