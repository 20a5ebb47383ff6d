"""Tests of the choice of sentences that answer a question of fact."""
