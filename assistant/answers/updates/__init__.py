"""Which of the values that articles of several days give for one thing is the newest, and what older ones were."""
