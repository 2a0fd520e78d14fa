"""As much of redis as the fixtures use, in memory."""
