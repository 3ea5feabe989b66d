"""What an organisation says of itself in files: found, read and checked."""
