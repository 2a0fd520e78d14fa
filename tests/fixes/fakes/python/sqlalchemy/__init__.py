"""As much of SQLAlchemy as the fixtures use."""
