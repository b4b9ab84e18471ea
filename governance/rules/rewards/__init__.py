"""Who gets rewards, sits on the bench and is paired: pure functions of lists and a seed."""
