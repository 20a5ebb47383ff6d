"""Parts that several screens share: the status line at the top, the key bar at the foot, tables, lists and inputs."""
