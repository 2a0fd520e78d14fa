"""Holds the part that is asynchronous."""
