"""Family: files made from a spec. A member is a kind of output of `evalc compile`."""
