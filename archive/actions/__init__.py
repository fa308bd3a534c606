"""The write side, a module per noun. Actions are keyword-only, atomic, and told who acts (`by=`, None: the house)."""
