"""What GitHub alone knows: its API and clones of what it hosts."""
