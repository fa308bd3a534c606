"""The administrators' side: upload, preview, publish. It has no rules of its own; it calls the actions."""
