"""What is heard by meaning: danger, and phrases that answer a question in words no rule lists."""
