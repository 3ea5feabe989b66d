"""What commands keep of their scans and what they ask of earlier ones."""
