"""Every manifest and lockfile that is read: one module per ecosystem, one table of all."""
