"""What people decide about outcomes: consents, answers to early warnings, baselines."""
