"""From a record's bytes to a fact or a refusal: once, for everybody who reads records."""
