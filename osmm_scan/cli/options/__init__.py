"""The options that commands share; each group reaches its command as one value."""
