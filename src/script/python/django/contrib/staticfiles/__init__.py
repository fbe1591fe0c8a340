"""Static files, which djr itself finds, collects and serves."""
