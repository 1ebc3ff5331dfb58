"""Which eval, case and row before is which one after."""
