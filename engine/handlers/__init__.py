"""What happens to a batch: sorted into dispositions, projected, announced, written, in one
transaction with the cursor."""
