"""Deskhand's tests."""
