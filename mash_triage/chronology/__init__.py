"""What happened in a child's life as we know it: built by itself, mended by people."""
