"""A synthetic thorax: sample series, examples, and known truth for tests."""
